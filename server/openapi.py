"""/openapi.json: every route for programs, as OpenAPI 3.1, made of what the routes say of themselves."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from flask import Blueprint, Flask, Response, current_app, request
from werkzeug.routing import Rule

from kg import __version__
from queries.parameters import Parameter
from server import doors, interface
from server.context import generation
from server.interface import Answer, Interface, tells
from server.problems import SHAPES, Problem
from server.responses import answered, refuse_known

blueprint = Blueprint("openapi", __name__)

_JSON = "application/json"
_LICENCE = {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}
_VARIABLE = re.compile(r"<(?:(?P<kind>\w+)(?:\([^)]*\))?:)?(?P<name>\w+)>")
_METHODS = ("GET", "POST")  # of those that routes take, what OpenAPI 3.1 has a name for; HEAD goes without
# What the listener answers before anybody reads the request.
_TOO_LONG = {
    "414": {"description": "The address is too long."},
    "431": {"description": "The headers are too long."},
}
# What Werkzeug answers where a value of a path begins or ends with a slash.
_MERGED = {"308": {"description": "At the address in Location, which has no two slashes together."}}
_PROBLEM = {
    "type": "object",
    "description": "Problem details (RFC 9457). `parameter` and `mend` say which value to mend, and how.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "parameter": {"type": "string"},
        "mend": {"type": "string"},
        "request_id": {"type": "string"},
    },
}


@blueprint.get("/openapi.json")
@tells(
    Interface(
        "This description.",
        "Service",
        (Answer("OpenAPI 3.1", (_JSON,), {"type": "object"}),),
        faults=(406, 503),
    )
)
def described() -> Response:
    """The description of all routes for programs."""
    refuse_known(_JSON)
    told = document(current_app, request.url_root.rstrip("/"))
    return answered(json.dumps(told, ensure_ascii=False) + "\n", _JSON, generation().version)


def document(app: Flask, root: str) -> Mapping[str, Any]:
    """The description of an application at an address without a slash at its end."""
    paths: dict[str, dict[str, Any]] = {}
    for path, method, told in (*_routes(app), *doors.operations()):
        paths.setdefault(path, {})[method] = _operation(path, method, told)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Parley",
            "version": __version__,
            "summary": "Who said what about whom in reports on conflicts and peace talks, in which words.",
            "license": _LICENCE,
        },
        "servers": [{"url": root or "/"}],
        "paths": dict(sorted(paths.items())),
        "components": {"schemas": {"Problem": _PROBLEM}},
    }


def _routes(app: Flask) -> Iterator[tuple[str, str, Interface]]:
    """Path, method and interface of each route that has one."""
    for rule in app.url_map.iter_rules():
        told = interface.of(app.view_functions[rule.endpoint])
        if told is None:
            continue
        for path, one in _paths(rule, told):
            for method in sorted((rule.methods or set()) & {*_METHODS}):
                yield path, method.lower(), one


def _paths(rule: Rule, told: Interface) -> Iterator[tuple[str, Interface]]:
    path = _VARIABLE.sub(r"{\g<name>}", rule.rule)
    names = [found["name"] for found in _VARIABLE.finditer(rule.rule)]
    if told.each is None:
        yield path, told
    elif len(names) == 1:  # the same with an ending of the path is told by `format`
        for value, one in told.each().items():
            yield path.replace(f"{{{names[0]}}}", value), one


def _operation(path: str, method: str, told: Interface) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": re.sub(r"\W+", "-", f"{method}{path}").strip("-"),
        "summary": told.summary,
        "tags": [told.tag],
        "responses": {str(answer.status): _answer(answer) for answer in told.answers}
        | _faults((*told.faults, *((404,) if "{" in path else ())))
        | (_MERGED if "{" in path else {})
        | _TOO_LONG,
    }
    within = {
        name: next(one for one in told.within if one.name == name) for name in re.findall(r"{(\w+)}", path)
    }
    parameters = [_parameter(one, "path", True) for one in within.values()]
    if method == "get":
        parameters += [_parameter(one, "query", one.name in told.required) for one in told.parameters]
    else:
        operation["requestBody"] = {
            "required": True,
            "content": {media: {"schema": schema} for media, schema in told.bodies.items()},
        }
    return operation | ({"parameters": parameters} if parameters else {})


def _parameter(told: Parameter, place: str, required: bool) -> dict[str, Any]:
    return {
        "name": told.name,
        "in": place,
        "required": required,
        "description": told.description,
        "schema": schema(told),
    } | ({"example": _value(told, told.example)} if told.example is not None else {})


def schema(told: Parameter) -> dict[str, Any]:
    """The JSON Schema of what a parameter takes; what JSON Schema has no word for stays out."""
    kinds: Mapping[str, dict[str, Any]] = {
        "iri": {"type": "string", "minLength": 1, "maxLength": told.longest},
        "string": {"type": "string", "maxLength": told.longest},
        "date": {"type": "string", "format": "date"},
        "integer": {"type": "integer"},
        "language": {"type": "string", "pattern": r"^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$"},
        "enumeration": {"type": "string", "enum": [*told.choices]},
    }
    bounds = {"minimum": told.least, "maximum": told.most}
    default = {"default": _value(told, told.default)} if told.default is not None else {}
    return kinds[told.kind] | {name: bound for name, bound in bounds.items() if bound is not None} | default


def _value(told: Parameter, written: str | None) -> str | int | None:
    return int(written) if told.kind == "integer" and written else written


def _answer(told: Answer) -> dict[str, Any]:
    # The JSON of SPARQL and of RDF have shapes of their own, which their specifications tell.
    shaped = told.media if len(told.media) == 1 else (_JSON,)
    content = {
        media: {"schema": told.schema} if told.schema and media in shaped else {} for media in told.media
    }
    headers = {
        name: {"description": text, "schema": {"type": "string"}} for name, text in told.headers.items()
    }
    return (
        {"description": told.description}
        | ({"content": content} if content else {})
        | ({"headers": headers} if headers else {})
    )


def _faults(statuses: tuple[int, ...]) -> dict[str, Any]:
    problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
    content = {shape.media_type: problem if "json" in shape.media_type else {} for shape in SHAPES}
    return {
        str(status): {"description": Problem(status, "").title, "content": content} for status in statuses
    }
