"""Days as people read them."""

from datetime import date

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(written: str) -> str:
    """`2023-12-06` as `6 Dec 2023`; anything that is no such day as it stands."""
    try:
        found = date.fromisoformat(written)
    except ValueError:
        return written
    return f"{found.day} {_MONTHS[found.month - 1]} {found.year}"
