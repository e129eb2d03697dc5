"""/completion.json and /examples.json: what the editor offers, read once by a browser and kept."""

import json
from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response

from kg.vocab import PREFIXES
from queries import Query
from server import cookbook, urls
from server.context import base, engine, generation
from server.editor.examples import runnable, title
from server.editor.terms import known
from server.interface import MADE, Answer, Interface, record, several, tells
from server.responses import answered, refuse_known

blueprint = Blueprint("editor", __name__)

_JSON = "application/json"
_TERM = record(name="string", kind="string", label="string", definition="string", uses="integer")
_COMPLETION = record(
    base="string",
    prefixes={"type": "object", "additionalProperties": {"type": "string"}},
    terms=several(_TERM),
)
_PARAMETER = record(name="string", description="string", default=["string", "null"])
_EXAMPLE = record(
    name="string",
    title="string",
    topic="string",
    summary="string",
    address="string",
    parameters=several(_PARAMETER),
    text="string",
)


@blueprint.get("/completion.json")
@tells(
    Interface(
        "Terms that a query may name, most used first, and prefixes.",
        "SPARQL",
        (Answer("For an editor to complete.", (_JSON,), _COMPLETION),),
        faults=MADE,
    )
)
def completion() -> Response:
    """Prefixes, and each term with what it means and how often it is used."""
    refuse_known(_JSON)
    terms = [asdict(one) for one in known(engine())]
    return _sent({"base": base().iri, "prefixes": PREFIXES, "terms": terms})


@blueprint.get("/examples.json")
@tells(
    Interface(
        "The shipped questions with their texts, by topic.",
        "SPARQL",
        (Answer("For an editor to start from.", (_JSON,), several(_EXAMPLE)),),
        faults=MADE,
    )
)
def examples() -> Response:
    """Each shipped question with its text and what its parameters mean."""
    refuse_known(_JSON)
    return _sent([_example(group.title, query) for group, those in cookbook.grouped("") for query in those])


def _example(topic: str, query: Query) -> dict[str, Any]:
    return {
        "name": query.name,
        "title": title(query),
        "topic": topic,
        "summary": query.summary,
        "address": urls.query(query.name),
        "parameters": [
            {"name": one.name, "description": one.description, "default": one.default}
            for one in query.parameters
        ],
        "text": runnable(query),
    }


def _sent(content: object) -> Response:
    return answered(json.dumps(content, ensure_ascii=False) + "\n", _JSON, generation().version)
