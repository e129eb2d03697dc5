"""Terms that the outlet or a speaker uses for an event: kept with their user, never made its label."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from kg.identifiers import digest, slug
from kg.model import AttributedLabel, Span
from kg.reading.analysis import Analysis
from kg.reading.events.happenings import Happenings
from kg.reading.events.sightings import Sighting
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar

_TERMED = frozenset({"MilitaryOperation", "ControlChange", "Conflict", "Displacement"})
_MOST_WORDS = 8  # the words of an article stay short enough to be terms, not sentences


def find_terms(
    analysis: Analysis, found: list[Sighting], happenings: Happenings, speakers: dict[int, str | None]
) -> tuple[AttributedLabel, ...]:
    """The words by which each sighting names its event; `speakers` gives whose words a token stands in."""
    labels: dict[str, AttributedLabel] = {}
    told: dict[str, set[Span]] = defaultdict(set)
    for sighting in found:
        named = sighting.named or sighting.trigger
        thing = happenings.at.get(named.last - 1)
        if thing is None or sighting.kind not in _TERMED:
            continue
        for part in _term(analysis, named):
            words = analysis.document.words(part)
            quoted = analysis.document.quote_around(part.first) is not None
            if not quoted and analysis.source.kind == "report":
                continue  # our own words: only what a report quotes is a term of somebody else's
            # Indirect speech may be in the outlet's words.
            user = speakers.get(part.first) if quoted else None
            key = f"label/{slug(words)}-{digest(analysis.source.key, thing, words, user or '', length=8)}"
            told[key].update(analysis.spans(part))
            labels[key] = AttributedLabel(key, words, thing, user, ())
    return tuple(replace(label, evidence=tuple(sorted(told[key]))) for key, label in labels.items())


def _term(analysis: Analysis, trigger: Range) -> Iterator[Range]:
    """The trigger without articles, names and possessives before it."""
    first, last = trigger.first, trigger.last
    while last - first > 1 and _leads(analysis, first) and not _part_of_name(analysis, first, last):
        first += 1
    if 0 < last - first <= _MOST_WORDS:
        yield Range(first, last)


def _leads(analysis: Analysis, index: int) -> bool:
    token = analysis.document.tokens[index]
    empty = token.lower in grammar().determiners | grammar().possessive_marks or token.text == "-"
    return empty or analysis.references.at(index) is not None


def _part_of_name(analysis: Analysis, first: int, last: int) -> bool:
    """ "Karabakh war": a place right before the noun belongs to the term."""
    reference = analysis.references.at(first)
    return reference is not None and reference.type == "Place" and reference.range.last == last - 1
