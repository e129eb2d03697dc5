"""Terms that another endpoint answered with come out of a query as they went in."""

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError
from server.engine.contract import EVERYTHING, ServiceRefused, Table, Term
from server.engine.evaluate import evaluate
from server.engine.foreign import RESTORE, filled, rows

characters = st.characters(exclude_categories=["Cs"])
literals = st.one_of(
    st.text(characters).map(ox.Literal),
    st.integers().map(ox.Literal),
    st.text(characters).map(lambda text: ox.Literal(text, language="en-gb")),
    st.text(characters).map(lambda text: ox.Literal(text, datatype=ox.NamedNode("http://e/t'#"))),
)


def _answered(term: Term | None) -> Term | None:
    text = f"SELECT ?a {{ VALUES (?raw) {{}} BIND(<{RESTORE.value}>(?raw) AS ?a) }}"
    table = Table(text.index("{}") + 1, rows([[term]], "x"))
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
    table = Table(text.index("{}") + 1, rows([[one, one], [other, one], [one, None]], "s"))
    found = [row["x"] for row in evaluate(ox.Store(), text, EVERYTHING, None, [table])]  # type: ignore[call-overload]
    assert all(isinstance(term, ox.BlankNode) for term in found)
    assert found[0] == found[2] != found[1]
    assert not {*found} & {one, other}


def test_what_cannot_be_a_row() -> None:
    """A blank node inside a triple term is refused, since nothing could turn it back."""
    triple = ox.Triple(ox.BlankNode(), ox.NamedNode("http://e/p"), ox.Literal(1))
    with pytest.raises(QueryError, match="blank node in a triple term"):
        rows([[triple]], "s")


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
