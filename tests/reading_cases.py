"""The notation of `cases/reading`: a kind of record and what is asked of it, `event Displacement place=goma`.

A name stands for a key without its kind (`goma` for `place/goma`), nothing for nothing (`user=`). One name is
a member of what is asked for, `a,b` is all of it. `words~"…"` asks that the words of the record hold
these. One record must answer all that one fact asks.
"""

import shlex
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Day
from pathlib import Path

from kg.model import Citation, Event, Proposition, Reading, Source, Span, TimeSpan
from kg.reading.words.kinds import TALKS

CASES = Path(__file__).parent / "cases" / "reading"
PARTS = ("mediator", "facilitator", "good-offices", "co-chair", "host", "guarantor", "envoy")
MENTIONS_ONLY = {"entity", "unread"}  # what a text may give that tells nothing
Values = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Case:
    """One text with what a careful reader reads in it, and what such a reader must not."""

    name: str
    source: Source
    expect: tuple[str, ...]
    absent: tuple[str, ...]
    nothing: bool
    known_miss: str | None


@dataclass(frozen=True)
class Told:
    """One record as a kind and its values by name."""

    kind: str
    values: Values

    def __str__(self) -> str:
        shown = (f"{name}={shlex.quote(','.join(found))}" for name, found in self.values.items() if found)
        return " ".join([self.kind, *shown])

    def answers(self, fact: str) -> bool:
        """Whether this record has all that the fact asks."""
        kind, *asked = shlex.split(fact)
        return kind == self.kind and all(self._has(part) for part in asked)

    def _has(self, part: str) -> bool:
        if "~" in part:
            name, words = part.split("~", 1)
            return any(words in found for found in self.values[name])
        name, wanted = part.split("=", 1) if "=" in part else ("type", part)
        found = self.values[name]
        if not wanted:
            return not found
        return set(found) == set(wanted.split(",")) if "," in wanted else wanted in found


def cases() -> Iterator[Case]:
    """Every case of every file; a case has nothing but the fields that are read here."""
    for file in sorted(CASES.glob("*.toml")):
        for entry in tomllib.loads(file.read_text(encoding="utf-8"))["case"]:
            assert entry.keys() <= {
                "name", "text", "published", "expect", "absent", "nothing", "known_miss",
            }, f"{file.name}: {entry['name']}"  # fmt: skip
            yield Case(
                f"{file.stem}: {entry['name']}",
                source(entry["text"], entry.get("published")),
                tuple(entry.get("expect", ())),
                tuple(entry.get("absent", ())),
                entry.get("nothing", False),
                entry.get("known_miss"),
            )


def source(text: str, published: Day | None = None) -> Source:
    """A text as an article of its own."""
    return Source("article", Citation("", date=published), text, "0" * 64, "case")


def complaints(case: Case, reading: Reading) -> list[str]:
    """What the reading lacks or has too much, one line each."""
    told = list(records(reading))
    missing = [f"- {fact}" for fact in case.expect if not any(record.answers(fact) for record in told)]
    extra = [f"+ {record}" for fact in case.absent for record in told if record.answers(fact)]
    if case.nothing:
        extra += [f"+ {record}" for record in told if record.kind not in MENTIONS_ONLY]
    return [*missing, *extra]


def records(reading: Reading) -> Iterator[Told]:
    """Every record of a reading in the notation."""
    return Notation(reading).records()


