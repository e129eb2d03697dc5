"""Selects readings by conditions on their values, in the language of `cases/seed/coverage.tsv`.

A selector is a kind of reading and conditions on it:

    statement speaker=person/ilham-aliyev stance=accuse predicate=fulfils polarity=negative

The kinds are entity, office, post, statement, event, process, format, round, role, status, agreement,
corridor, membership and label. A condition holds where the reading has exactly these values (`a+b` for
several, `-` for none; quotes around a value with spaces). Fields have the names of kg/model.py; besides:

    speaker to agent participant party    the keys of all of them
    when precision latest                 EDTF text, precision and last day of the reading’s time
    subject predicate object polarity     one proposition of a statement,
      as                                  which is its content or condition
    words                                 beginnings of words that this proposition’s value has
    through explicit                      who issued what relays a statement; whether the text says so
    ground                                the round whose refusal a statement is to explain
    by                                    whose allegation an event, or its effect, is; who asserts a status
    cause effect                          types of the events before and after, told or stated
    thing                                 what a label is for: the type of an event, else the key
    mediator                              the agents whose role is in a format
    stage when                            of the agreement or round in which a role is
    mention                               forms of an entity’s mentions that overlap the fact’s words
"""

import re
import shlex
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from seed_readings import spans_of

from kg.model import Proposition, Reading, Span, Statement, TimeSpan

_KINDS = {
    **{"entity": "entities", "office": "offices", "post": "posts", "statement": "statements"},
    **{"event": "events", "process": "processes", "format": "formats", "round": "rounds", "role": "roles"},
    **{"status": "status_reports", "agreement": "agreements", "corridor": "corridors"},
    **{"membership": "memberships", "label": "labels"},
}
_NAMES = {"speakers": "speaker", "addressees": "to", "agents": "agent", "participants": "participant"}
_NAMES |= {"parties": "party", "formats": "format", "relay_explicit": "explicit"}

Values = frozenset[str]


@dataclass(frozen=True)
class Selector:
    """A kind of reading and the values that it must have."""

    kind: str
    conditions: Mapping[str, Values]

    @classmethod
    def parse(cls, text: str) -> "Selector":
        kind, *conditions = shlex.split(text)
        assert kind in _KINDS, text
        pairs = [condition.split("=", 1) for condition in conditions]
        return cls(kind, {name: frozenset(value.split("+")) for name, value in pairs})


@dataclass(frozen=True)
class Candidate:
    """A reading, or a reading seen with one of its propositions, as a selector sees it."""

    values: Mapping[str, Values]
    spans: tuple[Span, ...]
    antecedents: tuple[Span, ...]
    forms: tuple[tuple[str, Span], ...]
    words: str

    def fails(self, selector: Selector, places: list[Span]) -> Values:
        """The names of the conditions that do not hold, `offsets` among them."""
        spans = (*self.spans, *(self.antecedents if "explicit" in selector.conditions else ()))
        apart = not all(any(_overlap(span, place) for span in spans) for place in places)
        wanted = selector.conditions.items()
        failing = {name for name, values in wanted if not self._has(name, values, places)}
        return frozenset(failing | ({"offsets"} if apart else set()))

    def _has(self, name: str, wanted: Values, places: list[Span]) -> bool:
        if name == "words":
            return all(re.search(rf"\b{re.escape(word)}", self.words) for word in wanted)
        if name == "mention":
            forms = {form for form, span in self.forms if any(_overlap(span, place) for place in places)}
            return wanted <= forms
        return self.values.get(name, frozenset({"-"})) == wanted


@cache
def _known(reading: Reading) -> dict[str, Any]:
    """Every reading by its key."""
    parts = (*_KINDS.values(), "propositions", "communiques")
    return {thing.key: thing for part in parts for thing in getattr(reading, part)}


@cache
def candidates(reading: Reading, kind: str) -> tuple[Candidate, ...]:
    """Everything of a kind that was read; a statement once for each of its propositions and conditions."""
    return tuple(
        candidate for thing in getattr(reading, _KINDS[kind]) for candidate in _candidates(thing, reading)
    )


