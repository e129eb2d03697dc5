"""The tracks of a process: how each is said to stand, who mediates or was to, what was refused and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from kg.vocab import NS, VAL
from server.engine.contract import Row
from server.glance.material import Material
from server.portraits.utterances import Utterance
from server.tables import EMPTY, Cell
from server.words import Words, named, value

_VOUCHED = f"{VAL}factuality-asserted"
_LIMITED = frozenset(
    f"{VAL}progress-{state}" for state in ("none", "little", "stalled")
)  # ontology/status.ttl
_STALLED, _CONDITIONED = f"{NS}StalledFormat", f"{NS}ConditionedFormat"


@dataclass(frozen=True)
class Standing:
    """How a track is said to stand on a day, by whom, in which words."""

    state: Cell
    reporter: Cell
    day: str
    words: tuple[Words, ...]


@dataclass(frozen=True)
class Mediator:
    """Who mediates; `contested` where a party gave its bias as a ground for refusing talks."""

    who: Cell
    contested: bool


@dataclass(frozen=True)
class Mediation:
    """Mediators in one state, planned or active, of a track itself or of a round, which is `setting`."""

    state: Cell
    setting: Cell
    mediators: tuple[Mediator, ...]


@dataclass(frozen=True)
class Refusal:
    """Who refused a round, in which words, and the statements that are the ground for it.

    `doubt` says how sure it is where no source vouches for it.
    """

    who: tuple[Cell, ...]
    doubt: Cell
    words: tuple[Words, ...]
    grounds: tuple[Utterance, ...]


@dataclass(frozen=True)
class Round:
    """A round of talks: what it came to, and who refused it."""

    name: Cell
    state: Cell
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True)
class Track:
    """One track; `stalled` and `conditioned` are inferences, `limited` reports of little or no progress."""

    name: Cell
    stalled: bool
    conditioned: bool
    standings: tuple[Standing, ...]
    limited: tuple[Standing, ...]
    mediations: tuple[Mediation, ...]
    rounds: tuple[Round, ...]

    @property
    def refused(self) -> tuple[Round, ...]:
        return tuple(one for one in self.rounds if one.refusals)


@dataclass(frozen=True)
class Board:
    """The tracks, those that are stalled first, and rounds of no named track."""

    tracks: tuple[Track, ...]
    loose: tuple[Round, ...]

    @property
    def contested(self) -> bool:
        """Whether any mediator is."""
        mediations = (told for track in self.tracks for told in track.mediations)
        return any(one.contested for told in mediations for one in told.mediators)


def board(found: Material) -> Board:
    """What was found, by track."""
    tracks = [_track(found, row) for row in found.rows("track")]
    tracks.sort(key=lambda one: (not one.stalled, -len(one.rounds) - len(one.standings), one.name.text))
    return Board(
        tuple(tracks), tuple(_round(found, row) for row in found.rows("round") if "thing" not in row)
    )


def _track(found: Material, row: Row) -> Track:
    iri = value(row, "item")
    own = {name: _of(found.rows(name), iri) for name in ("kind", "status", "mediator", "round")}
    kinds = {value(one, "kind") for one in own["kind"]}
    return Track(
        named(row, "item", found.base),
        _STALLED in kinds,
        _CONDITIONED in kinds,
        tuple(_standing(found, one) for one in _newest(own["status"])),
        tuple(_standing(found, one) for one in own["status"] if value(one, "state") in _LIMITED),
        tuple(_mediations(found, iri, own["mediator"])),
        tuple(_round(found, one) for one in own["round"]),
    )


def _of(rows: Iterable[Row], iri: str) -> list[Row]:
    return [row for row in rows if value(row, "thing") == iri]


def _newest(rows: Sequence[Row]) -> list[Row]:
    """The reports of the last day; those without a day where there are no others."""
    last = max((value(row, "to") for row in rows), default="")
    return [row for row in rows if value(row, "to") == last]


def _standing(found: Material, row: Row) -> Standing:
    return Standing(
        named(row, "state", found.base),
        named(row, "who", found.base),
        value(row, "to"),
        found.words.get(value(row, "item"), ()),
    )


def _mediations(found: Material, track: str, rows: Iterable[Row]) -> Iterable[Mediation]:
    """Those of the track itself first, then those of rounds."""
    ranked = sorted(
        rows, key=lambda row: (value(row, "item") != track, value(row, "item"), value(row, "state"))
    )
    for (setting, _), members in groupby(ranked, key=lambda row: (value(row, "item"), value(row, "state"))):
        own = [*members]
        place = EMPTY if setting == track else named(own[0], "item", found.base)
        people = dict.fromkeys(Mediator(named(one, "who", found.base), "kind" in one) for one in own)
        yield Mediation(named(own[0], "state", found.base), place, tuple(people))


def _round(found: Material, row: Row) -> Round:
    refusals = _of(found.rows("refusal"), value(row, "item"))
    by_event = groupby(refusals, key=lambda one: value(one, "item"))
    return Round(
        named(row, "item", found.base),
        named(row, "state", found.base),
        tuple(_refusal(found, event, [*members]) for event, members in by_event),
    )


def _refusal(found: Material, event: str, rows: Sequence[Row]) -> Refusal:
    grounds = dict.fromkeys(ground for row in rows if (ground := value(row, "ground")))
    sure = value(rows[0], "state") == _VOUCHED
    return Refusal(
        tuple(dict.fromkeys(named(row, "who", found.base) for row in rows)),
        EMPTY if sure else named(rows[0], "state", found.base),
        found.words.get(event, ()),
        tuple(found.statements[one] for one in grounds if one in found.statements),
    )
