"""Every term that a query may name, with what it means and how often the graph uses it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.vocab import PREFIXES
from server import lookups
from server.engine.contract import Engine
from server.reference.terms import Term, lists, modules
from server.words import value

_FOREIGN = "property"  # of a vocabulary that is not ours: all that is known is that the graph uses it


@dataclass(frozen=True)
class Named:
    """A term by its short name, such as `parley:Statement`; `uses` counts things or triples."""

    name: str
    kind: str
    label: str
    definition: str
    uses: int


def known(engine: Engine) -> tuple[Named, ...]:
    """Classes, properties, values and codes of the ontology, and what else the graph uses; most used first.

    Raises the errors of the engine.
    """
    uses = {value(row, "term"): int(value(row, "n")) for row in lookups.select(engine, "uses")}
    ours = [_named(term, uses.get(term.iri, 0)) for term in _terms()]
    foreign = [_foreign(iri, uses[iri]) for iri in uses.keys() - {term.iri for term in _terms()}]
    return tuple(sorted((one for one in [*ours, *foreign] if one), key=lambda one: (-one.uses, one.name)))


@cache
def _terms() -> tuple[Term, ...]:
    """Those of the ontology that are not deprecated."""
    return tuple(term for term in _all() if not term.deprecated)


def _all() -> Iterator[Term]:
    for module in modules():
        yield from module.terms
    for several in lists():
        yield from several.terms


def _named(term: Term, uses: int) -> Named | None:
    name = _short(term.iri)
    return None if name is None else Named(name, term.kind, term.label, term.definition, uses)


def _foreign(iri: str, uses: int) -> Named | None:
    name = _short(iri)
    kind = "class" if name and name.partition(":")[2][:1].isupper() else _FOREIGN
    return None if name is None else Named(name, kind, "", "", uses)


def _short(iri: str) -> str | None:
    """The name with a prefix that every query may declare; None where no prefix fits."""
    for prefix, namespace in PREFIXES.items():
        local = iri.removeprefix(namespace)
        if local != iri and local.replace("-", "").replace("_", "").isalnum():
            return f"{prefix}:{local}"
    return None
