"""Which passages of a text tell of one and the same track."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.reading.analysis import Analysis
from kg.reading.names.references import Reference
from kg.reading.text.tokens import Range
from kg.reading.words.nouns import noun_table

_PAIR = 2


@dataclass(frozen=True, slots=True)
class Clue:
    """What one passage says of a track, with its sides as keys."""

    evidence: tuple[Range, ...]
    sides: frozenset[str]
    mediators: tuple[Reference, ...]
    separate: bool = False
    state: str = "active"
    place: Range | None = None
    named: Reference | None = None
    founds: bool = True  # whether it may be the only passage about its track
    title: str = ""  # "Luanda process"
    several: bool = False  # more than two sit at the table
    concluded: bool = False  # of a deal that was brokered: it only adds to a track of the same sides
    bare: bool = False  # nothing in its words says which talks these are
    united: bool = False  # its sides stand together about others' conflict: a Quad
    parts: frozenset[tuple[str, str]] = frozenset()  # a mediator's key with what the words say that it does

    @property
    def keys(self) -> tuple[str, ...]:
        """Who mediates."""
        return tuple(r.key for r in self.mediators)


@dataclass
class Track:
    """One track as the passages so far tell of it."""

    sides: frozenset[str]
    clues: list[Clue] = field(default_factory=list)

    @property
    def mediators(self) -> dict[str, Reference]:
        """Who mediates, in the order of the text."""
        return {r.key: r for clue in reversed(self.clues) for r in reversed(clue.mediators)}

    @property
    def separate(self) -> bool:
        return any(clue.separate for clue in self.clues)

    @property
    def named(self) -> Reference | None:
        """The listed format that this is."""
        return next((clue.named for clue in self.clues if clue.named), None)

    @property
    def title(self) -> str:
        """Its name where nobody lists it, or nothing."""
        return next((clue.title for clue in self.clues if clue.title), "")

    @property
    def united(self) -> bool:
        """Whether its sides are no parties to a conflict with each other, but settle that of others."""
        listed = self.named is not None and self.named.key in noun_table().united
        return listed or any(clue.united for clue in self.clues)

    def admits(self, clue: Clue, analysis: Analysis) -> bool:
        """Whether the passage can be about this track: its sides, its mediators and its name agree."""
        one, other = (
            (self.named and self.named.key) or self.title,
            (clue.named and clue.named.key) or clue.title,
        )
        if one and other:
            return one == other
        if (one or other) and not (clue.sides and self.sides):
            return False
        if one != other and _two_of_many(clue.sides, self.sides):
            return False  # "talks between A and B" beside a format of six
        if clue.sides & set(self.mediators) or self.sides & {r.key for r in clue.mediators}:
            return False
        if clue.sides and self.sides and not _same_sides(clue.sides, self.sides):
            return False
        own, theirs = _with_bodies(analysis, self.mediators), _with_bodies(analysis, clue.keys)
        if own and theirs and not (own & theirs or _envoy(own, theirs) or _envoy(theirs, own)):
            return False
        return _one_place(self, clue, analysis)


def _two_of_many(one: frozenset[str], other: frozenset[str]) -> bool:
    few, many = sorted((len(one), len(other)))
    return few == _PAIR < many


def _with_bodies(analysis: Analysis, keys: Iterable[str]) -> set[str]:
    """Mediators with the bodies they speak for: "the UN mediator" is its envoy."""
    told = set(keys)
    served = (analysis.served.get(key, frozenset()) for key in told)
    return told.union({analysis.employers[key] for key in told if key in analysis.employers}, *served)


def _envoy(one: set[str], other: set[str]) -> bool:
    """ "mediator X" and "the UN mediator": one person of no known body, and one body."""
    person, body = (next(iter(keys)) if len(keys) == 1 else "" for keys in (one, other))
    return person.startswith("person/") and body.startswith("organisation/")


def _same_sides(one: frozenset[str], other: frozenset[str]) -> bool:
    """One holds the other, or an armed group talks with bodies of one state: its army, its council."""
    if one <= other or other <= one:
        return True
    group = any(key.startswith("group/") for key in one & other)
    return group and any(all(_is_body(key) for key in rest) for rest in (one - other, other - one))


def _is_body(key: str) -> bool:
    return key.split("/", 1)[0] in {"organisation", "person"}


def _one_place(track: Track, clue: Clue, analysis: Analysis) -> bool:
    """Tracks named after two places are two."""
    if clue.place is None:
        return True
    tokens = analysis.document.tokens
    places = {
        tokens[c.place.first].lower for c in track.clues if c.place
    }  # "Geneva 2 talks" are "Geneva talks"
    return not places or tokens[clue.place.first].lower in places


def group(analysis: Analysis, clues: Iterable[Clue]) -> list[Track]:
    """Tracks with their passages: first by those that say who mediates, then by the others.

    A passage without mediators that fits several tracks speaks of them all, and is left out.
    """
    ordered = list(clues)
    tracks: list[Track] = []
    for clue in (c for c in ordered if (c.mediators and not c.concluded) or c.named or c.title):
        _add(tracks, clue, [t for t in tracks if t.admits(clue, analysis)][:1])
    for clue in (c for c in ordered if not (c.mediators or c.named or c.title or c.bare)):
        fitting = [t for t in tracks if t.admits(clue, analysis) and (not clue.sides or t.sides)]
        if len(fitting) < 2 and (fitting or clue.founds):
            _add(tracks, clue, fitting)
    for clue in (c for c in ordered if c.concluded):
        for track in [t for t in tracks if t.sides == clue.sides and t.admits(clue, analysis)][:1]:
            track.clues.append(clue)
    return _without_loose(tracks)


def _without_loose(tracks: list[Track]) -> list[Track]:
    """Where one track has mediators and no sides and one has sides and no mediators, they are one."""
    loose = [t for t in tracks if not (t.sides or t.named or t.title)]
    sided = [t for t in tracks if t.sides]
    if len(loose) != 1 or len(sided) != 1 or sided[0].mediators or sided[0].united:
        return tracks
    sided[0].clues += loose[0].clues
    return [t for t in tracks if t is not loose[0]]


def _add(tracks: list[Track], clue: Clue, fitting: list[Track]) -> None:
    if fitting:
        fitting[0].sides |= clue.sides if len(fitting[0].sides) < 2 else frozenset()
        fitting[0].clues.append(clue)
    else:
        tracks.append(Track(clue.sides, [clue]))
