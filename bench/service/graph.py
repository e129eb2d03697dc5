"""Graphs of any size shaped like Parley's, from a seed: the shipped graph, and texts made after its texts.

    .venv/bin/python -m bench.service.graph --quads 1000000 --seed 1 OUT

Writes OUT/graph.nq and OUT/pools.json (names that queries ask for); `bench.service.data` makes a data folder
of it. The shipped graph comes first, whole. Each further text is a copy of one of its texts: what the text
alone tells of (statements, propositions, passages, events) gets names of its own and words marked with its
number, days are shifted, and states, persons, organisations and places are other ones of the authority data,
a few of them often and most of them rarely. Proportions of predicates and sizes of graphs are so those of the
shipped texts.

Quads are counted as the store holds them: those of the named graphs, and the stored union in the default
graph. The last text is written whole, so that there are up to 6,500 quads more than asked for; and there are
never fewer than those of the shipped graph.
"""

import argparse
import gzip
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

from kg.vocab import Base

BASE = Base().iri
_ID = f"<{BASE}id/"
_SEEN = {
    f"<{BASE}ns#{name}>": name
    for name in ("exactText", "hasSpeaker", "reportedIn", "propSubject", "propPredicate", "latest")
} | {"<http://www.w3.org/2000/01/rdf-schema#label>": "label"}
_QUAD = re.compile(r"(<[^>]*>|_:\S+) (<[^>]*>) (.+) (<[^>]*>) \.\n")
_DAY = re.compile(r'"(\d{4}-\d\d-\d\d)"\^\^')
_CAST = ("state", "person", "organisation", "place")  # of the authority data, whom a text may be about
_LONG = 40  # characters of a literal from which it is words of a text and not a name
_DAYS = 3650  # that a text is shifted by, at most

Quad = tuple[str, str, str, str]  # in the words of N-Quads


@dataclass(frozen=True)
class Graph:
    """The shipped graph, taken apart: what stands once, and the quads of each text."""

    shared: tuple[Quad, ...]
    texts: tuple[tuple[Quad, ...], ...]

    @cached_property
    def known(self) -> frozenset[str]:
        """The things that the authority data describes."""
        return frozenset(s for s, _, _, graph in self.shared if graph.endswith("/graph/authority>"))

    @cached_property
    def cast(self) -> dict[str, list[str]]:
        """Those that may stand for each other, by kind."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for name in sorted(self.known):
            if _kind(name) in _CAST:
                found[_kind(name)].append(name)
        return dict(found)


def shipped() -> Graph:
    """Built by `parley build` in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "server.cli", "build", "--data", folder]
        subprocess.run(command, check=True, capture_output=True)
        return _apart(_read(Path(folder) / "current" / "dumps" / "parley.nq.gz"))


def quads(graph: Graph, wanted: int, seed: int) -> Iterator[Quad]:
    """The quads of the named graphs and of the default graph (""), until there are enough of them."""
    draw = random.Random(seed)
    once: set[tuple[str, str, str]] = set()  # triples of the union that several texts may state
    count = 0
    for number, text in enumerate(_texts(graph, draw)):
        own = f"-t{number:05}>"
        for quad in text:
            yield quad
            count += 1
            triple = quad[:3]
            if own in quad[0] or own in quad[2] or triple not in once:
                if own not in quad[0] and own not in quad[2]:
                    once.add(triple)
                yield (*triple, "")
                count += 1
        if count >= wanted and number >= len(graph.texts):
            return


def write(folder: Path, wanted: int, seed: int) -> int:
    """Fill an empty folder; gives the number of quads."""
    graph = shipped()
    names = Names()
    total = 0
    with (folder / "graph.nq").open("w", encoding="utf-8") as file:
        for subject, predicate, thing, name in quads(graph, wanted, seed):
            file.write(f"{subject} {predicate} {thing} {name}{' ' if name else ''}.\n")
            names.see(subject, predicate, thing)
            total += 1
    (folder / "pools.json").write_text(json.dumps(names.pools(), indent=0), "utf-8")
    return total


