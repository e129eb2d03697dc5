"""What a fragment says of itself: the form to ask for any other, its neighbours, and its number of matches.

Triple Pattern Fragments (Hydra W3C Community Group, unofficial draft), sections 4 and 5.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kg.vocab import PREFIXES
from queries.parameters import Parameter
from server.fragments.pattern import GRAPH

_RDF, _VOID, _XSD, _DCTERMS = (PREFIXES[prefix] for prefix in ("rdf", "void", "xsd", "dcterms"))
_HYDRA = "http://www.w3.org/ns/hydra/core#"
_SD = "http://www.w3.org/ns/sparql-service-description#"
_FOAF = "http://xmlns.com/foaf/0.1/"
NAMESPACES = {"hydra": _HYDRA, "void": _VOID, "sd": _SD, "foaf": _FOAF}
_PROPERTIES = {
    "subject": f"{_RDF}subject",
    "predicate": f"{_RDF}predicate",
    "object": f"{_RDF}object",
    "graph": f"{_SD}graph",
}


@dataclass(frozen=True)
class Controls:
    """All that is needed to say it: addresses are absolute, as clients see them.

    `page` is this part of the fragment, `links` are the parts beside it by their names in Hydra.
    """

    dataset: str
    endpoint: str
    fragment: str
    page: str
    places: tuple[Parameter, ...]
    total: int
    size: int
    links: Mapping[str, str]

    @property
    def default_graph(self) -> str:
        """What stands for all graphs together, where graphs can be asked for."""
        return default_graph(self.endpoint)

    @property
    def metadata(self) -> ox.NamedNode:
        """The graph that holds what this says."""
        return ox.NamedNode(f"{self.page}#metadata")

    def quads(self) -> Iterator[ox.Quad]:
        """The description, all of it in its own graph."""
        for subject, property_, object_ in (*self._dataset(), *self._form(), *self._page()):
            yield ox.Quad(subject, ox.NamedNode(property_), object_, self.metadata)

    def _dataset(self) -> Iterator[tuple[ox.NamedNode, str, ox.NamedNode]]:
        dataset = ox.NamedNode(self.dataset)
        # By these two Comunica tells the description from the data (actor-rdf-metadata-primary-topic).
        yield self.metadata, f"{_FOAF}primaryTopic", dataset
        yield dataset, f"{_VOID}subset", ox.NamedNode(self.page)
        yield dataset, f"{_RDF}type", ox.NamedNode(f"{_VOID}Dataset")
        yield dataset, f"{_RDF}type", ox.NamedNode(f"{_HYDRA}Collection")
        yield dataset, f"{_HYDRA}search", self._at("form")
        if GRAPH in self.places:
            yield dataset, f"{_SD}defaultGraph", ox.NamedNode(self.default_graph)

    def _form(self) -> Iterator[tuple[ox.NamedNode, str, ox.NamedNode | ox.Literal]]:
        form, names = self._at("form"), ",".join(place.name for place in self.places)
        yield form, f"{_HYDRA}template", ox.Literal(f"{self.endpoint}{{?{names}}}")
        yield form, f"{_HYDRA}variableRepresentation", ox.NamedNode(f"{_HYDRA}ExplicitRepresentation")
        for place in self.places:
            mapping = self._at(place.name)
            yield form, f"{_HYDRA}mapping", mapping
            yield mapping, f"{_HYDRA}variable", ox.Literal(place.name)
            yield mapping, f"{_HYDRA}property", ox.NamedNode(_PROPERTIES[place.name])

    def _page(self) -> Iterator[tuple[ox.NamedNode, str, ox.NamedNode | ox.Literal]]:
        page, total = ox.NamedNode(self.page), _number(self.total)
        if self.fragment != self.page:
            yield page, f"{_DCTERMS}isPartOf", ox.NamedNode(self.fragment)
        yield page, f"{_RDF}type", ox.NamedNode(f"{_HYDRA}PartialCollectionView")
        yield page, f"{_HYDRA}totalItems", total
        yield page, f"{_VOID}triples", total
        yield page, f"{_HYDRA}itemsPerPage", _number(self.size)
        for name, address in self.links.items():
            yield page, f"{_HYDRA}{name}", ox.NamedNode(address)

    def _at(self, name: str) -> ox.NamedNode:
        return ox.NamedNode(f"{self.endpoint}#{name}")


def default_graph(endpoint: str) -> str:
    """What stands for all graphs together in the addresses of an endpoint."""
    return f"{endpoint}#default-graph"


def _number(value: int) -> ox.Literal:
    return ox.Literal(str(value), datatype=ox.NamedNode(f"{_XSD}integer"))
