"""Triples that answer a few plain questions: what the authority data say, looked through at each start.

A graph of rdflib answers any question, and takes five times as long to fill.
"""

from collections.abc import Iterator

from rdflib.term import Node

from ontology.nodes import Triple as Triple


class Facts:
    """A set of triples, by property and subject."""

    def __init__(self) -> None:
        self._said: dict[Node, dict[Node, dict[Node, None]]] = {}

    def add(self, triple: Triple) -> None:
        """Take in one more, or the same again."""
        subject, predicate, value = triple
        self._said.setdefault(predicate, {}).setdefault(subject, {})[value] = None

    def __iter__(self) -> Iterator[Triple]:
        for predicate, subjects in self._said.items():
            for subject, values in subjects.items():
                yield from ((subject, predicate, value) for value in values)

    def says(self, subject: Node, predicate: Node, value: Node | None = None) -> bool:
        """Whether this is said, or anything at all of the subject by the property."""
        values = self._said.get(predicate, {}).get(subject, {})
        return bool(values) if value is None else value in values

    def subject_objects(self, predicate: Node) -> Iterator[tuple[Node, Node]]:
        """Each thing with each value that it has of a property."""
        subjects = self._said.get(predicate, {})
        return ((subject, value) for subject, values in subjects.items() for value in values)

    def objects(self, subject: Node, predicate: Node) -> Iterator[Node]:
        """The values of one thing, in the order in which they were said."""
        return iter(self._said.get(predicate, {}).get(subject, {}))
