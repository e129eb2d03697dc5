"""Scores formats of negotiation with their mediators, and corridors with their members.

Both are known by name, and one that a text tells of again and again may be marked at any of these places.
"""

from collections.abc import Sequence
from typing import Any

from kg.evaluation import spans
from kg.evaluation.identity import Identity
from kg.evaluation.items import Part, Route, Track
from kg.evaluation.outcomes import Outcome, matched
from kg.identifiers import slug

_NO_LETTERS = "x"  # what `slug` makes of a name without a Latin letter


def formats(gold: Sequence[Track], found: Sequence[Track], who: Identity) -> dict[str, Outcome[Any]]:
    """Formats told of in the same words or under one name, with half of the members and of the mediators.

    Mediators count apart, as pairs with a format that is told of in the same words or under one name.
    """
    told = {
        (left, right): spans.share(own.evidence, other.evidence)
        for left, own in enumerate(gold)
        for right, other in enumerate(found)
        if _same_name(own, other) or _same_words(own, other)
    }
    whole = {
        (left, right): weight
        for (left, right), weight in told.items()
        if who.half(gold[left].members, found[right].members)
        and who.half(gold[left].mediators, found[right].mediators)
    }
    return {"formats": matched(gold, found, whole), "mediators": _mediators(gold, found, who, told)}


def _mediators(
    gold: Sequence[Track], found: Sequence[Track], who: Identity, told: dict[tuple[int, int], int]
) -> Outcome[Part]:
    owns, others = (
        [
            (n, Part(t.names[0] if t.names else "", m, t.evidence))
            for n, t in enumerate(tracks)
            for m in t.mediators
        ]
        for tracks in (gold, found)
    )
    weights = {
        (left, right): told[of, at]
        for left, (of, own) in enumerate(owns)
        for right, (at, other) in enumerate(others)
        if (of, at) in told and who.stand_for(other.who, own.who)
    }
    return matched([part for _, part in owns], [part for _, part in others], weights)


def corridors(gold: Sequence[Route], found: Sequence[Route], who: Identity) -> dict[str, Outcome[Any]]:
    """Corridors under one name; members as pairs with them, in the order of the gold."""
    weights = {
        (left, right): spans.share(own.evidence, other.evidence)
        for left, own in enumerate(gold)
        for right, other in enumerate(found)
        if _same_name(own, other)
    }
    outcome = matched(gold, found, weights)
    right: list[tuple[Part, Part]] = []
    missed = [part for route in outcome.missed for part in _parts(route)]
    spurious = [part for route in outcome.spurious for part in _parts(route)]
    for own, other in outcome.right:
        pairs = _in_order(own, other, who)
        right += [(_parts(own)[left], _parts(other)[at]) for left, at in pairs]
        missed += [part for n, part in enumerate(_parts(own)) if n not in {left for left, _ in pairs}]
        spurious += [part for n, part in enumerate(_parts(other)) if n not in {at for _, at in pairs}]
    return {"corridors": outcome, "corridor_members": Outcome(tuple(right), tuple(missed), tuple(spurious))}


def _in_order(gold: Route, found: Route, who: Identity) -> list[tuple[int, int]]:
    """The longest run of members that come in the same order in both, others left out between them."""
    best: list[list[list[tuple[int, int]]]] = [[[]] * (len(found.members) + 1)]
    for left, own in enumerate(gold.members):
        row: list[list[tuple[int, int]]] = [[]]
        for at, other in enumerate(found.members):
            joined = [*best[left][at], (left, at)] if who.stand_for(other, own) else []
            row.append(max(joined, best[left][at + 1], row[at], key=len))
        best.append(row)
    return best[-1][-1]


def _parts(route: Route) -> list[Part]:
    return [Part(route.names[0] if route.names else "", member, route.evidence) for member in route.members]


def _same_name(own: Track | Route, other: Track | Route) -> bool:
    return not {_folded(name) for name in own.names}.isdisjoint(_folded(name) for name in other.names)


def _same_words(own: Track, other: Track) -> bool:
    """The evidence as a whole agrees, or one passage of it with one of the other's."""
    return spans.agree(own.evidence, other.evidence) or any(
        spans.agree((one,), (another,)) for one in own.evidence for another in other.evidence
    )


def _folded(name: str) -> str:
    """A name without case, accents, punctuation and "the"."""
    plain = slug(name)
    return name.casefold() if plain == _NO_LETTERS else plain.removeprefix("the-")
