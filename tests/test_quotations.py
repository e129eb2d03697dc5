"""What is found between quotation marks, however a text writes them."""

import hypothesis.strategies as st
import pytest
from hypothesis import given

from kg.reading.text.document import read_document
from kg.reading.text.tokens import Range

_OPENING, _CLOSING = ('"', "“", "``", "''"), ('"', "”", "“", "''", "’’")
_WORDS = st.lists(st.sampled_from(["we", "leave", "the", "dam", "Kenya", "it’s"]), min_size=1, max_size=6)
_SAID = st.tuples(_WORDS, st.sampled_from(_OPENING), st.sampled_from(_CLOSING), _WORDS)


def _quoted(text: str) -> list[str]:
    document = read_document(text)
    return [document.words(quote) for quote in document.quotes]


@given(st.lists(_SAID, min_size=1, max_size=5))
def test_marks_of_any_style_close_what_marks_of_any_style_open(
    said: list[tuple[list[str], str, str, list[str]]],
) -> None:
    """`“One," he said.` and `"Two“ too`."""
    told = [(" ".join(words), opening, closing, " ".join(rest)) for words, opening, closing, rest in said]
    text = " ".join(f"{opening}{words},{closing} {rest} said." for words, opening, closing, rest in told)
    assert _quoted(text) == [f"{words}," for words, *_ in told]


@given(st.text(alphabet="ab .,\"'“”‘’«»\n", max_size=80))
def test_quotations_are_apart_and_within_their_paragraphs(text: str) -> None:
    """Whatever the marks are: none is empty, none reaches into another or over the end of its paragraph."""
    document = read_document(text)
    ends = 0
    for quote in document.quotes:
        assert quote
        assert quote.first >= ends
        assert document.paragraph_number(quote.first) == document.paragraph_number(quote.last - 1)
        ends = quote.last
    assert all(document.tokens[i].text in {'"', "“", "”", "«", "»", "''", "’’"} for i in document.quote_marks)


@given(_SAID, _WORDS)
def test_what_a_paragraph_leaves_open_touches_no_other(
    said: tuple[list[str], str, str, list[str]], more: list[str]
) -> None:
    """A quotation that nothing closes ends with its paragraph, and the next one is read as by itself."""
    words, opening, closing, rest = said
    whole = f"{opening}{' '.join(words)},{closing} {' '.join(rest)} said."
    text = f'Kenya said: "{" ".join(more)}.\n\n{whole}'
    assert _quoted(text)[1:] == _quoted(whole)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("The dam will hold,” Ann Berg promised.", ["The dam will hold,"]),
        ('She left. The dam will hold," Ann Berg promised.', ["The dam will hold,"]),
        ('The beam was 6" long and 2" wide.', []),
        ('"We go, "she said. "Not now."', ["We go,", "Not now."]),
        ('She said: "We go.\n\nWe shall not be back."\n\nRain fell.', ["We go.", "We shall not be back."]),
        ('Kenya left."We go," she said."Not you."Ghana stayed.', ["We go,", "Not you."]),
        ("“The “great” dam will hold,” she said.", ["The “great” dam will hold,"]),
        ("“The “great dam will hold,” she said.", ["The “great dam will hold,"]),
        ('The dam is "full.\n\nIt broke, and nobody said "no".', ["full.", "no"]),
        ("“We leave,’ she said. “You stay.”", ["We leave,", "You stay."]),
        ("In the '90s the rebels' leaders said \"no\".", ["no"]),
        ("It is ‘a farce’ and a “sham”.", ["a farce", "sham"]),
        ("„Wir gehen“, she said.", ["Wir gehen"]),
    ],
)
def test_marks_that_are_missing_or_misplaced(text: str, quoted: list[str]) -> None:
    """Where a mark is lost, nested, turned round, or no quotation mark at all."""
    assert _quoted(text) == quoted


def test_sentences_end_at_marks_without_a_space() -> None:
    """Pages that were cut badly run sentences together at quotation marks."""
    document = read_document('Kenya left."We go home."Ghana stayed.')
    assert [document.words(s) for s in document.sentences] == [
        "Kenya left.",
        '"We go home."',
        "Ghana stayed.",
    ]


def test_a_line_that_breaks_off_goes_on_in_the_next() -> None:
    """In a text in which only some lines are wrapped."""
    long = (
        "Kenya and Ghana signed a treaty on the dam, the river and the lake, and said so in a long line. " * 2
    )
    document = read_document(f"{long}\n\nThe ministers of both states\nmet in Accra.\nThey left.")
    assert len(document.paragraphs) == 3


@given(st.text(alphabet='ab ."“”', max_size=60), st.integers(0, 30), st.integers(1, 30))
def test_quotations_in_a_range_are_those_that_a_look_at_each_finds(
    text: str, first: int, length: int
) -> None:
    """With one that ends right before it."""
    document = read_document(text)
    part = Range(first, first + length)
    told = [q for q in document.quotes if q.first < part.last and q.last >= part.first]
    assert list(document.quotes_in(part)) == told
