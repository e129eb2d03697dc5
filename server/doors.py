"""What the routes that pass Flask by say of themselves: SPARQL, the graph store, and what monitors ask."""

from collections.abc import Iterator
from types import MappingProxyType

from kg.formats import RDF_FORMATS, RESULT_FORMATS
from queries.parameters import Parameter
from server.interface import ASKS, Answer, Interface, form_of, offered, record
from server.negotiation import HTML
from server.protocol.fields import FORM
from server.protocol.graph_store import PATH
from server.protocol.operation import QUERY_FIELDS, VERSIONS

_QUERY = "SELECT ?actor WHERE { ?actor a <https://w3id.org/parley/ns#State> } LIMIT 5"
_NAMES = ("json", "xml", "csv", "tsv", "turtle", "ntriples", "jsonld", "rdfxml", "trig", "nquads", "html")
_FORMAT = Parameter(
    "format", "enumeration", "The form of the answer; it wins over Accept.", example="json", choices=_NAMES
)
_IRI = "https://w3id.org/parley/graph/authority"
# By the names that the protocol knows; those of formats have one meaning, and are told once.
_FIELDS = MappingProxyType(
    {
        "query": Parameter(
            "query", "string", "A query in SPARQL; longer ones go by POST.", example=_QUERY, longest=30_000
        ),
        "default-graph-uri": Parameter("default-graph-uri", "iri", "A graph to ask.", example=_IRI),
        "named-graph-uri": Parameter("named-graph-uri", "iri", "A graph that GRAPH may name.", example=_IRI),
        "format": _FORMAT,
        "timeout": Parameter(
            "timeout", "integer", "Seconds that it may take.", example="5", least=1, most=999
        ),
        "partial": Parameter(
            "partial", "enumeration", "Whether a part is better than nothing.", choices=("0", "1")
        ),
        "embed": Parameter(
            "embed", "enumeration", "Whether the page of the answer is for framing.", choices=("0", "1")
        ),
        "version": Parameter("version", "enumeration", "The version of SPARQL.", choices=VERSIONS),
    }
)
_SAME = {"output", "results"}  # as `format`
_ANSWERS = (*RESULT_FORMATS, *RDF_FORMATS, HTML)


def operations() -> Iterator[tuple[str, str, Interface]]:
    """Path, method and interface of each; methods that need a token, and QUERY, stand in docs/service.md."""
    yield from _sparql()
    yield from _graph_store()
    yield from _monitors()


def _sparql() -> Iterator[tuple[str, str, Interface]]:
    parameters = tuple(_FIELDS[name] for name in sorted(QUERY_FIELDS - _SAME))
    answer = offered(_ANSWERS, "The answer; without a query, the description of the service.")
    faults = (*ASKS, 403, 408, 415, 502)
    asked = Interface("Ask in SPARQL.", "SPARQL", (answer,), parameters, faults=faults)
    yield "/sparql", "get", asked
    form = record(query="string")
    bodies = {FORM: form, "application/sparql-query": {"type": "string"}}
    yield (
        "/sparql",
        "post",
        Interface("Ask in SPARQL.", "SPARQL", (answer,), faults=(*faults, 401), bodies=bodies),
    )


def _graph_store() -> Iterator[tuple[str, str, Interface]]:
    graph = Parameter("graph", "iri", "The IRI of a graph.", example=_IRI)
    answer = offered(RDF_FORMATS, "The triples of the graph.")
    parameters = (graph, form_of(RDF_FORMATS))
    yield (
        PATH,
        "get",
        Interface("A graph.", "SPARQL", (answer,), parameters, faults=(*ASKS, 404, 405), required=("graph",)),
    )


def _monitors() -> Iterator[tuple[str, str, Interface]]:
    told = record(status="string")
    for name, summary in (("health", "Whether the server lives."), ("ready", "Whether it would answer now.")):
        answers = tuple(
            Answer(text, ("application/json",), told, status)
            for status, text in ((200, "Yes."), (503, "No."))
        )
        yield f"/{name}", "get", Interface(summary, "Service", answers, faults=())
    text = Answer("In the text format of Prometheus.", ("text/plain",))
    yield "/metrics", "get", Interface("What the server counts.", "Service", (text,), faults=())
