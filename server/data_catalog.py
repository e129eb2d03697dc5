"""What is known of the data set only where it is served: addresses, files with sizes and checksums, services.

DCAT 3 (W3C Recommendation of 2024) and the checksums of SPDX, as DCAT has them; DCAT-AP's mandatory and most
of its recommended properties are there.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime

from rdflib import DCAT, DCTERMS, FOAF, RDF, VOID, XSD, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from kg import void
from kg.dumps.listing import File, Listing
from kg.generation import Generation
from kg.identifiers import slug
from kg.vocab import Base
from server import urls
from server.data_services import DataService

_SPDX = Namespace("http://spdx.org/rdf/terms#")
_Triples = Iterator[tuple[Node, Node, Node]]
Absolute = Callable[[str], str]  # makes an address of this site whole


def catalogue(
    present: Generation, listed: Listing | None, services: Iterable[DataService], absolute: Absolute
) -> Graph:
    """The triples to add to the description of the data set in the graph."""
    graph = Graph()
    base, rows = present.base, tuple(services)
    told = [_catalogue(rows, base, absolute), _addresses(present, absolute), _services(rows, base, absolute)]
    if listed:
        told.append(_distributions(listed, base, absolute))
    for triples in told:
        for triple in triples:
            graph.add(triple)
    return graph


def distributed(listed: Listing | None) -> tuple[File, ...]:
    """The files that are distributions of the data, and no indices of them."""
    return tuple(file for file in listed.files if file.conforms_to) if listed else ()


def _catalogue(services: Iterable[DataService], base: Base, absolute: Absolute) -> _Triples:
    node = base.id("catalog/parley")
    yield node, RDF.type, DCAT.Catalog
    yield node, DCTERMS.title, Literal("Parley", lang="en")
    about = "The Parley knowledge graph, its dumps and the services that answer for it."
    yield node, DCTERMS.description, Literal(about, lang="en")
    yield node, DCTERMS.publisher, base.id("agent/parley-contributors")
    yield node, DCTERMS.license, void.LICENCE
    yield node, FOAF.homepage, URIRef(absolute(urls.home()))
    yield node, DCAT.dataset, void.dataset(base)
    for service in services:
        yield node, DCAT.service, _service(service, base)


def _addresses(present: Generation, absolute: Absolute) -> _Triples:
    node, since = void.dataset(present.base), datetime.fromtimestamp(int(present.since), UTC)
    yield node, DCTERMS.modified, Literal(since.isoformat(), datatype=XSD.dateTime)
    yield node, DCAT.landingPage, URIRef(absolute(urls.data_set()))
    yield node, FOAF.homepage, URIRef(absolute(urls.home()))
    yield node, VOID.sparqlEndpoint, URIRef(absolute(urls.sparql()))


def _services(services: Iterable[DataService], base: Base, absolute: Absolute) -> _Triples:
    for service in services:
        node = _service(service, base)
        yield node, RDF.type, DCAT.DataService
        yield node, DCTERMS.title, Literal(service.title, lang="en")
        yield node, DCTERMS.description, Literal(service.about, lang="en")
        yield node, DCTERMS.license, void.LICENCE
        yield node, DCTERMS.conformsTo, URIRef(service.conforms_to)
        yield node, DCAT.endpointURL, URIRef(absolute(urls.below_root(service.path)))
        yield node, DCAT.endpointDescription, URIRef(absolute(urls.below_root(service.described)))
        yield node, DCAT.servesDataset, void.dataset(base)


def _service(service: DataService, base: Base) -> URIRef:
    return base.id(f"service/{service.name}")


def _distributions(listed: Listing, base: Base, absolute: Absolute) -> _Triples:
    page = URIRef(absolute(urls.dumps_of(listed.version)))
    whole = {file.name for file in listed.of_graphs()}
    for file in distributed(listed):
        node, download = (
            void.distribution(file.name, base),
            URIRef(absolute(urls.dump(listed.version, file.name))),
        )
        yield node, DCAT.accessURL, page
        yield node, DCAT.downloadURL, download
        yield from _described(file, node)
        yield from _checked(file, node, base)
        if file.name in whole:
            yield void.dataset(base), VOID.dataDump, download


def _described(file: File, node: Node) -> _Triples:
    """What the graph cannot say of a file: it has the rest already."""
    packed = ", packed" if file.packed else ""
    yield node, DCTERMS.description, Literal(f"{file.title}{packed}", lang="en")
    yield node, DCAT.byteSize, Literal(file.size, datatype=XSD.nonNegativeInteger)


def _checked(file: File, node: Node, base: Base) -> _Triples:
    checksum = base.id(f"checksum/{slug(file.name)}")
    yield node, _SPDX.checksum, checksum
    yield checksum, RDF.type, _SPDX.Checksum
    yield checksum, _SPDX.algorithm, _SPDX.checksumAlgorithm_sha256
    yield checksum, _SPDX.checksumValue, Literal(file.sha256, datatype=XSD.hexBinary)
