"""A reading as an account: what the reader offers for each kind of item that is scored."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.evaluation.items import Account, Happening, Route, Saying, Thing, Track
from kg.evaluation.values import Values
from kg.lexicon import Lexicon
from kg.model import Agreement, Event, Format, Reading, Round, Span, Statement

_NAMES = frozenset({"name", "alias", "metonym", "demonym"})  # forms of mention that name; gold has no others
_CALLED_OFF = {"Cancellation": "cancelled", "Postponement": "postponed"}
_CONCLUDED = frozenset({"agreed", "initialled", "signed", "ratified", "in-force", "expired"})
_DISPUTING = frozenset({"accuse", "deny"})  # stances of those who tell of what others contest
_UNSURE = {"alleged": "alleged", "hypothetical": "hypothetical", "possible": "hypothetical"}


def offered(reading: Reading, lexicon: Lexicon, values: Values) -> Account:
    """All that a reading tells, under the keys of its things."""
    return _Offer(reading, lexicon, values).account()


class _Offer:
    """Turns the records of one reading into items."""

    def __init__(self, reading: Reading, lexicon: Lexicon, values: Values) -> None:
        self._read, self._values = reading, values
        self._text = reading.source.text
        self._labels = lexicon.labels
        self._forms: dict[str, set[str]] = defaultdict(set)
        for form, names in lexicon.names.items():
            for name in names:
                if name.how in ("name", "alias"):
                    self._forms[name.key].add(form)

    def account(self) -> Account:
        things = tuple(_joined(thing for thing in self._things() if thing.mentions))
        named = {thing.id for thing in things}
        return Account(
            entities=things,
            statements=tuple(said for record in self._read.statements for said in self._said(record, named)),
            events=tuple(self._happenings()),
            formats=tuple(self._tracks()),
            corridors=tuple(self._routes()),
        )

    def _things(self) -> Iterator[Thing]:
        """Whatever the text names: actors and places, the offices that issue texts, tracks, corridors."""
        for entity in self._read.entities:
            mentions = tuple(m.span for m in entity.mentions if m.form in _NAMES)
            yield Thing(entity.key, entity.label, self._values.of("entity", entity.type), mentions)
        for office in self._read.offices:
            told = (span for span in office.evidence if _capitalised(self._at(span)))
            mentions = tuple(told) or office.evidence  # "his office" where it has no other name
            yield Thing(office.key, office.label, "Organisation", mentions)
        for kind, standing in (("Format", self._read.formats), ("Corridor", self._read.corridors)):
            for record in standing:
                names = self._names(record.key, record.label)
                yield Thing(record.key, record.label, kind, tuple(self._written(names, record.evidence)))

    def _written(self, names: Iterable[str], evidence: Iterable[Span]) -> Iterator[Span]:
        """Where the evidence has one of the names, the longest first."""
        for span in evidence:
            words = self._at(span)
            found = next((name for name in sorted(names, key=len, reverse=True) if name in words), None)
            if found:
                start = span.start + words.index(found)
                yield Span(start, start + len(found))

    def _said(self, record: Statement, named: set[str]) -> Iterator[Saying]:
        """One for each of joint speakers; one without a name in the text is unnamed."""
        speakers = [key if key in named else None for key in record.speakers] or [None]
        stance = self._values.of("stance", record.stance)
        modality = self._values.of("modality", record.modality)
        for speaker in dict.fromkeys(speakers):
            yield Saying(speaker, stance, modality, record.content, record.evidence)

    def _happenings(self) -> Iterator[Happening]:
        """Events; rounds that nobody refused and agreements concluded, unless an event tells of them."""
        for event in self._read.events:
            yield from self._tellings(event)
        told = [(event.code, span) for event in self._read.events for span in event.evidence]
        refused = {event.refuses for event in self._read.events}
        for sitting in self._read.rounds:
            if (
                sitting.key not in refused
                and sitting.status != "refused"
                and not _told(sitting, "CONSULT", told)
                and not _told(sitting, "REJECT", told)
            ):
                yield Happening("CONSULT", sitting.parties, sitting.evidence, sitting.status, _edtf(sitting))
        for deal in self._read.agreements:
            if deal.stage in _CONCLUDED and not _told(deal, "AGREE", told):
                yield Happening("AGREE", deal.parties, deal.evidence, "occurred", _edtf(deal))

    def _tellings(self, event: Event) -> Iterator[Happening]:
        """One for each passage that tells of it: a text that tells of one meeting twice tells of it twice."""
        whole = Happening(
            self._values.event_class(event.code, event.type, given=True),
            tuple(dict.fromkeys((*event.agents, *event.participants))),
            event.evidence,
            self._values.of("status", self._standing(event)),
            _edtf(event),
        )
        yield from (replace(whole, evidence=(span,)) for span in event.evidence)

    def _standing(self, event: Event) -> str:
        """The status; alleged where only accusations, denials or hearsay tell of it.

        Whoever calls off a meeting does so, which is a deed; ties that are called off are what is told.
        """
        told = {said.stance for said in self._read.statements if said.key in event.alleged_in}
        if event.type in _CALLED_OFF and event.code != "REJECT":
            return _CALLED_OFF[event.type]
        if event.factuality == "alleged" and told and not told & _DISPUTING:
            return event.status
        return _UNSURE.get(event.factuality, event.status)

    def _tracks(self) -> Iterator[Track]:
        """Tracks, with those who mediate their rounds; processes of several tracks; what was brokered.

        Gold has no word for an agreement with its brokers other than as what they mediated.
        """
        yield from map(self._track, self._read.formats)
        for process in self._read.processes:
            within = [record for record in self._read.formats if record.process == process.key]
            if len(within) > 1:
                mediators = [key for record in within for key in self._holders(record.key)]
                yield Track((process.label,), process.parties, _once(mediators), process.evidence)
        for deal in self._read.agreements:
            brokers = self._holders(deal.key)
            if (
                brokers
                and deal.parties
                and not any(self._covers(record, deal, brokers) for record in self._read.formats)
            ):
                yield Track((deal.label,), deal.parties, brokers, deal.evidence)

    def _track(self, record: Format) -> Track:
        within = {record.key, *(sitting.key for sitting in self._read.rounds if sitting.format == record.key)}
        mediators = [key for part in sorted(within) for key in self._holders(part)]
        return Track(self._names(record.key, record.label), record.parties, _once(mediators), record.evidence)

    def _covers(self, record: Format, deal: Agreement, brokers: tuple[str, ...]) -> bool:
        same = set(record.parties) == set(deal.parties)
        return same and set(brokers) <= set(self._holders(record.key))

    def _holders(self, key: str) -> tuple[str, ...]:
        """Who has a role there."""
        return _once(role.holder for role in self._read.roles if role.within == key)

    def _routes(self) -> Iterator[Route]:
        for record in self._read.corridors:
            stops = sorted(
                (m for m in self._read.memberships if m.corridor == record.key), key=lambda m: m.order
            )
            names = self._names(record.key, record.label)
            yield Route(names, tuple(dict.fromkeys(stop.place for stop in stops)), record.evidence)

    def _names(self, key: str, label: str) -> tuple[str, ...]:
        """The label, the text's own terms for the thing, and the names that the authority data list."""
        terms = {record.term for record in self._read.labels if record.thing == key}
        return tuple(dict.fromkeys((label, *sorted(terms), *sorted(self._forms[key]))))

    def _at(self, span: Span) -> str:
        return self._text[span.start : span.end]


def _joined(things: Iterable[Thing]) -> Iterable[Thing]:
    """Of two under one key the first, with the mentions of both."""
    found: dict[str, Thing] = {}
    for thing in things:
        known = found.get(thing.id, thing)
        found[thing.id] = replace(known, mentions=tuple(sorted({*known.mentions, *thing.mentions})))
    return found.values()


def _once(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(keys))


def _told(record: Round | Agreement, code: str, told: list[tuple[str | None, Span]]) -> bool:
    """Whether an event of that class has the words of this record."""
    return any(
        own.start < span.end and span.start < own.end
        for own in record.evidence
        for of, span in told
        if of == code
    )


def _edtf(record: Event | Round | Agreement) -> str | None:
    return record.time.edtf if record.time else None


def _capitalised(words: str) -> bool:
    return any(letter.isupper() for letter in words)
