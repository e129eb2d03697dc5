"""The ontology's axioms as tables that lead from one fact to the next: what the closure looks things up in.

Each table serves rules of OWL 2 Profiles, section 4.3, under the names that they have there
(https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules). What holds among the
terms themselves, such as a class above a class above a class, is worked out here once.

Terms are words of N-Triples. Classes are numbered, and a set of them is an int with their bits set.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from rdflib import OWL, RDF, RDFS, Graph
from rdflib.collection import Collection
from rdflib.term import Node

T = TypeVar("T")
U = TypeVar("U")
Way = tuple[str, bool]  # a property, and whether it is read backwards


@dataclass(frozen=True)
class Axioms:
    """What follows from one fact, or from two that meet."""

    classes: dict[str, int]  # the number of each
    above: list[int]  # cax-sco, cax-eqc1, cax-eqc2, cls-int2: by class, all that it is part of, and itself
    wholes: dict[int, list[tuple[int, int]]]  # cls-int1: by part, the set of all parts, and the whole
    fillers: dict[int, list[tuple[str, int]]]  # cls-svf1: by wanted class, the property and the restriction
    values: dict[int, list[tuple[str, str]]]  # cls-hv1: by restriction, the property and its one value
    some: dict[str, list[tuple[int, int]]]  # cls-svf1: by property, the wanted class and the restriction
    valued: dict[tuple[str, str], int]  # cls-hv2: by property and value, the restrictions
    domain: dict[str, int]  # prp-dom, cls-svf2: what the subject of a property belongs to
    range: dict[str, int]  # prp-rng
    ways: dict[str, list[Way]]  # prp-spo1, prp-inv1, prp-inv2, prp-symp: what else holds with a property
    followers: dict[str, list[tuple[str, str]]]  # prp-spo2, prp-trp: by first link, second and what they make
    leaders: dict[str, list[tuple[str, str]]]  # the same by second link, with the first
    kept: frozenset[str]  # properties whose facts are remembered: they can meet others, or be drawn twice

    @property
    def properties(self) -> set[str]:
        """Those from which anything follows."""
        by_value = {property for property, _ in self.valued}
        return {*self.domain, *self.range, *self.ways, *self.kept, *by_value}


def of(terms: Graph) -> Axioms:
    """The tables for an ontology; axioms that draw no facts, such as disjointness, are left out."""
    return _Reading(terms).axioms()


class _Reading:
    def __init__(self, terms: Graph) -> None:
        self._terms = terms
        self._numbers: dict[str, int] = {}

    def axioms(self) -> Axioms:
        ways = _closed_ways(self._steps())
        domain, range_ = self._sides(ways)
        chains = [*self._chains()]
        wanted = [*self._wanted()]
        valued = [*self._restricted(OWL.hasValue)]
        above = self._above()
        return Axioms(
            classes=self._numbers,
            above=above,
            wholes=_grouped((part, (need, whole)) for whole, parts, need in self._wholes() for part in parts),
            fillers=_grouped((kind, (name, number)) for number, name, kind in wanted),
            values=_grouped((number, (name, value.n3())) for number, name, value in valued),
            some=_grouped((name, (kind, number)) for number, name, kind in wanted),
            valued=_joined(((name, value.n3()), above[number]) for number, name, value in valued),
            domain={name: self._closed(found, above) for name, found in domain.items()},
            range={name: self._closed(found, above) for name, found in range_.items()},
            ways=ways,
            followers=_grouped((first, (second, made)) for first, second, made in chains),
            leaders=_grouped((second, (first, made)) for first, second, made in chains),
            kept=frozenset(
                {name for chain in chains for name in chain}
                | {name for _, name, _ in wanted}
                | {name for _, name, _ in valued}
                | {name for others in ways.values() for name, _ in others}
            ),
        )

    def _number(self, kind: Node) -> int:
        return self._numbers.setdefault(kind.n3(), len(self._numbers))

    def _pairs(self, predicate: Node) -> Iterator[tuple[Node, Node]]:
        return self._terms.subject_objects(predicate)

    def _steps(self) -> Iterator[tuple[str, Way]]:
        """From each property to those that hold with it."""
        for one, other in self._pairs(RDFS.subPropertyOf):
            yield one.n3(), (other.n3(), False)
        for one, other in self._pairs(OWL.inverseOf):
            yield one.n3(), (other.n3(), True)
            yield other.n3(), (one.n3(), True)
        for one in self._terms.subjects(RDF.type, OWL.SymmetricProperty):
            yield one.n3(), (one.n3(), True)

    def _chains(self) -> Iterator[tuple[str, str, str]]:
        """Two links and what they make."""
        for made, chain in self._pairs(OWL.propertyChainAxiom):
            first, second = Collection(self._terms, chain)
            yield first.n3(), second.n3(), made.n3()
        for one in self._terms.subjects(RDF.type, OWL.TransitiveProperty):
            yield one.n3(), one.n3(), one.n3()

    def _restricted(self, predicate: Node) -> Iterator[tuple[int, str, Node]]:
        """The number of each restriction of this kind, its property, and its value or class."""
        for restriction, value in self._pairs(predicate):
            for name in self._terms.objects(restriction, OWL.onProperty):
                yield self._number(restriction), name.n3(), value

    def _wanted(self) -> Iterator[tuple[int, str, int]]:
        for restriction, name, kind in self._restricted(OWL.someValuesFrom):
            if kind != OWL.Thing:
                yield restriction, name, self._number(kind)

    def _sides(self, ways: dict[str, list[Way]]) -> tuple[dict[str, int], dict[str, int]]:
        """What subject and object of a property belong to, by the property and by all that hold with it."""
        anything = (
            (name, restriction)
            for restriction, name, kind in self._restricted(OWL.someValuesFrom)
            if kind == OWL.Thing
        )
        domain = _joined((name, 1 << number) for name, number in [*self._told(RDFS.domain), *anything])
        range_ = _joined((name, 1 << number) for name, number in self._told(RDFS.range))
        found: tuple[dict[str, int], dict[str, int]] = ({}, {})
        for name in {*domain, *range_, *ways}:
            for other, backwards in [(name, False), *ways.get(name, ())]:
                sides = (range_, domain) if backwards else (domain, range_)
                for side, given in zip(found, sides, strict=True):
                    side[name] = side.get(name, 0) | given.get(other, 0)
        return found

    def _told(self, predicate: Node) -> Iterator[tuple[str, int]]:
        return ((name.n3(), self._number(kind)) for name, kind in self._pairs(predicate))

    def _wholes(self) -> Iterator[tuple[int, list[int], int]]:
        """Each intersection, its parts, and the set of them."""
        for whole, members in self._pairs(OWL.intersectionOf):
            parts = [self._number(part) for part in Collection(self._terms, members)]
            yield self._number(whole), parts, sum(1 << part for part in set(parts))

    def _above(self) -> list[int]:
        steps: defaultdict[int, set[int]] = defaultdict(set)
        for lower, upper in [*self._pairs(RDFS.subClassOf), *self._pairs(OWL.equivalentClass)]:
            steps[self._number(lower)].add(self._number(upper))
        for one, other in self._pairs(OWL.equivalentClass):
            steps[self._number(other)].add(self._number(one))
        for whole, parts, _ in self._wholes():
            steps[whole].update(parts)
        return [sum(1 << up for up in _reached(number, steps)) for number in range(len(self._numbers))]

    def _closed(self, kinds: int, above: list[int]) -> int:
        found = 0
        for number in bits(kinds):
            found |= above[number]
        return found


def bits(kinds: int) -> Iterator[int]:
    """The numbers in a set of them."""
    while kinds:
        lowest = kinds & -kinds
        yield lowest.bit_length() - 1
        kinds ^= lowest


def _closed_ways(steps: Iterable[tuple[str, Way]]) -> dict[str, list[Way]]:
    """All that hold with a property, over any number of steps; going back twice is going forth."""
    told = _grouped(steps)
    found: dict[str, list[Way]] = {}
    for name in told:
        seen: set[Way] = {(name, False)}
        todo: list[Way] = [(name, False)]
        while todo:
            here, backwards = todo.pop()
            further = {(other, backwards != turned) for other, turned in told.get(here, ())} - seen
            seen |= further
            todo += further
        found[name] = sorted(seen - {(name, False)})
    return found


def _reached(start: int, steps: dict[int, set[int]]) -> set[int]:
    seen, todo = {start}, [start]
    while todo:
        further = steps.get(todo.pop(), set()) - seen
        seen |= further
        todo += further
    return seen


def _grouped(pairs: Iterable[tuple[T, U]]) -> dict[T, list[U]]:
    found: defaultdict[T, list[U]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return dict(found)


def _joined(pairs: Iterable[tuple[T, int]]) -> dict[T, int]:
    found: dict[T, int] = {}
    for key, kinds in pairs:
        found[key] = found.get(key, 0) | kinds
    return found
