"""SERVICE as the server resolves it: what the engine itself would have found, within limits, or a clear no."""

import asyncio
import tomllib
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st
from local_endpoint import Endpoint, Received, endpoint, from_store, send
from server_graph import CASES

from server.engine.contract import EVERYTHING, Question, ServiceRefused
from server.engine.evaluate import evaluate
from server.federation.guard import Guard
from server.federation.policy import Policy
from server.federation.service import Federation
from server.quantities import Target

FILE = tomllib.loads((CASES / "federation" / "queries.toml").read_text("utf-8"))
QUERIES, REFUSED = FILE["case"], FILE["refused"]
PREFIXES = FILE["prefixes"]["used"]


def store_of(*names: str) -> ox.Store:
    """The triples of the file under these names."""
    store = ox.Store()
    store.update(f"{PREFIXES} INSERT DATA {{ {' '.join(FILE['store'][name] for name in names)} }}")
    return store


HERE = store_of("local", "named")


@pytest.fixture(scope="module")
def remote() -> Iterator[Endpoint]:
    """An endpoint that answers at /sparql, and fails anywhere else."""
    answering = from_store(store_of("remote"))

    def at_its_place(handler: BaseHTTPRequestHandler, received: Received) -> None:
        if received.target == "/sparql":
            answering(handler, received)
        else:
            send(handler, b"broken", "text/plain", 500)

    with endpoint(at_its_place) as server:
        yield server


def resolved(question: Question, policy: Policy) -> Question:
    """The question once the endpoints have answered."""

    async def resolve() -> Question:
        federation = Federation(policy, Guard())
        try:
            return await federation.resolve(question)
        finally:
            await federation.close()

    return asyncio.run(resolve())


def whole_host(server: Endpoint) -> Policy:
    """Allows all of a local server."""
    return Policy((Target(f"http://127.0.0.1:{server.port}/*", private=True),))


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


def whole(case: dict[str, str], remote: Endpoint) -> str:
    """The query of a case with the addresses of a local server."""
    calls = f"SERVICE <{remote.iri}> {{ ?s ?p ?o }} " * 11
    places = {"{endpoint}": remote.iri, "{host}": f"http://127.0.0.1:{remote.port}", "{calls}": calls}
    text = case["query"]
    for place, value in places.items():
        text = text.replace(place, value)
    return text


def test_no_case_was_lost() -> None:
    """Cases cannot vanish."""
    assert (len(QUERIES), len(REFUSED)) == (35, 17)


@pytest.mark.parametrize("case", QUERIES, ids=lambda case: case["does"])
def test_solutions_are_those_of_the_engines_own_service(case: dict[str, str], remote: Endpoint) -> None:
    """Whatever stands around the call and inside it, but for where the engine departs from SPARQL."""
    text = PREFIXES + whole(case, remote)
    expected = comparable(HERE.query(text))
    if "differs" in case:
        rows = list(ours(text, remote))  # type: ignore[arg-type]
        assert len(rows) == case["solutions"]
        assert comparable(ours(text, remote)) != expected
    else:
        assert comparable(ours(text, remote)) == expected


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case["does"])
def test_refused(case: dict[str, str], remote: Endpoint) -> None:
    """With the reason and the place, before any connection is made."""
    before, text = remote.connections, whole(case, remote)
    with pytest.raises(ServiceRefused) as refused:
        ours(text, remote)
    assert case["reason"] in str(refused.value)
    place = {name: getattr(refused.value, name) for name in ("line", "column") if name in case}
    assert place == {name: case[name] for name in place}
    assert remote.connections == before


ODD = (
    "<'1>'",
    "<' >'",
    "<?n#>\n",
    "<?n>'#'",
    "<(?n)",
    "<1#>'\n",
    "='>'",
    "='#'",
    "='<'",
    "<<http://e/a#'>",
    '="<"',
)
ODDER = st.lists(
    st.sampled_from((*(f"FILTER(?s{odd})" for odd in ODD), "#'\n", "?s ?p '#>'", ".")), max_size=3
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.filter_too_much])
@given(ODDER, ODDER, ODDER)
def test_no_odd_text_is_misread(
    remote: Endpoint, before: list[str], within: list[str], after: list[str]
) -> None:
    """Whatever comparisons, quotes and hashes stand around a call: the engine's solutions, or a refusal."""
    call = f"SERVICE<{remote.iri}>{{ ?s ?q ?o {''.join(within)} }}"
    text = f"SELECT * {{ ?s <http://e/age> ?n {''.join(before)} {call} {''.join(after)} }}"
    try:
        expected = comparable(HERE.query(text))
    except SyntaxError:
        return assume(False)
    try:
        found = comparable(ours(text, remote))
    except ServiceRefused as refused:
        return event(refused.what)
    event("resolved")
    assert found == expected
    return None
