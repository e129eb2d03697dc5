"""Days that a text points back to: "later that day", "the same day", "earlier in the day"."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from kg.model import Span
from kg.reading.dates.find import FoundTime

_DAY = re.compile(r" day\b")
_BACK = re.compile(
    r"\b(?:the same|that same|(?:later|earlier|on) that|(?:earlier|later) in the)$", re.IGNORECASE
)
_WIDEST = 20  # characters of such words
_SAID_BEHIND = re.compile(r"\s+(?:when|that|after|before|of|on which|the|as)\b")
_REACH = 600  # characters back to the day that is meant


def with_days_meant(text: str, times: Sequence[FoundTime]) -> tuple[FoundTime, ...]:
    """The times of a text in order, with each such phrase as the last day that was named before, if near."""
    ends = [found.span.end for found in times]
    meant = []
    for day in _DAY.finditer(text) if times else ():
        first = max(0, day.start() - _WIDEST)
        back = _BACK.search(text[first : day.start()])
        if back is None or _SAID_BEHIND.match(text, day.end()):
            continue
        start = first + back.start()
        at = bisect_right(ends, start)
        last = times[at - 1] if at else None
        if last and last.time.precision == "day" and start - last.span.end < _REACH:
            meant.append(FoundTime(Span(start, day.end()), last.time, text[start : day.end()]))
    return tuple(sorted([*times, *meant], key=lambda time: time.span.start)) if meant else tuple(times)
