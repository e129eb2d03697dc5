"""Whether an ontology is found where its IRI says, by the tests of FOOPS! that ask the web.

Who calls says how an address is fetched, so that the same tests run against a server at hand: w3id.org does
not know this ontology yet. Each test is told in `TESTS`, in words of ours.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rdflib import OWL, RDF, Graph, URIRef

from kg.pitfalls import Finding

# FOOPS! takes these four; what a media type is called in rdflib stands beside it.
_SYNTAXES = {
    "text/turtle": "turtle",
    "application/rdf+xml": "xml",
    "application/ld+json": "json-ld",
    "application/n-triples": "nt",
}
_HTML = "text/html"

TESTS = {
    "CN1": "Page and RDF are at one address, told apart by what is asked for.",
    "DOC1": "The ontology has a page for people.",
    "RDF1": "The RDF can be read, in each syntax, and holds the ontology.",
    "URI1": "The ontology's IRI leads to its RDF.",
    "URI2": "The RDF at the IRI is about that IRI.",
    "VER2": "The version's IRI leads somewhere.",
}


@dataclass(frozen=True)
class Fetched:
    """An answer: the status, the media type without parameters, and the body."""

    status: int
    media_type: str
    body: bytes


Fetch = Callable[[str, str], Fetched]  # an address and a media type to accept


def find(iri: str, fetch: Fetch) -> list[Finding]:
    """What the tests find wrong with the ontology at this IRI, sorted."""
    page = fetch(iri, _HTML)
    answers = {media_type: fetch(iri, media_type) for media_type in _SYNTAXES}
    graphs = {media_type: _parsed(answer, media_type) for media_type, answer in answers.items()}
    told = [*_page(page), *_rdf(graphs), *_named(iri, graphs), *_versions(iri, graphs, fetch)]
    if not _is(page, _HTML) or not any(_is(answer, kind) for kind, answer in answers.items()):
        told.append(("CN1", "does not give a page to who asks for HTML and RDF to who asks for RDF"))
    return sorted(Finding(test, "important", iri, message) for test, message in told)


def _is(answer: Fetched, media_type: str) -> bool:
    return answer.status == 200 and answer.media_type == media_type


def _parsed(answer: Fetched, media_type: str) -> Graph | None:
    """The graph in an answer; None for none, or one that cannot be read."""
    if not _is(answer, media_type):
        return None
    try:
        return Graph().parse(data=answer.body, format=_SYNTAXES[media_type])
    except Exception:  # each of rdflib's parsers has errors of its own
        return None


def _page(page: Fetched) -> Iterator[tuple[str, str]]:
    if not _is(page, _HTML) or b"<h1" not in page.body:
        yield "DOC1", "has no page for people"


def _rdf(graphs: dict[str, Graph | None]) -> Iterator[tuple[str, str]]:
    if not any(graphs.values()):
        yield "URI1", "has no RDF at its IRI"
    for media_type, graph in graphs.items():
        if not graph or (None, RDF.type, OWL.Ontology) not in graph:
            yield "RDF1", f"has no ontology in {media_type} that can be read"


def _named(iri: str, graphs: dict[str, Graph | None]) -> Iterator[tuple[str, str]]:
    for media_type, graph in graphs.items():
        names = {str(name) for name in graph.subjects(RDF.type, OWL.Ontology)} if graph else set()
        if names and names != {iri}:
            yield "URI2", f"calls itself {', '.join(sorted(names))} in {media_type}"


def _versions(iri: str, graphs: dict[str, Graph | None], fetch: Fetch) -> Iterator[tuple[str, str]]:
    graph = next(filter(None, graphs.values()), Graph())
    known = [*graph.objects(URIRef(iri), OWL.versionIRI), *graph.objects(URIRef(iri), OWL.priorVersion)]
    if not known:
        yield "VER2", "names no version that one could look up"
    for version in known:
        if fetch(str(version), "text/turtle").status != 200:
            yield "VER2", f"names the version {version}, where nothing is"
