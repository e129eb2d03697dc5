"""An answer on its way into bytes, within the rows and the bytes that one answer may have."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import pyoxigraph as ox

from kg.formats import Format
from server.engine import cutting, endings, rlimits
from server.engine.contract import AnyFormat, Limits, Question, TooLarge
from server.engine.evaluate import Found, failed
from server.engine.scratch import Scratch

_LOOK = 256  # triples between two looks at the size
_COUNTED = 256 * 1024  # bytes of an answer whose rows are counted, though they are not over a limit
_CLOSING = 64 * 1024  # bytes that a writer may still hold back, or that closing an answer takes
_COMMENTS = {"turtle": "#", "ntriples": "#", "trig": "#", "nquads": "#"}  # syntaxes that have any


@dataclass(frozen=True)
class Written:
    """What lies in the scratch file now."""

    format: AnyFormat
    graph: bool
    rows: int | None
    cut: str | None


def write(found: Found, question: Question, prefixes: Mapping[str, str], scratch: Scratch) -> Written:
    """Write the answer, whole or cut as the question allows. Raises TooLarge, QueryError, StoreError."""
    try:
        if isinstance(found, ox.QueryTriples):
            return _graph(found, question, prefixes, scratch)
        if isinstance(found, ox.QueryBoolean):
            found.serialize(scratch.path, format=question.formats.results.writer)
            return Written(question.formats.results, False, None, None)
        return _solutions(found, question, scratch)
    except (RuntimeError, ValueError) as error:
        raise failed(error) from None


@contextmanager
def _at_most(size: int, scratch: Scratch) -> Iterator[list[str]]:
    """No file of this process grows over this size meanwhile; the list says so if the scratch file would."""
    reached = list[str]()
    try:
        with rlimits.files_of(size):
            yield reached
    except OSError as error:
        if scratch.size < size:  # pyoxigraph's error has no number to tell it by
            raise endings.not_written(error) from None
        reached.append(_too_long(size))
    else:
        if scratch.size > size:  # where the system keeps no such limit
            reached.append(_too_long(size))


def _solutions(found: ox.QuerySolutions, question: Question, scratch: Scratch) -> Written:
    row, limits = question.formats.results, question.limits
    with _at_most(limits.size, scratch) as reached:
        found.serialize(scratch.path, format=row.writer)
    content = scratch.read()
    over = cutting.more_than(limits.rows, row.name, content)
    why = _too_many(limits) if over else "".join(reached)
    if not why:
        counted = cutting.count(row.name, content) if len(content) <= _COUNTED else None
        return Written(row, False, counted, None)
    if not question.partial:
        raise _too_large(why)
    kept = cutting.cut(row.name, content, limits.rows, why)
    scratch.write(kept)
    return Written(row, False, cutting.count(row.name, kept), why)


def _graph(
    found: Iterable[ox.Triple], question: Question, prefixes: Mapping[str, str], scratch: Scratch
) -> Written:
    row, some = question.formats.graphs, _Counted(found, question.limits, scratch)
    with _at_most(question.limits.size, scratch) as reached:
        ox.serialize(some, scratch.path, format=row.writer, prefixes=dict(prefixes))
    if reached:
        raise _too_large(reached[0])
    if some.cut is None:
        return Written(row, True, some.number, None)
    if not question.partial:
        raise _too_large(some.cut)
    scratch.write(scratch.read() + _comment(row, some.cut))
    return Written(row, True, some.number, some.cut)


class _Counted:
    """Triples, until there are too many of them; `cut` says so then."""

    def __init__(self, triples: Iterable[ox.Triple], limits: Limits, scratch: Scratch) -> None:
        self._triples, self._limits, self._scratch = triples, limits, scratch
        self._room = limits.size - min(_CLOSING, limits.size // 4)
        self.number = 0
        self.cut: str | None = None

    def __iter__(self) -> Iterator[ox.Triple]:
        for triple in self._triples:
            if self.number == self._limits.rows:
                self.cut = _too_many(self._limits)
            elif self.number % _LOOK == 0 and self._scratch.size > self._room:
                self.cut = _too_long(self._limits.size)
            if self.cut:
                return
            yield triple
            self.number += 1


def _comment(row: Format[ox.RdfFormat], why: str) -> bytes:
    if row.name in _COMMENTS:
        return f"# parley:cut: {why}\n".encode()
    if row.name == "rdfxml":
        return f"<!-- parley:cut: {why} -->\n".encode()
    raise TooLarge(
        f"{row.label} has no place to say that an answer is cut, and this one is: {why}",
        mend="Ask for Turtle",
    )


def _too_many(limits: Limits) -> str:
    return f"more than {limits.rows:,} rows or triples"


def _too_long(size: int) -> str:
    return f"more than {size:,} bytes"


def _too_large(why: str) -> TooLarge:
    return TooLarge(
        f"the answer has {why}", mend="Ask for less with LIMIT, or for a part of it with partial=1"
    )
