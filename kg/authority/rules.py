"""What authority data may say, and the errors for data that say anything else."""

import re
from collections import defaultdict
from collections.abc import Iterable

from rdflib import DCTERMS, RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

from kg.errors import AuthorityError
from kg.vocab import NS, Base

# The kinds of things that files may list, with the classes that each kind may have.
CLASSES = {
    "state": {NS.State},
    "place": {NS.Place},
    "organisation": {NS.Organisation, NS.IntergovernmentalOrganisation},
    "group": {NS.NonStateGroup},
    "person": {NS.Person},
    "corridor": {NS.TransportCorridor},
    "format": {NS.NegotiationFormat},
}
NAMES = (RDFS.label, SKOS.altLabel, NS.demonym)
LINKS = (NS.capital, NS.metonym, NS.officeOf)
# An allow-list, so that no file can say what only texts may say.
PREDICATES = {RDF.type, DCTERMS.source, NS.isoCode, NS.ambiguousForm, *NAMES, *LINKS}
_KEY = re.compile(r"([a-z]+)/[a-z0-9]+(?:-[a-z0-9]+)*")
_CODE = re.compile(r"[A-Z]{2}")


def check_things(graph: Graph, base: Base, file: str) -> None:
    """Each thing has a known kind, a class of it, one label and a source, and nothing that only texts say."""
    for thing in sorted(set(graph.subjects()), key=str):
        where = f"{file}, {_shown(thing, base)}"
        _check_class(graph, thing, base, where)
        _check_predicates(graph, thing, where)
        _check_counts(graph, thing, where)
        _check_codes(graph, thing, where)


def check_together(graph: Graph, base: Base) -> None:
    """Every link leads to a listed thing, and no code or unmarked form belongs to two things of one kind."""
    for predicate in LINKS:
        for thing, target in sorted(graph.subject_objects(predicate), key=str):
            _check_target(graph, thing, predicate, target, base)
    for thing, source in graph.subject_objects(DCTERMS.source):
        if str(source).startswith(base.iri + "id/"):
            _check_target(graph, thing, DCTERMS.source, source, base)
    _check_unique(graph, base, (NS.isoCode,), "Each code belongs to one thing.")
    mend = "Drop it from one of them, or mark it in both with parley:ambiguousForm."
    _check_unique(graph, base, NAMES, mend)


def check_known(graph: Graph, base: Base, key: str | None, file: str) -> None:
    """The key, if there is one, is that of a listed thing."""
    if key is not None and (base.id(key), RDF.type, None) not in graph:
        raise AuthorityError(
            f"{key} is not listed", file, "Correct the key, or list the thing in a .ttl file."
        )


def _check_class(graph: Graph, thing: Node, base: Base, where: str) -> None:
    match = _KEY.fullmatch(_shown(thing, base))
    if not match or match[1] not in CLASSES:
        raise AuthorityError(
            "not <kind>/<slug> of a known kind", where, f"Kinds are {', '.join(sorted(CLASSES))}."
        )
    allowed = CLASSES[match[1]]
    found = set(graph.objects(thing, RDF.type))
    if len(found) != 1 or not found <= allowed:
        said = ", ".join(sorted(map(_local, found))) or "none"
        raise AuthorityError(
            f"unknown type: {said}", where, f"Give one of {', '.join(sorted(map(_local, allowed)))}."
        )


def _check_predicates(graph: Graph, thing: Node, where: str) -> None:
    for predicate in sorted(set(graph.predicates(thing)) - PREDICATES, key=str):
        what = f"authority data must not say {_local(predicate)}"
        raise AuthorityError(what, where, f"Only these: {', '.join(sorted(map(_local, PREDICATES)))}.")


def _check_counts(graph: Graph, thing: Node, where: str) -> None:
    labels = list(graph.objects(thing, RDFS.label))
    if len(labels) != 1:
        raise AuthorityError(f"{len(labels)} labels", where, 'Give one rdfs:label, as in "Armenia"@en.')
    if (thing, DCTERMS.source, None) not in graph:
        raise AuthorityError("no source", where, "Say with dcterms:source where the name is documented.")


def _check_codes(graph: Graph, thing: Node, where: str) -> None:
    for code in graph.objects(thing, NS.isoCode):
        if not _CODE.fullmatch(str(code)):
            raise AuthorityError(f"{code} is no country code", where, "Give two capital letters.")


def _check_target(graph: Graph, thing: Node, predicate: Node, target: Node, base: Base) -> None:
    if not isinstance(target, URIRef) or (target, RDF.type, None) not in graph:
        what = f"{_local(predicate)} leads to {_shown(target, base)}, which is not listed"
        raise AuthorityError(what, _shown(thing, base), "Correct the IRI, or list the thing.")


def _check_unique(graph: Graph, base: Base, predicates: Iterable[Node], mend: str) -> None:
    owners: defaultdict[tuple[str, str], set[Node]] = defaultdict(set)
    for predicate in predicates:
        for thing, written in graph.subject_objects(predicate):
            if (thing, NS.ambiguousForm, Literal(str(written))) not in graph:
                owners[_shown(thing, base).partition("/")[0], str(written)].add(thing)
    for (_, form), things in sorted(owners.items()):
        if len(things) > 1:
            shared = " and ".join(sorted(_shown(thing, base) for thing in things))
            raise AuthorityError(f'"{form}" stands for both {shared}', "authority data", mend)


def _shown(node: Node, base: Base) -> str:
    return str(node).removeprefix(base.iri + "id/")


def _local(node: Node) -> str:
    return re.split(r"[/#]", str(node))[-1]
