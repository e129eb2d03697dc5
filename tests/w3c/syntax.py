"""Syntax cases: what must parse as a query or an update, and what must not. Nothing of them runs."""

from dataclasses import replace

import pyoxigraph as ox

from kg.errors import QueryError
from server.engine.changes import Update, apply, sources
from server.engine.contract import EVERYTHING, QuerySyntaxError, ServiceRefused
from server.engine.documents import Document
from server.engine.evaluate import evaluate
from server.engine.updating import ChangeFailed
from server.query_text import read

from . import checkout
from .manifest import Case


def parses(case: Case) -> None:
    """The text is accepted. Raises QuerySyntaxError, AssertionError."""
    url = case.node.one("mf:action").value
    parse = _update if url.endswith(".ru") else _query
    parse(checkout.text(url), url)


def does_not_parse(case: Case) -> None:
    """The text is refused for its syntax. Raises AssertionError."""
    try:
        parses(case)
    except QuerySyntaxError:
        return
    raise AssertionError("it parses")


def _query(text: str, base: str) -> None:
    """Over no data, a query that parses does nothing; SERVICE is refused only where the rest parses."""
    try:
        evaluate(ox.Store(), text, EVERYTHING, base)
    except ServiceRefused:
        return
    except QueryError as error:  # a function that the engine does not know is no fault of syntax
        if type(error) is not QueryError or "custom function" not in error.what:
            raise


def _update(text: str, base: str) -> None:
    """The text is parsed whole, then an operation put before its own fails, so that none of those runs."""
    told = read(text)
    head = told.prologue if told.form else text
    change = Update(f"{head}\nDROP GRAPH <tag:missing> ;{text[len(head) :]}", base=base)
    loaded = tuple(Document("text/turtle", b"", source.iri) for source in sources(change))
    try:
        apply(ox.Store(), replace(change, fetched=loaded))
    except ChangeFailed:
        return
    raise AssertionError("it ran")
