"""Where the W3C's suite lies on this machine, and its files under the addresses that they have in public."""

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyoxigraph as ox

NAMED = "PARLEY_W3C"  # a checkout of https://github.com/w3c/rdf-tests, or its folder sparql/
SHARED = "PARLEY_SHARED"
PUBLIC = "https://w3c.github.io/rdf-tests/sparql/"
GRAPHS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
}


@cache
def folder() -> Path | None:
    """The suite's folder sparql/; None where neither variable names one. Raises FileNotFoundError."""
    if NAMED in os.environ:
        named = Path(os.environ[NAMED]).resolve()
        return _checked(named / "sparql" if (named / "sparql").is_dir() else named)
    if SHARED in os.environ:
        return _checked(Path(os.environ[SHARED]).resolve() / "w3c" / "sparql")
    return None


def _checked(found: Path) -> Path:
    if not (found / "sparql11" / "manifest-all.ttl").is_file():
        raise FileNotFoundError(f"{found} is no checkout of the W3C's SPARQL tests: name one with {NAMED}")
    return found


def path(url: str) -> Path:
    """The file with this address. Raises ValueError where it is not one of the suite's."""
    here = folder()
    if here is None or not url.startswith(PUBLIC):
        raise ValueError(f"{url} is not in the suite")
    return here / url.removeprefix(PUBLIC)


def text(url: str) -> str:
    """The content of a file, its line ends as they are."""
    return path(url).read_bytes().decode("utf-8")


def quads(url: str, graph: ox.NamedNode | None = None) -> Iterator[ox.Quad]:
    """The statements of a file, whose blank nodes are its own; all in one graph where that is named."""
    syntax = GRAPHS[Path(url).suffix]
    found = ox.parse(path=path(url), format=syntax, base_iri=url, rename_blank_nodes=True)
    if graph is None:
        return found
    return (ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in found)
