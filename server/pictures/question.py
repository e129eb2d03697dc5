"""Parts of the question behind a picture: by things where it says which these are, else by rows.

A question that tells several rows of one thing finds the things in a subselect of its own, between these two
lines, so that a part has whole things and what is told of them is asked for no others:

    { # the things of a part
      SELECT DISTINCT ?item … WHERE {
        …
      }
      ORDER BY …
    } # and what is told of each

The line `WHERE {` of that subselect must be the first in the file, since values of filters go below it.
"""

import re

import queries

_THINGS = re.compile(
    r"\n *\{ # the things of a part\n(?P<select>.*?)\n *ORDER BY [^\n]*"
    r"(?P<end>\n *\} # and what is told)",
    re.DOTALL,
)
_SELECT = re.compile(r"^SELECT\b", re.MULTILINE)


def finds_things(text: str) -> bool:
    """Whether parts and totals are of things, each of which may have several rows."""
    return _THINGS.search(text) is not None


def part(text: str, limit: int, offset: int) -> str:
    """The question for some of its things, or rows."""
    found = _THINGS.search(text)
    if found is None:
        return queries.paged(text, limit, offset)
    place = found.start("end")
    return f"{text[:place]}\n    LIMIT {limit} OFFSET {offset}{text[place:]}"


def counted(text: str) -> str:
    """A query for how many things, or rows, there are, as `?n`."""
    found, start = _THINGS.search(text), _SELECT.search(text)
    if found is None or start is None:
        return queries.counted(text)
    return f"{text[: start.start()]}SELECT (COUNT(*) AS ?n) WHERE {{\n{found['select']}\n}}\n"
