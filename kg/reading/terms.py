"""Terms that the outlet or a speaker uses for an event or a place: kept with their user, never made a label."""

from collections.abc import Iterator

from kg.identifiers import digest, slug
from kg.model import AttributedLabel
from kg.reading.analysis import Analysis
from kg.reading.document import Range
from kg.reading.events import Happenings
from kg.reading.grammar import grammar
from kg.reading.sightings import Sighting

_TERMED = frozenset({"MilitaryOperation", "ControlChange", "Conflict", "Displacement"})
_MOST_WORDS = 8  # the words of an article stay short enough to be terms, not sentences


def find_terms(
    analysis: Analysis, found: list[Sighting], happenings: Happenings, speakers: dict[int, str]
) -> tuple[AttributedLabel, ...]:
    """The noun or verb by which each sighting names its event; `speakers` gives whose words a token stands in."""
    labels: dict[str, AttributedLabel] = {}
    for sighting in found:
        thing = happenings.at.get(sighting.trigger.last - 1)
        if thing is None or sighting.kind not in _TERMED:
            continue
        for part in _term(analysis, sighting):
            words = analysis.document.words(part)
            quoted = analysis.document.quote_around(part.first) is not None
            user = (
                speakers.get(part.first) if quoted else None
            )  # indirect speech may be in the outlet's words
            key = f"label/{slug(words)}-{digest(analysis.source.key, thing, words, user or '', length=8)}"
            labels.setdefault(key, AttributedLabel(key, words, thing, user, analysis.spans(part)))
    return tuple(labels.values())


def _term(analysis: Analysis, sighting: Sighting) -> Iterator[Range]:
    tokens = analysis.document.tokens
    first, last = sighting.trigger.first, sighting.trigger.last
    while first < last and (
        tokens[first].lower in grammar().determiners | grammar().possessive_marks or analysis.references.at(first) or tokens[first].text == "-"
    ) and last - first > 1 and not _part_of_name(analysis, first, last):  # fmt: skip
        first += 1
    if 0 < last - first <= _MOST_WORDS:
        yield Range(first, last)


def _part_of_name(analysis: Analysis, first: int, last: int) -> bool:
    """ "Karabakh war": a place right before the noun belongs to the term."""
    reference = analysis.references.at(first)
    return reference is not None and reference.type == "Place" and reference.range.last == last - 1
