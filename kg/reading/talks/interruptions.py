"""Which talks or agreement an event halts, leaves, puts off or cancels."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.model import Agreement, Event, Format, Span

_HALTING = frozenset({"Suspension", "TalksWithdrawal", "Postponement", "Cancellation"})


def with_talks(events: Sequence[Event], told: Sequence[Format | Agreement]) -> Iterator[Event]:
    """The events, each halt of one thing with what it hits; what only a speaker vouches for hits nothing.

    That is the one whose words it shares, else the one between exactly those who take part in it.
    """
    for event in events:
        if event.type not in _HALTING or event.factuality != "asserted":
            yield event
            continue
        shared = [t for t in told if _overlap(event.evidence, t.evidence)]
        people = {*event.agents, *event.participants}
        fitting = shared or [t for t in told if len(people) > 1 and people == set(t.parties)]
        yield replace(event, interrupts=fitting[0].key) if len(fitting) == 1 else event


def _overlap(one: Sequence[Span], other: Sequence[Span]) -> bool:
    return any(a.start < b.end and b.start < a.end for a in one for b in other)
