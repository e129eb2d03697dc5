"""What was read in one text, for a person: who said what, how, in which words, and what stayed unread."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from kg.model import Event, Format, MediatorRole, Reading, Span, Statement, TimeSpan

_QUOTED = 160  # characters of evidence shown in a line; the offsets beside it give the rest


class Summary:
    """Lines on one reading. `labels` name things that the text only refers to."""

    def __init__(self, reading: Reading, labels: Mapping[str, str]) -> None:
        self._reading = reading
        self._labels: dict[str, str] = {**labels} | {
            thing.key: thing.label
            for part in vars(reading).values()
            if isinstance(part, tuple)
            for thing in part
            if hasattr(thing, "label")
        }

    def lines(self) -> Iterator[str]:
        """The summary, section by section; kinds of which nothing was read are left out."""
        yield from self.head()
        for title, things, describe in self._sections():
            if things:
                yield ""
                yield from _section(title, things, describe)

    def unread(self) -> Iterator[str]:
        """What could not be placed, and why."""
        return _section("Not placed", _in_order(self._reading.unread), self._unread)

    def head(self) -> Iterator[str]:
        """Title, outlet and day, and key."""
        cited = self._reading.source.citation
        yield cited.title or "(no title)"
        day = cited.date.isoformat() if cited.date else "no date: relative dates stay open"
        yield f"{cited.publisher or 'publisher unknown'}, {day}"
        yield self._reading.source.key

    def _sections(self) -> Sequence[tuple[str, Sequence[Any], Callable[[Any], Iterator[str]]]]:
        read = self._reading
        return (
            ("Actors and places", _by_mentions(read), self._entity),
            ("Posts", read.posts, self._post),
            ("Statements", _in_order(read.statements), self._statement),
            ("Events", _in_order(read.events), self._event),
            ("Formats", read.formats, self._format),
            ("Rounds", read.rounds, self._round),
            ("Where things stand", read.status_reports, self._status),
            ("Agreements", read.agreements, self._agreement),
            ("What agreements lay down", read.provisions, self._labelled),
            ("Signatures", read.signatures, self._labelled),
            ("Demanded before talks", read.preconditions, self._labelled),
            ("Missions", read.missions, self._labelled),
            ("Border commissions", read.commissions, self._labelled),
            ("Sanctions", read.sanctions, self._labelled),
            ("Corridors", read.corridors, self._corridor),
            ("Terms of one party or outlet", read.labels, self._term),
            ("Not placed", _in_order(read.unread), self._unread),
        )

    def _entity(self, entity: Any) -> Iterator[str]:
        known = "" if entity.known else ", not in the authority data"
        yield f"{entity.label} ({entity.type}{known}), mentioned {len(entity.mentions)}×"

    def _post(self, post: Any) -> Iterator[str]:
        yield f"{self._name(post.holder)}: {post.label}"

    def _statement(self, said: Statement) -> Iterator[str]:
        speakers = self.names(said.speakers) or "somebody unnamed"
        to = f" to {self.names(said.addressees)}" if said.addressees else ""
        how = [said.stance, said.modality, f"{said.form} speech"]
        if said.polarity == "negative":
            how.append("negated")
        yield f"{speakers}{to}: {', '.join(how)}"
        if said.communique:
            sure = "the text says so" if said.relay_explicit else "by context"
            yield f"  relayed by {self._name(said.communique)} ({sure})"
        for span in said.content:
            yield f"  {self._words(span)}"
        for key in said.ground_for:
            yield f"  given as the ground for: {self._name(key)}"

    def _event(self, event: Event) -> Iterator[str]:
        actors = self.names(dict.fromkeys((*event.agents, *event.participants)))
        place = f" in {self._name(event.place)}" if event.place else ""
        status = event.status if event.factuality == "asserted" else f"{event.status}, {event.factuality}"
        yield f"{event.type}{place}{_when(event.time)} ({status}){': ' + actors if actors else ''}"
        yield from (f"  {self._words(span)}" for span in event.evidence[:1])

    def _format(self, format: Format) -> Iterator[str]:
        yield f"{format.label}: {self.names(format.parties)}{self._mediators(format.key)}"

    def _round(self, round: Any) -> Iterator[str]:
        parties = f"{self.names(round.parties)}{self._mediators(round.key)}"
        yield f"{round.label} ({round.status}){_when(round.time)}: {parties}"

    def _mediators(self, key: str) -> str:
        roles: list[MediatorRole] = [role for role in self._reading.roles if role.within == key]
        named = ", ".join(f"{self._name(role.holder)} ({role.state})" for role in roles)
        return f"; mediated by {named}" if named else ""

    def _status(self, report: Any) -> Iterator[str]:
        by = self._name(report.asserted_by) if report.asserted_by else "the outlet"
        if report.scheme != "progress":
            yield f"{self.names(report.formats)} {report.value}{_when(report.as_of)}, says {by}"
            return
        progress = "no" if report.value == "none" else report.value
        yield f"{progress} progress in {self.names(report.formats)}{_when(report.as_of)}, says {by}"

    def _agreement(self, agreement: Any) -> Iterator[str]:
        parties = self.names(agreement.parties)
        yield f"{agreement.label} ({agreement.stage}){_when(agreement.time)}: {parties}"

    def _labelled(self, record: Any) -> Iterator[str]:
        yield record.label

    def _corridor(self, corridor: Any) -> Iterator[str]:
        on_it = sorted(
            (m for m in self._reading.memberships if m.corridor == corridor.key), key=lambda m: m.order
        )
        yield f"{corridor.label}: {' → '.join(self._name(m.place) for m in on_it)}"

    def _term(self, label: Any) -> Iterator[str]:
        user = self._name(label.user) if label.user else "the outlet"
        yield f'"{label.term}" for {self._name(label.thing)}, used by {user}'

    def _unread(self, passage: Any) -> Iterator[str]:
        yield f"{passage.reason}: {', '.join(map(self._words, passage.evidence))}"

    def _words(self, span: Span) -> str:
        words = " ".join(self._reading.source.text[span.start : span.end].split())
        shown = words if len(words) <= _QUOTED else f"{words[:_QUOTED]}…"
        return f"“{shown}” [{span.start}–{span.end}]"

    def _name(self, key: str) -> str:
        return self._labels.get(key, key)

    def names(self, keys: Iterable[str]) -> str:
        """The labels of several things, joined by commas."""
        return ", ".join(map(self._name, keys))


def _section(title: str, things: Sequence[Any], describe: Callable[[Any], Iterator[str]]) -> Iterator[str]:
    yield f"{title} ({len(things)})"
    for thing in things:
        yield from (f"  {line}" for line in describe(thing))


def _by_mentions(reading: Reading) -> list[Any]:
    return sorted(reading.entities, key=lambda entity: (-len(entity.mentions), entity.label))


def _in_order(things: Sequence[Any]) -> list[Any]:
    """As the text has them."""
    return sorted(things, key=lambda thing: (min(thing.evidence), thing.key))


def _when(time: TimeSpan | None) -> str:
    return f", {time.edtf}" if time else ""
