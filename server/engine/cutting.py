"""Rows of a serialised answer: how many there are, and the answer that ends after some of them.

pyoxigraph writes solutions without counting them and cannot be stopped at a row, so rows are found in what it
wrote. In XML every `<` of a term is escaped, in TSV every line break; in JSON and CSV quoted text is skipped.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from server.engine.contract import TooLarge

_JSON_PART = re.compile(rb'"(?:[^"\\]|\\.)*(?:"|\\?\Z)|\{\}(?=[,\]])|\}\}(?=,\{|\]\})')
_CSV_LINE = re.compile(rb'(?:[^"\n]|"[^"]*")*\n')
_REASON = "parley:cut"


@dataclass(frozen=True)
class Rows:
    """One syntax: a bound that is quick to find, the ends of rows, and how a cut answer is closed.

    `at_most` may count too many; `quick` counts whole answers that are plain enough, and gives None for
    others; `ends` gives the offset after each row, without what joins rows.
    """

    at_most: Callable[[bytes], int]
    quick: Callable[[bytes], int | None]
    ends: Callable[[bytes], Iterator[int]]
    close: Callable[[bytes, str], bytes] | None


def count(name: str, content: bytes) -> int:
    """The number of rows."""
    quick = _SYNTAXES[name].quick(content)
    return quick if quick is not None else sum(1 for _ in _SYNTAXES[name].ends(content))


def more_than(rows: int, name: str, content: bytes) -> bool:
    """Whether there are more rows than that; quick where there are not nearly so many."""
    syntax = _SYNTAXES[name]
    if syntax.at_most(content) <= rows:
        return False
    return next(islice(syntax.ends(content), rows, None), None) is not None


def cut(name: str, content: bytes, rows: int | None, why: str) -> bytes:
    """The answer up to a row (None: the last whole one), closed so that it parses, and saying that it ends.

    Raises TooLarge for a syntax that has no place to say so.
    """
    syntax = _SYNTAXES[name]
    if syntax.close is None:
        what = f"{name.upper()} has no place to say that an answer is cut, and this one has {why}"
        raise TooLarge(what, mend="Ask for JSON or XML")
    end = None
    for number, place in enumerate(syntax.ends(content), 1):
        if rows is not None and number > rows:
            break
        end = place
    return syntax.close(content[: end if end is not None else _head_end(name, content)], why)


def _head_end(name: str, content: bytes) -> int:
    """Where the rows of an answer begin that has none."""
    mark = b'"bindings":[' if name == "json" else b"<results>"
    return content.index(mark) + len(mark)


def _quick_json(content: bytes) -> int | None:
    """By what joins rows; a term that ends in the like of it is told by what follows its last quote."""
    if content.endswith(b":[]}}"):
        return 0
    if b"{}" in content or not content.endswith(b"}}]}}"):
        return None
    ends_of_terms = sum(map(content.count, (b'}},{",', b'}},{"}', b'}},{"]')))
    return content.count(b'}},{"') - ends_of_terms + 1


def _quick_csv(content: bytes) -> int | None:
    return content.count(b"\n") - 1 if b'"' not in content else None


def _json_ends(content: bytes) -> Iterator[int]:
    for match in _JSON_PART.finditer(content, _head_end("json", content)):
        if content[match.start()] != ord('"'):
            yield match.end()


def _xml_ends(content: bytes) -> Iterator[int]:
    for match in re.finditer(rb"</result>|<result/>", content):
        yield match.end()


def _csv_ends(content: bytes) -> Iterator[int]:
    lines = _CSV_LINE.finditer(content)
    next(lines, None)  # the names of the columns
    yield from (match.end() for match in lines)


def _tsv_ends(content: bytes) -> Iterator[int]:
    place = content.find(b"\n") + 1
    while place and (place := content.find(b"\n", place) + 1):
        yield place


def _close_json(content: bytes, why: str) -> bytes:
    return f'{{"{_REASON}":"{why}",'.encode() + content[1:] + b"]}}"  # parsers want nothing after the rows


def _close_xml(content: bytes, why: str) -> bytes:
    return content + f"</results><!-- {_REASON}: {why} --></sparql>".encode()


def _lines(content: bytes) -> int:
    return content.count(b"\n")


def _results(content: bytes) -> int:
    return content.count(b"<result>")


_SYNTAXES = {
    "json": Rows(lambda content: content.count(b"},{") + 1, _quick_json, _json_ends, _close_json),
    "xml": Rows(_results, _results, _xml_ends, _close_xml),
    "csv": Rows(_lines, _quick_csv, _csv_ends, None),
    "tsv": Rows(_lines, lambda content: _lines(content) - 1, _tsv_ends, None),
}
