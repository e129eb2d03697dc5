"""Which talks or agreement an event halts, leaves, puts off, cancels or takes up again."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.model import Agreement, Event, Format, Round, Span
from kg.reading.analysis import Analysis
from kg.reading.words.verbs import verb_table

_DONE = frozenset({"occurred", "ongoing"})
_TOLD = frozenset({"finite", "passive"})
_HALTING = frozenset({"Suspension", "TalksWithdrawal", "Postponement", "Cancellation"})


def with_talks(
    analysis: Analysis, events: Sequence[Event], told: Sequence[Format | Agreement], rounds: Sequence[Round]
) -> Iterator[Event]:
    """The events, each halt or resumption of one thing with what it is of; what only a speaker vouches for
    is of nothing.

    That is the one whose words it shares, else the one between exactly those who take part in it; a
    resumption may be of one of the `rounds` as well.
    """
    for event in events:
        if event.factuality != "asserted":
            yield event
        elif event.type in _HALTING:
            hit = _meant(event, told)
            yield replace(event, interrupts=hit.key) if hit else event
        elif _goes_on(analysis, event):
            hit = _meant(event, told) or _meant(event, rounds)
            yield replace(event, resumes=hit.key) if hit else event
        else:
            yield event


def _goes_on(analysis: Analysis, event: Event) -> bool:
    """ "X and Y resumed talks", "talks resumed": a meeting by a verb of taking up again, as a fact."""
    if event.code != "CONSULT" or event.status not in _DONE:
        return False
    parts = (analysis.tokens_of(span) for span in event.evidence)
    verbs = (verb for part in parts for verb in analysis.verbs_in(part))
    return any(v.lemma in verb_table().uses.resuming and v.form in _TOLD and not v.negated for v in verbs)


def _meant(event: Event, told: Sequence[Format | Agreement | Round]) -> Format | Agreement | Round | None:
    shared = [t for t in told if _overlap(event.evidence, t.evidence)]
    people = {*event.agents, *event.participants}
    fitting = shared or [t for t in told if len(people) > 1 and people == set(t.parties)]
    return fitting[0] if len(fitting) == 1 else None


def _overlap(one: Sequence[Span], other: Sequence[Span]) -> bool:
    return any(a.start < b.end and b.start < a.end for a in one for b in other)
