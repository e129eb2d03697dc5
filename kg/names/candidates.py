"""The things that a name may mean, with a score each, and whether the first one is certain.

docs/reconciliation.md tells users what a score means; change both together.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from kg.names import folding
from kg.names.facts import ALIAS, IDENTIFIER, INITIALS, LABEL, TERM
from kg.names.index import Index
from kg.names.matching import SAME_SOUND, Likeness, likeness
from kg.names.things import Name, Thing

CERTAIN = 90.0  # score that a match needs
MARGIN = 8.0  # by which it is ahead of the next thing
LEAST = 40.0  # score of what is worth showing
_COMMON = 2_000  # names with a word, above which the word is no help in finding any
_WORDS = 12  # of a query that names are looked for by
_LOOKED_AT = 60  # names that are compared letter by letter
_BY_ROLE = {LABEL: 1.0, ALIAS: 0.99, TERM: 0.99, INITIALS: 0.9}
_OTHER_ORDER = 0.99
_SURE_WORDS = 0.85  # likeness of the worst pair of words in a match
_PERSON = "Person"


@dataclass(frozen=True)
class Candidate:
    """A thing, the name of it that is most like the query, and a score from 0 to 100.

    `exact`: the same words or identifier, whatever their letters and order; `sure`: enough for a match where
    nothing else is as good.
    """

    thing: Thing
    name: str
    role: str
    score: float
    exact: bool
    in_order: bool
    sure: bool


def find(index: Index, query: str, types: Sequence[str] = (), most: int = 25) -> list[Candidate]:
    """What a query may mean, best first: things that have a name, or that have one of the types."""
    plain = folding.words(query)
    identified = index.by_identifier(query)
    names = [] if not plain else index.exact(plain) + index.names(_closest(index, plain, types))
    things = index.things([*dict.fromkeys([*identified, *(name.thing for name in names)])])
    best: dict[int, Candidate] = {}
    for candidate in [
        *(_identified(things[number], query) for number in identified if number in things),
        *(_compared(index, things[name.thing], name, plain) for name in dict.fromkeys(names)),
    ]:
        before = best.get(candidate.thing.id)
        if before is None or _rank(candidate) < _rank(before):
            best[candidate.thing.id] = candidate
    wanted = [one for one in best.values() if one.score >= LEAST and _fits(one.thing, types)]
    return sorted(wanted, key=_rank)[:most]


def certain(candidates: Sequence[Candidate]) -> bool:
    """Whether the first of them is the one that is meant, as far as names can tell."""
    if not candidates:
        return False
    first, *others = candidates
    if not first.sure or first.score < CERTAIN:
        return False
    if first.exact:
        return not any(other.exact for other in others)
    return all(other.score <= first.score - MARGIN for other in others)


def _fits(thing: Thing, types: Collection[str]) -> bool:
    return thing.named if not types else not set(types).isdisjoint(thing.types)


def _rank(candidate: Candidate) -> tuple[float, int, str]:
    return -candidate.score, -candidate.thing.mentions, candidate.thing.key


def _closest(index: Index, plain: Sequence[str], types: Sequence[str]) -> list[int]:
    """Numbers of the names that share most with the query, rare words counting more."""
    counted: dict[int, float] = defaultdict(float)
    common = []
    for word in [*dict.fromkeys(plain)][:_WORDS]:
        if len(word) == 1 and len(plain) > 1:
            continue  # an initial finds nothing by itself
        means: dict[int, float] = {}
        for other, close in index.similar(word):
            found = index.postings(other, types, _COMMON)
            if len(found) == _COMMON:
                common.append(found)
                continue
            for number in found:
                means[number] = max(means.get(number, 0.0), close / (1 + len(found)) ** 0.25)
        for number, weight in means.items():
            counted[number] += weight
    if not counted:
        return [number for found in common for number in found][:_LOOKED_AT]
    return sorted(counted, key=lambda number: (-counted[number], number))[:_LOOKED_AT]


def _identified(thing: Thing, query: str) -> Candidate:
    return Candidate(thing, query, IDENTIFIER, 100.0, exact=True, in_order=True, sure=True)


def _compared(index: Index, thing: Thing, name: Name, plain: Sequence[str]) -> Candidate:
    like = likeness(plain, name.plain)
    exact = folding.bag(plain) == folding.bag(name.plain) or "".join(plain) == "".join(name.plain)
    score = (1.0 if exact else like.score) * _BY_ROLE[name.role] * (1 if like.in_order else _OTHER_ORDER)
    whole = replace(like, score=1.0, worst=1.0) if exact else like
    sure = _sure(whole, name, plain) and not _shared_surname(index, thing, name)
    return Candidate(thing, name.text, name.role, round(100 * score, 1), exact, like.in_order, sure)


def _sure(like: Likeness, name: Name, plain: Sequence[str]) -> bool:
    """A single word must be the same to the ear; of several, each must be like one of the name."""
    if name.role == INITIALS:
        return like.worst == 1.0
    single = 1 in (len(plain), len(name.plain))
    return like.worst >= (SAME_SOUND if single else _SURE_WORDS)


def _shared_surname(index: Index, thing: Thing, name: Name) -> bool:
    """Whether the name is one word of a person's whole name that others have in theirs."""
    if len(name.plain) > 1 or _PERSON not in thing.types or name.role == LABEL:
        return False
    return index.bearers(name.plain[0], _PERSON) > 1
