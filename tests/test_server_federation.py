"""SERVICE as the server resolves it: what the engine itself would have found, in limits, or a clear no."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest
from federating import FILE, HERE, PREFIXES, comparable, ours, resolved, store_of, whole_host
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st
from local_endpoint import Endpoint, Received, endpoint, from_store, send

from server.engine.contract import (
    EVERYTHING,
    Dataset,
    QuerySyntaxError,
    Question,
    ServiceRefused,
)
from server.engine.evaluate import evaluate
from server.federation.policy import Policy
from server.federation.service import LONGEST
from server.nesting import TooNested

QUERIES, REFUSED = FILE["case"], FILE["refused"]


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


def test_a_long_query_calls_nobody(remote: Endpoint) -> None:
    """To find calls in a text takes longer the longer it is, so in one past a limit none is looked for."""
    text = f"SELECT * {{ SERVICE <{remote.iri}> {{ ?s ?p ?o }} }} #".ljust(LONGEST, "#")
    assert resolved(Question(text), whole_host(remote)).tables
    longer = Question(text + "#")
    assert resolved(longer, whole_host(remote)) is longer
    with pytest.raises(ServiceRefused):
        evaluate(HERE, longer.text, EVERYTHING)


def test_without_a_list_there_is_no_service(remote: Endpoint) -> None:
    """That is how it is by default: nothing is called, and whoever evaluates the query says so."""
    question = Question(f"SELECT *\n{{ SERVICE <{remote.iri}> {{}} }}")
    assert resolved(question, Policy()) == question
    with pytest.raises(ServiceRefused, match="this server calls no other endpoint") as refused:
        evaluate(HERE, question.text, question.dataset)
    assert (refused.value.line, refused.value.column) == (2, 3)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p 'SERVICE <http://127.0.0.1:9/> {}' }",
        "SELECT ?service { ?service ?p ?o }",
        "no query",
    ],
)
def test_other_queries_stay_as_they_are(text: str) -> None:
    """A query that calls nobody is handed on, the same object."""
    question = Question(text)
    assert resolved(question, Policy()) is question


def test_a_syntax_error_is_told_before_anyone_is_called(remote: Endpoint) -> None:
    """With its place in the client's own words."""
    before = remote.connections
    text = f"SELECT * {{ SERVICE <{remote.iri}> {{ ?s ?p ?o }}\n  ?s ?p }}"
    with pytest.raises(QuerySyntaxError, match="does not parse") as wrong:
        resolved(Question(text), whole_host(remote))
    assert (wrong.value.line, wrong.value.column) == (2, 10)
    with pytest.raises(TooNested):
        resolved(
            Question(f"SELECT * {{ SERVICE <{remote.iri}> {'{' * 500}{'}' * 500} }}"), whole_host(remote)
        )
    with pytest.raises(ServiceRefused, match="in queries, not in updates"):
        resolved(
            Question(f"INSERT {{}} WHERE {{ SERVICE <{remote.iri}> {{ ?s ?p ?o }} }}"), whole_host(remote)
        )
    assert remote.connections == before


@pytest.mark.parametrize("clause", ["FROM", "FROM NAMED"])
def test_from_fetches_nothing(clause: str, remote: Endpoint) -> None:
    """A graph that is not in the store is an empty graph, whatever its name is the address of."""
    before = remote.connections
    text = f"SELECT * {clause} <{remote.iri}> {{ {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }} }}"
    question = resolved(Question(text), whole_host(remote))
    assert not list(evaluate(HERE, question.text, EVERYTHING))  # type: ignore[arg-type]
    dataset = Dataset((remote.iri,), (remote.iri,))
    assert not list(evaluate(HERE, "SELECT * { ?s ?p ?o }", dataset))  # type: ignore[arg-type]
    assert remote.connections == before
