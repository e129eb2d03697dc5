"""An event or round as one source tells of it, and how far two such accounts agree."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from rdflib import RDF, Graph
from rdflib.term import Node

from kg.links.sides import Sides, day_of
from kg.vocab import NS, VAL

_PARTICIPATION = (NS.hasAgent, NS.hasParticipant, NS.hasParty)
_TIMES = (NS.hasTime, NS.earliest, NS.latest, NS.precision)
_POSTS = (NS.holdsPost, NS.postOf, NS.officeOf)
_SINGLE = (RDF.type, NS.eventStatus, NS.refuses, NS.hasPlace)
_MATTERS = {f"<{predicate}>" for predicate in (*_SINGLE, *_TIMES, *_POSTS, *_PARTICIPATION)}
# A sitting of talks is told as a round or as a meeting, and a round that fell through as called off.
_KINSHIP: dict[Node, Node] = {NS.NegotiationRound: NS.Encounter}
# One outlet tells of a release, another of the same event as an exchange: the wider class is compared.
_WIDER: dict[Node, Node] = {
    NS.PrisonerExchange: NS.Release,
    NS.RemainsHandover: NS.Release,
    NS.Blockade: NS.Coercion,
    NS.DiplomaticBreak: NS.Sanctioning,
    NS.SanctionsRelief: NS.Event,
    NS.Recognition: NS.Event,
    NS.DiplomaticRestoration: NS.Event,
    NS.Delimitation: NS.Event,
    NS.Demarcation: NS.Event,
}
_HELD = frozenset({VAL["status-occurred"], VAL["status-ongoing"]})
_FELL_THROUGH = frozenset(VAL[f"status-{name}"] for name in ("cancelled", "refused", "postponed"))
# What lasts for years is known by its parties and its place, whatever the time that a text gives.
_LASTING = frozenset({NS.Conflict})
# A wider time says too little about which event is meant to propose that two are one.
WIDEST = 92  # days


class Fit(Enum):
    """How two accounts stand in one respect."""

    AGREES = "agrees"
    OPEN = "open"
    DIFFERS = "differs"


@dataclass(frozen=True)
class Account:
    """One event or round as one source has it; place and time of a refusal are those of the refused round."""

    node: Node
    source: str
    kind: Node
    status: Node | None
    sides: frozenset[Node]
    refused: Node | None
    place: Node | None
    state: Node | None  # the state that the place is, or is the capital of
    earliest: date | None
    latest: date | None
    exact: bool  # the time is a day

    @property
    def family(self) -> Node:
        """Accounts of other families are never of one event."""
        return _KINSHIP.get(self.kind, self.kind)

    @property
    def span(self) -> tuple[date, date] | None:
        """The days between which it lies; None where that says too little to compare it with others."""
        first, last = self.earliest or date.min, self.latest or date.max
        return (first, last) if self.kind in _LASTING or (last - first).days <= WIDEST else None

    @property
    def vague(self) -> bool:
        """Whether it is told without a time, as lasting things are: who and where have to speak for it."""
        return self.span is not None and (self.span[1] - self.span[0]).days > WIDEST

    @property
    def described(self) -> tuple[object, ...]:
        """All that is compared: two accounts that share it cannot be told apart."""
        when = self.earliest, self.latest
        return (self.kind, _FELL_THROUGH & {self.status}, self.sides, self.refused, self.place, when)


def compare(one: Account, other: Account) -> dict[str, Fit]:
    """How the accounts stand in each respect: the names are those of the values `val:aspect-…`."""
    if one.refused is not None and one.refused == other.refused:
        fits = {"kind": _kind(one, other), "participants": _participants(one, other)}
        return fits | {"round": Fit.AGREES}
    return {
        "kind": _kind(one, other),
        "participants": _participants(one, other),
        "place": _place(one, other),
        "time": _time(one, other),
    }


def _kind(one: Account, other: Account) -> Fit:
    if one.family != other.family or _contrary(one.status, other.status):
        return Fit.DIFFERS
    return Fit.AGREES if one.kind == other.kind else Fit.OPEN


def _contrary(one: Node | None, other: Node | None) -> bool:
    """What was held did not fall through; what was planned may have done either."""
    return any(one in ours and other in theirs for ours, theirs in _OPPOSED)


_OPPOSED = ((_HELD, _FELL_THROUGH), (_FELL_THROUGH, _HELD))


def _participants(one: Account, other: Account) -> Fit:
    """Alike, or the wider account has everybody of the narrower one, or one names nobody."""
    if one.sides == other.sides:
        return Fit.AGREES if one.sides else Fit.OPEN
    nested = one.sides <= other.sides or other.sides <= one.sides
    return Fit.OPEN if nested else Fit.DIFFERS


def _place(one: Account, other: Account) -> Fit:
    """Alike, or one is not known, or one is a state in which the other may lie."""
    if one.place == other.place:
        return Fit.AGREES if one.place is not None else Fit.OPEN
    if one.place is None or other.place is None or one.state == other.state is not None:
        return Fit.OPEN
    states = (one.place == one.state) + (other.place == other.state)
    unsure = states == 1 and None in (one.state, other.state)
    return Fit.OPEN if unsure else Fit.DIFFERS


def _time(one: Account, other: Account) -> Fit:
    """The same day, or spans with a day in common."""
    if one.exact and other.exact and one.earliest == other.earliest:
        return Fit.AGREES
    ours, theirs = one.span, other.span
    if ours is None or theirs is None or ours[1] < theirs[0] or theirs[1] < ours[0]:
        return Fit.DIFFERS
    return Fit.OPEN


def matters(line: str) -> bool:
    """Whether `accounts` looks at a triple of a source, given as a line of N-Triples."""
    return line.split(" ", 2)[1] in _MATTERS


def accounts(source: str, graph: Graph, known: Graph, sides: Sides) -> Iterator[Account]:
    """Every event and round of one source graph; `known` is the authority graph."""
    for node in graph.subjects(NS.eventStatus, unique=True):
        kind = graph.value(node, RDF.type)
        if kind is not None:
            yield _account(node, kind, source, graph, known, sides)


def _account(node: Node, kind: Node, source: str, graph: Graph, known: Graph, sides: Sides) -> Account:
    refused = graph.value(node, NS.refuses)
    subject = refused or node
    time = graph.value(subject, NS.hasTime)
    first = day_of(graph, time, NS.earliest)
    place = graph.value(subject, NS.hasPlace)
    who = {one for link in _PARTICIPATION for one in graph.objects(node, link)}
    return Account(
        node=node,
        source=source,
        kind=_WIDER.get(kind, kind),
        status=graph.value(node, NS.eventStatus),
        sides=frozenset(sides.side(one, first, graph) for one in who),
        refused=refused,
        place=place,
        state=_state(place, graph, known),
        earliest=first,
        latest=day_of(graph, time, NS.latest),
        exact=time is not None and graph.value(time, NS.precision) == VAL["precision-day"],
    )


def _state(place: Node | None, graph: Graph, known: Graph) -> Node | None:
    """The state that a place is or is the capital of; None for other places, whose state is not listed."""
    if place is None:
        return None
    if any((place, RDF.type, NS.State) in one for one in (graph, known)):
        return place
    return min(known.subjects(NS.capital, place), key=str, default=None)
