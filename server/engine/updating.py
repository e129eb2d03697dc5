"""Runs an update as a request states it: with its dataset, with the documents it loads, and nothing else.

pyoxigraph's updates are transactions, take no dataset and fetch what LOAD names. So the graphs of the
protocol are written into the text as USING, and each LOAD as the triples of a document that is at hand.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NoReturn

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from server.engine.contract import Dataset, QuerySyntaxError, ServiceRefused
from server.engine.documents import Document, triples
from server.engine.edits import Edit, Edited
from server.engine.evaluate import refuse_service, resolved, syntax_error
from server.engine.prologues import gathered
from server.engine.usings import usings
from server.nesting import refuse_nested, refuse_nested_data
from server.query_tokens import position
from server.update_operations import Load, NotUnderstood, Operation
from server.update_text import operations

_PLACE = re.compile(r"error at (?P<line>\d+):(?P<column>\d+)")
_NEVER = "\n\0"  # what no update can end with
Fetched = Mapping[str, Document]


class ChangeFailed(QueryError):
    """An update that parses and cannot be carried out, as CREATE for a graph that exists; 400 over HTTP."""


def update(store: ox.Store, text: str, dataset: Dataset, base: str | None, fetched: Fetched) -> None:
    """Carry it out as one transaction.

    Raises QuerySyntaxError, TooNested, ServiceRefused, ChangeFailed, QueryError; StoreError for a full disk.
    """
    try:
        understood = operations(text)
    except NotUnderstood as error:
        _refuse_unread(text, error.at)
    _judge(text, understood)
    moved = (Edit(*move) for move in gathered(text, understood))
    edits = (*moved, *usings(text, understood, dataset), *_loads(text, understood, base, fetched))
    _run(store, Edited(text, tuple(sorted(edits, key=lambda edit: (edit.start, edit.end)))), base)


def understood(text: str) -> tuple[Operation, ...]:
    """The operations of an update. Raises QuerySyntaxError."""
    try:
        return operations(text)
    except NotUnderstood as error:
        _refuse_unread(text, error.at)


def source(operation: Operation, load: Load, base: str | None) -> str:
    """The IRI of what a LOAD names. Raises QuerySyntaxError for a prefix that is not declared."""
    return _iri(operation, load.source, base)


def _refuse_unread(text: str, at: int) -> NoReturn:
    """Have the engine say where the syntax error is, without a chance for it to run anything."""
    refuse_nested(text)
    refuse_service(text)
    try:
        ox.Store().update(text + _NEVER)
    except SyntaxError as error:
        place = _PLACE.match(str(error))
        if place and int(place["line"]) <= text.count("\n") + 1:
            raise syntax_error(text, str(error), "update") from None
    raise QuerySyntaxError("the update ends too early, or cannot be told apart here", *position(text, at))


def _judge(text: str, understood: Iterable[Operation]) -> None:
    """Refuse what queries may not do either. Data call nobody, and are judged by how deep they nest alone."""
    parts, at = list[str](), 0
    for start, end in (one.data for one in understood if one.data):
        refuse_nested_data(text, start, end)
        parts += (text[at:start], re.sub(r"[^\n]+", lambda run: " " * len(run[0]), text[start:end]))
        at = end
    judged = "".join((*parts, text[at:]))
    refuse_nested(judged)
    refuse_service(judged)


def _loads(text: str, understood: Iterable[Operation], base: str | None, fetched: Fetched) -> Iterator[Edit]:
    """Each LOAD as an insertion of what its document says; as nothing where it may fail in silence."""
    for one in understood:
        if one.load:
            iri = source(one, one.load, base)
            if iri in fetched:
                yield Edit(one.start, one.end, _insertion(one.load, fetched[iri]))
            elif one.load.silent:
                yield Edit(one.start, one.end, "INSERT DATA {}")
            else:
                raise ServiceRefused(
                    f"LOAD of {iri} is not allowed: Parley fetches no document from there",
                    *position(text, one.start),
                    "Fetch it yourself, and send it to the graph store",
                )


def _insertion(load: Load, document: Document) -> str:
    try:
        data = "\n".join(f"{triple} ." for triple in triples(document))
    except QueryError as error:
        if load.silent:
            return "INSERT DATA {}"
        what = f"{error.what} ({error.where})" if error.where else error.what
        raise QueryError(what, document.iri, error.mend) from None
    if load.target is None:
        return f"INSERT DATA {{ {data} }}"
    return f"CREATE SILENT GRAPH {load.target} ; INSERT DATA {{ GRAPH {load.target} {{ {data} }} }}"


def _iri(operation: Operation, name: str, base: str | None) -> str:
    try:
        return resolved(operation.prologue, (name,), base)[0].value
    except SyntaxError:
        raise QuerySyntaxError(f"{name!r} in a LOAD has no prefix or base that is declared", 1, 1) from None


def _run(store: ox.Store, edited: Edited, base: str | None) -> None:
    try:
        store.update(edited.text, base_iri=base)
    except SyntaxError as error:
        place = _PLACE.match(str(error))
        message = str(error)
        if place and edited.edits:
            line, column = edited.origin(int(place["line"]), int(place["column"]))
            message = f"error at {line}:{column}"
        raise syntax_error(edited.original, message, "update") from None
    except (RuntimeError, ValueError) as error:
        raise ChangeFailed(f"the update cannot be carried out: {error}") from None
    except OSError as error:
        raise StoreError(
            f"the store cannot be written: {error}", mend="See that its disk has room"
        ) from error
