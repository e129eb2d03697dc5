"""The sub-select of a shipped query that finds its things, alone and cut, before words are joined to each.

A query that draws many rows asks for their words outside a sub-select, the one group of the file that stands
behind `WHERE`. To join the words of a thousand rows takes longer than to find the rows; a page shows a few.
"""

import re

_SELECT = re.compile(r"^SELECT\b", re.MULTILINE)
_INNER = re.compile(r"SELECT [^{}]*\bWHERE \{\n")


def core(text: str, most: int, condition: str = "") -> str:
    """The sub-select with the same prefixes, for at most so many rows, of which a condition more is asked.

    Raises ValueError for a text that has no such group.
    """
    outer, inner = _SELECT.search(text), _INNER.search(text)
    if outer is None or inner is None:
        raise ValueError("the query has no sub-select behind WHERE")
    end = _closing(text, inner.end())
    more = f"{condition}\n" if condition else ""
    return f"{text[: outer.start()]}{inner[0]}{more}{text[inner.end() : end]} LIMIT {most}"


def _closing(text: str, start: int) -> int:
    """The place after the brace that closes the group which opens just before `start`."""
    depth = 1
    for place in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        if not depth:
            return place + 1
    raise ValueError("a group of the query is not closed")
