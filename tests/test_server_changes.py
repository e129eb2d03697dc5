"""What changes a store: updates with all that a request says of them, and writes of whole graphs."""

import random
import socket
import threading
import tomllib
from contextlib import suppress
from typing import Any

import pyoxigraph as ox
import pytest
from server_graph import CASES

from kg.errors import ParleyError
from server.engine.changes import GraphWrite, Outcome, Source, Update, apply, sources, word
from server.engine.contract import Dataset, QuerySyntaxError
from server.engine.documents import Document, UnsupportedFormat
from server.nesting import TooNested

BASE = "http://e/"
UPDATES = tomllib.loads((CASES / "updates.toml").read_text("utf-8"))["case"]
LOADED = Document("text/turtle", b"<> <says> 1 .", "http://e/doc")
G = "http://e/g"


def store_of(trig: str) -> ox.Store:
    store = ox.Store()
    store.load(f"@prefix : <{BASE}> . {trig}", ox.RdfFormat.TRIG)
    return store


def quads(store: ox.Store) -> set[str]:
    """All quads, and the graphs without any."""
    return {*map(str, store), *map(str, store.named_graphs())}


def test_every_case_of_updates_is_there() -> None:
    """Cases cannot vanish."""
    assert len(UPDATES) == 35


@pytest.mark.parametrize("case", UPDATES, ids=lambda case: case["does"])
def test_an_update(case: dict[str, Any]) -> None:
    """The store is as it shall be afterwards; a fault is told with its place, and changes nothing."""
    store = store_of(case.get("before", ""))
    before = quads(store)
    dataset = Dataset(tuple(case.get("using", ())), tuple(case.get("using_named", ())))
    update = Update(case["update"], dataset, BASE, (LOADED,))
    if "fault" in case:
        with pytest.raises(ParleyError) as met:
            apply(store, update)
        assert case["fault"] in str(met.value)
        assert quads(store) == before
    else:
        assert apply(store, update) == Outcome()
        assert {*map(str, store)} == {*map(str, store_of(case["after"]))}


def test_blank_nodes_of_two_documents_are_not_one() -> None:
    """A document that is loaded or posted twice has nodes of its own each time."""
    store, document = ox.Store(), Document("text/turtle", b"_:b <http://e/p> 1 .", "http://e/doc")
    apply(store, Update("LOAD <http://e/doc> ; LOAD <http://e/doc>", fetched=(document,)))
    apply(store, GraphWrite("post", None, (document, document)))
    assert len(store) == 4


def test_the_sources_of_an_update_are_told_before_it_runs() -> None:
    """Whoever fetches documents learns their addresses, prefixes and base applied, and which may fail."""
    text = "BASE <http://x/> PREFIX e: <e:> LOAD <a> ; PREFIX e: <http://f/> LOAD SILENT e:b INTO GRAPH <g>"
    assert sources(Update(text)) == (Source("http://x/a", False), Source("http://f/b", True))
    assert sources(Update("CLEAR ALL")) == ()


@pytest.mark.parametrize(
    ("change", "called"),
    [
        (Update("INSERT DATA {} ; CLEAR ALL; INSERT DATA {}"), "INSERT DATA, CLEAR"),
        (Update("WITH <a:a> DELETE {} INSERT {} WHERE {} ; DROP ALL ; CREATE GRAPH <a:b> ; CLEAR ALL"),
         "DELETE/INSERT, DROP, CREATE, …"),
        (Update(""), "nothing"),
        (GraphWrite("put", G), "PUT of a graph"),
        (GraphWrite("delete", None), "DELETE of the default graph"),
    ],
)  # fmt: skip
def test_a_change_in_a_few_words(change: Update | GraphWrite, called: str) -> None:
    """Lists of generations say what made each."""
    assert word(change) == called


@pytest.mark.parametrize("nested", ["[" * 300 + "]" * 300, "(" * 300 + ")" * 300, "<<" * 300 + ">>" * 300])
@pytest.mark.parametrize("form", ["INSERT DATA { <a:s> <a:p> %s }", "INSERT { <a:s> <a:p> %s } WHERE {}"])
def test_nesting_that_would_end_the_process_is_refused(form: str, nested: str) -> None:
    """In data, templates and patterns alike, with the place."""
    with pytest.raises(TooNested, match="line 1, column"):
        apply(ox.Store(), Update(form % nested))


def test_long_data_and_long_sequences_are_no_nesting() -> None:
    """Ten thousand triples, or operations, are one change; 200 brackets around one place are data."""
    typed = "".join(f'<a:s{n}> a "{n}"^^<a:t> .\n' for n in range(10_000))
    nested = "[ <a:p> " * 190 + "1" + "]" * 190
    sequence = ";".join(f"INSERT DATA {{ <a:s> <a:p> {n} }}" for n in range(3_000))
    store = ox.Store()
    apply(store, Update(f"INSERT DATA {{ {typed} <a:s> <a:p> {nested} }} ; {sequence}"))
    assert len(store) == 10_000 + 191 + 3_000


TURTLE = (Document("text/turtle; charset=UTF-8", b"<s> <p> 'new' .", BASE),)
NONE = (Document("text/turtle", b"", BASE),)
OLD, NEW = ":g { :a :b 1 }", ":s :p 'new'"


