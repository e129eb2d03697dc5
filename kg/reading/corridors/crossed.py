"""Whose land a named route crosses, told beside its name: "a transport project on Armenian territory"."""

from collections.abc import Iterator, Sequence

from kg.reading.analysis import Analysis
from kg.reading.corridors.course import Stop
from kg.reading.names.references import PLACES, Reference
from kg.reading.text.tokens import Range, Token
from kg.reading.words.nouns import noun_table

_NEAR = 2  # words from what it is to "through"
_LAND = 5  # words from "through" to the place, and from there to "territory"
_THROUGH = frozenset({"through", "across"})
_ON = frozenset({"on", "over", "via"})  # these lead to land only where a word says that it is land
_NAMING = frozenset({"called", "known", "named", "dubbed", "name", "termed"})


def crossed(analysis: Analysis, mention: Reference) -> list[Stop]:
    """The places beside the name of a route that names no course, in the order of the text."""
    document = analysis.document
    number = document.sentence_number(mention.range.first)
    here = document.sentences[number]
    found = [p for head in _heads(analysis, here, mention) for p in _behind(analysis, head, here)]
    opening = document.lowers(Range(here.first, mention.range.first))
    if not found and number and not _NAMING.isdisjoint(opening):
        before = document.sentences[number - 1]  # "… Its name is X"
        heads = document.positions(noun_table().route.kinds, before)
        found = [p for head in heads for p in _behind(analysis, head, before)]
    return [("via", place) for place in {place.key: place for place in found}.values()]


def _heads(analysis: Analysis, sentence: Range, mention: Reference) -> Iterator[int]:
    """The words for a route that this one is: in its name, in an apposition, or before "known as"."""
    tokens, document = analysis.document.tokens, analysis.document
    for head in document.positions(noun_table().route.kinds, sentence):
        if head < mention.range.first:
            if not _NAMING.isdisjoint(document.lowers(Range(head, mention.range.first))):
                yield head
        elif head in mention.range or _apposed(analysis, Range(mention.range.last, head), tokens):
            yield head


def _apposed(analysis: Analysis, between: Range, tokens: Sequence[Token]) -> bool:
    """ "X, a planned route", "X is a road": no other verb stands between."""
    opened = bool(between) and tokens[between.first].lower in {",", "–", "-", "(", "is", "was"}
    return opened and all(v.lemma == "be" for v in analysis.verbs_in(between))


def _behind(analysis: Analysis, head: int, sentence: Range) -> Iterator[Reference]:
    """The place that "through" or "on … territory" behind a word for a route leads to."""
    tokens, land = analysis.document.tokens, noun_table().route.land
    near = range(head + 1, min(head + 1 + _NEAR, sentence.last))
    mark = next((i for i in near if tokens[i].lower in _THROUGH | _ON), None)
    if mark is None:
        return
    within = range(mark + 1, min(mark + _LAND, sentence.last))
    place = next((r for i in within if (r := analysis.references.at(i))), None)
    if place is None or place.type not in PLACES:
        return
    after = Range(place.range.last, min(place.range.last + _LAND, sentence.last))
    owned = not land.isdisjoint(analysis.document.lowers(after))
    if owned or (tokens[mark].lower in _THROUGH and not place.adjective):
        yield place
