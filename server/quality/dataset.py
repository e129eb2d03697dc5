"""The data set, by the metrics of F-UJI (doi:10.5281/zenodo.4081213) that need no outside authority.

What its description has to say is asked of it by `queries/dataset`; what has to be done for one who comes
for it is done here. The metric that asks an authority for persistent identifiers is left out: w3id.org does
not know ours yet.
"""

import json
import re
from collections.abc import Iterator

from pyoxigraph import NamedNode, RdfFormat, parse
from rdflib import Graph

import queries
from kg import pitfalls
from kg.pitfalls import Check, Finding
from kg.published import Fetched
from ontology import nodes
from server.quality.outcome import Section, graded
from server.quality.visitor import Fetch

_METRICS = "https://doi.org/10.5281/zenodo.4081213"
_VISITS = tuple(
    Check(name, "important", summary, _METRICS, principle)
    for name, summary, principle in (
        (
            "FsF-A1-02MD",
            "Description and files are there, at the addresses that the description gives.",
            "A1",
        ),
        ("FsF-F4-01M", "The page has what search engines read: schema.org as JSON-LD.", "F4"),
        ("FsF-I1-01M", "The description is RDF that can be read, in each syntax that is offered.", "I1"),
    )
)
_DESCRIPTION, _PAGE = "/.well-known/void", "/dataset"
_SYNTAXES = (RdfFormat.TURTLE, RdfFormat.RDF_XML, RdfFormat.JSON_LD, RdfFormat.N_TRIPLES)
_DOWNLOAD = NamedNode("http://www.w3.org/ns/dcat#downloadURL")
_JSON_LD = re.compile(rb'<script type="application/ld\+json"[^>]*>(.*?)</script>', re.DOTALL)


def section(fetch: Fetch) -> Section:
    """What a client learns of the data set, and whether it gets it."""
    described = fetch(_DESCRIPTION, RdfFormat.TURTLE.media_type)
    asked = queries.dataset()
    found = [*pitfalls.find(_graph(described), asked), *_visits(described, fetch)]
    checks = [*pitfalls.checks(asked), *_VISITS]
    return Section(
        "dataset",
        "The data: FAIR",
        "After the metrics of F-UJI, but those that ask an outside authority.",
        graded(sorted(checks, key=lambda check: check.name), found),
    )


def _graph(described: Fetched) -> Graph:
    graph = Graph()
    if described.status == 200:
        for triple in nodes.of(parse(described.body, RdfFormat.TURTLE)):
            graph.add(triple)
    return graph


def _visits(described: Fetched, fetch: Fetch) -> Iterator[Finding]:
    retrieved, searchable, formal = (check.name for check in _VISITS)
    if described.status != 200:
        yield Finding(retrieved, "important", _DESCRIPTION, f"answers {described.status}")
        return
    for address in _downloads(described):
        if fetch(address, "*/*").status != 200:
            yield Finding(retrieved, "important", address, "is named by the description, and not there")
    if not any("Dataset" in str(told.get("@type")) for told in _embedded(fetch(_PAGE, "text/html").body)):
        yield Finding(searchable, "important", _PAGE, "has no JSON-LD on a schema:Dataset")
    for syntax in _SYNTAXES:
        if not _readable(fetch(_DESCRIPTION, syntax.media_type), syntax):
            yield Finding(formal, "important", _DESCRIPTION, f"is not there in {syntax.media_type}")


def _downloads(described: Fetched) -> list[str]:
    """The addresses of files that the description gives, sorted."""
    found = (quad for quad in parse(described.body, RdfFormat.TURTLE) if quad.predicate == _DOWNLOAD)
    return sorted({quad.object.value for quad in found if isinstance(quad.object, NamedNode)})


def _embedded(page: bytes) -> Iterator[dict[str, object]]:
    for text in _JSON_LD.findall(page):
        told = json.loads(text)
        yield from told if isinstance(told, list) else [told]


def _readable(answer: Fetched, syntax: RdfFormat) -> bool:
    try:
        return answer.media_type == syntax.media_type and any(True for _ in parse(answer.body, syntax))
    except SyntaxError:
        return False
