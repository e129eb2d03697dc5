"""Solutions of a query as rows of JSON, an object each: numbers as numbers, IRIs as text, nothing as null."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pyoxigraph import QueryResultsFormat

from kg.formats import RESULT_FORMATS, Format
from kg.vocab import PREFIXES
from server.engine.contract import Answer
from server.negotiation import HTML, Page

ROWS = Page("json", "JSON", "application/json", "application/json", "json")
# Here `json` means rows, so that the format of SPARQL goes by its ending alone.
_SPARQL_JSON = replace(RESULT_FORMATS[0], name="srj", label="SPARQL JSON", aliases=(), names=())
DATA: Sequence[Format[QueryResultsFormat] | Page] = (ROWS, _SPARQL_JSON, *RESULT_FORMATS[1:])
OFFERS: Sequence[Format[QueryResultsFormat] | Page] = (*DATA, HTML)

SCHEMA: Mapping[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": {"type": ["string", "number", "boolean", "null"]},
    },
}
_XSD = PREFIXES["xsd"]
_NUMBERS = {f"{_XSD}integer": int, f"{_XSD}decimal": float, f"{_XSD}double": float}
_BOOLEAN = f"{_XSD}boolean"


def written_by(offer: Format[QueryResultsFormat] | Page) -> Format[QueryResultsFormat]:
    """The format that the engine writes for an offer; rows and pages are made from its JSON."""
    writer = getattr(offer, "writer", QueryResultsFormat.JSON)
    return next(row for row in RESULT_FORMATS if row.writer == writer)


def as_rows(answer: Answer) -> bytes:
    """An answer in the JSON of SPARQL as rows."""
    told = json.loads(answer.body)
    names = told["head"]["vars"]
    rows = [{name: _plain(row.get(name)) for name in names} for row in told["results"]["bindings"]]
    return (json.dumps(rows, ensure_ascii=False) + "\n").encode()


def _plain(cell: Mapping[str, str] | None) -> str | float | bool | None:
    if cell is None:
        return None
    text, datatype = cell["value"], cell.get("datatype", "")
    if datatype == _BOOLEAN:
        return text in ("true", "1")
    number = _NUMBERS[datatype](text) if datatype in _NUMBERS else None
    return text if number is None or not math.isfinite(number) else number
