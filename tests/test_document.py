"""The index of a document: where its words stand."""

import hypothesis.strategies as st
from hypothesis import given

from kg.reading.text.document import read_document
from kg.reading.text.tokens import Range

_WORDS = ["a", "B", "c", "D", "the", "talks", ",", ".", "“", "”", "’s"]


@given(
    st.lists(st.sampled_from(_WORDS), max_size=60),
    st.sets(st.sampled_from(["a", "b", "talks", ",", "x", "y", "z"])),
    st.tuples(st.integers(0, 60), st.integers(0, 60)),
)
def test_positions_are_those_that_a_look_at_each_token_finds(
    words: list[str], wanted: set[str], ends: tuple[int, int]
) -> None:
    """In the whole text and in a range of it."""
    document = read_document(" ".join(words))
    found = [token.index for token in document.tokens if token.lower in wanted]
    assert document.positions(wanted) == found
    part = Range(*ends)
    assert document.positions(wanted, part) == [index for index in found if index in part]


@given(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=60), st.integers(0, 59), st.integers(1, 60))
def test_quoted_counts_the_tokens_in_quotations(words: list[str], first: int, length: int) -> None:
    """Whether the range begins inside a quotation or before one."""
    document = read_document(" ".join(words))
    part = Range(min(first, len(document.tokens)), min(first + length, len(document.tokens)))
    inside = [i for i in range(part.first, part.last) if document.quote_around(i)]
    assert document.quoted(part) == len(inside)
