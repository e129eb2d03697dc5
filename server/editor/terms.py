"""Every term that a query may name, with what it means and how often the graph uses it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.vocab import PREFIXES
from server import lookups
from server.engine.contract import Engine
from server.reference.terms import Term, lists, modules
from server.words import value

_LOCAL = re.compile(
    r"[A-Za-z0-9_][A-Za-z0-9_-]*"
)  # narrower than SPARQL's PN_LOCAL, and all that our terms need


@dataclass(frozen=True)
class Named:
    """A term as a query writes it, such as `parley:Statement`; `uses` counts things or triples."""

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
    terms = {term.iri: term for term in _all() if not term.deprecated}
    ours = [
        Named(_name(iri), term.kind, term.label, term.definition, uses.get(iri, 0))
        for iri, term in terms.items()
    ]
    foreign = [_foreign(iri, uses[iri]) for iri in uses.keys() - terms.keys()]
    return tuple(sorted([*ours, *foreign], key=lambda one: (-one.uses, one.name)))


def _all() -> Iterator[Term]:
    for module in modules():
        yield from module.terms
    for several in lists():
        yield from several.terms


def _foreign(iri: str, uses: int) -> Named:
    """A term of others, of which nothing but its name says whether it is a class."""
    name = _name(iri)
    local = re.split(r"[/#:]", name.strip("<>"))[-1]
    return Named(name, "class" if local[:1].isupper() else "property", "", "", uses)


def _name(iri: str) -> str:
    """The name as a query writes it: with a prefix of ours, or in full."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return f"<{iri}>"
