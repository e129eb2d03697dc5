"""What authority data may say, and the errors for data that say anything else."""

import re
from collections import defaultdict
from collections.abc import Iterable

from rdflib import DCTERMS, RDF, RDFS, SKOS, Literal, URIRef
from rdflib.term import Node

from kg.errors import AuthorityError
from kg.facts import Facts, Triple
from kg.vocab import NS, Base

Said = defaultdict[Node, set[Node]]  # what a file says of one thing, by property

# The kinds of things that files may list, with the classes that each kind may have.
CLASSES = {
    "state": {NS.State},
    "place": {NS.Place},
    "organisation": {
        *(NS.Organisation, NS.IntergovernmentalOrganisation),
        *(NS.Mission, NS.PeacekeepingMission, NS.MonitoringMission),
    },
    "group": {NS.NonStateGroup, NS.TerritorialAuthority},
    "person": {NS.Person},
    "corridor": {NS.TransportCorridor},
    "format": {NS.NegotiationFormat},
}
NAMES = (RDFS.label, SKOS.altLabel, NS.demonym)
LINKS = (NS.capital, NS.metonym, NS.officeOf, NS.claimsAuthorityOver)
# An allow-list, so that no file can say what only texts may say.
CODES = {
    NS.isoCode: (re.compile(r"[A-Z]{2}"), "two capital letters"),
    NS.isoAlpha3: (re.compile(r"[A-Z]{3}"), "three capital letters"),
    NS.isoNumeric: (re.compile(r"[0-9]{3}"), "three digits"),
}
PREDICATES = {RDF.type, DCTERMS.source, NS.ambiguousForm, *CODES, *NAMES, *LINKS}
_KEY = re.compile(r"([a-z]+)/[a-z0-9]+(?:-[a-z0-9]+)*")


def check_things(triples: Iterable[Triple], base: Base, file: str, into: Facts) -> None:
    """Put what a file says into the graph, once each thing has a known kind, a class of it, one label and a
    source, and says nothing that only texts say.
    """
    things: defaultdict[Node, Said] = defaultdict(lambda: defaultdict(set))
    for triple in triples:
        into.add(triple)
        things[triple[0]][triple[1]].add(triple[2])
    for thing, said in things.items():
        where = f"{file}, {_shown(thing, base)}"
        _check_class(_shown(thing, base), said, where)
        _check_predicates(said, where)
        _check_counts(said, where)
        _check_codes(said, where)


def check_together(things: Facts, base: Base) -> None:
    """Every link leads to a listed thing, and no code or unmarked form belongs to two things of one kind."""
    for predicate in LINKS:
        for thing, target in sorted(things.subject_objects(predicate), key=str):
            _check_target(things, thing, predicate, target, base)
    for thing, source in things.subject_objects(DCTERMS.source):
        if str(source).startswith(base.iri + "id/"):
            _check_target(things, thing, DCTERMS.source, source, base)
    _check_unique(things, base, CODES, "Each code belongs to one thing.")
    mend = "Drop it from one of them, or mark it in both with parley:ambiguousForm."
    _check_unique(things, base, NAMES, mend)


def check_known(things: Facts, base: Base, key: str | None, file: str) -> None:
    """The key, if there is one, is that of a listed thing."""
    if key is not None and not things.says(base.id(key), RDF.type):
        raise AuthorityError(
            f"{key} is not listed", file, "Correct the key, or list the thing in a .ttl file."
        )


def _check_class(key: str, said: Said, where: str) -> None:
    match = _KEY.fullmatch(key)
    if not match or match[1] not in CLASSES:
        raise AuthorityError(
            "not <kind>/<slug> of a known kind", where, f"Kinds are {', '.join(sorted(CLASSES))}."
        )
    allowed, found = CLASSES[match[1]], said[RDF.type]
    if len(found) != 1 or not found <= allowed:
        names = ", ".join(sorted(map(_local, found))) or "none"
        raise AuthorityError(
            f"unknown type: {names}", where, f"Give one of {', '.join(sorted(map(_local, allowed)))}."
        )


def _check_predicates(said: Said, where: str) -> None:
    for predicate in sorted(said.keys() - PREDICATES, key=str):
        what = f"authority data must not say {_local(predicate)}"
        raise AuthorityError(what, where, f"Only these: {', '.join(sorted(map(_local, PREDICATES)))}.")


def _check_counts(said: Said, where: str) -> None:
    if len(said[RDFS.label]) != 1:
        raise AuthorityError(
            f"{len(said[RDFS.label])} labels", where, 'Give one rdfs:label, as in "Armenia"@en.'
        )
    if not said[DCTERMS.source]:
        raise AuthorityError("no source", where, "Say with dcterms:source where the name is documented.")


def _check_codes(said: Said, where: str) -> None:
    for predicate, (pattern, wanted) in CODES.items():
        for code in said.get(predicate, ()):
            if not pattern.fullmatch(str(code)):
                raise AuthorityError(f"{code} is no country code", where, f"Give {wanted}.")


def _check_target(things: Facts, thing: Node, predicate: Node, target: Node, base: Base) -> None:
    if not isinstance(target, URIRef) or not things.says(target, RDF.type):
        what = f"{_local(predicate)} leads to {_shown(target, base)}, which is not listed"
        raise AuthorityError(what, _shown(thing, base), "Correct the IRI, or list the thing.")


def _check_unique(things: Facts, base: Base, predicates: Iterable[Node], mend: str) -> None:
    owners: defaultdict[tuple[str, str], set[Node]] = defaultdict(set)
    for predicate in predicates:
        for thing, written in things.subject_objects(predicate):
            if not things.says(thing, NS.ambiguousForm, Literal(str(written))):
                owners[_shown(thing, base).partition("/")[0], str(written)].add(thing)
    for (_, form), named in sorted(owners.items()):
        if len(named) > 1:
            shared = " and ".join(sorted(_shown(thing, base) for thing in named))
            raise AuthorityError(f'"{form}" stands for both {shared}', "authority data", mend)


def _shown(node: Node, base: Base) -> str:
    return str(node).removeprefix(base.iri + "id/")


def _local(node: Node) -> str:
    return re.split(r"[/#]", str(node))[-1]
