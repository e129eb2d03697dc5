"""A reading as a set of small facts without offsets or hashed keys, so that two readings can be compared."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from kg.model import (
    Entity,
    Event,
    MediatorRole,
    Post,
    Proposition,
    Reading,
    Round,
    Span,
    Statement,
    TimeSpan,
)

Fact = tuple[str, ...]
# What a reader says where the text says nothing more: who falls back on it has gained nothing.
DEFAULTS = {"assert", "asserted", "positive", "says"}


def facts(reading: Reading) -> dict[Fact, list[Any]]:
    """Every small fact of a reading, with the records that state it."""
    told = Told(reading)
    found: dict[Fact, list[Any]] = {}
    for field in fields(reading):
        for record in getattr(reading, field.name) if field.name != "source" else ():
            for fact in told.of(field.name, record):
                found.setdefault(fact, []).append(record)
    return found


def spans(record: object) -> list[Span]:
    """Where the text supports a record."""
    if isinstance(record, Entity):
        return [mention.span for mention in record.mentions]
    if isinstance(record, Proposition):
        return []
    return list(record.evidence)  # type: ignore[attr-defined]


class Told:
    """Names things by what they are rather than by their keys."""

    def __init__(self, reading: Reading) -> None:
        self.text = reading.source.text
        self.things = {
            record.key: record
            for field in fields(reading)
            if field.name != "source"
            for record in getattr(reading, field.name)
        }

    def of(self, kind: str, record: object) -> Iterator[Fact]:
        """The small facts of one record."""
        if isinstance(record, Statement):
            yield from self.statement(record)
        elif isinstance(record, Event):
            yield from self.event(record)
        elif kind != "unread" and kind != "propositions":
            yield from self.plain(kind, record)

    def statement(self, record: Statement) -> Iterator[Fact]:
        """Words and, each apart, who said them, how, through whom, and what they state."""
        words = " … ".join(self.text[span.start : span.end] for span in record.content)
        yield ("statement", words)
        yield from (("statement", words, "speaker", speaker) for speaker in record.speakers)
        yield from (("statement", words, "to", person) for person in record.addressees)
        for name in ("stance", "modality", "polarity", "form"):
            yield from self.unless_default("statement", words, name, getattr(record, name))
        if record.said:
            yield ("statement", words, "said", record.said.edtf)
        if record.communique:
            yield (
                "statement",
                words,
                "relayed by",
                self.shape(record.communique),
                str(record.relay_explicit),
            )
        yield from (("statement", words, "ground for", self.shape(key)) for key in record.ground_for)
        for role, keys in (("states", record.propositions), ("if", record.conditions)):
            for key in keys:
                if self.things[key].predicate != "says":
                    yield ("statement", words, role, self.shape(key))

    def event(self, record: Event) -> Iterator[Fact]:
        """A kind of event and, each apart, where, when, who and why; whether it is vouched for is derived."""
        yield ("event", record.type)
        if record.place:
            yield ("event", record.type, "place", record.place)
        if record.time:
            yield ("event", record.type, "time", record.time.edtf)
        yield from (("event", record.type, "who", key) for key in record.participants)
        yield from (("event", record.type, "cause", self.shape(key)) for key in record.causes)
        if record.refuses:
            yield ("event", record.type, "refuses", self.shape(record.refuses))

    def plain(self, kind: str, record: object) -> Iterator[Fact]:
        """One fact for each value of a record besides its key, label and spans."""
        name = self.shape(record.key)  # type: ignore[attr-defined]
        yield (kind, name)
        for field in fields(record) if is_dataclass(record) else ():
            value = getattr(record, field.name)
            if (
                field.name in {"key", "label", "evidence", "mentions", "antecedents", "next", "known"}
                or not value
            ):
                continue
            for part in value if isinstance(value, tuple) else (value,):
                yield (
                    kind,
                    name,
                    field.name,
                    part.edtf if isinstance(part, TimeSpan) else self.shape(str(part)),
                )

    def unless_default(self, *fact: str) -> Iterator[Fact]:
        """The fact, if it says more than nothing."""
        if fact[-1] not in DEFAULTS:
            yield fact

    def shape(self, key: str) -> str:
        """A thing by its content where its key is a hash of content, else the key."""
        record = self.things.get(key)
        if isinstance(record, Proposition):
            things = [self.shape(part) for part in (record.subject, *record.objects)]
            return f"({record.polarity} {record.predicate} {' '.join(things)} {record.value})"
        if isinstance(record, Event):
            return f"event of kind {record.type}"
        if isinstance(record, Round):
            return f"round in {record.place}"
        if isinstance(record, MediatorRole):
            return f"mediation by {record.holder}"
        if isinstance(record, Post):
            return f"post of {record.holder}"
        return re.sub(r"-[0-9a-f]{6,12}(-\d+)?$", "", key)
