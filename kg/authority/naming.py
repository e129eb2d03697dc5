"""What the authority data say, as the lexicon of the reader: which forms name what, who held which office."""

from collections.abc import Iterable, Iterator, Mapping

from rdflib import RDF, RDFS, SKOS, URIRef
from rdflib.term import Node

from kg.facts import Facts
from kg.lexicon import Lexicon, Name, Tenure, Title
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


def lexicon(things: Facts, titles: Iterable[Title], tenures: Iterable[Tenure]) -> Lexicon:
    """What these say, which `kg.authority` has checked.

    A city that is the capital of two states is left out of `capitals`.
    """
    types = {_key(node): _read_as(kind) for node, kind in things.subject_objects(RDF.type)}
    labels = {_key(node): str(label) for node, label in things.subject_objects(RDFS.label)}
    forms: dict[str, set[Name]] = {}
    for name in (*_written(things, types), *_metonyms(things, types)):
        forms.setdefault(name.form, set()).add(name)
    terms = tuple(tenures)
    return Lexicon(
        names={form: _ranked(readings) for form, readings in sorted(forms.items())},
        titles=tuple(titles),
        labels=labels,
        types=types,
        capitals=_capitals(things),
        tenures=_by_office(terms),
        served=_served(things, terms),
        authorities=_authorities(things),
        missions=_missions(things),
    )


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
