"""Whether an ontology is found where its IRI says, by the tests of FOOPS! that ask the web.

Who calls says how an address is fetched, so that the same tests run against a server at hand: w3id.org does
not know this ontology yet. Each test is told in `TESTS`, in words of ours.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from kg.pitfalls import Check, Finding

# The four that FOOPS! takes.
_SYNTAXES = (RdfFormat.TURTLE, RdfFormat.RDF_XML, RdfFormat.JSON_LD, RdfFormat.N_TRIPLES)
_OWL = "http://www.w3.org/2002/07/owl#"
_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_ONTOLOGY, _VERSION, _PRIOR = (
    NamedNode(f"{_OWL}{name}") for name in ("Ontology", "versionIRI", "priorVersion")
)
_HTML = "text/html"

_TEST = "https://w3id.org/foops/test/"
TESTS = tuple(
    Check(name, "important", summary, f"{_TEST}{name}", principle)
    for name, summary, principle in (
        ("CN1", "Page and RDF are at one address, told apart by what is asked for.", "A1"),
        ("DOC1", "The ontology has a page for people.", "R1"),
        ("RDF1", "The RDF can be read, in each syntax, and holds the ontology.", "I1"),
        ("URI1", "The ontology’s IRI leads to its RDF.", "F1"),
        ("URI2", "The RDF at the IRI is about that IRI.", "F1"),
        ("VER2", "The version’s IRI leads somewhere.", "F1"),
    )
)


@dataclass(frozen=True)
class Fetched:
    """An answer: the status, the media type without parameters, and the body."""

    status: int
    media_type: str
    body: bytes


Fetch = Callable[[str, str], Fetched]  # an address and a media type to accept
_Graphs = dict[str, list[Triple]]


def find(iri: str, fetch: Fetch) -> list[Finding]:
    """What the tests find wrong with the ontology at this IRI, sorted."""
    page = fetch(iri, _HTML)
    graphs = {syntax.media_type: _parsed(fetch(iri, syntax.media_type), syntax) for syntax in _SYNTAXES}
    told = [*_page(page), *_rdf(graphs), *_named(iri, graphs), *_versions(iri, graphs, fetch)]
    if not _is(page, _HTML) or not any(graphs.values()):
        told.append(("CN1", "does not give a page to who asks for HTML and RDF to who asks for RDF"))
    return sorted(Finding(test, "important", iri, message) for test, message in told)


def _is(answer: Fetched, media_type: str) -> bool:
    return answer.status == 200 and answer.media_type == media_type


def _parsed(answer: Fetched, syntax: RdfFormat) -> list[Triple]:
    """The triples in an answer; none where it is of another type or cannot be read."""
    if not _is(answer, syntax.media_type):
        return []
    try:
        return [quad.triple for quad in parse(answer.body, syntax)]
    except SyntaxError:
        return []


def _page(page: Fetched) -> Iterator[tuple[str, str]]:
    if not _is(page, _HTML) or b"<h1" not in page.body:
        yield "DOC1", "has no page for people"


def _rdf(graphs: _Graphs) -> Iterator[tuple[str, str]]:
    if not any(graphs.values()):
        yield "URI1", "has no RDF at its IRI"
    for media_type, graph in graphs.items():
        if not _ontologies(graph):
            yield "RDF1", f"has no ontology in {media_type} that can be read"


def _named(iri: str, graphs: _Graphs) -> Iterator[tuple[str, str]]:
    for media_type, graph in graphs.items():
        names = _ontologies(graph)
        if names and names != {iri}:
            yield "URI2", f"calls itself {', '.join(sorted(names))} in {media_type}"


def _versions(iri: str, graphs: _Graphs, fetch: Fetch) -> Iterator[tuple[str, str]]:
    graph = next(filter(None, graphs.values()), [])
    known = [
        t.object.value
        for t in graph
        if t.subject == NamedNode(iri)
        and t.predicate in (_VERSION, _PRIOR)
        and isinstance(t.object, NamedNode)
    ]
    if not known:
        yield "VER2", "names no version that one could look up"
    for version in known:
        if fetch(version, RdfFormat.TURTLE.media_type).status != 200:
            yield "VER2", f"names the version {version}, where nothing is"


def _ontologies(graph: list[Triple]) -> set[str]:
    """The IRIs that are said to be ontologies."""
    found = (t.subject for t in graph if t.predicate == _TYPE and t.object == _ONTOLOGY)
    return {subject.value for subject in found if isinstance(subject, NamedNode)}
