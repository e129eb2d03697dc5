"""Answers to reconciliation queries: candidates by name, weighed by the properties that a query names.

docs/reconciliation.md tells users what a score means; change both together.
"""

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kg.names import candidates, keys
from kg.names.candidates import Candidate
from kg.names.facts import ALIAS, INITIALS, TERM
from kg.names.index import Index
from server.engine.contract import Engine
from server.problems import Problem
from server.reconciliation import values
from server.reconciliation.batches import Query
from server.reconciliation.values import Values

_WEIGHT = 0.4  # of one property; a name has 1
_LOOKED_AT = 25  # candidates of one query whose properties are looked at
_OTHER_TYPE = 0.7  # factor for what is none of the types that should be
_ENOUGH = 50.0  # score that makes it needless to look among other types
_WITHOUT_TEXT = 100  # queries of a batch that name properties alone
_SECONDS = 40  # that a batch may take; a thousand names take three on an idle machine
# Batches that are worked on at a time; more would keep the worker's event loop from its turn.
_TURNS = threading.BoundedSemaphore(2)


@dataclass(frozen=True)
class _Weighed:
    candidate: Candidate
    score: float
    agreements: tuple[tuple[str, float], ...]
    of_type: bool


def answer(engine: Engine, index: Index, queries: Mapping[str, Query]) -> dict[str, Any]:
    """The result batch: for each query at most as many candidates as it wants, best first.

    Raises Problem: 413 for too many queries without text, 503 for what takes too long; errors of the engine.
    """
    with _TURNS:
        return _answer(engine, index, queries)


def _answer(engine: Engine, index: Index, queries: Mapping[str, Query]) -> dict[str, Any]:
    if sum(not query.text.strip() and bool(query.constraints) for query in queries.values()) > _WITHOUT_TEXT:
        raise Problem(413, f"At most {_WITHOUT_TEXT} queries of a batch may have no text.")
    named = {known.key: known.label for known in index.classes()}
    end = time.monotonic() + _SECONDS
    found = {}
    for name, query in queries.items():
        if time.monotonic() > end:
            raise Problem(503, f"The batch took more than {_SECONDS} s. Send fewer rows at a time.")
        found[name] = _candidates(engine, index, query)
    held = _held(engine, queries, found)
    return {
        name: {"result": [*_results(engine, query, found[name], held, named)]}
        for name, query in queries.items()
    }


def _types(query: Query) -> tuple[str, ...]:
    return tuple(keys.of_term(keys.term(one)) for one in query.types)


def _candidates(engine: Engine, index: Index, query: Query) -> list[Candidate]:
    types, most = _types(query), max(_LOOKED_AT, query.limit)
    if not query.text.strip():
        return _by_values(engine, index, query, types)
    found = candidates.find(index, query.text, types, most)
    if types and query.strict == "should" and (not found or found[0].score < _ENOUGH):
        there = {one.thing.id for one in found}
        found += [one for one in candidates.find(index, query.text, (), most) if one.thing.id not in there]
    if query.strict == "all":
        found = [one for one in found if set(types) <= set(one.thing.types)]
    return found


def _by_values(engine: Engine, index: Index, query: Query, types: tuple[str, ...]) -> list[Candidate]:
    """Things that the first property alone leads to; how well they fit, properties say."""
    if not query.constraints:
        return []
    first = query.constraints[0]
    texts = [value for value in first.values if isinstance(value, str)]
    meant = [one.thing.key for text in texts for one in candidates.find(index, text, (), 5) if one.exact]
    found = values.having(engine, first.property, first.values, meant, 200)
    numbers = [number for key in found for number in index.by_identifier(key)]
    things = index.things(numbers)
    return [
        Candidate(thing, thing.label, "", 100.0, exact=True, in_order=True, sure=True)
        for thing in things.values()
        if not types or not set(types).isdisjoint(thing.types)
    ]


def _held(engine: Engine, queries: Mapping[str, Query], found: Mapping[str, Sequence[Candidate]]) -> Values:
    """What the candidates of all queries have of all properties that any names."""
    asked = [name for name, query in queries.items() if query.constraints]
    properties = dict.fromkeys(one.property for name in asked for one in queries[name].constraints)
    things = dict.fromkeys(one.thing.key for name in asked for one in found[name])
    return values.of(engine, [*things], [*properties])


def _results(
    engine: Engine, query: Query, found: Sequence[Candidate], held: Values, named: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    weighed = sorted(
        (_weigh(engine, query, one, held) for one in found),
        key=lambda one: (-one.score, -one.candidate.thing.mentions, one.candidate.thing.key),
    )
    certain = candidates.certain([_judged(one) for one in weighed])
    for place, one in enumerate(weighed[: query.limit]):
        yield _result(one, certain and place == 0, named)


def _weigh(engine: Engine, query: Query, candidate: Candidate, held: Values) -> _Weighed:
    base, types = engine.generation().base, _types(query)
    agreements = tuple(
        (
            one.property,
            round(values.agreement(one.values, held.get((candidate.thing.key, one.property), ()), base), 1),
        )
        for one in query.constraints
    )
    of_type = not types or not set(types).isdisjoint(candidate.thing.types)
    by_name = 1.0 if query.text.strip() else 0.0
    weight = by_name + _WEIGHT * len(agreements)
    total = by_name * candidate.score + _WEIGHT * sum(score for _, score in agreements)
    return _Weighed(
        candidate, round(total / weight * (1 if of_type else _OTHER_TYPE), 1), agreements, of_type
    )


def _judged(one: _Weighed) -> Candidate:
    """The candidate as its properties leave it: what they speak against is no match, nor hinders one."""
    against = not one.of_type or any(score < candidates.CERTAIN for _, score in one.agreements)
    sure, exact = one.candidate.sure and not against, one.candidate.exact and not against
    return replace(one.candidate, score=one.score, sure=sure, exact=exact)


def _result(one: _Weighed, match: bool, named: Mapping[str, str]) -> dict[str, Any]:
    candidate, thing = one.candidate, one.candidate.thing
    told = {"description": text} if (text := _description(candidate)) else {}
    return {
        "id": thing.key,
        "name": thing.label,
        **told,
        "type": [{"id": key, "name": named.get(key, keys.spelled(key))} for key in thing.types],
        "score": one.score,
        "match": match,
        "features": [*_features(one)],
    }


def _features(one: _Weighed) -> Iterator[dict[str, Any]]:
    candidate = one.candidate
    facts = {
        "name_score": candidate.score,
        "name_exact": candidate.exact,
        "name_in_order": candidate.in_order,
        "by_other_name": candidate.role in (ALIAS, TERM, INITIALS),
        "of_type": one.of_type,
        "mentions": candidate.thing.mentions,
        **{f"property_{name}": score for name, score in one.agreements},
    }
    yield from ({"id": name, "value": value} for name, value in facts.items())


def _description(candidate: Candidate) -> str:
    thing = candidate.thing
    by = f"found by “{candidate.name}”" if candidate.role in (ALIAS, TERM, INITIALS) else ""
    return "; ".join(filter(None, (thing.description, by)))
