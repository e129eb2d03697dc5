"""Transport corridors: which places a named route joins, in which order, and by which other names it goes."""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.identifiers import digest, slug
from kg.model import AttributedLabel, Corridor, Membership
from kg.reading.analysis import Analysis
from kg.reading.document import Range
from kg.reading.nouns import noun_table
from kg.reading.references import Reference
from kg.reading.verbs import Verb

_PLACES = frozenset({"State", "Place"})


@dataclass(frozen=True)
class Corridors:
    """Routes, their members in order, and their other names."""

    corridors: tuple[Corridor, ...]
    memberships: tuple[Membership, ...]
    labels: tuple[AttributedLabel, ...]


def find_corridors(analysis: Analysis) -> Corridors:
    """Every named route of the text; members only where a sentence tells its course."""
    routes: dict[str, list[Reference]] = {}
    for reference in analysis.references.items:
        if reference.type == "TransportCorridor":
            routes.setdefault(reference.key, []).append(reference)
    corridors, memberships, labels = [], [], []
    for key, mentions in routes.items():
        spans = analysis.spans(*(mention.range for mention in mentions))
        corridors.append(Corridor(key, mentions[0].label, spans))
        memberships += _members(analysis, key, mentions)
        labels += [label for mention in mentions for label in _aliases(analysis, key, mention)]
    unique = {label.key: label for label in labels}
    return Corridors(tuple(corridors), tuple(memberships), tuple(unique.values()))


def _members(analysis: Analysis, key: str, mentions: list[Reference]) -> list[Membership]:
    """The course as the first sentence tells it that has at least two places on it."""
    for mention in mentions:
        number = analysis.document.sentence_number(mention.range.first)
        if not _leads(analysis, mention, analysis.document.sentences[number]):
            continue
        for sentence in analysis.document.sentences[number : number + 2]:
            if sentence.first > mention.range.first and analysis.document.tokens[
                sentence.first
            ].lower not in {"it", "the"}:
                break
            stops = list(_course(analysis, sentence))
            if len(stops) >= 2:
                return _memberships(analysis, key, stops)
    return []


def _leads(analysis: Analysis, mention: Reference, sentence: Range) -> bool:
    """The first route that a sentence names is the one whose course it tells."""
    routes = (r for r in analysis.references.within(sentence) if r.type == "TransportCorridor")
    return next(routes) == mention


def _course(analysis: Analysis, sentence: Range) -> Iterator[tuple[str, Reference]]:
    """Places behind "starts in", "covers", "reaches" and the like, in the order of the text."""
    verbs = [(role, verb) for verb in analysis.verbs_in(sentence) if (role := _role(analysis, verb))]
    for (role, verb), following in zip(verbs, [*verbs[1:], None], strict=False):
        end = following[1].first if following else sentence.last
        part = Range(verb.last, _list_end(analysis, verb.last, end))
        places = [r for r in analysis.references.within(part) if r.type in _PLACES and not r.adjective]
        if role == "link":
            yield from _linked(analysis, places)
        else:
            yield from ((role, place) for place in (places[:1] if role in {"start", "end"} else places))


def _role(analysis: Analysis, verb: Verb) -> str | None:
    route = noun_table().route
    after = analysis.document.tokens[verb.last].lower if verb.last < len(analysis.document.tokens) else ""
    if verb.form not in {"finite", "gerund"}:
        return None
    if verb.lemma in route["start"] and after in {"in", "at", "from"}:
        return "start"
    if verb.lemma in route["end"] and (verb.lemma == "reach" or after in {"in", "at", "to"}):
        return "end"
    if verb.lemma in route["link"]:
        return "link"
    return "via" if verb.lemma in route["via"] else None


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


def _memberships(analysis: Analysis, corridor: str, stops: list[tuple[str, Reference]]) -> list[Membership]:
    name = corridor.split("/", 1)[1]
    mark = digest(analysis.source.key, length=6)
    keys = [
        f"membership/{name}-{number}-{stop.key.split('/', 1)[1]}-{mark}"
        for number, (_, stop) in enumerate(stops, 1)
    ]
    return [
        Membership(
            key,
            corridor,
            stop.key,
            number,
            role,
            keys[number] if number < len(keys) else None,
            analysis.spans(stop.range),
        )
        for number, (key, (role, stop)) in enumerate(zip(keys, stops, strict=True), 1)
    ]


def _aliases(analysis: Analysis, key: str, mention: Reference) -> Iterator[AttributedLabel]:
    """ "also called the Middle or East-West Corridor": two names, of which the first borrows the last word."""
    sentence = analysis.document.sentence(mention.range.first)
    tokens = analysis.document.tokens
    for index in range(sentence.first, sentence.last - 1):
        if tokens[index].lower not in noun_table().route["named"]:
            continue
        if not (
            mention.range.last <= index <= mention.range.last + 4
            or (index < mention.range.first and index - sentence.first <= 3)
        ):
            continue
        part = _names_after(analysis, index + 1, sentence, mention)
        for words, span in _split_names(analysis, part):
            yield AttributedLabel(
                f"label/{slug(words)}-{digest(analysis.source.key, key, words, length=8)}",
                words,
                key,
                None,
                analysis.spans(span),
            )


def _names_after(analysis: Analysis, index: int, sentence: Range, mention: Reference) -> Range:
    """The capitalised words behind "called", with the articles and "or" between them."""
    tokens = analysis.document.tokens
    while index < sentence.last and tokens[index].lower in {"as", "the", "a"}:
        index += 1
    last = index
    while last < sentence.last and not (mention.range.first <= last < mention.range.last) and (
        tokens[last].text[0].isupper() or tokens[last].lower in {"or", "and", "the", "-", "–"}
    ):  # fmt: skip
        last += 1
    return Range(index, last)


def _split_names(analysis: Analysis, part: Range) -> list[tuple[str, Range]]:
    """The names joined by "or": each with its own words, and with the last one's head noun if it lacks one."""
    tokens = analysis.document.tokens
    cuts = [i for i in range(part.first, part.last) if tokens[i].lower in {"or", "and"}]
    parts = [
        Range(a, b) for a, b in zip([part.first, *(c + 1 for c in cuts)], [*cuts, part.last], strict=True)
    ]
    parts = [Range(p.first + 1, p.last) if p and tokens[p.first].lower == "the" else p for p in parts]
    parts = [p for p in parts if p]
    if not parts:
        return []
    head = tokens[parts[-1].last - 1]
    nouns = noun_table().route["nouns"]
    named = []
    for piece in parts:
        words = analysis.document.words(piece)
        complete = tokens[piece.last - 1].lower in nouns or head.lower not in nouns
        named.append((words if complete else f"{words} {head.text}", piece))
    return named
