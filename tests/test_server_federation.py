"""SERVICE as the server resolves it: what the engine itself would have found, in limits, or a clear no."""

import asyncio
import threading
import tomllib
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from typing import TypeVar

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st
from local_endpoint import JSON, Answering, Endpoint, Received, endpoint, from_store, send
from server_graph import CASES

from server.engine.contract import (
    EVERYTHING,
    Busy,
    Dataset,
    DeadlinePassed,
    Limits,
    QuerySyntaxError,
    Question,
    ServiceFailed,
    ServiceRefused,
)
from server.engine.documents import Document
from server.engine.evaluate import evaluate
from server.federation.answers import solutions
from server.federation.guard import Guard
from server.federation.policy import Policy
from server.federation.service import LONGEST, Federation
from server.nesting import TooNested
from server.quantities import Target

FILE = tomllib.loads((CASES / "federation" / "queries.toml").read_text("utf-8"))
QUERIES, REFUSED = FILE["case"], FILE["refused"]
PREFIXES = FILE["prefixes"]["used"]


def store_of(*names: str) -> ox.Store:
    """The triples of the file under these names."""
    store = ox.Store()
    store.update(f"{PREFIXES} INSERT DATA {{ {' '.join(FILE['store'][name] for name in names)} }}")
    return store


Result = TypeVar("Result")
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


def whole(case: dict[str, str], remote: Endpoint) -> str:
    """The query of a case with the addresses of a local server."""
    calls = f"SERVICE <{remote.iri}> {{ ?s ?p ?o }} " * 11
    places = {"{endpoint}": remote.iri, "{host}": f"http://127.0.0.1:{remote.port}", "{calls}": calls}
    text = case["query"]
    for place, value in places.items():
        text = text.replace(place, value)
    return text


def table(question: Question) -> tuple[list[str], list[tuple[object, ...]]]:
    """Columns and rows of the answer over an empty store."""
    found = evaluate(ox.Store(), question.text, EVERYTHING, None, question.tables)
    assert isinstance(found, ox.QuerySolutions)
    return [variable.value for variable in found.variables], [tuple(row) for row in found]


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


XML = "application/sparql-results+xml"
ONE = '{"head": {"vars": ["s"]}, "results": {"bindings": [{"s": {"type": "literal", "value": "x"}}]}}'
OTHER = ONE.replace('"s"', '"z"')
NESTED = """{"head": {"vars": ["s"]}, "results": {"bindings": [{"s": {"type": "triple", "value": {
  "subject": {"type": "uri", "value": "http://e/s"}, "predicate": {"type": "uri", "value": "http://e/p"},
  "object": {"type": "bnode", "value": "b"}}}}]}}"""
BAD = {
    "no JSON": ("{", "its answer is no JSON of SPARQL"),
    "other JSON": ("{}", "its answer is no JSON of SPARQL"),
    "an answer to ASK": ('{"head": {}, "boolean": true}', "a boolean"),
    "no IRI": (ONE.replace("literal", "uri"), "its answer is no JSON of SPARQL"),
    "an IRI with an end": (
        ONE.replace("literal", "uri").replace('"x"', '"http://e/> } #"'),
        "its answer is no JSON",
    ),
    "too many rows": (
        ONE.replace("}}]", "}}" + ', {"s": {"type": "literal", "value": "y"}}' * 3 + "]"),
        "more than 3",
    ),
    "a blank node in a triple term": (NESTED, "blank node in a triple term"),
}


def always(body: str, media_type: str = JSON) -> Answering:
    """One answer to all."""
    return lambda handler, _: send(handler, body.encode(), media_type)


@pytest.mark.parametrize("name", BAD)
def test_answers_that_are_none(name: str) -> None:
    """They fail the query, which names the endpoint; where SILENT asks for it, the rest goes on without."""
    body, reason = BAD[name]
    with endpoint(always(body)) as server:
        policy = whole_host(server, rows=3)
        with pytest.raises(ServiceFailed, match=reason) as failed:
            resolved(Question(f"SELECT * {{ SERVICE <{server.iri}> {{ ?s ?p ?o }} }}"), policy)
        assert f"<{server.iri}>" in str(failed.value)
        question = resolved(Question(f"SELECT * {{ SERVICE SILENT <{server.iri}> {{ ?s ?p ?o }} }}"), policy)
    assert table(question) == (["o", "p", "s"], [(None, None, None)])


