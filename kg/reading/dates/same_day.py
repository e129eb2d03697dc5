"""Days that a text points back to: "later that day", "the same day", "earlier in the day"."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from kg.model import Span
from kg.reading.dates.find import FoundTime

_BACK = re.compile(
    r"\b(?:the same|that same|(?:later|earlier|on) that) day\b|\b(?:earlier|later) in the day\b",
    re.IGNORECASE,
)
_SAID_BEHIND = re.compile(r"\s+(?:when|that|after|before|of|on which|the|as)\b")
_REACH = 600  # characters back to the day that is meant


def with_days_meant(text: str, times: Sequence[FoundTime]) -> tuple[FoundTime, ...]:
    """The times of a text in order, with each such phrase as the last day that was named before, if near."""
    ends = [found.span.end for found in times]
    meant = []
    for found in _BACK.finditer(text):
        at = bisect_right(ends, found.start())
        last = times[at - 1] if at else None
        near = last and last.time.precision == "day" and found.start() - last.span.end < _REACH
        if last and near and not _SAID_BEHIND.match(text, found.end()):
            meant.append(FoundTime(Span(found.start(), found.end()), last.time, found[0]))
    return tuple(sorted([*times, *meant], key=lambda time: time.span.start)) if meant else tuple(times)