class Names:
    """Collects the names that queries are made with, while the triples pass by."""

    def __init__(self) -> None:
        self._seen: defaultdict[str, dict[str, str]] = defaultdict(dict)  # by predicate: subject, object

    def see(self, subject: str, predicate: str, thing: str) -> None:
        if predicate in _SEEN:
            self._seen[predicate][subject] = thing

    def pools(self) -> dict[str, list[str]]:
        """Names by kind, each once, in the order in which they came."""
        seen = {_SEEN[predicate]: found for predicate, found in self._seen.items()}
        of, labels = seen["propSubject"], seen["label"]
        supporters = [of[name] for name, verb in seen["propPredicate"].items() if verb.endswith("#supports>")]
        days = [
            day[1]
            for name, thing in seen["latest"].items()
            if "/time/" in name and (day := _DAY.match(thing))
        ]
        found = {
            "span": [*seen["exactText"]],
            "statement": [*seen["hasSpeaker"]],
            "text": [*seen["reportedIn"].values()],
            "speaker name": [labels[name] for name in seen["hasSpeaker"].values() if name in labels],
            "supporter name": [labels[name] for name in supporters if name in labels],
            "day": days,
        }
        return {kind: list(dict.fromkeys(names)) for kind, names in found.items()}


def _texts(graph: Graph, draw: random.Random) -> Iterator[Iterator[Quad] | tuple[Quad, ...]]:
    yield graph.shared
    yield from graph.texts
    number = 1 + len(graph.texts)
    while True:
        yield _copy(draw.choice(graph.texts), graph, number, draw)
        number += 1


def _copy(text: tuple[Quad, ...], graph: Graph, number: int, draw: random.Random) -> Iterator[Quad]:
    """The same text about others, on another day."""
    shift = timedelta(draw.randrange(-_DAYS, 0))
    names: dict[str, str] = {}

    def renamed(term: str) -> str:
        if term not in names:
            names[term] = _renamed(term, graph, number, shift, draw)
        return names[term]

    for subject, predicate, thing, name in text:
        if subject in graph.known and (thing in graph.known or not thing.startswith(_ID)):
            continue  # its names, kinds and posts: whoever stands for it has others
        of_text = "/graph/report/" in name
        yield renamed(subject), predicate, renamed(thing), f"{name[:-1]}-t{number:05}>" if of_text else name


def _renamed(term: str, graph: Graph, number: int, shift: timedelta, draw: random.Random) -> str:
    if term.startswith('"'):
        return _reworded(term, number, shift)
    if term.startswith("_:"):
        return f"{term}t{number}"
    if not term.startswith(_ID):
        return term
    if term not in graph.known:
        return f"{term[:-1]}-t{number:05}>"
    others = graph.cast.get(_kind(term))
    return (
        others[int(len(others) * draw.random() ** 3)] if others else term
    )  # the cube: a few often, most rarely


def _reworded(literal: str, number: int, shift: timedelta) -> str:
    if day := _DAY.match(literal):
        return literal.replace(day[1], (date.fromisoformat(day[1]) + shift).isoformat(), 1)
    end = literal.rindex('"')
    return f"{literal[:end]} (text {number}){literal[end:]}" if end > _LONG else literal


def _kind(name: str) -> str:
    return name[len(_ID) :].partition("/")[0] if name.startswith(_ID) else ""


def _read(path: Path) -> Iterator[Quad]:
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as lines:
        for line in lines:
            found = _QUAD.fullmatch(line)
            if found is None:
                raise ValueError(f"not a quad: {line!r}")
            yield found[1], found[2], found[3], found[4]


def _apart(found: Iterator[Quad]) -> Graph:
    """What is inferred of the things of one text belongs to that text."""
    every = list(found)
    texts: defaultdict[str, list[Quad]] = defaultdict(list)
    shared: list[Quad] = []
    for quad in every:
        (texts[quad[3]] if "/graph/report/" in quad[3] else shared).append(quad)
    known = {quad[0] for quad in shared if quad[3].endswith("/graph/authority>")}
    home = {s: name for name, held in texts.items() for s, *_ in held if s.startswith(_ID) and s not in known}
    once = []
    for quad in shared:
        name = home.get(quad[0]) or home.get(quad[2])
        (texts[name] if name and quad[3].endswith("/graph/inferred>") else once).append(quad)
    return Graph(tuple(once), tuple(tuple(held) for _, held in sorted(texts.items())))


def _main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quads", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("out", type=Path)
    chosen = parser.parse_args()
    shutil.rmtree(chosen.out, ignore_errors=True)
    chosen.out.mkdir(parents=True)
    total = write(chosen.out, chosen.quads, chosen.seed)
    print(f"{total:,} quads in {chosen.out}")


if __name__ == "__main__":
    _main()
