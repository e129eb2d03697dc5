"""Holds what was read in one text against what a person wrote down, kind by kind.

Every matching is one to one and maximal, and of several such the one whose items share most characters.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kg.evaluation import routes, spans
from kg.evaluation.dates import interval
from kg.evaluation.identity import Identity, mentions
from kg.evaluation.items import Account, Happening, Saying, Thing, Trap
from kg.evaluation.outcomes import Outcome, judged, paired

_TRAPPED = ("mentions", "statements", "events", "formats", "corridors")


@dataclass(frozen=True)
class Comparison:
    """The outcome of each kind that was asked for, the traps, and those among them that were hit."""

    outcomes: dict[str, Outcome[Any]]
    traps: tuple[Trap, ...] = ()
    hit: tuple[Trap, ...] = ()


def compare(gold: Account, found: Account) -> Comparison:
    """Score one text; a kind that is None in `gold` has no outcome, one that is None in `found` is empty."""
    gold, found = _in_order(gold), _in_order(found)
    who = Identity(gold.entities or (), found.entities or ())
    outcomes: dict[str, Outcome[Any]] = {}
    for name, score in _KINDS.items():
        own, other = getattr(gold, name), getattr(found, name)
        if own is not None:
            outcomes |= score(own, other or (), who)
    wrong = [item for kind in _TRAPPED if kind in outcomes for item in outcomes[kind].spurious]
    return Comparison(outcomes, gold.traps, tuple(trap for trap in gold.traps if _hit(trap, wrong)))


def _in_order(account: Account) -> Account:
    """The same in an order of its own, so that the order in a file never decides between equal choices."""
    parts = {name: part for name in _KINDS if (part := getattr(account, name)) is not None}
    ordered = {
        name: tuple(sorted(part, key=lambda item: (item.spans, repr(item)))) for name, part in parts.items()
    }
    return replace(account, **ordered)


def _entities(gold: Sequence[Thing], found: Sequence[Thing], who: Identity) -> dict[str, Outcome[Any]]:
    """Mentions that overlap; things that share mentions; of these the types, where the gold gives one."""
    owns, others = ({thing.id: thing for thing in part if thing.mentions} for part in (gold, found))
    pairs = tuple((owns[own], others[key]) for own, key in who.pairs.items())
    return {
        "mentions": paired(mentions(gold), mentions(found), lambda own, other: True),
        "entities": Outcome(
            pairs,
            tuple(thing for id_, thing in owns.items() if id_ not in who.pairs),
            tuple(thing for id_, thing in others.items() if id_ not in who.pairs.values()),
        ),
        "types": judged(_given(pairs, "type"), lambda own, other: own.type == other.type),
    }


def _statements(gold: Sequence[Saying], found: Sequence[Saying], who: Identity) -> dict[str, Outcome[Any]]:
    """Content that agrees from the right speaker; of these stance and modality, where the gold gives them."""

    def same(own: Saying, other: Saying) -> bool:
        if own.speaker is None or other.speaker is None:
            return own.speaker is other.speaker and spans.agree(own.content, other.content)
        return who.stand_for(other.speaker, own.speaker) and spans.agree(own.content, other.content)

    outcome = paired(gold, found, same)
    return {
        "statements": outcome,
        "stance": judged(_given(outcome.right, "stance"), lambda own, other: own.stance == other.stance),
        "modality": judged(
            _given(outcome.right, "modality"), lambda own, other: own.modality == other.modality
        ),
    }


def _events(gold: Sequence[Happening], found: Sequence[Happening], who: Identity) -> dict[str, Outcome[Any]]:
    """Evidence and class that agree, with half of the participants; of these status and date, where given."""

    def same(own: Happening, other: Happening) -> bool:
        return (
            spans.agree(own.evidence, other.evidence)
            and (own.code is None or own.code == other.code)
            and who.half(own.participants, other.participants)
        )

    outcome = paired(gold, found, same)
    return {
        "events": outcome,
        "status": judged(_given(outcome.right, "status"), lambda own, other: _stands(own) == _stands(other)),
        "dates": _dates(tuple(_given(outcome.right, "date"))),
    }


def _stands(event: Happening) -> str | None:
    """The status; a refusal that took place is told as refused by some and as occurred by others."""
    return "occurred" if (event.code, event.status) == ("REJECT", "refused") else event.status


def _dates(pairs: Sequence[tuple[Happening, Happening]]) -> Outcome[Happening]:
    """An event without a date in the reading is missed, one whose date reaches beyond is spurious as well."""
    known = judged(pairs, _dated)
    return replace(known, spurious=tuple(event for event in known.spurious if event.date))


def _dated(own: Happening, other: Happening) -> bool:
    wanted, read = interval(own.date or ""), interval(other.date or "")
    return wanted is not None and read is not None and read.within(wanted)


def _given(pairs: Sequence[tuple[Any, Any]], name: str) -> Iterator[tuple[Any, Any]]:
    """The pairs for which the gold says something on this point."""
    return (pair for pair in pairs if getattr(pair[0], name) is not None)


def _hit(trap: Trap, wrong: Sequence[Any]) -> bool:
    """Whether at least half of the trap lies in the words of one item that is spurious."""
    size = spans.size(trap.evidence)
    return any(2 * spans.common(trap.evidence, item.words) >= size for item in wrong)


_Score = Callable[[Any, Any, Identity], dict[str, Outcome[Any]]]
_KINDS: dict[str, _Score] = {
    "entities": _entities,
    "statements": _statements,
    "events": _events,
    "formats": routes.formats,
    "corridors": routes.corridors,
}
