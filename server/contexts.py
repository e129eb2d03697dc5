"""/context.jsonld: the JSON-LD context of the vocabulary, and of its earlier versions."""

import json
from functools import cache

from flask import Blueprint, Response

import ontology
from queries.parameters import Parameter
from server import json_ld
from server.context import generation
from server.interface import MADE, Answer, Interface, tells
from server.problems import Problem
from server.reference import front
from server.responses import answered, refuse_known

blueprint = Blueprint("contexts", __name__)

_TYPE = 'application/ld+json;profile="http://www.w3.org/ns/json-ld#context"'
_NUMBER = Parameter("number", "string", "A version of the ontology.", example="0.1.0")
_CONTEXT = Answer("The context, as JSON-LD.", ("application/ld+json",), {"type": "object"})
_KEEP = 86_400  # seconds; terms are never removed within a major version


@blueprint.get("/context.jsonld")
@tells(Interface("The JSON-LD context.", "Vocabulary", (_CONTEXT,), faults=MADE))
def current() -> Response:
    """The context of the ontology as it is now."""
    return _sent(front.number())


@blueprint.get("/context/<number>.jsonld")
@tells(
    Interface(
        "The JSON-LD context of a version.", "Vocabulary", (_CONTEXT,), within=(_NUMBER,), faults=(*MADE, 404)
    )
)
def version(number: str) -> Response:
    """The context of a version of the ontology. Raises Problem 404."""
    if number not in _numbers():
        raise Problem(404, f"No version {number!r} has a context. There is: {', '.join(_numbers())}")
    return _sent(number)


def _sent(number: str) -> Response:
    refuse_known(_TYPE)
    response = answered(_written(number), _TYPE, generation().version)
    response.vary.clear()
    response.cache_control.public = True
    response.cache_control.max_age = _KEEP
    return response


def _numbers() -> list[str]:
    return sorted({front.number(), *ontology.versions()})


@cache
def _written(number: str) -> bytes:
    graph = ontology.load() if number == front.number() else ontology.versions()[number]
    return json.dumps({"@context": json_ld.context(graph)}, indent=1).encode() + b"\n"
