"""Texts cut by their marks, whatever these do: nest, overlap, coincide, reach outside, or are empty."""

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from server import text_layout
from server.portraits.segments import segments


@dataclass(frozen=True)
class Span:
    start: int
    end: int
    name: int


PLACES = st.tuples(st.integers(-5, 40), st.integers(-5, 40))
SPANS = st.lists(PLACES, max_size=12).map(
    lambda places: [Span(*place, number) for number, place in enumerate(places)]
)
WINDOWS = st.tuples(st.integers(0, 15), st.integers(0, 25)).map(lambda pair: (pair[0], pair[0] + pair[1]))
LINES = st.text(alphabet="ab \n", max_size=60)


@settings(max_examples=60)
@given(WINDOWS, SPANS, st.lists(st.integers(-5, 45), max_size=3))
def test_segments_are_the_text_with_each_mark_where_it_is(
    window: tuple[int, int], spans: list[Span], cuts: list[int]
) -> None:
    """They follow one another without a gap, and each character lies in just the marks that cover it."""
    start, end = window
    found = segments(start, end, spans, cuts)
    assert [offset for one in found for offset in range(one.start, one.end)] == [*range(start, end)]
    assert all(one.start < one.end for one in found)
    for one in found:
        for offset in range(one.start, one.end):
            assert {*one.marks} == {span for span in spans if span.start <= offset < span.end}
        widths = [mark.end - mark.start for mark in one.marks]
        assert widths == sorted(widths, reverse=True)
    edges = {edge for span in spans if span.start < span.end for edge in (span.start, span.end)} | {*cuts}
    assert {one.start for one in found} <= edges | {start}


@settings(max_examples=60)
@given(LINES, st.integers(1, 9), st.integers(0, 4))
def test_every_character_is_on_the_page_of_its_part(text: str, size: int, reach: int) -> None:
    """A part found from an offset alone shows that character, and no more than size and twice the reach."""
    before = text_layout.PART, text_layout.REACH
    text_layout.PART, text_layout.REACH = size, reach
    try:
        for offset in range(len(text)):
            within = text_layout.part(text, text_layout.part_at(offset))
            assert within.start <= offset <= within.end <= len(text)
            assert within.end > offset or text[offset] == "\n"
            assert within.end - within.start <= size + 2 * reach
        assert text_layout.part_at(max(0, len(text) - 1)) == text_layout.parts_of(len(text))
    finally:
        text_layout.PART, text_layout.REACH = before


@settings(max_examples=60)
@given(LINES, SPANS)
def test_what_is_hidden_keeps_its_place(text: str, spans: list[Span]) -> None:
    """Of a text only the stretches that may be shown are left, with its line breaks, all at their offsets."""
    inside = [text_layout.Stretch(max(0, s.start), min(len(text), s.end)) for s in spans if s.start < s.end]
    inside = [one for one in inside if one.start < one.end]
    shown = text_layout.passages_of(text, inside)
    allowed = {offset for one in inside for offset in range(one.start, one.end)}
    for offset, (sign, real) in enumerate(zip(shown, text, strict=True)):
        assert sign == (real if offset in allowed or real == "\n" else text_layout.HIDDEN)
    pieces = [(one.start, text[one.start : one.end]) for one in inside]
    patched = text_layout.patched(len(text), pieces)
    assert patched.replace(text_layout.HIDDEN, "") == "".join(text[offset] for offset in sorted(allowed))
