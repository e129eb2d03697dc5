"""Facts, and everything that follows from them: each new fact meets those that are there, once.

This is semi-naive evaluation (Abiteboul, Hull and Vianu, Foundations of Databases, section 13.1), one fact at
a time: a rule is looked at only when a fact that it asks for comes in. Facts come as words of N-Triples.
"""

from collections import defaultdict
from collections.abc import Iterator

from rdflib import RDF

from kg.axioms import Axioms, bits

TYPE = RDF.type.n3()
Fact = tuple[str, str, str]
_Index = defaultdict[str, defaultdict[str, set[str]]]


def _index() -> _Index:
    return defaultdict(lambda: defaultdict(set))


class Entailment:
    """What was told and what follows from it; told facts may come in any order."""

    def __init__(self, axioms: Axioms) -> None:
        self._axioms = axioms
        self._properties = axioms.properties
        self._told: defaultdict[str, int] = defaultdict(int)
        self._types: defaultdict[str, int] = defaultdict(int)
        self._forward, self._backward = _index(), _index()
        self._drawn: set[Fact] = set()
        self._new_types: list[tuple[str, int]] = []
        self._new_facts: list[Fact] = []

    def tell(self, subject: str, predicate: str, value: str) -> None:
        """Take in one fact and draw what follows."""
        if predicate == TYPE:
            number = self._axioms.classes.get(value)
            if number is None:
                return
            self._told[subject] |= 1 << number
            self._new_types.append((subject, self._axioms.above[number]))
        elif predicate in self._properties:
            self._drawn.discard((subject, predicate, value))
            self._take(subject, predicate, value)
        self._settle()

    def drawn(self) -> Iterator[Fact]:
        """What was not told; classes that have no name of their own among the types."""
        yield from self._drawn
        names = [*self._axioms.classes]
        for subject, kinds in self._types.items():
            for number in bits(kinds & ~self._told.get(subject, 0)):
                yield subject, TYPE, names[number]

    def _settle(self) -> None:
        while self._new_types or self._new_facts:
            while self._new_types:
                self._belong(*self._new_types.pop())
            if self._new_facts:
                fact = self._new_facts.pop()
                if fact[2] not in self._forward[fact[1]][fact[0]]:
                    self._drawn.add(fact)
                    self._take(*fact)

    def _belong(self, subject: str, kinds: int) -> None:
        """Add types, and draw what they complete."""
        axioms = self._axioms
        new = kinds & ~self._types[subject]
        if not new:
            return
        held = self._types[subject] = self._types[subject] | new
        for number in bits(new):
            for need, whole in axioms.wholes.get(number, ()):
                if held & need == need:
                    self._new_types.append((subject, axioms.above[whole]))
            for property, restriction in axioms.fillers.get(number, ()):
                for holder in self._backward[property].get(subject, ()):
                    self._new_types.append((holder, axioms.above[restriction]))
            for property, value in axioms.values.get(number, ()):
                self._new_facts.append((subject, property, value))

    def _take(self, subject: str, property: str, value: str) -> None:
        """Add a fact with a property, and draw what it says and what it completes."""
        if property in self._axioms.kept:
            values = self._forward[property][subject]
            if value in values:
                return
            values.add(value)
            self._backward[property][value].add(subject)
        valued = self._axioms.valued.get((property, value), 0)
        self._new_types.append((subject, self._axioms.domain.get(property, 0) | valued))
        words = value.startswith('"')
        for other, backwards in self._axioms.ways.get(property, ()):
            if not backwards:
                self._new_facts.append((subject, other, value))
            elif not words:
                self._new_facts.append((value, other, subject))
        if not words:
            self._join(subject, property, value)

    def _join(self, subject: str, property: str, value: str) -> None:
        """What follows because the value is a thing: its range, what it makes of the subject, and chains."""
        self._new_types.append((value, self._axioms.range.get(property, 0)))
        for wanted, restriction in self._axioms.some.get(property, ()):
            if self._types[value] >> wanted & 1:
                self._new_types.append((subject, self._axioms.above[restriction]))
        for second, made in self._axioms.followers.get(property, ()):
            for end in self._forward[second].get(value, ()):
                self._new_facts.append((subject, made, end))
        for first, made in self._axioms.leaders.get(property, ()):
            for start in self._backward[first].get(subject, ()):
                self._new_facts.append((start, made, value))
