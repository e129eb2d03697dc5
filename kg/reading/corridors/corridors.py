"""Transport corridors: which places a named route joins, and by which other names it goes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.identifiers import digest
from kg.model import AttributedLabel, Corridor, Membership, StatusReport
from kg.reading.analysis import Analysis
from kg.reading.corridors.aliases import aliases
from kg.reading.corridors.course import Stop, bracketed, course, in_order
from kg.reading.corridors.crossed import crossed
from kg.reading.corridors.standing import kind_of, modes_of, standing_reports
from kg.reading.corridors.unlisted import ends_in_label, ends_in_name, unlisted_routes
from kg.reading.corridors.unnamed import unnamed_routes
from kg.reading.names.references import Reference
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.nouns import noun_table


@dataclass(frozen=True)
class Corridors:
    """Routes, their members in order, and their other names."""

    corridors: tuple[Corridor, ...]
    memberships: tuple[Membership, ...]
    labels: tuple[AttributedLabel, ...]
    status_reports: tuple[StatusReport, ...] = ()


def find_corridors(
    analysis: Analysis, quoted: Mapping[int, str | None], labelled: Mapping[str, str]
) -> Corridors:
    """Every listed route of the text, and others whose course it tells; members only where it does.

    `quoted` gives for a token in somebody's words who says them; `labelled` names the speakers.
    """
    routes: dict[str, list[Reference]] = {}
    listed = [r for r in analysis.references.items if r.type == "TransportCorridor"]
    others = [*unlisted_routes(analysis), *unnamed_routes(analysis)]
    for reference in sorted([*listed, *others], key=lambda r: r.range.first):
        routes.setdefault(reference.key, []).append(reference)
    corridors: list[Corridor] = []
    memberships: list[Membership] = []
    labels: list[AttributedLabel] = []
    for key, mentions in routes.items():
        if not mentions[0].known and mentions[0].label in {label.term for label in labels}:
            continue
        members = _members(analysis, key, mentions)
        if not members and not any(mention.known for mention in mentions):
            continue
        spans = analysis.spans(*(mention.range for mention in mentions))
        name = mentions[0].label
        corridors.append(Corridor(key, name, spans, kind_of(name), modes_of(name)))
        memberships += members
        labels += [label for mention in mentions for label in aliases(analysis, key, mention)]
    unique = {label.key: label for label in labels}
    kept = {corridor.key: (corridor, routes[corridor.key]) for corridor in corridors}
    reports = tuple(standing_reports(analysis, kept, quoted, labelled))
    return Corridors(tuple(corridors), tuple(memberships), tuple(unique.values()), reports)


def _members(analysis: Analysis, key: str, mentions: list[Reference]) -> list[Membership]:
    """The course as the first sentence tells it that has at least two places on it."""
    for mention in mentions:
        ends = ends_in_name(analysis, mention.range)
        if len(ends) > 2:
            return _memberships(analysis, key, in_order(ends))
    for mention in mentions:
        for stops in _courses(analysis, mention):
            if len(stops) >= 2:
                return _memberships(analysis, key, [*stops, *_nodes(analysis, mentions, stops)])
    for mention in mentions:
        ends = ends_in_name(analysis, mention.range)
        if ends:
            return _memberships(analysis, key, in_order(ends))
    for mention in mentions:
        for stops in _courses(analysis, mention):
            if stops and (
                mention.known or analysis.document.tokens[mention.range.last - 1].text[0].isupper()
            ):
                return _memberships(analysis, key, stops)
    if ends := ends_in_label(analysis, mentions[0]):
        return _memberships(analysis, key, in_order(ends))
    told = (crossed(analysis, mention) for mention in mentions if mention.known)
    return next((_memberships(analysis, key, stops) for stops in told if stops), [])


def _courses(analysis: Analysis, mention: Reference) -> Iterator[list[Stop]]:
    """What the words behind a name tell, then those of the next sentence, or of later ones if it is alone."""
    number = analysis.document.sentence_number(mention.range.first)
    here = analysis.document.sentences[number]
    yield in_order(bracketed(analysis, mention.range.last, here.last))
    if _leads(analysis, mention, here):
        yield course(analysis, Range(mention.range.last, here.last), mention.range)
    if not _leads(analysis, mention, here):
        return
    last = None if _alone(analysis, mention) else number + 2
    for at, sentence in enumerate(analysis.document.sentences[number + 1 : last], number + 2):
        if _goes_back(analysis, sentence, mention):
            yield _with_next(analysis, course(analysis, sentence, None), at)


def _with_next(analysis: Analysis, stops: list[Stop], number: int) -> list[Stop]:
    """The course with that of the sentence behind, which "it then" opens: no new start."""
    after = analysis.document.sentences[number : number + 1]
    if not (stops and after and analysis.document.lowers(after[0])[:2] == ["it", "then"]):
        return stops
    known = {place.key for _, place in stops}
    inner: list[Stop] = [(role if role == "start" else "via", place) for role, place in stops]
    return [
        *inner,
        *(s for s in course(analysis, after[0], None) if s[0] != "start" and s[1].key not in known),
    ]


def _alone(analysis: Analysis, mention: Reference) -> bool:
    """Whether this is the only listed route of the text."""
    keys = {r.key for r in analysis.references.items if r.type == "TransportCorridor"}
    return mention.known and keys == {mention.key}


def _goes_back(analysis: Analysis, sentence: Range, mention: Reference) -> bool:
    """Whether "it" or "the route" opens a sentence that names no other."""
    words = analysis.document.lowers(Range(sentence.first, min(sentence.first + 5, sentence.last)))
    words = words[words[:1] == ["then"] :]
    near = analysis.document.sentence_number(sentence.first) - analysis.document.sentence_number(
        mention.range.first
    )
    pointing = words[:1] in (["the"], ["this"], ["that"]) and noun_table().route.nouns & {*words, "project"}
    if not pointing and not (words[:1] == ["it"] and near == 1):
        return False
    routes = {r.key for r in analysis.references.within(sentence) if r.type == "TransportCorridor"}
    return routes <= {mention.key}


def _nodes(analysis: Analysis, mentions: list[Reference], stops: list[Stop]) -> Iterator[Stop]:
    """ "A, B and C are key nodes of the route": what the course had left out."""
    known = {place.key for _, place in stops}
    for mention in mentions:
        sentence = analysis.document.sentence(mention.range.first)
        before = Range(sentence.first, mention.range.first)
        words = analysis.document.lowers(before)
        copula = next((i for i, word in enumerate(words) if word in grammar().be), None)
        if copula is None or noun_table().route.nodes.isdisjoint(words[copula:]):
            continue
        for place in analysis.references.within(Range(before.first, before.first + copula)):
            if place.type == "State" and not place.adjective and place.key not in known:
                known.add(place.key)
                yield "via", place


def _leads(analysis: Analysis, mention: Reference, sentence: Range) -> bool:
    """The first route that a sentence names is the one whose course it tells."""
    routes = [r for r in analysis.references.within(sentence) if r.type == "TransportCorridor"]
    return not mention.known or (bool(routes) and routes[0].key == mention.key)


def _memberships(analysis: Analysis, corridor: str, stops: list[Stop]) -> list[Membership]:
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
