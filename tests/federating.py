"""Queries with SERVICE as tests run them: the stores of the cases, and what Parley and the engine find."""

import asyncio
import tomllib
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pyoxigraph as ox
from local_endpoint import Endpoint
from server_graph import CASES

from server.engine.contract import (
    EVERYTHING,
    Question,
)
from server.engine.evaluate import evaluate
from server.federation.guard import Guard
from server.federation.policy import Policy
from server.federation.service import Federation
from server.quantities import Target

FILE = tomllib.loads((CASES / "federation" / "queries.toml").read_text("utf-8"))
PREFIXES = FILE["prefixes"]["used"]
Result = TypeVar("Result")


def store_of(*names: str) -> ox.Store:
    """The triples of the file under these names."""
    store = ox.Store()
    store.update(f"{PREFIXES} INSERT DATA {{ {' '.join(FILE['store'][name] for name in names)} }}")
    return store


HERE = store_of("local", "named")


def work(policy: Policy, task: Callable[[Federation], Awaitable[Result]]) -> Result:
    """What a task does with a federation that lives as long."""

    async def run() -> Result:
        federation = Federation(policy, Guard())
        try:
            return await task(federation)
        finally:
            await federation.close()

    return asyncio.run(run())


def resolved(question: Question, policy: Policy) -> Question:
    """The question once the endpoints have answered."""
    return work(policy, lambda federation: federation.resolve(question))


def whole_host(server: Endpoint, **limits: float) -> Policy:
    """Allows all of a local server."""
    return Policy((Target(f"http://127.0.0.1:{server.port}/*", private=True),), **limits)  # type: ignore[arg-type]


Found = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


def comparable(found: Found) -> object:
    """Solutions as a multiset, with blank nodes numbered by how often they come; columns as a set."""
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    if isinstance(found, ox.QueryTriples):
        return Counter(map(str, found))
    names = sorted(variable.value for variable in found.variables)
    rows = [tuple(row[name] for name in names) for row in found]
    nodes = Counter(term for row in rows for term in row if isinstance(term, ox.BlankNode))
    known = Counter(
        tuple("blank" if isinstance(term, ox.BlankNode) else str(term) for term in row) for row in rows
    )
    return names, known, sorted(nodes.values())


def ours(text: str, remote: Endpoint) -> Found:
    """What Parley finds."""
    question = resolved(Question(text), whole_host(remote))
    return evaluate(HERE, question.text, EVERYTHING, None, question.tables)


def table(question: Question) -> tuple[list[str], list[tuple[object, ...]]]:
    """Columns and rows of the answer over an empty store."""
    found = evaluate(ox.Store(), question.text, EVERYTHING, None, question.tables)
    assert isinstance(found, ox.QuerySolutions)
    return [variable.value for variable in found.variables], [tuple(row) for row in found]
