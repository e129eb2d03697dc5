"""What a route for programs says of itself, beside the function that serves it; /openapi.json is made of it.

    @blueprint.get("/things/<kind>")
    @tells(Interface("Things of one kind.", "Lists", (ANSWER,), parameters=(LIMIT,), within=(KIND,)))
    def things(kind: str) -> Response: …

Path and methods come from the route itself, and parameters are those by which the values of a request are
checked, so nothing is said twice.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from kg.formats import RDF_FORMATS
from queries.parameters import Parameter

ASKS = (400, 406, 413, 429, 503, 507)  # what may go wrong where a query runs, as `server.problems` has it
MADE = (400, 406, 503)  # what may go wrong where none does, or only ones of ours
Schema = Mapping[str, Any]
View = TypeVar("View", bound=Callable[..., Any])
_KEPT = "parley_interface"


@dataclass(frozen=True)
class Answer:
    """An answer that is no fault: its media types, with the JSON Schema of those that are JSON."""

    description: str
    media: tuple[str, ...] = ()
    schema: Schema = field(default_factory=dict)
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Interface:
    """A route: its answers, parameters of its address and `within` its path, and the faults it may meet.

    `bodies` are the media types that may be sent with their schemas. `each` gives an interface for each
    value of the first variable of the path, where these differ.
    """

    summary: str
    tag: str
    answers: tuple[Answer, ...]
    parameters: tuple[Parameter, ...] = ()
    within: tuple[Parameter, ...] = ()
    faults: tuple[int, ...] = ASKS
    required: tuple[str, ...] = ()
    bodies: Mapping[str, Schema] = field(default_factory=dict)
    each: Callable[[], Mapping[str, "Interface"]] | None = None


def tells(interface: Interface) -> Callable[[View], View]:
    """Have a view function carry its interface."""

    def carry(view: View) -> View:
        setattr(view, _KEPT, interface)
        return view

    return carry


def of(view: Callable[..., Any]) -> Interface | None:
    """The interface of a view function; None for a page that is for people only."""
    found = getattr(view, _KEPT, None)
    return found if isinstance(found, Interface) else None


def offered(offers: Iterable[Any], description: str, schema: Schema | None = None, **more: Any) -> Answer:
    """The answer that comes in one of these formats."""
    return Answer(description, tuple(offer.media_type for offer in offers), schema or {}, **more)


def form_of(offers: Iterable[Any]) -> Parameter:
    """The parameter that chooses among formats by name, instead of Accept."""
    names = tuple(offer.name for offer in offers)
    return Parameter(
        "format",
        "enumeration",
        "The form of the answer; it wins over Accept.",
        example=names[0],
        choices=names,
    )


def record(**properties: Any) -> Schema:
    """The schema of an object that has all of these properties; a type may stand for its schema."""
    told = {
        name: {"type": kind} if isinstance(kind, str | list) else kind for name, kind in properties.items()
    }
    return {"type": "object", "properties": told, "required": [*told]}


def several(item: Schema) -> Schema:
    """The schema of an array."""
    return {"type": "array", "items": item}


EXTENSION = Parameter(
    "extension",
    "enumeration",
    "The syntax.",
    example="ttl",
    choices=tuple(row.extension for row in RDF_FORMATS),
)
IN_RDF = offered(RDF_FORMATS, "In the syntax of the ending.")
MOVED = Answer("Elsewhere, as the header Location says.", ("text/plain",), status=303)
FOUND = Answer("For now elsewhere, as the header Location says.", ("text/html",), status=302)