@pytest.mark.parametrize(
    "binding",
    [
        "<uri>http://e/&gt; }</uri>",
        "<uri>relative</uri>",
        "<bnode>a b</bnode>",
        "<literal xml:lang='en }'>a</literal>",
        "<literal datatype='http://e/&gt; }'>a</literal>",
    ],
)
def test_terms_that_are_none(binding: str) -> None:
    """No term of an answer in XML reaches beyond its place in a row; the whole answer is none then."""
    body = f"""<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="s"/></head>
      <results><result><binding name="s">{binding}</binding></result></results></sparql>"""
    assert "its answer is no XML of SPARQL" in str(solutions(body.encode(), XML, ["s"], 9))


def test_columns_are_those_of_the_pattern() -> None:
    """An endpoint that leaves columns out, or adds some, changes none of the query's."""
    with endpoint(always(OTHER)) as server:
        question = resolved(
            Question(f"SELECT * {{ SERVICE <{server.iri}> {{ ?s ?p ?o }} }}"), whole_host(server)
        )
    assert table(question) == (["o", "p", "s"], [(None, None, None)])


def test_answers_in_xml() -> None:
    """An endpoint that knows no JSON gives the same solutions."""
    with endpoint(from_store(store_of("remote"), ox.QueryResultsFormat.XML)) as server:
        text = f"SELECT * {{ SERVICE <{server.iri}> {{ ?s ?p ?o }} }}"
        assert comparable(ours(text, server)) == comparable(HERE.query(text))
        assert XML in server.requests[0].headers["accept"]


def test_what_is_sent() -> None:
    """The pattern as it was written, with the prologue, the base of the request and a cap; nothing else."""
    text = "PREFIX : <http://e/> SELECT ?x FROM <http://e/g> {{ ?x :age ?n SERVICE <{}> {{ ?x :p <q> }} }}"
    with endpoint(always(ONE)) as server:
        question = Question(text.format(server.iri), base="http://e/base/", client="someone")
        resolved(question, whole_host(server, rows=7))
    (received,) = server.requests
    sent = "BASE <http://e/base/>\nPREFIX : <http://e/> SELECT * { ?x :p <q> } LIMIT 8"
    assert received.query == sent
    assert not {"cookie", "authorization", "forwarded", "x-forwarded-for"} & received.headers.keys()


def test_calls_run_at_the_same_time() -> None:
    """Endpoints that answer once both were called do answer."""
    both = threading.Barrier(2, timeout=10)

    def meet(handler: BaseHTTPRequestHandler, _: Received) -> None:
        both.wait()
        send(handler, ONE.encode())

    with endpoint(meet) as server:
        call = f"SERVICE <{server.iri}> {{ ?s ?p ?o }}"
        question = resolved(Question(f"SELECT * {{ {call} {call} }}"), whole_host(server))
    assert len(question.tables) == 2


def test_the_first_failure_ends_the_rest() -> None:
    """A call that failed for good leaves no other waiting."""
    asked, gone = threading.Event(), threading.Event()

    def one_waits(handler: BaseHTTPRequestHandler, received: Received) -> None:
        if received.target == "/waits":
            asked.set()
            handler.rfile.read(1)
            gone.set()
        else:
            asked.wait(10)
            send(handler, b"", "text/plain", 500)

    with endpoint(one_waits) as server:
        host = f"http://127.0.0.1:{server.port}"
        text = f"SELECT * {{ SERVICE <{host}/waits> {{ ?s ?p ?o }} SERVICE <{host}/fails> {{ ?s ?p ?o }} }}"
        with pytest.raises(ServiceFailed, match="status 500"):
            resolved(Question(text), whole_host(server, seconds=60))
        assert gone.wait(10)


