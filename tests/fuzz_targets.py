"""What is fuzzed: each way into Parley, and what has to hold of whatever goes in there."""

import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date as Day
from pathlib import Path
from typing import Any

import fuzz_inputs as inputs
from hypothesis import strategies as st
from rdflib import Graph
from reading_cases import source
from test_dates import check as check_times
from test_reading_properties import BASE, INDEX, MOST, SPARE, bad_spans, dangling, seconds

from kg.assembly import assemble
from kg.errors import SourceError
from kg.reading import read
from kg.sources import language, load_all
from kg.sources.decoding import decode, without_unseen
from kg.vocab import NS
from server.commands.marking import Marked
from server.commands.summary import Summary

_DAYS = st.none() | st.dates()
_COLOUR = re.compile(r"\x1b\[[\d;]*m")
_SHORT, _LONG = 3_000, 12_000  # characters, to compare times
# Characters by which a text could steer a terminal: controls but for line feed and tabulator (ECMA-48).
_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")

Check = Callable[[Any], object]


@dataclass(frozen=True)
class Target:
    """Inputs, and a check that raises where they bring out a fault."""

    given: st.SearchStrategy[Any]
    check: Check
    weight: int = 1  # rounds that it gets for one of the others


def _decoding(content: bytes) -> None:
    try:
        first, again = (decode(content, "x").text for _ in range(2))
    except SourceError as error:
        _is_one_line(error)
    else:
        assert first == again
        first.encode()


def _file(suffix: str) -> Check:
    """Loading a file of this kind: a text that can be read, or an error in one line; the same twice."""

    def check(content: bytes | str) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"a{suffix}"
            path.write_bytes(
                content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
            )
            first, again = ([_outcome(found) for found in load_all(path)] for _ in range(2))
        assert first == again
        for one in first:
            if not isinstance(one, str):
                read(one, INDEX)

    return check


def _outcome(found: Any) -> Any:
    if isinstance(found, SourceError):
        _is_one_line(found)
        return str(found)
    found.source.text.encode()
    return found.source


def _is_one_line(error: SourceError) -> None:
    assert len(str(error).splitlines()) == 1, repr(str(error))
    assert not _STEERING.search(str(error)), repr(str(error))


def _language(text: str) -> None:
    try:
        language.check(text, "x")
    except SourceError as error:
        _is_one_line(error)


def _times(given: tuple[str, Day | None]) -> None:
    check_times(*given)


def _reader(given: tuple[str, Day | None]) -> None:
    """Spans lie in the text, keys lead to records, and the graph of the text is the same bytes twice."""
    text, published = given
    first, again = (read(source(text, published), INDEX) for _ in range(2))
    assert first == again
    assert list(bad_spans(first)) == []
    assert dangling(first) == set()
    graph, other = assemble(first, BASE), assemble(again, BASE)
    assert written(graph) == written(other)
    assert list(_wrong_words(graph, text)) == []


def written(graph: Graph) -> list[str]:
    """The lines of the graph in N-Triples, in order."""
    return sorted(graph.serialize(format="nt").splitlines())


def _wrong_words(graph: Graph, text: str) -> Iterator[str]:
    for span, words in graph.subject_objects(NS.exactText):
        start, end = (int(str(graph.value(span, name))) for name in (NS.startOffset, NS.endOffset))
        if text[start:end] != str(words):
            yield str(words)


def _marking(text: str) -> None:
    """What a terminal gets of a text as it is stored has no control besides colours; the lists have none."""
    reading = read(source(without_unseen(text), Day(2024, 3, 1)), INDEX)
    for shown in (Marked, Summary):
        lines = "\n".join(shown(reading, INDEX.lexicon.labels).lines())
        assert lines == "\n".join(shown(reading, INDEX.lexicon.labels).lines())
        steering = _STEERING.search(_COLOUR.sub("", lines) if shown is Marked else lines)
        assert not steering, repr(lines[max(steering.start() - 40, 0) :][:80])


def _growth(fragment: str) -> None:
    """A piece of text again and again: four times as often takes about four times as long."""
    short, long = ((fragment * (size // len(fragment) + 1))[:size] for size in (_SHORT, _LONG))
    for _ in range(3):  # the machine may be busy with something else for a moment
        took = seconds(short), seconds(long)
        if took[1] <= MOST * took[0] + SPARE:
            return
    raise AssertionError(f"{took[0]:.2f} s for {_SHORT} characters, {took[1]:.2f} s for {_LONG}")


TARGETS: Mapping[str, Target] = {
    "decoding": Target(inputs.encoded(), _decoding),
    "text": Target(inputs.encoded(), _file(".txt")),
    "packed": Target(st.builds(inputs.packed, inputs.encoded(), st.integers(0, 5_000)), _file(".txt.gz")),
    "markdown": Target(inputs.MARKDOWN, _file(".md")),
    "html": Target(inputs.pages(), _file(".html")),
    "jsonl": Target(inputs.RECORDS, _file(".jsonl")),
    "language": Target(inputs.texts(), _language),
    "dates": Target(st.tuples(inputs.texts(), _DAYS), _times),
    "reader": Target(st.tuples(inputs.texts(), _DAYS), _reader, weight=4),
    "marking": Target(inputs.texts(), _marking, weight=2),
    "growth": Target(inputs.texts(most=200).filter(bool), _growth, weight=2),
}
