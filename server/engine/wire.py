"""Questions, answers and errors of the contract as heads of messages (see frames), and back."""

from typing import Any

from kg.errors import ParleyError, QueryError, StoreError
from kg.formats import RDF_FORMATS, RESULT_FORMATS
from server.engine import contract
from server.engine.changes import Change, GraphWrite, Update
from server.engine.contract import AnyFormat, Dataset, Formats, Limits, Question, Table
from server.engine.documents import Document, UnsupportedFormat
from server.engine.frames import Head
from server.engine.updating import ChangeFailed
from server.nesting import TooNested

# Every error that may cross from one process to another, by its name.
_ERRORS: dict[str, type[ParleyError]] = {
    kind.__name__: kind
    for kind in (
        contract.QuerySyntaxError,
        contract.ServiceRefused,
        contract.DeadlinePassed,
        contract.OutOfMemory,
        contract.TooLarge,
        contract.EngineLost,
        TooNested,
        UnsupportedFormat,
        ChangeFailed,
        StoreError,
        QueryError,
    )
}
_RESULTS = {row.name: row for row in RESULT_FORMATS}
_GRAPHS = {row.name: row for row in RDF_FORMATS}
_PLACES = ("line", "column")


def question_head(question: Question) -> Head:
    """A question, without the client that asks it."""
    limits = question.limits
    return {
        "text": question.text,
        "results": question.formats.results.name,
        "graphs": question.formats.graphs.name,
        "default": question.dataset.default,
        "named": question.dataset.named,
        "tables": [(table.at, table.rows) for table in question.tables],
        "base": question.base,
        "limits": [limits.seconds, limits.rows, limits.size, limits.memory],
        "partial": question.partial,
        "coding": question.coding,
    }


def question(head: Head) -> Question:
    """The question that a head holds."""
    return Question(
        text=head["text"],
        formats=Formats(_RESULTS[head["results"]], _GRAPHS[head["graphs"]]),
        dataset=Dataset(tuple(head["default"]), tuple(head["named"])),
        tables=tuple(Table(*table) for table in head["tables"]),
        base=head["base"],
        limits=Limits(*head["limits"]),
        partial=head["partial"],
        coding=head["coding"],
    )


def change_head(change: Change) -> Head:
    """A change, without the bytes of its documents."""
    if isinstance(change, Update):
        return {
            "update": change.text,
            "default": change.dataset.default,
            "named": change.dataset.named,
            "base": change.base,
            "documents": _document_heads(change.fetched),
        }
    documents = _document_heads(change.documents)
    return {"method": change.method, "graph": change.graph, "documents": documents}


def change_body(change: Change) -> bytes:
    """The bytes of its documents, one after another."""
    return b"".join(one.body for one in _documents(change))


def change(head: Head, body: bytes) -> Change:
    """The change that a head and a body hold."""
    documents, place = list[Document](), 0
    for told in head["documents"]:
        end = place + told["size"]
        documents.append(Document(told["media_type"], body[place:end], told["iri"]))
        place = end
    if "update" in head:
        dataset = Dataset(tuple(head["default"]), tuple(head["named"]))
        return Update(head["update"], dataset, head["base"], tuple(documents))
    return GraphWrite(head["method"], head["graph"], tuple(documents))


def _documents(change: Change) -> tuple[Document, ...]:
    return change.fetched if isinstance(change, Update) else change.documents


def _document_heads(documents: tuple[Document, ...]) -> list[Head]:
    return [{"media_type": one.media_type, "iri": one.iri, "size": len(one.body)} for one in documents]


def format_of(head: Head) -> AnyFormat:
    """The syntax that an answer was written in."""
    return _GRAPHS[head["format"]] if head["graph"] else _RESULTS[head["format"]]


def error_head(error: ParleyError) -> Head:
    """An error; one that has no name here goes as what it is a kind of."""
    name = next((kind.__name__ for kind in type(error).__mro__ if kind.__name__ in _ERRORS), "QueryError")
    places = {place: getattr(error, place) for place in _PLACES if hasattr(error, place)}
    return {"error": name, "what": error.what, "where": error.where, "mend": error.mend} | places


def error(head: Head) -> ParleyError:
    """The error that a head holds."""
    kind = _ERRORS[head["error"]]
    told = kind.__new__(kind)
    ParleyError.__init__(told, head["what"], head["where"], head["mend"])
    for place in _PLACES:
        if place in head:
            setattr(told, place, head[place])
    return told


def describe(head: Head) -> dict[str, Any]:
    """The part of an answer's head that is not about its transport."""
    return {"format": format_of(head), "rows": head["rows"], "cut": head["cut"]}
