"""Which accounts of different sources are of one event: `graph/links`, whatever order the sources came in."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from rdflib import PROV, RDF, RDFS, Graph, Literal
from rdflib.term import Node

from kg.identifiers import digest
from kg.links.accounts import Account, Fit, accounts, matters
from kg.links.pairs import Pair, candidates, certain
from kg.links.sides import Sides
from kg.vocab import NS, PREFIXES, VAL, Base

__all__ = ["link", "matters"]


def link(sources: Mapping[str, Graph], base: Base, known: Graph | None = None) -> Graph:
    """Links between events and rounds of different source graphs, which are given by graph name.

    `parley:sameEventAs` where kind, participants, place and day agree (for a refusal: who refuses and which
    round) and no source tells the accounts apart, from the IRI that sorts first to each other one;
    `parley:possiblySameEventAs` where nothing speaks against it. People count as whom they stand for that
    day, by their source or by `known`, the authority graph. Each link has a node that says why it is there
    and from which sources.
    """
    told = _told(sources, known or Graph())
    told_by: defaultdict[Node, set[str]] = defaultdict(set)
    for account in told:
        told_by[account.node].add(account.source)
    graph = Graph()
    for prefix, namespace in (("parley", PREFIXES["parley"]), ("id", base.iri + "id/")):
        graph.bind(prefix, namespace)
    for pair in _apart(told, told_by):
        _state(graph, pair, told_by[pair.one] | told_by[pair.other], base)
    return graph


def _told(sources: Mapping[str, Graph], known: Graph) -> list[Account]:
    """Every account, in an order that depends on nothing but what is told."""
    sides = Sides.of(known)
    found = (one for name, graph in sources.items() for one in accounts(name, graph, known, sides))
    return sorted(found, key=lambda account: (account.source, str(account.node)))


def _apart(told: list[Account], told_by: Mapping[Node, set[str]]) -> Iterable[Pair]:
    """The certain pairs, then of the others those that no source tells and that are not one already."""
    sure = list(certain(told))
    first = {pair.other: pair.one for pair in sure}
    found = {(pair.one, pair.other): pair for pair in sure}
    for pair in candidates(told):
        joined = first.get(pair.one, pair.one) == first.get(pair.other, pair.other)
        if not joined and told_by[pair.one].isdisjoint(told_by[pair.other]):
            found.setdefault((pair.one, pair.other), pair)
    return found.values()


def _state(graph: Graph, pair: Pair, sources: Iterable[str], base: Base) -> None:
    node = base.id(f"link/{digest(str(pair.one), str(pair.other))}")
    graph.add((pair.one, NS.sameEventAs if pair.certain else NS.possiblySameEventAs, pair.other))
    graph.add((node, RDF.type, NS.IdentityLink))
    graph.add((node, RDFS.label, Literal(_label(pair), lang="en")))
    for end in (pair.one, pair.other):
        graph.add((node, NS.joins, end))
    for source in sources:
        graph.add((node, PROV.wasDerivedFrom, base.id(source)))
    for name, fit in pair.reasons.items():
        graph.add((node, NS.agreesOn if fit is Fit.AGREES else NS.leavesOpen, VAL[f"aspect-{name}"]))


def _label(pair: Pair) -> str:
    opened = [name for name, fit in pair.reasons.items() if fit is Fit.OPEN]
    return "One event by all accounts" if pair.certain else f"Possibly one event: {', '.join(opened)} open"
