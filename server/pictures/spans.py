"""How a time is drawn: from where to where, and at which ends nobody knows more.

What happened on a day that is told is a point. All else is a stretch with fading ends: somewhere in a month,
a season or a year, about a day, until or from a day. Only what lasts, from one told day to another, has firm
ends.
"""

from dataclasses import dataclass
from datetime import date

from kg.model import TimeSpan
from kg.vocab import Base
from server.engine.contract import Row
from server.pictures.scale import Scale
from server.words import value

# Kinds of what lasts; of others an interval tells only between which days they are.
_LASTING = frozenset(
    ("Conflict", "MilitaryOperation", "ControlChange", "Displacement", "Mobilisation", "Protest", "Coercion")
)
_LOOSE = ("~", "?", "%")  # about, perhaps, and both: EDTF level 1
_LEAST = 0.6  # per cent, so that a stretch can be seen


@dataclass(frozen=True)
class Stretch:
    """A stretch of the axis in per cent; `fade` says which ends are open: none, left, right or both."""

    left: float
    width: float
    fade: str
    point: bool = False

    @property
    def middle(self) -> float:
        return round(self.left + self.width / 2, 2)


def time_of(row: Row, base: Base) -> TimeSpan:
    """The time in the columns earliest, latest, precision and edtf."""
    precision = value(row, "precision").rpartition("precision-")[2] or "interval"
    return TimeSpan(_day(row, "earliest"), _day(row, "latest"), precision, value(row, "edtf"))


def stretch(time: TimeSpan, kind: str, scale: Scale) -> Stretch:
    """Where a time stands on an axis."""
    left = scale.place(time.earliest) if time.earliest else 0.0
    right = scale.after(time.latest) if time.latest else 100.0
    if time.precision == "day" and not time.edtf.endswith(_LOOSE) and time.earliest and time.latest:
        return Stretch(left, round(right - left, 2), "none", point=True)
    return Stretch(left, round(max(right - left, _LEAST), 2), _fade(time, kind))


def _fade(time: TimeSpan, kind: str) -> str:
    first, told, last = time.edtf.partition("/")
    if not (told and kind in _LASTING and time.precision == "interval"):
        return "both"
    loose = (time.earliest is None or first.endswith(_LOOSE), time.latest is None or last.endswith(_LOOSE))
    return {(True, True): "both", (True, False): "left", (False, True): "right"}.get(loose, "none")


def _day(row: Row, column: str) -> date | None:
    written = value(row, column)
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:  # a year before 1 or after 9999, which XML Schema allows
        return None
