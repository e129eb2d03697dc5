"""Property values of things, many at a time, and how well they fit what somebody gives."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from math import isclose

from pyoxigraph import Literal, NamedNode

from kg.names import folding, keys
from kg.names.matching import likeness
from kg.vocab import Base
from server import lookups
from server.engine.contract import Engine, Term
from server.reconciliation.batches import Entity, Value
from server.words import value as lexical

_AT_A_TIME = 500  # things in one query
_UNKNOWN = 50.0  # of a property that a thing has no value for: neither for it nor against it
_DATES = frozenset(f"http://www.w3.org/2001/XMLSchema#{name}" for name in ("date", "dateTime", "gYear"))


@dataclass(frozen=True)
class Held:
    """One value of a property of a thing, with a name where it is a thing that has one."""

    term: Term
    label: str = ""


Values = Mapping[tuple[str, str], Sequence[Held]]  # by key of the thing and of the property


def of(engine: Engine, things: Sequence[str], properties: Sequence[str]) -> Values:
    """The values of these properties, in order; raises the errors of the engine."""
    found: dict[tuple[str, str], list[Held]] = defaultdict(list)
    base = engine.generation().base
    wanted = {iri: key for key in properties if (iri := valid(keys.term(key)))}
    known = [iri for key in dict.fromkeys(things) if (iri := valid(keys.thing(key, base)))]
    names = {keys.thing(key, base): key for key in things}
    if wanted:
        for start in range(0, len(known), _AT_A_TIME):
            part = known[start : start + _AT_A_TIME]
            for row in lookups.select(engine, "property-values", these=part, properties=list(wanted)):
                place = names[lexical(row, "thing")], wanted[lexical(row, "property")]
                found[place].append(Held(row["value"], lexical(row, "valueLabel")))
    return found


def having(
    engine: Engine, property_: str, values: Sequence[Value], named: Sequence[str], most: int
) -> list[str]:
    """Keys of things that have one of the values; `named` are things that the texts among them may mean."""
    base = engine.generation().base
    iri = valid(keys.term(property_))
    given = [keys.thing(value.id, base) for value in values if isinstance(value, Entity)]
    these = [known for one in [*given, *(keys.thing(key, base) for key in named)] if (known := valid(one))]
    texts = [value for value in values if isinstance(value, str)] or [""]
    found: dict[str, None] = {}
    if iri is None:
        return []
    for text in texts:
        rows = lookups.select(
            engine, "with-value", these=these, property=iri, text=Literal(text.strip()), limit=most
        )
        found |= dict.fromkeys(key for row in rows if (key := keys.of_thing(lexical(row, "thing"), base)))
    return list(found)[:most]


def agreement(given: Sequence[Value], held: Sequence[Held], base: Base) -> float:
    """How well values of one property fit those given, from 0 to 100; of several given, the mean."""
    if not held or not given:
        return _UNKNOWN
    return sum(max(_alike(one, other, base) for other in held) for one in given) / len(given)


def _alike(given: Value, held: Held, base: Base) -> float:
    if isinstance(given, Entity):
        same = isinstance(held.term, NamedNode) and held.term.value in (
            keys.thing(given.id, base),
            keys.term(given.id),
        )
        return 100.0 if same else 0.0
    text = lexical({"it": held.term}, "it")
    if isinstance(held.term, NamedNode):
        if given in (text, keys.of_thing(text, base), text.rpartition("/")[2]):
            return 100.0
        return _by_name(given, held.label)
    if isinstance(held.term, Literal) and held.term.datatype.value in _DATES:
        return 100.0 if _same_day(given, text) else 0.0
    with suppress(ValueError):
        return 100.0 if isclose(float(given), float(text), rel_tol=1e-6) else 0.0
    return _by_name(given, text)


def _by_name(given: str, name: str) -> float:
    wanted, known = folding.words(given), folding.words(name)
    if not wanted or not known:
        return 100.0 if given.strip() == name.strip() else 0.0
    return 100.0 if folding.bag(wanted) == folding.bag(known) else 100 * likeness(wanted, known).score


def _same_day(given: str, held: str) -> bool:
    """Whether one is the other, less exactly or more: 2023, 2023-10, 2023-10-05T00:00:00Z for 2023-10-05."""
    wanted = given.strip().partition("T")[0].partition(" ")[0]
    return len(wanted) >= 4 and (held.startswith(wanted) or wanted.startswith(held.partition("T")[0]))


def valid(iri: str) -> str | None:
    """The IRI, or None for what is none."""
    try:
        return NamedNode(iri).value
    except ValueError:
        return None
