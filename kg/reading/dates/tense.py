"""Which way a date without a year points: what the verbs of its sentence say."""

import re

from kg.reading.dates.words import TENSE

_REACH = 120  # characters looked at on each side: a clause, not a page
_CUE = re.compile(
    "|".join(rf"(?P<{name}>\b(?:{'|'.join(TENSE[name])})\b)" for name in ("future", "open", "past"))
)
_PAST = re.compile(r"\b(?:despite|in response to|in retaliation for|in the wake of)\b[^,]*$", re.IGNORECASE)
# A full stop after one letter or before a number is that of an abbreviation ("U.S.", "Nov. 20").
_STOP = re.compile(r"(?<=[a-z0-9”’)]{2})[.!?][\"'”’)]*\s(?!\s*\d)|\n\s*\n|;")


def direction(text: str, start: int, end: int) -> str | None:
    """`past`, `future`, `open` (planned or possible) or None for the date at [start, end).

    The nearest verb before it in its sentence decides; without one, the first after it.
    """
    before = _STOP.split(text[max(0, start - _REACH) : start])[-1]
    if _PAST.search(before):
        return "past"  # "will remain despite the release on Saturday"
    cues = [found.lastgroup for found in _CUE.finditer(before)]
    if cues:
        return cues[-1]
    after = _STOP.split(text[end : end + _REACH])[0]
    found = _CUE.search(after)
    return found.lastgroup if found else None
