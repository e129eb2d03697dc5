"""Times in words that say how finely a source fixes them."""

from datetime import date

from kg.vocab import VAL
from server.engine.contract import Row
from server.words import value

# By precision: what stands before the time as it is labelled, and what the source leaves open.
_TOLD = {
    "day": ("on", ""),
    "month": ("in", "the source tells no day"),
    "season": ("in", "the source tells no month"),
    "year": ("in", "the source tells the year only"),
}
_ABOUT = "about "  # how labels of approximate times begin


def in_words(row: Row) -> str:
    """A time from the columns `timeLabel`, `from`, `to` and `kind` (its precision).

    `on 6 December 2023`, `in October 2023 (the source tells no day)`, `between 1 May 2023 and 4 May 2023`.
    """
    label = value(row, "timeLabel")
    precision = value(row, "kind").removeprefix(f"{VAL}precision-")
    if precision in _TOLD:
        before, left_open = _TOLD[precision]
        plain = label if label.startswith(_ABOUT) else f"{before} {label}"
        return f"{plain} ({left_open})" if left_open else plain
    first, last = (_day(value(row, column)) for column in ("from", "to"))
    if first and last:
        roughly = "roughly " if label.startswith(_ABOUT) else ""
        return f"{roughly}between {first} and {last}"
    return f"from {first} on" if first else f"until {last}" if last else label


def _day(told: str) -> str:
    """A day as people write it; what is none, as it is."""
    try:
        day = date.fromisoformat(told)
    except ValueError:
        return told
    return f"{day.day} {day:%B %Y}"