def test_the_deadline_of_the_query_counts() -> None:
    """What endpoints take is taken from the query's time, and ends with it, SILENT or not."""
    stop = threading.Event()

    def answer_late(handler: BaseHTTPRequestHandler, received: Received) -> None:
        stop.wait(0.2 if received.target == "/sparql" else 20)
        send(handler, ONE.encode())

    with endpoint(answer_late) as server:
        question = Question(f"SELECT * {{ SERVICE <{server.iri}> {{ ?s ?p ?o }} }}", limits=Limits(seconds=5))
        left = resolved(question, whole_host(server)).limits
        assert 0 < left.seconds < 4.85
        assert replace(left, seconds=5) == question.limits
        late = f"SELECT * {{ SERVICE SILENT <http://127.0.0.1:{server.port}/late> {{ ?s ?p ?o }} }}"
        with pytest.raises(DeadlinePassed, match=r"ended after 0\.3 s, while other endpoints were to answer"):
            resolved(Question(late, limits=Limits(seconds=0.3)), whole_host(server))
        stop.set()


def test_one_client_does_not_fill_the_way_out() -> None:
    """Past its share a client is told to wait, another is not, and a query that ends makes room."""
    stop = threading.Event()

    def wait(handler: BaseHTTPRequestHandler, _: Received) -> None:
        stop.wait(20)
        send(handler, ONE.encode())

    async def crowd(federation: Federation, text: str) -> None:
        first = [asyncio.create_task(federation.resolve(Question(text, client="a"))) for _ in range(2)]
        while len(server.requests) < 2:
            await asyncio.sleep(0.001)
        with pytest.raises(Busy, match="2 of your queries wait") as busy:
            await federation.resolve(Question(text, client="a"))
        assert busy.value.own
        other = asyncio.create_task(federation.resolve(Question(text, client="b")))
        while len(server.requests) < 3:
            await asyncio.sleep(0.001)
        stop.set()
        await asyncio.gather(*first, other)
        await federation.resolve(Question(text, client="a"))

    with endpoint(wait) as server:
        text = f"SELECT * {{ SERVICE <{server.iri}> {{ ?s ?p ?o }} }}"
        work(whole_host(server, queries=2), lambda federation: crowd(federation, text))


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


HEAVY = " ".join(f"VALUES ?{name} {{ {' '.join(map(str, range(500)))} }}" for name in "abcdef")


@pytest.mark.parametrize(
    "pattern",
    [
        HEAVY,
        f"SELECT (COUNT(DISTINCT ?a) AS ?n) ?b {{ {HEAVY} }} GROUP BY ?b",
        f"SELECT DISTINCT * {{ {HEAVY} }} ORDER BY ?a",
        f"{HEAVY} FILTER NOT EXISTS {{ {HEAVY} FILTER(?a = ?b) }}",
        f"{HEAVY} MINUS {{ {HEAVY} }}",
    ],
    ids=lambda pattern: pattern.replace(HEAVY, "…"),
)
def test_no_pattern_is_evaluated_in_this_process(pattern: str) -> None:
    """A pattern that would take for ever is sent on, unevaluated, in no time."""
    with endpoint(always(ONE)) as server:
        text = f"SELECT * {{ SERVICE <{server.iri}> {{ {pattern} }} }}"
        question = resolved(Question(text, limits=Limits(seconds=5)), whole_host(server))
    assert question.limits.seconds > 3


def test_documents_of_updates() -> None:
    """What LOAD names comes through the same guard, from the same list."""
    with endpoint() as server:
        policy = whole_host(server)
        found = work(policy, lambda federation: federation.fetch(server.iri))
        assert found == Document("text/turtle", b"<http://e/loaded> <http://e/p> 1 .", server.iri)
        for iri in (
            "http://other.example/",
            f"http://127.0.0.1:{server.port}@other.example/",
            "file:///etc/passwd",
        ):
            assert work(policy, lambda federation, iri=iri: federation.fetch(iri)) is None  # type: ignore[misc]
        assert work(Policy(), lambda federation: federation.fetch(server.iri)) is None
        assert server.connections == 1
    with endpoint(always("<p>", "text/html")) as page, pytest.raises(ServiceFailed, match="in text/html"):
        work(whole_host(page), lambda federation: federation.fetch(page.iri))


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
