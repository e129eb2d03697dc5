"""Terms that another endpoint answered with come out of a query as they went in."""

import json
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError
from server.engine.contract import EVERYTHING, ServiceRefused, Table, Term
from server.engine.evaluate import evaluate
from server.engine.foreign import RESTORE, Told, filled, told

characters = st.characters(exclude_categories=["Cs"])
literals = st.one_of(
    st.text(characters).map(ox.Literal),
    st.integers().map(ox.Literal),
    st.text(characters).map(lambda text: ox.Literal(text, language="en-gb")),
    st.text(characters).map(lambda text: ox.Literal(text, datatype=ox.NamedNode("http://e/t'#"))),
)


def answer(names: str, *rows: tuple[Term | None, ...]) -> ox.QuerySolutions:
    """Solutions as an endpoint gives them, in SPARQL 1.2 Query Results JSON."""
    bindings = [
        {name: _json(term) for name, term in zip(names, row, strict=True) if term is not None} for row in rows
    ]
    body = json.dumps({"head": {"vars": list(names)}, "results": {"bindings": bindings}})
    found = ox.parse_query_results(body.encode(), format=ox.QueryResultsFormat.JSON)
    assert isinstance(found, ox.QuerySolutions)
    return found


def _json(term: Term) -> dict[str, Any]:
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _json(part) for name, part in parts.items()}}
    if not isinstance(term, ox.Literal):
        return {"type": "uri" if isinstance(term, ox.NamedNode) else "bnode", "value": term.value}
    more = {"xml:lang": term.language, "its:dir": term.direction and str(term.direction.value)}
    typed = {} if term.language else {"datatype": term.datatype.value}
    return {"type": "literal", "value": term.value} | typed | {key: one for key, one in more.items() if one}


def _answered(term: Term | None) -> Term | None:
    text = f"SELECT ?a {{ VALUES (?raw) {{}} BIND(<{RESTORE.value}>(?raw) AS ?a) }}"
    table = Table(text.index("{}") + 1, told(answer("r", (term,)), "r", "x", 1).rows)
    (row,) = evaluate(ox.Store(), text, EVERYTHING, None, [table])
    assert isinstance(row, ox.QuerySolution)
    return row["a"]


@given(literals)
def test_literals(term: ox.Literal) -> None:
    """Any characters, quotes and line ends among them, in plain, typed and tagged literals."""
    assert _answered(term) == term


@pytest.mark.parametrize(
    "term",
    [
        None,
        ox.NamedNode("http://e/it's#'SERVICE"),
        ox.NamedNode("http://e/ü(%20)"),
        ox.Literal("a", language="ar", direction=ox.BaseDirection.RTL),
        ox.Triple(
            ox.NamedNode("http://e/s"), ox.NamedNode("http://e/p"), ox.Literal("} SERVICE <http://h/> {")
        ),
    ],
    ids=str,
)
def test_other_terms(term: Term | None) -> None:
    """IRIs with marks that open something elsewhere, directions, triple terms, and nothing at all."""
    assert _answered(term) == term


def test_blank_nodes() -> None:
    """They come back as blank nodes, the same or apart as they were, and apart from those of others."""
    one, other = ox.BlankNode("a"), ox.BlankNode("b")
    text = f"SELECT ?x {{ VALUES (?a ?b) {{}} BIND(<{RESTORE.value}>(?a) AS ?x) }}"
    solutions = answer("ab", (one, one), (other, one), (one, None))
    table = Table(text.index("{}") + 1, told(solutions, "ab", "s", 3).rows)
    found = [row["x"] for row in evaluate(ox.Store(), text, EVERYTHING, None, [table])]  # type: ignore[call-overload]
    assert all(isinstance(term, ox.BlankNode) for term in found)
    assert found[0] == found[2] != found[1]
    assert not {*found} & {one, other}


def test_which_columns_have_blank_nodes() -> None:
    """Only these need to be turned back; a string that looks like one is none."""
    solutions = answer(
        "abc", (ox.Literal("_:x"), None, ox.BlankNode("x")), (ox.Literal(1), ox.Literal(2), None)
    )
    found = told(solutions, "cba", "s", 2)
    assert found.blank == {"c"}
    assert found.rows == '(<urn:parley:blank-node:sx> UNDEF "_:x")\n(UNDEF 2 1)'


def test_columns() -> None:
    """Those that are asked for, in that order, with nothing in those that the answer lacks."""
    assert told(answer("ab", (ox.Literal(1), ox.Literal(2))), "bca", "s", 1) == Told("(2 UNDEF 1)")
    assert told(answer("ab", (None, None)), "", "s", 1) == Told("()")
    assert told(answer("", (), ()), "", "s", 2) == Told("()\n()")
    assert told(answer("", ()), "a", "s", 1) == Told("(UNDEF)")
    assert told(answer("a"), "a", "s", 1) == Told("")


def test_what_cannot_be_a_row() -> None:
    """A blank node in a triple term is refused, since nothing could turn it back; so are too many rows."""
    name, one = ox.NamedNode("http://e/p"), ox.Literal(1)
    for triple in (ox.Triple(ox.BlankNode(), name, one), ox.Triple(name, name, ox.BlankNode())):
        with pytest.raises(QueryError, match="blank node in a triple term"):
            told(answer("a", (triple,)), "a", "s", 1)
    with pytest.raises(QueryError, match="more than 1 rows"):
        told(answer("a", (one,), (one,)), "a", "s", 1)


def test_places() -> None:
    """Several tables go each into its place, and the text around them stays."""
    assert filled("a{}b{}c", (Table(2, "1"), Table(5, "2"))) == "a{1}b{2}c"
    assert filled("a", ()) == "a"


def test_the_text_is_judged_without_the_rows() -> None:
    """Words of another endpoint are data, whatever they say; the same words of a client are not."""
    words = "'} SERVICE <http://127.0.0.1:9/> { ?s ?p ?o }'"
    text = "SELECT * { VALUES (?a) {} }"
    (row,) = evaluate(ox.Store(), text, EVERYTHING, None, [Table(text.index("{}") + 1, f"({words})")])
    assert isinstance(row, ox.QuerySolution)
    with pytest.raises(ServiceRefused) as refused:
        evaluate(ox.Store(), f"SELECT * {{\n {words[2:-1]} }}", EVERYTHING)
    assert (refused.value.line, refused.value.column) == (2, 3)
