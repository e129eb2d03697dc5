"""The graphs that the patterns of an update are about, as USING clauses in its text.

pyoxigraph takes no dataset for an update, so those of the request are written into it. And of several graphs
it matches a triple once for each that it stands in, where their merge has it once (SPARQL 1.1 Update, section
3.1.3; Query Language, section 13.2.1). So they are merged in a graph of another name first, which goes when
the operation is done: all of it one text, and so one transaction, in which no pattern can see that graph.
"""

from collections.abc import Iterator, Sequence
from uuid import uuid4

from kg.errors import QueryError
from server.engine.contract import Dataset
from server.engine.edits import Edit
from server.engine.evaluate import nodes
from server.query_tokens import position
from server.update_operations import Operation


def usings(text: str, understood: Sequence[Operation], dataset: Dataset) -> Iterator[Edit]:
    """What to write. Raises QueryError where both the request and the text name graphs (Protocol, 2.2.3)."""
    default = [str(name) for name in nodes(dataset.default)]
    named = [f"USING NAMED {name}" for name in nodes(dataset.named)]
    for one in understood:
        if default or named:
            yield from _of_request(text, one, default, named)
        elif len(one.usings) > 1:
            yield from _of_text(one)


def _of_request(text: str, one: Operation, default: list[str], named: list[str]) -> Iterator[Edit]:
    if one.dataset_at is not None:
        line, column = position(text, one.dataset_at)
        where = f"line {line}, column {column}"
        mend = "Name them in one place: leave out using-graph-uri and using-named-graph-uri, or this"
        raise QueryError("both the request and the update name the graphs to use", where, mend)
    if one.using_at is None:
        return
    if len(default) > 1:
        merged = _new_name()
        yield from _around(one, merged, default)
        default = [merged]
    template = f" {text[slice(*one.pattern)]}" if one.pattern else ""
    clauses = " ".join((*(f"USING {name}" for name in default), *named))
    yield Edit(one.using_at, one.using_at, f"{template} {clauses} ")


def _of_text(one: Operation) -> Iterator[Edit]:
    merged = _new_name()
    yield from _around(one, merged, [using.name for using in one.usings])
    for number, using in enumerate(one.usings):
        yield Edit(using.start, using.end, " " if number else f"USING {merged}")


def _around(one: Operation, merged: str, names: Sequence[str]) -> Iterator[Edit]:
    """Before the operation the graphs are merged, and after it their merge goes."""
    union = " UNION ".join(f"{{ GRAPH {name} {{ ?s ?p ?o }} }}" for name in names)
    yield Edit(one.start, one.start, f"INSERT {{ GRAPH {merged} {{ ?s ?p ?o }} }} WHERE {{ {union} }} ;\n")
    yield Edit(one.end, one.end, f" ;\nDROP SILENT GRAPH {merged}")


def _new_name() -> str:
    return f"<urn:uuid:{uuid4()}>"
