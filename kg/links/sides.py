"""For whom a participant stands: the state or body whose post a person held then, or whose office one is."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rdflib import Graph
from rdflib.term import Node

from kg.vocab import NS


@dataclass(frozen=True)
class Term:
    """A time in office; None where the first or the last day is not known."""

    body: Node
    first: date | None
    last: date | None

    def covers(self, day: date | None) -> bool:
        """Whether the day falls into it, or may."""
        if day is None:
            return True
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Sides:
    """The terms of people by the authority data, which know their days."""

    terms: dict[Node, tuple[Term, ...]]

    @classmethod
    def of(cls, known: Graph) -> "Sides":
        """From the tenures of an authority graph."""
        terms: defaultdict[Node, set[Term]] = defaultdict(set)
        for tenure, person in known.subject_objects(NS.tenureBy):
            held = known.value(tenure, NS.hasTime)
            first, last = (day_of(known, held, bound) for bound in (NS.earliest, NS.latest))
            for body in known.objects(known.value(tenure, NS.tenureOf), NS.postOf):
                terms[person].add(Term(body, first, last))
        return cls({person: tuple(found) for person, found in terms.items()})

    def side(self, participant: Node, day: date | None, source: Graph) -> Node:
        """The one body that the source, else the authority data, has the participant stand for that day.

        The participant itself where there is none, or more than one.
        """
        posts = (body for post in source.objects(participant, NS.holdsPost) for body in _bodies(post, source))
        held = (term.body for term in self.terms.get(participant, ()) if term.covers(day))
        for found in (set(source.objects(participant, NS.officeOf)), set(posts), set(held)):
            if len(found) == 1:
                return found.pop()
        return participant


def day_of(graph: Graph, thing: Node | None, bound: Node) -> date | None:
    """The earliest or latest day of a time; None where it is not known."""
    text = graph.value(thing, bound) if thing is not None else None
    return None if text is None else date.fromisoformat(str(text))


def _bodies(post: Node, source: Graph) -> Iterable[Node]:
    return source.objects(post, NS.postOf)
