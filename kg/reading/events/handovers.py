"""Who is handed over in a release: the people whom a number counts, who held them and who gets them."""

from collections.abc import Iterator

from kg.identifiers import digest
from kg.model import Event, HandoverGroup
from kg.reading.analysis import Analysis
from kg.reading.dates.words import NUMBERS
from kg.reading.events.sightings import Sighting
from kg.reading.names.references import AGENTS
from kg.reading.text.tokens import Range
from kg.reading.words.details import detail_table
from kg.reading.words.grammar import grammar

_BEFORE = 2  # words before a number that bound it: "more than", "at least"


def handed_over(analysis: Analysis, sighting: Sighting, event: Event) -> tuple[HandoverGroup, ...]:
    """The groups that numbers count; a side that holds or gets them only where the words leave no choice."""
    part = Range(sighting.evidence.first, sighting.evidence.last)
    groups = []
    for index, noun in _counted(analysis, part):
        low, high = _bounds(analysis, index)
        counted = Range(index, noun + 1)
        mark = digest(event.key, str(analysis.document.tokens[index].start), length=8)
        groups.append(
            HandoverGroup(
                f"group/handed-over-{mark}",
                analysis.document.words(counted),
                low,
                high,
                _custody(analysis, noun),
                held_by=_holder(analysis, sighting, event, index),
                handed_to=_receiver(analysis, Range(noun + 1, part.last)),
                evidence=analysis.spans(counted),
            )
        )
    return tuple(groups)


def _counted(analysis: Analysis, part: Range) -> Iterator[tuple[int, int]]:
    """A number with the noun for people that it counts."""
    tokens, table = analysis.document.tokens, detail_table()
    for index in range(part.first, part.last):
        if _number(tokens[index].lower) is None or index in analysis.time_tokens:
            continue
        for noun in range(index + 1, min(index + 2 + table.between, part.last)):
            if _number(tokens[noun].lower) is not None or tokens[noun].text in {",", ";", "."}:
                break
            if tokens[noun].lower in table.custody:
                yield index, noun
                break


def _number(word: str) -> int | None:
    plain = word.replace(",", "")
    return int(plain) if plain.isdecimal() else NUMBERS.get(word)


def _bounds(analysis: Analysis, index: int) -> tuple[int | None, int | None]:
    """The lowest and the highest number: both for a plain one."""
    table, number = detail_table(), _number(analysis.document.tokens[index].lower)
    before = set(analysis.document.lowers(Range(max(0, index - _BEFORE), index)))
    if before & table.lowest:
        return number, None
    return (None if before & table.highest and "to" not in before else number), number


def _custody(analysis: Analysis, noun: int) -> str | None:
    """What they were held as: "prisoners of war", by the noun else; None where it says nothing."""
    after = analysis.document.lowers(Range(noun + 1, min(noun + 3, len(analysis.document.tokens))))
    if after == ["of", "war"]:
        return "prisoner-of-war"
    told = detail_table().custody[analysis.document.tokens[noun].lower]
    return None if told == "open" else told


def _holder(analysis: Analysis, sighting: Sighting, event: Event, index: int) -> str | None:
    """The only one who acts, of people who are the object of the verb and not what is given "for" them."""
    between = analysis.document.lowers(Range(sighting.trigger.last, max(sighting.trigger.last, index)))
    verbal = any(verb.main == sighting.trigger.first for verb in analysis.verbs_in(sighting.trigger))
    if not verbal or index < sighting.trigger.last or "for" in between or len(event.agents) != 1:
        return None
    return event.agents[0]


def _receiver(analysis: Analysis, behind: Range) -> str | None:
    """Whoever stands behind "to"."""
    for reference in analysis.references.within(behind):
        first = reference.range.first
        tokens = analysis.document.tokens
        link = first - 1 - (tokens[first - 1].lower in grammar().determiners)
        if tokens[link].lower == "to" and reference.type in AGENTS and not reference.adjective:
            return reference.key
    return None