def _candidates(thing: Any, reading: Reading) -> Iterator[Candidate]:
    own, spans = {**_plain(thing), **_linked(thing, reading)}, tuple(spans_of(thing))
    for more, words in _contents(thing, reading):
        yield Candidate(
            values={name: values for name, values in {**own, **more}.items() if values},
            spans=tuple(span for part, span in spans if part != "antecedents"),
            antecedents=tuple(span for part, span in spans if part == "antecedents"),
            forms=spans,
            words=words,
        )


def _plain(thing: Any) -> dict[str, Values]:
    """The fields that hold text, keys or a time."""
    found: dict[str, Values] = {}
    for name, value in vars(thing).items():
        if isinstance(value, TimeSpan):
            found |= _time(value)
        elif isinstance(value, bool | int | str):
            found[_NAMES.get(name, name)] = frozenset({_text(value)})
        elif isinstance(value, tuple) and value and isinstance(value[0], str):
            found[_NAMES.get(name, name)] = frozenset(value)
    return found


def _text(value: bool | int | str) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _time(time: TimeSpan) -> dict[str, Values]:
    return {
        "when": frozenset({time.edtf}),
        "precision": frozenset({time.precision}),
        "latest": frozenset({str(time.latest)}),
    }


def _linked(thing: Any, reading: Reading) -> dict[str, Values]:
    """The values that stand in other readings."""
    known, key = _known(reading), thing.key
    return {
        "cause": _types(_causes(thing, reading), known),
        "effect": _types((event.key for event in reading.events if key in _causes(event, reading)), known),
        "thing": _types((thing.thing,) if hasattr(thing, "thing") else (), known),
        "ground": frozenset(known[event].refuses for event in getattr(thing, "ground_for", ())),
        "mediator": frozenset(role.holder for role in reading.roles if role.within == key),
        "through": frozenset(known[text].issuer for text in [getattr(thing, "communique", None)] if text),
        "by": frozenset(_speakers(thing, reading)),
        **_mediated(known.get(getattr(thing, "within", ""))),
    }


def _mediated(thing: Any) -> dict[str, Values]:
    """Of a role: the time of the round or agreement in which it is, and how far the agreement is."""
    plain = {} if thing is None else _plain(thing)
    return {name: plain[name] for name in ("when", "precision", "latest", "stage") if name in plain}


def _speakers(thing: Any, reading: Reading) -> Iterator[str]:
    effects = [event for event in reading.events if thing.key in _causes(event, reading)]
    for event in (thing, *effects):
        for statement in getattr(event, "alleged_in", ()):
            yield from _known(reading)[statement].speakers
    if getattr(thing, "asserted_by", None):
        yield thing.asserted_by


def _causes(thing: Any, reading: Reading) -> set[str]:
    """Of an event: its causes as the outlet tells them, or as those say who allege it."""
    told = [_known(reading)[key] for key in getattr(thing, "alleged_in", ())]
    said = [_known(reading)[key] for statement in told for key in statement.propositions]
    stated = {p.subject for p in said if p.predicate == "causes" and thing.key in p.objects}
    if getattr(thing, "type", "") == "Displacement":
        stated |= {p.subject for p in said if p.predicate == "displaces"}
    return {*getattr(thing, "causes", ()), *stated}


def _types(keys: Iterable[str], known: Mapping[str, Any]) -> Values:
    """The type of each event; other things have keys without a hash, and go by them."""
    return frozenset(known[key].type if key.startswith("event/") else key for key in keys)


def _contents(thing: Any, reading: Reading) -> Iterator[tuple[dict[str, Values], str]]:
    if not isinstance(thing, Statement):
        yield {}, ""
        return
    for role, keys in (("content", thing.propositions), ("condition", thing.conditions)):
        for key in keys:
            proposition: Proposition = _known(reading)[key]
            yield {**_parts(proposition), "as": frozenset({role})}, proposition.value or ""


def _parts(proposition: Proposition) -> dict[str, Values]:
    return {
        "subject": frozenset({proposition.subject}),
        "predicate": frozenset({proposition.predicate}),
        "object": frozenset(proposition.objects),
        "polarity": frozenset({proposition.polarity}),
    }


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
