"""Gold files: what a person wrote down about one text, checked against that text while it is read."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from kg.errors import EvaluationError, SourceError
from kg.evaluation.dates import interval
from kg.evaluation.fields import Field
from kg.evaluation.items import Account, Happening, Route, Saying, Thing, Track, Trap
from kg.evaluation.offsets import Offsets
from kg.evaluation.values import Values
from kg.sources.decoding import read_text
from kg.sources.paths import shown

_UNNAMED = "?"  # begins the words that stand for somebody whom the text does not name
Read = TypeVar("Read")


def load(path: Path, offsets: Offsets, values: Values) -> Account:
    """The account in a gold file; `offsets` are those of the text that was marked.

    EvaluationError: not JSON, a value of another type, offsets outside the text, or an id that no entity
    has; its line names the file, the key and the index.
    """
    where = shown(path)
    try:
        table = json.loads(read_text(path))
    except SourceError as error:
        raise EvaluationError(error.what, where, error.mend) from error
    except (ValueError, RecursionError) as error:
        line = f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise EvaluationError("is not JSON", where + line, "Mend it") from error
    return account(Field(table, where), offsets, values)


def account(file: Field, offsets: Offsets, values: Values) -> Account:
    """The account in a gold file that was parsed; raises EvaluationError as `load` does."""
    things = _things(file.key("entities"), offsets, values)
    gold = _Gold(offsets, values, {thing.id: bool(thing.mentions) for thing in things})
    return Account(
        entities=None if file.key("entities").value is None else things,
        statements=_part(file.key("statements"), gold.sayings),
        events=_part(file.key("events"), gold.happening),
        formats=_part(file.key("formats"), gold.track),
        corridors=_part(file.key("corridors"), gold.route),
        traps=_part(file.key("traps"), gold.trap) or (),
    )


def _part(field: Field, read: Callable[[Field], Iterable[Read]]) -> tuple[Read, ...] | None:
    """Everything under one key of the file; None where the file does not have it."""
    return None if field.value is None else tuple(one for item in field.items() for one in read(item))


def _things(field: Field, offsets: Offsets, values: Values) -> tuple[Thing, ...]:
    found: dict[str, Thing] = {}
    for item in field.items():
        id_ = item.key("id").needed()
        if id_ in found:
            raise item.key("id").fault(
                f"{id_!r} is the id of an entity before it", "Give each entity an own id"
            )
        type_ = values.of("entity", item.key("type").text())
        found[id_] = Thing(id_, item.key("name").text() or id_, type_, item.key("mentions").spans(offsets))
    return tuple(found.values())


@dataclass(frozen=True)
class _Gold:
    """What all parts of a gold file need: the offsets of its text, and which entities it names."""

    offsets: Offsets
    values: Values
    named: dict[str, bool]

    def sayings(self, field: Field) -> Iterator[Saying]:
        """One for each of joint speakers."""
        speakers = [self._speaker(item) for item in field.key("speaker").several()]
        stance = self.values.of("stance", field.key("stance").text())
        modality = self.values.of("modality", field.key("modality").text())
        content = field.key("content").passage(self.offsets)
        for speaker in dict.fromkeys(speakers or [None]):
            yield Saying(speaker, stance, modality, content)

    def happening(self, field: Field) -> Iterator[Happening]:
        members = field.members()
        code = self.values.event_class(
            field.key("plover").text(), field.key("type").text(), "plover" in members
        )
        date = field.key("date").text()
        if date and interval(date) is None:
            self.values.unknown["date", date] += 1
            date = None
        status = self.values.of("status", field.key("status").text())
        evidence = field.key("evidence").passage(self.offsets)
        yield Happening(code, self._ids(field.key("participants")), evidence, status, date)

    def track(self, field: Field) -> Iterator[Track]:
        mediators = self._ids(field.key("mediators"))
        yield Track(
            self._names(field),
            self._ids(field.key("members")),
            mediators,
            field.key("evidence").spans(self.offsets),
        )

    def route(self, field: Field) -> Iterator[Route]:
        evidence = field.key("evidence").spans(self.offsets)
        yield Route(self._names(field), self._ids(field.key("members")), evidence)

    def trap(self, field: Field) -> Iterator[Trap]:
        marked = field.key("spans" if "spans" in field.members() else "span")
        yield Trap(marked.passage(self.offsets), field.key("reason").text() or "")

    def _names(self, field: Field) -> tuple[str, ...]:
        aliases = [item.text() for item in field.key("aliases").several()]
        return tuple(name for name in (field.key("name").text(), *aliases) if name)

    def _speaker(self, field: Field) -> str | None:
        """An entity that the text names; None for words in its place, and for one that it only describes."""
        id_ = field.text()
        return (
            self._known(field, id_)
            if id_ and not id_.startswith(_UNNAMED) and self.named.get(id_, True)
            else None
        )

    def _ids(self, field: Field) -> tuple[str, ...]:
        """The entities listed, each once; words that stand for somebody unnamed are left out."""
        ids = ((item, item.text()) for item in field.several())
        given = [self._known(item, id_) for item, id_ in ids if id_ and not id_.startswith(_UNNAMED)]
        return tuple(dict.fromkeys(given))

    def _known(self, field: Field, id_: str) -> str:
        if id_ not in self.named:
            raise field.fault(
                f"{id_!r} is not the id of an entity", "Add it to entities, or write ? before words"
            )
        return id_
