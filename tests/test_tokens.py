"""Our way of cutting runs of characters is spaCy's, wherever we do not leave a run to it."""

from collections.abc import Iterator
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import example, given, settings
from spacy.lang.en import English
from spacy.symbols import ORTH

from kg.reading.text.exceptions import exceptions
from kg.reading.text.runs import words_of
from kg.reading.text.tokens import spacy_tokenizer, tokenize

_MARKS = "’'“”\"‘`«».,:;!?()[]{}<>_#*&|-–—‑/\\~$£€%+=@•…■©™°½►"
_PIECES = [
    *sorted(exceptions()),
    "U.S.",
    "a.m",
    "Baku",
    "1,000",
    "km",
    "km/h",
    "Az",
    "'s",
    "’S",
    "...",
    "--",
    "US$",
    "É",
]


@given(
    st.lists(
        st.sampled_from([*_PIECES, *_MARKS])
        | st.text("abAB12éßÉșəƏḥʻʿяЯії평和らア؟سل" + _MARKS, min_size=1, max_size=4)
    )
)
@settings(max_examples=1000, deadline=None)
@example(["(", "don’t", ")", ":"])
@example(["U.S.", "-", "India", "'s", "."])
def test_a_run_has_the_tokens_that_spacy_gives_it(pieces: list[str]) -> None:
    """For marks and words in any order."""
    run = "".join(pieces)[:400]
    words = words_of(run) if run else []
    if words is not None:
        assert words == [token.text for token in spacy_tokenizer()(run)]


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A cache folder of its own, with nothing remembered before or after."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    exceptions.cache_clear()
    yield tmp_path
    exceptions.cache_clear()


def test_what_spacy_lists_is_kept(kept: Path) -> None:
    """What is read back is what the installed spaCy lists, all but white space, which is no token."""
    listed = English.Defaults.tokenizer_exceptions or {}
    asked = exceptions()
    exceptions.cache_clear()
    assert [path.suffix for path in kept.rglob("*.*")] == [".json"]
    assert exceptions() == asked
    assert asked == {run: [part[ORTH] for part in parts] for run, parts in listed.items() if run.strip()}


@pytest.mark.parametrize("damage", [b"", b"[]", b"{}", b'{"don\'t": ["do"]}', b"\xff"])
def test_damage_to_what_is_kept_is_mended(kept: Path, damage: bytes) -> None:
    """Nothing that spaCy does not say is taken from the cache."""
    asked = exceptions()
    file = next(kept.rglob("*.json"))
    file.write_bytes(damage)
    exceptions.cache_clear()
    assert exceptions() == asked
    assert file.read_bytes() != damage


def test_a_cache_that_cannot_be_written_changes_nothing(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder under a file is one that nobody can make."""
    asked = exceptions()
    (kept / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(kept / "file"))
    exceptions.cache_clear()
    assert exceptions() == asked


@pytest.mark.parametrize("run", ["✅Ensure", "conﬂict", "\u200b", "ἀρχή", "a→b"])
def test_other_characters_are_left_to_spacy(run: str) -> None:
    """No guess at rules that we do not have; the tokens are spaCy's."""
    assert words_of(run) is None
    assert [token.text for token in tokenize(run)] == [token.text for token in spacy_tokenizer()(run)]
