"""The description of the data set: what it counts, in what words, and that no run changes it."""

import re
from collections import Counter
from pathlib import Path

import pytest
from conftest import Built
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse
from rdflib import DCTERMS, RDF, SH, VOID, Graph, URIRef
from rdflib import Literal as Value

from kg import void
from kg.shapes import validate
from kg.vocab import PREFIXES, Base
from kg.void.counts import TOTALS, Counts, Links, targets

BROKEN = Path(__file__).parent / "cases" / "dcat" / "broken.ttl"
BASE = Base("https://example.org/")
STATE = "https://w3id.org/parley/ns#State"
NAME = "http://www.w3.org/2000/01/rdf-schema#label"
COUNTS = Counts(
    graphs={"authority": 7, "article/a": 5, "links": 0},
    totals=dict.fromkeys(TOTALS, 12),
    classes={STATE: 2},
    properties={NAME: 3},
    links=(Links(targets()[0], "http://www.w3.org/2004/02/skos/core#exactMatch", 2),),
    period=("2023-10-06", "2024-01-02"),
)


def test_every_graph_is_a_subset_with_its_size() -> None:
    """Each named graph has a title, its number of triples and the licence; the whole has the totals."""
    graph = void.describe(COUNTS, BASE)
    whole = void.dataset(BASE)
    subsets = [one for one in graph.objects(whole, VOID.subset) if (one, RDF.type, VOID.Dataset) in graph]
    sizes = {subset: graph.value(subset, VOID.triples) for subset in subsets}
    assert sizes == {BASE.graph(name): Value(count) for name, count in COUNTS.graphs.items()}
    assert graph.value(whole, VOID.triples) == Value(12)
    assert {graph.value(node, DCTERMS.license) for node in (whole, *sizes)} == {void.LICENCE}
    assert all(graph.value(node, DCTERMS.title) for node in (whole, *sizes))


def test_inputs_and_code_are_named() -> None:
    """The sources, the version and the software with a hash of its code are told."""
    graph = void.describe(COUNTS, BASE, ["article/a"], "0123456789abcdef")
    whole, prov = void.dataset(BASE), PREFIXES["prov"]
    assert set(graph.objects(whole, URIRef(f"{prov}wasDerivedFrom"))) == {BASE.id("article/a")}
    assert graph.value(whole, URIRef(f"{PREFIXES['dcat']}version")) == Value("0123456789abcdef")
    build = graph.value(whole, URIRef(f"{prov}wasGeneratedBy"))
    software = graph.value(build, URIRef(f"{prov}wasAssociatedWith"))
    assert re.fullmatch("code-[0-9a-f]{12}", str(graph.value(software, DCTERMS.identifier)))


def test_the_same_counts_give_the_same_bytes() -> None:
    """Equal data, equal description."""
    assert void.describe(COUNTS, BASE).serialize() == void.describe(COUNTS, BASE).serialize()


@pytest.fixture(scope="module")
def quads(built: Built) -> list[Quad]:
    """Every quad of the shipped reports."""
    return list(parse(path=built.generation.dumps / "parley.nq", format=RdfFormat.N_QUADS))


@pytest.fixture(scope="module")
def described(built: Built, quads: list[Quad]) -> dict[tuple[str, str], list[str]]:
    """What their description says, by subject and property."""
    name, found = str(built.generation.base.graph("void")), dict[tuple[str, str], list[str]]()
    for quad in quads:
        if str(quad.graph_name) == f"<{name}>":
            value = getattr(quad.object, "value", "")
            found.setdefault((getattr(quad.subject, "value", ""), quad.predicate.value), []).append(value)
    return found


def test_counts_are_those_of_the_data(
    built: Built, quads: list[Quad], described: dict[tuple[str, str], list[str]]
) -> None:
    """Totals, partitions and links are what counting the dump by hand gives, without the description."""
    base, type_iri = built.generation.base, str(RDF.type)
    apart = f"<{base.graph('void')}>"
    triples = {quad.triple for quad in quads if str(quad.graph_name) != apart}
    classes = Counter(_iri(t.object) for t in triples if t.predicate.value == type_iri)
    properties = Counter(triple.predicate.value for triple in triples)
    things = {iri for triple in triples if (iri := _iri(triple.subject)).startswith(str(base.id("")))}
    totals = (len(triples), len(properties), len({t.subject for t in triples}))
    totals += (len({t.object for t in triples}), len(classes), len(things))
    whole, space = str(void.dataset(base)), PREFIXES["void"]
    assert {name: described[whole, f"{space}{name}"] for name in TOTALS} == {
        name: [str(number)] for name, number in zip(TOTALS, totals, strict=True)
    }
    assert _parts(described, whole, "classPartition", "class", "entities") == classes
    assert _parts(described, whole, "propertyPartition", "property", "triples") == properties
    for target in targets():
        node = str(base.id(f"linkset/{target.name}-exactmatch"))
        linked = _linked(triples, target.space)
        assert linked > 1000
        assert described[node, f"{space}triples"] == [str(linked)]


def _linked(triples: set[Triple], space: str) -> int:
    match = f"{PREFIXES['skos']}exactMatch"
    return sum(t.predicate.value == match and _iri(t.object).startswith(space) for t in triples)


def _iri(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else ""


def _parts(
    described: dict[tuple[str, str], list[str]], whole: str, part: str, by: str, measure: str
) -> dict[str, int]:
    space = PREFIXES["void"]
    nodes = described[whole, f"{space}{part}"]
    return {
        described[node, f"{space}{by}"][0]: int(described[node, f"{space}{measure}"][0]) for node in nodes
    }


def test_vocabularies_are_those_in_use(
    built: Built, quads: list[Quad], described: dict[tuple[str, str], list[str]]
) -> None:
    """Each property of the data is of a vocabulary that is named."""
    whole, apart = str(void.dataset(built.generation.base)), f"<{built.generation.base.graph('void')}>"
    named = tuple(described[whole, f"{PREFIXES['void']}vocabulary"])
    assert PREFIXES["parley"] in named
    assert all(quad.predicate.value.startswith(named) for quad in quads if str(quad.graph_name) != apart)


def test_each_rule_for_descriptions_has_a_case() -> None:
    """The broken nodes break what is listed and no more, the sound ones nothing, and no rule goes untried."""
    text, shapes = BROKEN.read_text("utf-8"), void.shapes()
    found = {(one.node.rpartition("/")[2], one.message) for one in validate(Graph().parse(BROKEN), shapes)}
    expected = re.findall(r"^# fails: (\S+) \| (.+)$", text, re.MULTILINE)
    passing = re.findall(r"^# passes: (\S+)$", text, re.MULTILINE)
    assert (len(expected), len(passing)) == (46, 10)
    told = {(node, begin) for node, begin in expected if any(_is(node, begin, one) for one in found)}
    assert told == set(expected)
    assert {one for one in found if not any(_is(*each, one) for each in expected)} == set()
    messages = {str(message) for message in shapes.objects(None, SH.message)}
    assert {
        message for message in messages if any(message.startswith(begin) for _, begin in expected)
    } == messages


def _is(node: str, begin: str, found: tuple[str, str]) -> bool:
    return found[0] == node and found[1].startswith(begin)
