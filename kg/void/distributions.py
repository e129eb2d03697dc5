"""What of the dumps depends on nothing that is in them: which there are, of which type, by which rules.

Each comes plain and packed. Addresses, sizes and checksums are told where they are served.
"""

from collections.abc import Iterator
from importlib.resources import files

from rdflib import DCAT, DCTERMS, RDF, Literal, Namespace, URIRef
from rdflib.term import Node

from kg.identifiers import slug
from kg.vocab import Base

LICENCE = URIRef("https://creativecommons.org/licenses/by/4.0/")
_MEDIA = Namespace("https://www.iana.org/assignments/media-types/")
_PACKED = "application/gzip"


def distribution(name: str, base: Base) -> URIRef:
    """The IRI of the file of this name as a form in which the data come."""
    return base.id(f"distribution/{slug(name)}")


def triples(node: Node, base: Base) -> Iterator[tuple[Node, Node, Node]]:
    """The distributions of the data set `node`."""
    for row in (files(__package__) / "files.tsv").read_text("utf-8").splitlines()[1:]:
        name, media_type, conforms_to = row.split("\t")
        for packed in (False, True):
            file = distribution(f"{name}.gz" if packed else name, base)
            yield node, DCAT.distribution, file
            yield file, RDF.type, DCAT.Distribution
            yield file, DCTERMS.title, Literal(f"{name}.gz" if packed else name)
            yield file, DCTERMS.license, LICENCE
            yield file, DCAT.mediaType, _MEDIA[media_type]
            yield file, DCTERMS["format"], _MEDIA[media_type]
            yield file, DCTERMS.conformsTo, URIRef(conforms_to)
            if packed:
                yield file, DCAT.compressFormat, _MEDIA[_PACKED]
