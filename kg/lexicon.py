"""The names, titles and holders of offices that the reader knows, taken from the authority data."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from rdflib import RDF, RDFS, SKOS, URIRef
from rdflib.term import Node

from kg.facts import Facts
from kg.vocab import NS

# The order in which the readings of one form are listed.
_HOW = ("name", "alias", "metonym", "demonym")
_MISSIONS = frozenset({"Mission", "MonitoringMission", "PeacekeepingMission", "InspectionBody"})
# What the reader has no rules of its own for is read as what it is a kind of.
_READ_AS = {
    "Mission": "Organisation",
    "PeacekeepingMission": "Organisation",
    "MonitoringMission": "Organisation",
}
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
    """A title that news puts before or beside a name; `of` only where the title alone says of whom.

    `office` is what all the words for one office share: a foreign secretary is a foreign minister.
    """

    form: str
    of: str | None = None
    category: str = ""
    office: str = ""


@dataclass(frozen=True)
class Tenure:
    """A person in an office of a state or body, from one day to another as far as the data are sure of it.

    `names` are the words for the office, the official one first. Only the days from `first` to `last` are
    certain; a source may have the person in office for longer.
    """

    of: str
    names: tuple[str, ...]
    holder: str
    first: date
    last: date


@dataclass(frozen=True)
class Lexicon:
    """Surface forms with their readings, titles, and what is known of each key."""

    names: Mapping[str, tuple[Name, ...]]
    titles: tuple[Title, ...]
    labels: Mapping[str, str]
    types: Mapping[str, str]
    capitals: Mapping[str, str]
    tenures: Mapping[tuple[str, str], tuple[Tenure, ...]] = field(default_factory=dict)
    served: Mapping[str, frozenset[str]] = field(default_factory=dict)  # at any time
    authorities: Mapping[str, str] = field(default_factory=dict)  # who runs a place that others claim too
    missions: Mapping[str, str] = field(default_factory=dict)  # their class; they are read as bodies

    @classmethod
    def of(cls, things: Facts, titles: Iterable[Title], tenures: Iterable[Tenure] = ()) -> "Lexicon":
        """Read what the authority data say, which `kg.authority` has checked.

        A city that is the capital of two states is left out of `capitals`.
        """
        types = {_key(node): _read_as(kind) for node, kind in things.subject_objects(RDF.type)}
        labels = {_key(node): str(label) for node, label in things.subject_objects(RDFS.label)}
        forms: dict[str, set[Name]] = {}
        for name in (*_written(things, types), *_metonyms(things, types)):
            forms.setdefault(name.form, set()).add(name)
        names = {form: _ranked(readings) for form, readings in sorted(forms.items())}
        terms = tuple(tenures)
        served = _served(things, terms)
        tenures_of, authorities = _by_office(terms), _authorities(things)
        return cls(
            names,
            tuple(titles),
            labels,
            types,
            _capitals(things),
            tenures_of,
            served,
            authorities,
            _missions(things),
        )

    def holder(self, office: str, of: str, on: date | None) -> str | None:
        """Who holds an office of a state or body on a day: the key of a person, or None.

        None where the day or the office is unknown, where nobody is sure to be in office on that day, and on
        the day on which one follows another.
        """
        if on is None:
            return None
        found = {t.holder for t in self.tenures.get((of, office), ()) if t.first <= on <= t.last}
        return found.pop() if len(found) == 1 else None


def _missions(things: Facts) -> dict[str, str]:
    """The missions with their class."""
    told = ((_key(node), str(URIRef(str(kind)).fragment)) for node, kind in things.subject_objects(RDF.type))
    return {key: kind for key, kind in sorted(told) if kind in _MISSIONS}


def _served(things: Facts, tenures: Iterable[Tenure]) -> dict[str, frozenset[str]]:
    """Whom people served in office, at whatever time, and of which state or body an office is one."""
    found: dict[str, set[str]] = {}
    for office, body in things.subject_objects(NS.officeOf):
        found.setdefault(_key(office), set()).add(_key(body))
    for tenure in tenures:
        found.setdefault(tenure.holder, set()).add(tenure.of)
    return {key: frozenset(bodies) for key, bodies in sorted(found.items())}


def _written(things: Facts, types: Mapping[str, str]) -> Iterator[Name]:
    for predicate, how in _WRITTEN.items():
        for node, form in things.subject_objects(predicate):
            yield Name(str(form), _key(node), types[_key(node)], how)


def _metonyms(things: Facts, types: Mapping[str, str]) -> Iterator[Name]:
    for predicate in (NS.capital, NS.metonym):
        for body, place in things.subject_objects(predicate):
            for form in _forms(things, place):
                yield Name(form, _key(body), types[_key(body)], "metonym", _key(place))


def _forms(things: Facts, node: Node) -> Iterator[str]:
    for predicate in (RDFS.label, SKOS.altLabel):
        yield from (str(form) for form in things.objects(node, predicate))


def _ranked(readings: Iterable[Name]) -> tuple[Name, ...]:
    return tuple(sorted(readings, key=lambda name: (_HOW.index(name.how), name.key, name.place_key or "")))


def _capitals(things: Facts) -> dict[str, str]:
    pairs = [(_key(place), _key(state)) for state, place in things.subject_objects(NS.capital)]
    places = [place for place, _ in pairs]
    return {place: state for place, state in sorted(pairs) if places.count(place) == 1}


def _authorities(things: Facts) -> dict[str, str]:
    """Those who run a place and are set apart from it, by the place; none where there are two."""
    pairs = things.subject_objects(NS.claimsAuthorityOver)
    found = [(_key(place), _key(agent)) for agent, place in pairs]
    places = [place for place, _ in found]
    return {place: agent for place, agent in sorted(found) if places.count(place) == 1}


def _by_office(tenures: Iterable[Tenure]) -> dict[tuple[str, str], tuple[Tenure, ...]]:
    found: dict[tuple[str, str], tuple[Tenure, ...]] = {}
    for tenure in tenures:
        for name in tenure.names:
            found[tenure.of, name] = (*found.get((tenure.of, name), ()), tenure)
    return found


def _key(node: Node) -> str:
    return str(node).rpartition("/id/")[2]


def _read_as(kind: Node) -> str:
    local = str(URIRef(str(kind)).fragment)
    return _READ_AS.get(local, local)
