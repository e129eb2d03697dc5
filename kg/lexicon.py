"""The names and titles that the reader knows, taken from the authority graph."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rdflib import RDF, RDFS, SKOS, Graph, URIRef
from rdflib.term import Node

from kg.vocab import NS

# The order in which the readings of one form are listed.
_HOW = ("name", "alias", "metonym", "demonym")
_WRITTEN = {RDFS.label: "name", SKOS.altLabel: "alias", NS.demonym: "demonym"}


@dataclass(frozen=True)
class Name:
    """One reading of a surface form: what it names and how.

    `how` is name, alias, demonym, or metonym: a city that stands for the body which sits there. Then
    `key` and `type` are those of the body, and `place_key` is that of the city.
    """

    form: str
    key: str
    type: str
    how: str
    place_key: str | None = None


@dataclass(frozen=True)
class Title:
    """A title that news puts before or beside a name; `of` only where the title alone says of whom."""

    form: str
    of: str | None = None
    category: str = ""


@dataclass(frozen=True)
class Lexicon:
    """Surface forms with their readings, titles, and what is known of each key."""

    names: Mapping[str, tuple[Name, ...]]
    titles: tuple[Title, ...]
    labels: Mapping[str, str]
    types: Mapping[str, str]
    capitals: Mapping[str, str]

    @classmethod
    def from_graph(cls, graph: Graph, titles: Iterable[Title]) -> "Lexicon":
        """Read an authority graph that `kg.authority.load` has checked.

        A city that is the capital of two states is left out of `capitals`.
        """
        types = {_key(node): _local(kind) for node, kind in graph.subject_objects(RDF.type)}
        labels = {_key(node): str(label) for node, label in graph.subject_objects(RDFS.label)}
        forms: dict[str, set[Name]] = {}
        for name in (*_written(graph, types), *_metonyms(graph, types)):
            forms.setdefault(name.form, set()).add(name)
        names = {form: _ranked(readings) for form, readings in sorted(forms.items())}
        return cls(names, tuple(titles), labels, types, _capitals(graph))


def _written(graph: Graph, types: Mapping[str, str]) -> Iterator[Name]:
    for predicate, how in _WRITTEN.items():
        for node, form in graph.subject_objects(predicate):
            yield Name(str(form), _key(node), types[_key(node)], how)


def _metonyms(graph: Graph, types: Mapping[str, str]) -> Iterator[Name]:
    for predicate in (NS.capital, NS.metonym):
        for body, place in graph.subject_objects(predicate):
            for form in _forms(graph, place):
                yield Name(form, _key(body), types[_key(body)], "metonym", _key(place))


def _forms(graph: Graph, node: Node) -> Iterator[str]:
    for predicate in (RDFS.label, SKOS.altLabel):
        yield from (str(form) for form in graph.objects(node, predicate))


def _ranked(readings: Iterable[Name]) -> tuple[Name, ...]:
    return tuple(sorted(readings, key=lambda name: (_HOW.index(name.how), name.key, name.place_key or "")))


def _capitals(graph: Graph) -> dict[str, str]:
    pairs = [(_key(place), _key(state)) for state, place in graph.subject_objects(NS.capital)]
    places = [place for place, _ in pairs]
    return {place: state for place, state in sorted(pairs) if places.count(place) == 1}


def _key(node: Node) -> str:
    return str(node).rpartition("/id/")[2]


def _local(kind: Node) -> str:
    return str(URIRef(str(kind)).fragment)
