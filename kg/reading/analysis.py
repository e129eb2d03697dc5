"""What every rule looks at: one text with its names, verbs and times found, and the neighbours of each."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import TypeVar, cast

from kg.model import Source, Span, TimeSpan
from kg.reading.dates import FoundTime
from kg.reading.names.parties import Ranked, joined
from kg.reading.names.people import Appointment
from kg.reading.names.references import Reference, References
from kg.reading.text.document import Document
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.nouns import noun_table

Answer = TypeVar("Answer")


def once(rule: Callable[["Analysis", Verb], Answer]) -> Callable[["Analysis", Verb], Answer]:
    """The rule, so that it is worked out once for each verb of a text, however many others ask."""

    @wraps(rule)
    def asked(analysis: "Analysis", verb: Verb) -> Answer:
        answers, key = analysis.answers, (rule, verb.main, verb.form)
        if key not in answers:
            answers[key] = rule(analysis, verb)
        return cast(Answer, answers[key])

    return asked


@dataclass(frozen=True)
class Analysis:
    """One text, analysed as far as single words and phrases go; rules only read it."""

    source: Source
    document: Document
    references: References
    verbs: tuple[Verb, ...]
    times: tuple[FoundTime, ...]
    appointments: tuple[Appointment, ...]
    pairs: tuple[tuple[Range, tuple[Reference, ...]], ...]
    employers: dict[str, str]  # person → the state or body that a post of theirs serves
    told_at: dict[str, Range]  # person → where the text tells of that post
    unresolved: tuple[Range, ...] = ()
    served: Mapping[str, frozenset[str]] = field(default_factory=dict)  # by the authority data, at any time
    missions: Mapping[str, str] = field(default_factory=dict)  # listed missions with their class
    seats: Mapping[str, str] = field(default_factory=dict)  # capitals with their states

    @cached_property
    def answers(self) -> dict[tuple[object, ...], object]:
        """What rules found out about single verbs, for others that ask the same."""
        return {}

    @cached_property
    def published(self) -> TimeSpan | None:
        """The day of publication as a time, if it is known."""
        day = self.source.citation.date
        return TimeSpan(day, day, "day", day.isoformat()) if day else None

    @cached_property
    def joined_sides(self) -> Ranked:
        """Every pair that words for peace and war join, with how often."""
        return joined(self.document, self.references)

    @cached_property
    def strife(self) -> bool:
        """Whether the text speaks of a conflict at all."""
        named = any(r.type == "NegotiationFormat" for r in self.references.items)
        return named or bool(self.document.positions(noun_table().talks.strife))

    @cached_property
    def _verb_starts(self) -> list[int]:
        return [verb.main for verb in self.verbs]

    @cached_property
    def _pair_at(self) -> dict[int, tuple[Range, tuple[Reference, ...]]]:
        return {index: pair for pair in self.pairs for index in range(pair[0].first, pair[0].last)}

    @cached_property
    def time_tokens(self) -> frozenset[int]:
        """The tokens that belong to an expression of time."""
        found: set[int] = set()
        for time in self.times:
            found.update(self._tokens_of(time.span))
        return frozenset(found)

    def _tokens_of(self, span: Span) -> range:
        starts = self.document.starts
        return range(bisect_left(starts, span.start), bisect_left(starts, span.end))

    def tokens_of(self, span: Span) -> Range:
        """The range of tokens that start inside a span of characters."""
        tokens = self._tokens_of(span)
        return Range(tokens.start, tokens.stop)

    def verb_at(self, index: int) -> Verb | None:
        """The verb whose main word a token is."""
        return self._verb_at.get(index)

    @cached_property
    def _verb_at(self) -> dict[int, Verb]:
        return {verb.main: verb for verb in self.verbs}

    def verbs_in(self, part: Range) -> tuple[Verb, ...]:
        """The verbs whose main word stands in a range, in order."""
        starts = self._verb_starts
        return self.verbs[bisect_left(starts, part.first) : bisect_left(starts, part.last)]

    def verbs_of(self, lemmas: frozenset[str], part: Range) -> list[Verb]:
        """Those of them that have one of these lemmas."""
        known = self._of_lemmas.get(lemmas)
        if known is None:
            verbs = [verb for verb in self.verbs if verb.lemma in lemmas]
            known = self._of_lemmas[lemmas] = verbs, [verb.main for verb in verbs]
        verbs, starts = known
        return verbs and verbs[bisect_left(starts, part.first) : bisect_left(starts, part.last)]

    @cached_property
    def _of_lemmas(self) -> dict[frozenset[str], tuple[list[Verb], list[int]]]:
        return {}

    def verb_before(self, index: int, within: Range) -> Verb | None:
        """The last verb of the range that ends before a token."""
        at = bisect_right(self._verb_starts, index - 1) - 1
        verb = self.verbs[at] if at >= 0 else None
        return verb if verb and verb.main in within and verb.last <= index else None

    def verb_ending_at(self, index: int) -> Verb | None:
        """The verb group of this sentence that ends just before a token."""
        return self._verb_ends.get(index)

    @cached_property
    def _verb_ends(self) -> dict[int, Verb]:
        ends = {verb.last: verb for verb in self.verbs}
        return {
            last: verb
            for last, verb in ends.items()
            if self.verb_before(last, self.document.sentence(last - 1)) is verb
        }

    def times_in(self, part: Range) -> Iterator[FoundTime]:
        """The expressions of time that start inside a range of tokens."""
        span = self.document.span(part)
        first = bisect_left(self._time_starts, span.start)
        return iter(self.times[first : bisect_left(self._time_starts, span.end)])

    @cached_property
    def _time_starts(self) -> list[int]:
        return [time.span.start for time in self.times]

    @cached_property
    def _pair_starts(self) -> list[int]:
        return [part.first for part, _ in self.pairs]

    def _pairs_in(self, part: Range) -> tuple[tuple[Range, tuple[Reference, ...]], ...]:
        starts = self._pair_starts
        return self.pairs[bisect_left(starts, part.first) : bisect_left(starts, part.last)]

    def pair_at(self, index: int) -> tuple[Range, tuple[Reference, ...]] | None:
        """The pair ("both countries") that a token belongs to."""
        return self._pair_at.get(index)

    def antecedents(self, *parts: Range) -> tuple[Range, ...]:
        """What the names, pronouns and pairs that stand in these ranges were resolved by."""
        single = (r for part in parts for r in self.references.within(part))
        paired = (r for part in parts for _, refs in self._pairs_in(part) for r in refs)
        return tuple(dict.fromkeys(a for r in (*single, *paired) for a in r.antecedents))

    @cached_property
    def _titled(self) -> frozenset[int]:
        return frozenset(i for a in self.appointments for i in range(a.title.first, a.title.last))

    @cached_property
    def _introduced(self) -> dict[int, Reference]:
        return {
            index: a.holder
            for a in self.appointments
            if a.holder and a.holder.range.first >= a.title.last
            for index in range(a.evidence.first, a.title.first + 1)
        }

    def introduced_at(self, index: int) -> Reference | None:
        """The person whose title, or the body before it, starts here: "U.S. Secretary of State X"."""
        return self._introduced.get(index)

    @cached_property
    def _titles_of(self) -> dict[Range, int]:
        """Where a holder stands → where the words about that holder begin."""
        held = [a for a in self.appointments if a.holder]
        return {a.holder.range: a.evidence.first for a in reversed(held) if a.holder}

    @cached_property
    def _serving(self) -> frozenset[int]:
        """The tokens that only say whom somebody named beside them serves: "X, the president of Serbia"."""
        found: set[int] = set()
        for appointment in self.appointments:
            if appointment.holder:
                found.update(range(appointment.evidence.first, self._served_end(appointment)))
                found.difference_update(range(appointment.holder.range.first, appointment.holder.range.last))
        return frozenset(found)

    def _served_end(self, appointment: Appointment) -> int:
        """Behind the body that follows a title: "of Serbia", "of the European Union"."""
        last, tokens = appointment.title.last, self.document.tokens
        if not any(token.lower in {"of", "for", "to"} for token in tokens[last : last + 1]):
            return appointment.evidence.last
        near = range(last + 1, last + 3)  # "of Serbia", "of the union"
        served = (r for i in near if (r := self.references.at(i)) and r.key == appointment.of)
        return max([appointment.evidence.last, *(r.range.last for r in served)])

    def serving(self, index: int) -> bool:
        """Whether a token belongs to the words for somebody's post, whose name stands beside them."""
        return index in self._serving

    def introduction_of(self, reference: Reference) -> int:
        """The token with which a person's title before the name begins, or the name."""
        return min(reference.range.first, self._titles_of.get(reference.range, reference.range.first))

    def titled(self, index: int) -> bool:
        """Whether a token belongs to the title of a post."""
        return index in self._titled

    def posts_of(self, people: Iterable[str]) -> tuple[Range, ...]:
        """Where the text tells whom these people serve."""
        return tuple(self.told_at[person] for person in people if person in self.told_at)

    def spans(self, *parts: Range) -> tuple[Span, ...]:
        """The characters of several ranges, sorted, without repetition."""
        return tuple(sorted({self.document.span(part) for part in parts if part}))
