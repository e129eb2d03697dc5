"""The fuzz campaign finds what is wrong, makes it small, and touches every target."""

from collections.abc import Callable
from pathlib import Path

import pytest
from fuzz import main, tried
from fuzz_inputs import texts
from fuzz_targets import TARGETS, Target

MADE_FILES = ("text", "packed", "markdown", "html", "jsonl")


def _fails_on(letter: str) -> Callable[[str], None]:
    def check(text: str) -> None:
        assert letter not in text

    return check


def test_a_fault_is_found_and_made_small() -> None:
    """A check that fails on one letter is brought down to that letter, whatever stood around it."""
    examples, fault = tried(Target(texts(), _fails_on("e")), 1)
    assert examples
    assert fault.endswith("for 'e'")


def test_the_same_seed_gives_the_same_examples() -> None:
    """Who is told of a fault can bring it out again."""
    seen: list[list[str]] = [[], []]
    for told in seen:
        tried(Target(texts(), told.append), 7)
    assert seen[0] == seen[1]
    assert len(set(seen[0])) > 10


@pytest.mark.parametrize("name", sorted(set(TARGETS) - {"growth"}))
def test_each_target_holds_for_a_round(name: str) -> None:
    """One round of each; `make fuzz` goes on for longer."""
    examples, fault = tried(TARGETS[name], 3)
    assert examples
    assert fault == ""


def test_a_short_campaign(capsys: pytest.CaptureFixture[str]) -> None:
    """It ends in time, tells how much was tried, and gives 0 where nothing was wrong."""
    assert main(["dates"], 0.5, 1) == 0
    assert "dates: " in capsys.readouterr().out


def test_every_form_of_file_is_a_target() -> None:
    """A new kind of file is to be fuzzed as well."""
    from kg.sources.forms import FORMS

    assert {Path(f"a{form}").suffix for form in FORMS} == {".txt", ".md", ".html", ".htm", ".jsonl"}
    assert set(MADE_FILES) <= set(TARGETS)
