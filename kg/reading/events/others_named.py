"""Those to whom, at whom or from whom something is done, and those by whom it was only brokered."""

from collections.abc import Iterator

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase, phrase_at
from kg.reading.names.references import AGENTS
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar

_AIMED_AT = frozenset({"at", "towards", "toward", "against", "on", "into"})
_BROKERED = frozenset({"brokered", "mediated", "facilitated", "negotiated"})
_MEASURES = frozenset(
    {"sanctions", "embargo", "embargoes", "measures", "restrictions", "ban", "bans", "tariffs"}
)


def receivers(analysis: Analysis, part: Range) -> Iterator[str]:
    """Those who get what somebody sends or grants, or are asked for it: "to X", "for Y", "from Z"."""
    given = -1  # where the last of them ended: "to X and Y"
    for reference in analysis.references.within(part):
        first = reference.range.first
        before = analysis.document.tokens[first - 1].lower if first else ""
        too = before in {"and", ","} and first - 1 == given
        if (before not in {"to", "for", "from"} and not too) or reference.adjective:
            continue
        given = reference.range.last
        if reference.type in AGENTS:
            yield reference.key
        elif reference.key in analysis.seats and before == "to":
            yield analysis.seats[reference.key]  # "sent arms to Damascus"


def targets(analysis: Analysis, part: Range) -> Iterator[str]:
    """Those at whom force is aimed, where a place would only say where: "at X", "towards X"."""
    for reference in analysis.references.within(part):
        before = analysis.document.tokens[reference.range.first - 1].lower if reference.range.first else ""
        if reference.type in AGENTS and not reference.adjective and before in _AIMED_AT:
            yield reference.key


def losers(analysis: Analysis, part: Range) -> Iterator[str]:
    """Those from whom a place is taken: "annexed X from Y", "seized X from the Y"."""
    for reference in analysis.references.within(part):
        first, tokens = reference.range.first, analysis.document.tokens
        at = first - 1 - (tokens[first - 1].lower in grammar().determiners)
        if tokens[at].lower == "from" and reference.type in AGENTS and not reference.adjective:
            yield reference.key


def brokers_in(analysis: Analysis, part: Range) -> Iterator[str]:
    """Those by whom a range says that something was brokered."""
    tokens = analysis.document.tokens
    for index in range(part.first + 1, part.last):
        if tokens[index].lower == "by" and tokens[index - 1].lower in _BROKERED:
            phrase = phrase_at(analysis, index + 1, part.last)
            yield from (reference.key for reference in (phrase.references if phrase else ()))


def imposing(analysis: Analysis, subject: Phrase, agents: tuple[str, ...]) -> tuple[str, ...]:
    """Of "X's sanctions on Y hit Z": X, and never Y, whom they are on."""
    own = {r.key for r in analysis.references.within(Range(subject.range.first, subject.head))}
    return tuple(key for key in agents if key in own)


def of_measures(analysis: Analysis, subject: Phrase | None, verb: int) -> bool:
    """Whether the subject, or what stands before a verb, is sanctions or the like, which use no force."""
    tokens = analysis.document.tokens
    heads = (subject.head if subject else verb, max(verb - 1, 0))
    return any(tokens[head].lower in _MEASURES for head in heads)