class Notation:
    """Turns the records of one reading into kinds and values."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.text = reading.source.text
        self.propositions = {record.key: record for record in reading.propositions}
        self.issuers = {record.key: record.issuer for record in reading.communiques}

    def records(self) -> Iterator[Told]:
        """Every record but propositions, communiqués and single places of routes, which others show."""
        yield from self._people()
        yield from self._speech()
        yield from self._events()
        yield from self._talks()
        yield from self._lasting()
        for label in self.reading.labels:
            values = {"term": (label.term,), "of": keys(label.thing), "user": keys(label.user)}
            yield Told("label", values)
        for unread in self.reading.unread:
            yield Told("unread", {"reason": (unread.reason,), "words": self._words(unread.evidence)})

    def _people(self) -> Iterator[Told]:
        for entity in self.reading.entities:
            forms = tuple(sorted({mention.form for mention in entity.mentions}))
            words = tuple(self._at(mention.span) for mention in entity.mentions)
            named: Values = {"key": keys(entity.key), "form": forms, "words": words}
            known = ("listed" if entity.known else "unlisted",)
            yield Told("entity", {"type": (entity.type,), "known": known, **named})
        for office in self.reading.offices:
            yield Told("office", {"label": (office.label,), "of": keys(office.of)})
        for post in self.reading.posts:
            values = {"holder": keys(post.holder), "title": (post.title,), "of": keys(post.of)}
            yield Told("post", values)

    def _speech(self) -> Iterator[Told]:
        for said in self.reading.statements:
            issuer = self.issuers[said.communique] if said.communique else None
            explicit = () if said.relay_explicit is None else (str(said.relay_explicit).lower(),)
            values: Values = {
                "speaker": keys(*said.speakers),
                "to": keys(*said.addressees),
                **{name: (getattr(said, name),) for name in ("stance", "modality", "polarity", "form")},
                "words": (" … ".join(self._words(said.content)),),
                "said": times(said.said),
                "due": times(said.due_by),
                "relay": keys(issuer),
                "explicit": explicit,
                "states": tuple(self._stated(key) for key in said.propositions),
                "if": tuple(self._stated(key) for key in said.conditions),
                "ground": keys(*said.ground_for),
                "denies": tuple(self._speaker(key) for key in said.denies),
            }
            yield Told("statement", values)

    def _speaker(self, key: str) -> str:
        """Whose statement it is, by the first of its speakers."""
        said = next(said for said in self.reading.statements if said.key == key)
        return slug_of(said.speakers[0]) if said.speakers else ""

    def _events(self) -> Iterator[Told]:
        for event in self.reading.events:
            plain = {name: (getattr(event, name),) for name in ("type", "status", "factuality")}
            who = {"who": keys(*event.participants), "agent": keys(*event.agents)}
            where = {"place": keys(event.place), "time": times(event.time)}
            causes = {
                "cause": keys(*event.causes),
                "refuses": keys(event.refuses),
                "interrupts": keys(event.interrupts),
                "resumes": keys(event.resumes),
                "from": keys(*event.moves_from),
                "to": keys(*event.moves_to),
                "sanction": keys(event.sanction),
            }
            told = {"code": (event.code,) if event.code else (), "words": self._words(event.evidence)}
            yield Told("event", {**plain, **who, **where, **causes, **told, **self._details(event)})
            for group in event.groups:
                bounds = {"low": group.low, "high": group.high}
                counted: Values = {name: (str(n),) if n is not None else () for name, n in bounds.items()}
                sides = {"by": keys(group.held_by), "to": keys(group.handed_to)}
                custody = (group.custody,) if group.custody else ()
                yield Told("group", {**counted, **sides, "custody": custody, "words": (group.label,)})

    def _details(self, event: Event) -> Values:
        """What only measures, blockades, recognitions and releases have."""
        step, halt = ((value,) if value else () for value in (event.step, event.halt))
        plain: Values = {"restricts": event.restrictions, "step": step, "recognises": keys(event.recognised)}
        return {
            **plain,
            "halt": halt,
            "target": keys(*event.targets),
            "closes": keys(*event.closed),
            "broker": keys(*event.brokers),
        }

    def _talks(self) -> Iterator[Told]:
        holders = {name: self._holders(name) for name in ("planned", "active", "ended")}
        for kind, found in (
            ("format", self.reading.formats),
            ("round", self.reading.rounds),
            ("agreement", self.reading.agreements),
        ):
            for record in found:
                roles = {state: held.get(record.key, ()) for state, held in holders.items()}
                everyone = tuple(sorted(part for held in roles.values() for part in held))
                plain: Values = {"label": (record.label,), "party": keys(*record.parties)}
                own = {**self._own(record), **self._kinds(record.kinds), **self._parts(record.key)}
                yield Told(kind, {**plain, "mediator": everyone, **roles, **own})
        for process in self.reading.processes:
            yield Told("process", {"label": (process.label,), "party": keys(*process.parties)})
        for status in self.reading.status_reports:
            of = {"of": keys(*status.formats), "scheme": (status.scheme,)}
            values = {
                "value": (status.value,),
                "by": keys(status.asserted_by),
                "asof": times(status.as_of),
                **of,
            }
            yield Told("status", values)
        for corridor in self.reading.corridors:
            stops = sorted(
                (m for m in self.reading.memberships if m.corridor == corridor.key), key=lambda m: m.order
            )
            course = " > ".join(slug_of(stop.place) for stop in stops)
            kind: Values = {"kind": (corridor.kind,), "mode": corridor.modes}
            yield Told("corridor", {"key": keys(corridor.key), "route": (course,) if course else (), **kind})

    def _lasting(self) -> Iterator[Told]:
        """What lasts beyond an event, and counts."""
        read = self.reading
        for m in read.missions:
            work: Values = {"task": m.tasks, "area": keys(m.area), "monitors": keys(*m.monitors)}
            sides = {"by": keys(*m.mandated_by), "from": keys(*m.contributors)}
            yield Told("mission", {"type": (m.type,), "key": keys(m.key), **work, **sides})
        for c in read.commissions:
            yield Told("commission", {"key": keys(c.key), "of": keys(*c.states)})
        for s in read.sanctions:
            on: Values = {"by": keys(*s.imposed_by), "target": keys(*s.targets), "restricts": s.restrictions}
            yield Told("sanction", {"key": keys(s.key), **on})
        for p in read.provisions:
            of = {"of": keys(p.agreement), "binds": keys(*p.binds)}
            yield Told("provision", {"issue": p.issues, **of, "words": self._words(p.evidence)})
        for n in read.signatures:
            who = {"by": keys(n.signed_by), "for": keys(n.signed_for), "on": keys(n.agreement)}
            yield Told("signature", {"as": (n.capacity,), **who})
        for d in read.preconditions:
            asked = {"by": keys(*d.demanded_by), "of": keys(*d.demanded_of), "before": keys(d.before)}
            yield Told("precondition", {"states": tuple(map(self._stated, d.demands)), **asked})
        for claim in read.propositions:
            if claim.count is not None:
                bounds = {"low": claim.count.low, "high": claim.count.high}
                counted = {name: () if n is None else (str(n),) for name, n in bounds.items()}
                yield Told("count", {"of": (claim.count.of,), **counted, "words": (claim.value or "",)})

    def _own(self, record: object) -> Values:
        """The values that some of formats, rounds and agreements have."""
        own: Values = {name: keys(getattr(record, name, None)) for name in ("place", "status", "stage")}
        return {**own, "time": times(getattr(record, "time", None))}

    @staticmethod
    def _kinds(kinds: tuple[str | tuple[str, str], ...]) -> Values:
        """`shape=trilateral` and the like for talks, `kind=ceasefire` for agreements."""
        found: dict[str, tuple[str, ...]] = dict.fromkeys((*TALKS, "kind"), ())
        for kind in kinds:
            scheme, value = ("kind", kind) if isinstance(kind, str) else kind
            found[scheme] = (*found[scheme], value)
        return found

    def _parts(self, within: str) -> Values:
        """Who has which part: `as-host=qatar`, and by which post: `post~"special envoy"`."""
        roles = [role for role in self.reading.roles if role.within == within]
        parts: Values = {
            f"as-{part}": keys(*(role.holder for role in roles if part in role.kinds)) for part in PARTS
        }
        return {**parts, "post": keys(*(role.played_as for role in roles))}

    def _holders(self, state: str) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for role in self.reading.roles:
            if role.state == state:
                found[role.within] = (*found.get(role.within, ()), *keys(role.holder))
        return found

    def _stated(self, key: str) -> str:
        record = self.propositions.get(key)
        if record is None:
            return slug_of(key)
        relation = record.predicate if record.polarity == "positive" else f"not {record.predicate}"
        objects = (self._object(part) for part in record.objects)
        value = (record.value,) if record.value else ()
        return " ".join([self._object(record.subject), relation, *objects, *value])

    def _object(self, key: str) -> str:
        made = self.propositions.get(key)
        return f"({self._stated(key)})" if isinstance(made, Proposition) else slug_of(key)

    def _words(self, spans: tuple[Span, ...]) -> tuple[str, ...]:
        return tuple(self._at(span) for span in spans)

    def _at(self, span: Span) -> str:
        return self.text[span.start : span.end]


def slug_of(key: str) -> str:
    """A key without its kind."""
    return key.split("/", 1)[-1]


def keys(*found: str | None) -> tuple[str, ...]:
    """Keys without their kinds; nothing for what is unknown."""
    return tuple(slug_of(key) for key in found if key)


def times(found: TimeSpan | None) -> tuple[str, ...]:
    """A time as its EDTF text."""
    return (found.edtf,) if found else ()