@pytest.mark.parametrize(
    ("before", "write", "outcome", "after"),
    [
        (OLD, GraphWrite("put", G, TURTLE), Outcome(), ":g { :s :p 'new' }"),
        (OLD, GraphWrite("post", G, TURTLE), Outcome(), ":g { :a :b 1 . :s :p 'new' }"),
        (OLD, GraphWrite("delete", G), Outcome(), ""),
        (OLD, GraphWrite("put", G, NONE), Outcome(), ":g { }"),
        (OLD, GraphWrite("post", G, NONE), Outcome(), OLD),
        (OLD, GraphWrite("put", "http://e/n", TURTLE), Outcome(created=True), f"{OLD} :n {{ {NEW} }}"),
        (OLD, GraphWrite("post", "http://e/n", TURTLE), Outcome(created=True), f"{OLD} :n {{ {NEW} }}"),
        (OLD, GraphWrite("put", "http://e/n", NONE), Outcome(created=True), f"{OLD} :n {{ }}"),
        (OLD, GraphWrite("post", "http://e/n", NONE), Outcome(created=True), f"{OLD} :n {{ }}"),
        (OLD, GraphWrite("delete", "http://e/n"), Outcome(found=False), OLD),
        (":a :b 1", GraphWrite("put", None, TURTLE), Outcome(), NEW),
        (":a :b 1", GraphWrite("post", None, TURTLE), Outcome(), ":a :b 1 . :s :p 'new'"),
        (":a :b 1", GraphWrite("put", None, NONE), Outcome(), ""),
        (f":a :b 1 . {OLD}", GraphWrite("delete", None), Outcome(), OLD),
        (":g { }", GraphWrite("put", G, TURTLE), Outcome(), ":g { :s :p 'new' }"),
        ("", GraphWrite("post", G, TURTLE * 2), Outcome(created=True), ":g { :s :p 'new' }"),
    ],
)  # fmt: skip
def test_a_write_of_a_graph(before: str, write: GraphWrite, outcome: Outcome, after: str) -> None:
    """PUT replaces, POST adds, DELETE removes; what was created or missing is told."""
    store = _with_graphs(before)
    assert apply(store, write) == outcome
    assert quads(store) == quads(_with_graphs(after))


def _with_graphs(trig: str) -> ox.Store:
    """As `store_of`, with the graph G or N also where it is empty, which TriG does not carry over."""
    store = store_of(trig + (" ." if trig and not trig.endswith("}") else ""))
    for name in ("g", "n"):
        if f":{name} {{" in trig:
            store.add_graph(ox.NamedNode(BASE + name))
    return store


@pytest.mark.parametrize("method", ["put", "post"])
@pytest.mark.parametrize(
    ("document", "fault", "says"),
    [
        (Document("text/turtle", b"<a:s> <a:p> 1 .\n<a:s> a:p", BASE), QuerySyntaxError, "line 2, column"),
        (Document("text/turtle", b'<a:s> <a:p> "\xff" .', BASE), QuerySyntaxError, "line 1, column 14"),
        (Document("application/ld+json", b'{"@id": "a:b",\n', BASE), QuerySyntaxError, "no JSON-LD"),
        (Document("application/rdf+xml", b"<a/>", BASE), QuerySyntaxError, "no RDF/XML"),
        (Document("application/trig", b"", BASE), UnsupportedFormat, "Send one of: text/turtle, "),
        (Document("image/png", b"", BASE), UnsupportedFormat, "'image/png' are not read"),
        (Document("", b"", BASE), UnsupportedFormat, "'unknown' are not read"),
        (Document("text/turtle; charset=iso-8859-1", b"", BASE), UnsupportedFormat, "Send UTF-8"),
    ],
)  # fmt: skip
def test_a_document_that_cannot_be_read(method: Any, document: Document, fault: type, says: str) -> None:
    """It changes nothing, not even by what comes before it, and the fault says where it is."""
    store = store_of(OLD)
    with pytest.raises(fault) as met:
        apply(store, GraphWrite(method, G, (*TURTLE, document)))
    assert says in str(met.value)
    assert quads(store) == quads(store_of(OLD))


PIECES = (
    "INSERT DATA { <a:a> <a:b> 1 }", "DELETE WHERE { ?s ?p ?o }",
    "INSERT { ?s ?p 2 } WHERE { ?s ?p ?o FILTER(",
    "CLEAR ALL", "LOAD", "LOAD SILENT", "INTO GRAPH <a:g>", "USING <a:g>", "PREFIX ex: <a:>", "BASE <http://e/>",
    "?a", "<", ">", "'", "'}'", '"', "\'\'\'", "#", "\n", ";", "{", "}", "(", ")", "[", "]",
    "<<", "\\", "&&", " ", "<x#y>",
)  # fmt: skip


def _hang_up(server: socket.socket, calls: list[object]) -> None:
    """Note who calls, and answer nobody, until the server is closed."""
    with suppress(OSError):
        while True:
            connection, caller = server.accept()
            calls.append(caller)
            connection.close()


def test_no_text_reaches_another_server() -> None:
    """Whatever is put together of such pieces: nobody is called, and a fault leaves the store as it was."""
    chance, outcomes, calls = random.Random(4), {True: 0, False: 0}, list[object]()
    with socket.create_server(("127.0.0.1", 0)) as other:
        threading.Thread(target=_hang_up, args=(other, calls), daemon=True).start()
        load = f"LOAD <http://127.0.0.1:{other.getsockname()[1]}/>"
        for _ in range(3000):
            store = store_of(OLD)
            text = "".join(chance.choices((*PIECES, f";{load}", load), k=chance.randint(1, 9)))
            try:
                apply(store, Update(text, base=BASE))
            except ParleyError:
                assert quads(store) == quads(store_of(OLD)), text
                outcomes[False] += 1
            else:
                outcomes[True] += 1
    assert not calls
    assert min(outcomes.values()) > 50
