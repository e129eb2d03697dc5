"""Values that readers give: what each kind of parameter takes, and that none becomes part of a query."""

import tomllib
from pathlib import Path

import pytest

import queries
from ontology import load
from queries.parameters import KINDS, Parameter, WrongValue

CASES = tomllib.loads((Path(__file__).parent / "cases" / "parameters.toml").read_text("utf-8"))["case"]
MORE = {
    "integer": {"least": 0, "most": 100},
    "enumeration": {"choices": ("accuse", "deny"), "space": "http://val/stance-"},
}


def _parameter(kind: str) -> Parameter:
    return Parameter("x", kind, "The x.", **MORE.get(kind, {}))


def test_every_kind_has_its_cases() -> None:
    """Six kinds, six cases."""
    assert [case["kind"] for case in CASES] == list(KINDS)
    assert len(CASES) == 6


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["kind"])
def test_what_a_kind_takes(case: dict[str, dict[str, str]]) -> None:
    """A value becomes one term, written as SPARQL writes it."""
    for value, term in case["takes"].items():
        assert str(_parameter(str(case["kind"])).term(value, "http://base/")) == term.replace("\n", "\\n")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["kind"])
def test_what_a_kind_refuses(case: dict[str, str]) -> None:
    """The message names the parameter and says what to give instead."""
    for value in [*case["refuses"], "x" * 1001]:
        with pytest.raises(WrongValue, match=r"^x=.* is not taken: give") as refused:
            _parameter(case["kind"]).term(value, "http://base/")
        assert refused.value.parameter == "x"
        assert len(value) > 1000 or case["mend"] in refused.value.mend


def test_half_a_character_is_no_text() -> None:
    """What a terminal gives for bytes that are not UTF-8 is refused, and never an error of ours."""
    with pytest.raises(WrongValue):
        _parameter("string").term("\udcff")


def test_every_example_and_default_is_taken() -> None:
    """Each parameter of a shipped query has an example that it takes itself."""
    for query in queries.load().values():
        for parameter in query.parameters:
            assert parameter.example, f"{query.name}: {parameter.name}"
            assert parameter.term(parameter.example, "http://base/")
            assert parameter.default is None or parameter.term(parameter.default, "http://base/")


def test_choices_are_those_of_the_ontology() -> None:
    """What an enumeration offers are values that the ontology has; of stances and modalities, all."""
    known = {str(subject) for subject in load().subjects()}
    for query in queries.load().values():
        for parameter in query.parameters:
            if not parameter.space:
                continue  # plain words
            offered = {parameter.space + choice for choice in parameter.choices}
            assert offered <= known, f"{query.name}: {sorted(offered - known)}"
            if parameter.name in ("stance", "modality"):
                assert offered == {value for value in known if value.startswith(parameter.space)}
