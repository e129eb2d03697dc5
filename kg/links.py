"""Which accounts of different sources are of one event: `graph/links`, whatever order the sources came in."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from rdflib import RDF, Graph
from rdflib.term import Node

from kg.vocab import NS, PREFIXES, VAL, Base

# A wider time says too little about which event is meant to propose that two are one.
_WIDEST = 92  # days
_PARTICIPATION = (NS.hasAgent, NS.hasParticipant, NS.hasParty)
_TIMES = (NS.hasTime, NS.earliest, NS.latest, NS.precision)
_MATTERS = {f"<{p}>" for p in (RDF.type, NS.eventStatus, NS.refuses, NS.hasPlace, *_TIMES, *_PARTICIPATION)}


@dataclass(frozen=True)
class Account:
    """One event or round as one source has it; place and time of a refusal are those of the refused round."""

    node: Node
    source: str
    kind: Node
    participants: frozenset[Node]
    refused: Node | None
    place: Node | None
    earliest: date | None
    latest: date | None
    exact: bool  # the time is a day

    @property
    def identity(self) -> tuple[object, ...] | None:
        """Two accounts that share it are of one event; None where too little is known to say so."""
        if not self.participants:
            return None
        if self.refused is not None:
            return self.kind, self.participants, self.refused
        if self.place is None or not self.exact:
            return None
        return self.kind, self.participants, self.place, self.earliest

    def may_be(self, other: "Account") -> bool:
        """Whether nothing speaks against one event: the wider account has everybody of the narrower one."""
        places = {self.place, other.place} - {None}
        nested = self.participants <= other.participants or other.participants <= self.participants
        return nested and len(places) < 2


def link(sources: Mapping[str, Graph], base: Base) -> Graph:
    """Links between events and rounds of different source graphs, which are given by graph name.

    `parley:sameEventAs` where kind, participants, place and day agree (for a refusal: who refuses and which
    round) and no source tells the accounts apart, from the IRI that sorts first to each other one;
    `parley:possiblySameEventAs` where nothing speaks against it. Each pair is stated once.
    """
    accounts = [account for name in sorted(sources) for account in _accounts(name, sources[name])]
    told_by: defaultdict[Node, set[str]] = defaultdict(set)
    for account in accounts:
        told_by[account.node].add(account.source)
    firsts: defaultdict[Node, set[Node]] = defaultdict(set)
    for node, first in _certain(accounts, told_by):
        firsts[node].add(first)
    graph = Graph()
    graph.bind("parley", PREFIXES["parley"])
    graph.bind("id", base.iri + "id/")
    for node, heads in firsts.items():
        for first in heads - {node}:
            graph.add((first, NS.sameEventAs, node))
    for one, other in _candidates(accounts):
        if told_by[one].isdisjoint(told_by[other]) and firsts[one].isdisjoint(firsts[other]):
            graph.add((one, NS.possiblySameEventAs, other))
    return graph


def matters(line: str) -> bool:
    """Whether `link` looks at a triple, given as a line of N-Triples."""
    return line.split(" ", 2)[1] in _MATTERS


def _accounts(source: str, graph: Graph) -> Iterator[Account]:
    for node in graph.subjects(NS.eventStatus, unique=True):
        kind = graph.value(node, RDF.type)
        if kind is not None:
            yield _account(node, kind, source, graph)


def _account(node: Node, kind: Node, source: str, graph: Graph) -> Account:
    refused = graph.value(node, NS.refuses)
    subject = refused or node
    time = graph.value(subject, NS.hasTime)
    return Account(
        node=node,
        source=source,
        kind=kind,
        participants=frozenset(who for link in _PARTICIPATION for who in graph.objects(node, link)),
        refused=refused,
        place=graph.value(subject, NS.hasPlace),
        earliest=_day(graph, time, NS.earliest),
        latest=_day(graph, time, NS.latest),
        exact=time is not None and graph.value(time, NS.precision) == VAL["precision-day"],
    )


def _day(graph: Graph, time: Node | None, bound: Node) -> date | None:
    text = graph.value(time, bound) if time is not None else None
    return None if text is None else date.fromisoformat(str(text))


def _certain(accounts: Iterable[Account], told_by: Mapping[Node, set[str]]) -> Iterator[tuple[Node, Node]]:
    """Each node of a certain group with the first node of that group."""
    groups: defaultdict[tuple[object, ...], set[Node]] = defaultdict(set)
    for account in accounts:
        if account.identity is not None:
            groups[account.identity].add(account.node)
    for nodes in groups.values():
        tellers = [source for node in nodes for source in told_by[node]]
        if len(nodes) > 1 and len(tellers) == len(set(tellers)):
            first = min(nodes, key=str)
            yield from ((node, first) for node in nodes)


def _candidates(accounts: Iterable[Account]) -> Iterator[tuple[Node, Node]]:
    """Pairs of one kind with a common participant and overlapping times, in order of their IRIs."""
    groups: defaultdict[tuple[Node, Node], list[tuple[date, date, Account]]] = defaultdict(list)
    for account in accounts:
        first, last = account.earliest, account.latest
        if first is not None and last is not None and (last - first).days <= _WIDEST:
            for participant in account.participants:
                groups[account.kind, participant].append((first, last, account))
    for group in groups.values():
        for one, other in _overlapping(group):
            if one.node != other.node and one.may_be(other):
                low, high = sorted((one.node, other.node), key=str)
                yield low, high


def _overlapping(group: list[tuple[date, date, Account]]) -> Iterator[tuple[Account, Account]]:
    """Pairs with a day in common; sorted by start, so that far apart ones are never compared."""
    open_accounts: list[tuple[date, Account]] = []
    for first, last, account in sorted(group, key=lambda row: (row[0], str(row[2].node), row[2].source)):
        open_accounts = [row for row in open_accounts if row[0] >= first]
        yield from ((earlier, account) for _, earlier in open_accounts)
        open_accounts.append((last, account))
