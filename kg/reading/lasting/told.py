"""A text whose statements, events and talks are read: what the rules for lasting things look at."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from kg.model import Agreement, Event, Format, Reading, Round, Span, TimeSpan
from kg.reading.analysis import Analysis
from kg.reading.names.references import AGENTS, Reference
from kg.reading.talks.sides import listed_at
from kg.reading.text.tokens import Range

Talks = Format | Round | Agreement
BODIES = AGENTS - {"Person"}


@dataclass(frozen=True)
class Told:
    """One text with what was read in it so far."""

    analysis: Analysis
    reading: Reading
    labels: Mapping[str, str]

    @cached_property
    def _said(self) -> frozenset[int]:
        spans = (span for said in self.reading.statements for span in said.content)
        return frozenset(self._indices(spans))

    def in_own_voice(self, index: int) -> bool:
        """Whether the outlet itself says it: not in anybody's reported words, and not around the text."""
        return index not in self._said and not self.analysis.document.is_furniture(index)

    @cached_property
    def events_at(self) -> dict[int, Event]:
        """The first event that the words of a token tell of."""
        return {
            index: event for event in reversed(self.reading.events) for index in self._indices(event.evidence)
        }

    @cached_property
    def agreements_at(self) -> dict[int, Agreement]:
        """The agreement that the words of a token tell of."""
        return {
            index: agreement
            for agreement in self.reading.agreements
            for index in self._indices(agreement.evidence)
        }

    @cached_property
    def talks(self) -> tuple[Talks, ...]:
        """Every track, round and agreement of the text."""
        return (*self.reading.formats, *self.reading.rounds, *self.reading.agreements)

    @cached_property
    def _talks_at(self) -> dict[int, list[Talks]]:
        found: dict[int, list[Talks]] = defaultdict(list)
        for talks in self.talks:
            for index in self._indices(talks.evidence):
                found[index].append(talks)
        return found

    def talks_in(self, spans: Iterable[Span]) -> list[Talks]:
        """Those of which these characters tell."""
        found = {t.key: t for i in self._indices(spans) for t in self._talks_at.get(i, ())}
        return list(found.values())

    def agreement_before(self, index: int) -> Agreement | None:
        """The one that was told of last before a token."""
        at = bisect_left(self._agreement_tokens, index)
        return self.agreements_at[self._agreement_tokens[at - 1]] if at else None

    @cached_property
    def _agreement_tokens(self) -> list[int]:
        return sorted(self.agreements_at)

    def _indices(self, spans: Iterable[Span]) -> Iterable[int]:
        parts = (self.analysis.tokens_of(span) for span in spans)
        return (index for part in parts for index in range(part.first, part.last))

    def served(self, person: str) -> str | None:
        """Whom a person serves, by the text, else the only one by the authority data."""
        known = self.analysis.served.get(person, frozenset())
        alone = next(iter(known)) if len(known) == 1 else None
        told = self.analysis.employers.get(person) or alone
        return told if told and told in self.labels and self._named(told) else None

    def _named(self, key: str) -> bool:
        """Whether the reading has a record of it."""
        return key in self._records

    @cached_property
    def _records(self) -> frozenset[str]:
        return frozenset(entity.key for entity in self.reading.entities)

    def label(self, *keys: str) -> str:
        """The labels of things, joined."""
        return ", ".join(self.labels.get(key, key) for key in keys)

    def as_of(self, index: int) -> TimeSpan | None:
        """The only time of its sentence, else the day of publication."""
        times = [found.time for found in self.analysis.times_in(self.analysis.document.sentence(index))]
        return times[0] if len(times) == 1 else self.analysis.published

    def agents_at(self, index: int, last: int) -> list[Reference]:
        """The agents of a list that starts at a token."""
        return [r for r in listed_at(self.analysis, index, last)[0] if r.type in AGENTS]

    def phrase_in(self, phrases: Mapping[str, str], part: Range) -> dict[str, str]:
        """The values of the phrases that stand in a range as whole words."""
        words = f" {' '.join(self.analysis.document.lowers(part))} ".replace(" - ", "-")
        return {value: phrase for phrase, value in phrases.items() if f" {phrase} " in words}
