"""How the ontology changed from one version to the next, and whether it kept its promises.

The promises: within a major version no term goes, a term that should not be used any more is marked and names
what to use instead, and a change of meaning has a `skos:changeNote` that begins with its version.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from rdflib import DCTERMS, OWL, RDF, SKOS, Graph, URIRef
from rdflib import Literal as Value

from kg.manchester import axioms
from kg.pitfalls import Finding
from kg.vocab import NS, PAX, PLOVER, REL, VAL

Kind = Literal["added", "changed", "deprecated", "removed"]

_OURS = tuple(map(str, (NS, REL, VAL, PLOVER, PAX)))
# These say how a property is walked or where people meet it, and take nothing from what it means.
_HARMLESS = {"InverseOf", "DomainIncludes", "RangeIncludes"}


@dataclass(frozen=True, order=True)
class Change:
    """What became of a term, with the note that its module gives on it, if any."""

    kind: Kind
    term: str
    note: str = ""


def changes(old: Graph, new: Graph) -> list[Change]:
    """Every difference of terms from an old version to a new one, sorted."""
    before, after = _terms(old), _terms(new)
    found = [Change("added", str(term)) for term in after - before]
    found += [Change("removed", str(term)) for term in before - after]
    for term in before & after:
        if _deprecated(term, new) and not _deprecated(term, old):
            found.append(Change("deprecated", str(term), _replacement(term, new)))
        elif _meaning(term, old) != _meaning(term, new):
            found.append(Change("changed", str(term), _note(term, new)))
    return sorted(found)


def broken_promises(versions: Mapping[str, Graph], now: Graph) -> list[Finding]:
    """What breaks the promises above, held against each earlier version of the same major version.

    `versions` has the earlier ones by number, the oldest first; `now` says its own as owl:versionInfo.
    """
    number = str(
        now.value(predicate=OWL.versionInfo, any=True, subject=now.value(None, RDF.type, OWL.Ontology))
    )
    same = [
        (name, changes(old, now))
        for name, old in versions.items()
        if name.split(".")[0] == number.split(".")[0]
    ]
    gone = {
        Finding(
            "removed-term", "critical", change.term, f"was in {name} and is gone: bring it back, deprecated"
        )
        for name, found in same
        for change in found
        if change.kind == "removed"
    }
    unexplained = _unexplained(*same[-1], number) if same else set()
    return sorted({*gone, *unexplained, *_without_heir(now)})


def _unexplained(name: str, since: list[Change], number: str) -> set[Finding]:
    told = f"means something else than in {name}: add skos:changeNote “{number}: …” that says what changed"
    return {
        Finding("change-note", "important", change.term, told)
        for change in since
        if change.kind == "changed" and not change.note.startswith(f"{number}: ")
    }


def _without_heir(now: Graph) -> set[Finding]:
    told = "is deprecated and names no heir: add dcterms:isReplacedBy, or say in skos:changeNote what to do"
    return {
        Finding("deprecated-term", "important", str(term), told)
        for term in _terms(now)
        if _deprecated(term, now) and not _replacement(term, now)
    }


def _terms(graph: Graph) -> set[URIRef]:
    found = {s for s in graph.subjects(RDF.type) if isinstance(s, URIRef) and str(s).startswith(_OURS)}
    return {term for term in found if str(term) not in _OURS}


def _meaning(term: URIRef, graph: Graph) -> frozenset[str]:
    """Definition, kinds and axioms of a term, as text."""
    told = {axiom.text() for axiom in axioms(term, graph) if axiom.kind not in _HARMLESS}
    told |= {str(text) for text in graph.objects(term, SKOS.definition)}
    return frozenset(told | {str(kind) for kind in graph.objects(term, RDF.type)})


def _deprecated(term: URIRef, graph: Graph) -> bool:
    return (term, OWL.deprecated, Value(True)) in graph


def _replacement(term: URIRef, graph: Graph) -> str:
    heirs = sorted(str(heir) for heir in graph.objects(term, DCTERMS.isReplacedBy))
    return f"use {', '.join(heirs)}" if heirs else _note(term, graph)


def _note(term: URIRef, graph: Graph) -> str:
    """The latest note on changes: each begins with its version."""
    return max((str(note) for note in graph.objects(term, SKOS.changeNote)), key=_age, default="")


def _age(note: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", note.partition(":")[0])]
