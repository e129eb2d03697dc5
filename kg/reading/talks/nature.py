"""Of what kind talks and agreements are, by the words before them: "trilateral talks", "a hostage deal"."""

from collections.abc import Iterator, Sequence

from kg.reading.analysis import Analysis
from kg.reading.talks.pacts import Pact
from kg.reading.text.tokens import Range
from kg.reading.words.kinds import kinds

_BEFORE = 6  # tokens before the head, "-" being one
_BEHIND = 8  # tokens that say what talks are about
_ONE = ("shape", "track")  # of these, talks have one value; two say that a passage is about others, too
_PACT_BEFORE, _PACT_BEHIND = 4, 7  # tokens around the noun for an agreement


def kinds_of_talks(
    analysis: Analysis, parts: Sequence[Range], *, sitting: bool = False
) -> tuple[tuple[str, str], ...]:
    """Schemes with values, sorted; a `sitting` may be a summit, which says who sits there."""
    found = {kind for part in parts for kind in _told(analysis, part, sitting)}
    schemes = [scheme for scheme, _ in found]
    return tuple(sorted(k for k in found if k[0] not in _ONE or schemes.count(k[0]) == 1))


def _told(analysis: Analysis, part: Range, sitting: bool) -> Iterator[tuple[str, str]]:
    table = kinds()
    for head in analysis.document.positions(table.heads | table.leaders, part):
        if sitting and analysis.document.tokens[head].lower in table.leaders:
            yield "level", "leaders"
        words, topic = f" {_before(analysis, head)} ", f" {_behind(analysis, head)} "
        for phrase, kind in table.talks.items():
            if f" {phrase} " in words or (kind[0] == "issue" and f" {phrase} " in topic):
                yield kind


def _before(analysis: Analysis, head: int) -> str:
    """The words that lead up to a head without a preposition or a mark between, in lower case."""
    document = analysis.document
    first = max(document.sentence(head).first, head - _BEFORE)
    stops = [
        i for i in range(first, head) if document.tokens[i].lower in kinds().breaks | {",", ";", "(", ":"}
    ]
    part = Range(stops[-1] + 1 if stops else first, head)
    return document.words(part).lower() if part else ""


def _behind(analysis: Analysis, head: int) -> str:
    """What follows "on" or the like behind a head, up to the next such word or mark, in lower case."""
    document, table = analysis.document, kinds()
    last = min(document.sentence(head).last, head + _BEHIND)
    if head + 1 >= last or document.tokens[head + 1].lower not in table.about:
        return ""
    stops = (i for i in range(head + 2, last) if document.tokens[i].lower in table.breaks | {",", ";", "."})
    return document.words(Range(head + 2, next(stops, last))).lower()


def kinds_of_pact(analysis: Analysis, pact: Pact) -> tuple[str, ...]:
    """The kinds of an agreement that its noun and the words before it name, sorted."""
    sentence = analysis.document.sentence(pact.head)
    first = max(sentence.first, pact.head - _PACT_BEFORE)
    own = analysis.document.words(Range(first, pact.head + 1)).lower()
    behind = analysis.document.words(Range(first, min(sentence.last, pact.head + _PACT_BEHIND))).lower()
    found = {kind for phrase, kind in kinds().pacts if phrase in (behind if " of " in phrase else own)}
    return tuple(sorted(found - ({"ceasefire"} if "humanitarian-truce" in found else set())))
