"""Our way of cutting runs of characters is spaCy's, wherever we do not leave a run to it."""

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


def test_the_exceptions_are_those_of_spacy() -> None:
    """What is asked of it once is what the installed spaCy lists, all but white space, which is no token."""
    listed = English.Defaults.tokenizer_exceptions or {}
    assert exceptions() == {
        run: [part[ORTH] for part in parts] for run, parts in listed.items() if run.strip()
    }


@pytest.mark.parametrize("run", ["✅Ensure", "conﬂict", "\u200b", "ἀρχή", "a→b"])
def test_other_characters_are_left_to_spacy(run: str) -> None:
    """No guess at rules that we do not have; the tokens are spaCy's."""
    assert words_of(run) is None
    assert [token.text for token in tokenize(run)] == [token.text for token in spacy_tokenizer()(run)]
