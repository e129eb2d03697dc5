"""The ontology is in OWL 2 DL, and the check for that catches ontologies that are not."""

import tomllib
from pathlib import Path

import pytest
from rdflib import Graph

import ontology
from kg import hermit, profile
from kg.vocab import PREFIXES

CASES = tomllib.loads((Path(__file__).parent / "cases" / "profile" / "broken.toml").read_text("utf-8"))
PREAMBLE = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())

needs_java = pytest.mark.skipif(
    not hermit.available(), reason="the checker needs Java: install a Java runtime"
)


@pytest.fixture(scope="module")
def found() -> dict[str, set[str]]:
    """The rules that each ontology breaks, by the name of its case; one run of Java for all."""
    broken = [ontology.load().parse(data=PREAMBLE + case["add"], format="turtle") for case in CASES.values()]
    told = profile.breaches(ontology.load(), *broken)
    assert told is not None
    return {name: {one.rule for one in each} for name, each in zip(("sound", *CASES), told, strict=True)}


@needs_java
def test_the_ontology_is_in_owl_2_dl(found: dict[str, set[str]]) -> None:
    """The shipped ontology keeps every rule of the profile."""
    assert found["sound"] == set()


@needs_java
@pytest.mark.parametrize("name", CASES)
def test_a_broken_ontology_is_caught(found: dict[str, set[str]], name: str) -> None:
    """One fault put into the ontology breaks the rule that its case names, and no other."""
    assert found[name] == {CASES[name]["breaks"]}
    assert len(CASES) == 9


def test_without_java_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no Java the check gives no verdict."""
    monkeypatch.setenv("PATH", "")
    assert profile.breaches(Graph()) is None


@needs_java
def test_without_a_compiler_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor where Java comes without the compiler that runs the few lines which call the checker."""
    monkeypatch.setenv("JDK_JAVA_OPTIONS", "--limit-modules=java.se")
    assert profile.breaches(Graph()) is None
