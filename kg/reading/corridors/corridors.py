"""Transport corridors: which places a named route joins, and by which other names it goes."""

from dataclasses import dataclass

from kg.identifiers import digest
from kg.model import AttributedLabel, Corridor, Membership
from kg.reading.analysis import Analysis
from kg.reading.corridors.aliases import aliases
from kg.reading.corridors.course import course
from kg.reading.names.references import Reference
from kg.reading.text.tokens import Range


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
        labels += [label for mention in mentions for label in aliases(analysis, key, mention)]
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
            stops = list(course(analysis, sentence))
            if len(stops) >= 2:
                return _memberships(analysis, key, stops)
    return []


def _leads(analysis: Analysis, mention: Reference, sentence: Range) -> bool:
    """The first route that a sentence names is the one whose course it tells."""
    routes = (r for r in analysis.references.within(sentence) if r.type == "TransportCorridor")
    return next(routes) == mention


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
