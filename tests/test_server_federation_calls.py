"""Calls to other endpoints: what is sent, when, how much of it at a time, and what is made of answers."""

import asyncio
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler

import pyoxigraph as ox
import pytest
from federating import HERE, comparable, ours, resolved, store_of, table, whole_host, work
from local_endpoint import JSON, Answering, Received, endpoint, from_store, send

from server.engine.contract import (
    Busy,
    DeadlinePassed,
    Limits,
    Question,
    ServiceFailed,
)
from server.engine.documents import Document
from server.federation.answers import solutions
from server.federation.policy import Policy
from server.federation.service import Federation

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
        question = resolved(Question(text, limits=Limits(seconds=60)), whole_host(server))
    assert question.limits.seconds > 30


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
