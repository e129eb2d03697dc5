"""The course of a route as one sentence tells it: places behind verbs, in the order of the text."""

from collections.abc import Iterator

from kg.reading.analysis import Analysis
from kg.reading.names.references import PLACES, Reference
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.nouns import noun_table


def course(analysis: Analysis, sentence: Range) -> Iterator[tuple[str, Reference]]:
    """Places behind "starts in", "covers", "reaches" and the like, in the order of the text."""
    verbs = [(role, verb) for verb in analysis.verbs_in(sentence) if (role := _role(analysis, verb))]
    for (role, verb), following in zip(verbs, [*verbs[1:], None], strict=False):
        end = following[1].first if following else sentence.last
        part = Range(verb.last, _list_end(analysis, verb.last, end))
        places = [r for r in analysis.references.within(part) if r.type in PLACES and not r.adjective]
        if role == "link":
            yield from _linked(analysis, places)
        else:
            yield from ((role, place) for place in (places[:1] if role in {"start", "end"} else places))


def _role(analysis: Analysis, verb: Verb) -> str | None:
    route = noun_table().route
    after = analysis.document.tokens[verb.last].lower if verb.last < len(analysis.document.tokens) else ""
    if verb.form not in {"finite", "gerund"}:
        return None
    if verb.lemma in route.start and after in {"in", "at", "from"}:
        return "start"
    if verb.lemma in route.end and (verb.lemma == "reach" or after in {"in", "at", "to"}):
        return "end"
    if verb.lemma in route.link:
        return "link"
    return "via" if verb.lemma in route.via else None


def _linked(analysis: Analysis, places: list[Reference]) -> Iterator[tuple[str, Reference]]:
    """ "links A with B via C": A, then what follows "via" or "through", then B."""
    passed = [
        p
        for p in places
        if {"via", "through"} & set(analysis.document.lowers(Range(places[0].range.last, p.range.first)))
    ]
    ends = [p for p in places if p not in passed]
    if len(ends) < 2:
        return
    yield "start", ends[0]
    yield from (("via", place) for place in passed)
    yield "end", ends[-1]


def _list_end(analysis: Analysis, index: int, end: int) -> int:
    """A list of places ends at a full stop, or where a comma is followed by something else than a place."""
    tokens = analysis.document.tokens
    for at in range(index, end):
        if tokens[at].text in {".", ";"}:
            return at
        if tokens[at].text == "," and not any(
            analysis.references.at(i) for i in range(at + 1, min(at + 4, end))
        ):
            return at
    return end
