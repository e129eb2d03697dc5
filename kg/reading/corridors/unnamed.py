"""Routes without a name whose course stands right behind them: "a humanitarian corridor from A to B"."""

from collections.abc import Iterator

from kg.identifiers import slug
from kg.reading.analysis import Analysis
from kg.reading.corridors.course import Stop, course
from kg.reading.names.references import Reference
from kg.reading.text.tokens import Range
from kg.reading.words.nouns import noun_table

_COURSE = frozenset({"from", "between", "linking", "connecting", "that", "which"})


def unnamed_routes(analysis: Analysis) -> Iterator[Reference]:
    """Every such route, known by its kind and its ends; plain roads and corridors of buildings are none."""
    for index in analysis.document.positions(noun_table().route.unnamed):
        part = Range(index - 1, index + 1)
        opened = index > 0 and analysis.document.tokens[index - 1].lower in noun_table().route.purposes
        stops = _stops(analysis, part) if opened and analysis.references.at(index) is None else []
        if len(stops) > 1:
            words = analysis.document.words(part).lower()
            ends = f"{stops[0][1].label}–{stops[-1][1].label}"
            key = f"corridor/{slug(words)}-{slug(ends)}"
            label = f"{words.capitalize()}, {ends}"
            yield Reference(part, key, "TransportCorridor", "name", label, known=False)


def _stops(analysis: Analysis, part: Range) -> list[Stop]:
    """The places of its course, if a word that leads to one follows at once."""
    last = analysis.document.sentence(part.first).last
    if part.last >= last or analysis.document.tokens[part.last].lower not in _COURSE:
        return []
    return course(analysis, Range(part.last, last), part)
