"""How many names find their thing, and how many matches are right, beside other ways to match names.

    .venv/bin/python -m bench.reconciliation [--things N] [--seed N]

Takes things of the authority data by chance, writes their labels as people write them (bench.variants), and
names of nobody, and has each way find what they mean in the same table of all names. Writes
docs/benchmarks/reconciliation.json and renders docs/benchmarks.md. csv-reconcile has a lockfile of its own.
"""

import argparse
import json
import os
import random
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox
from rapidfuzz import fuzz, process, utils

from bench.service import machine, peers, report
from bench.variants import Case, cases
from kg.draft import shipped
from kg.formats import RESULT_FORMATS
from kg.generation import Generation
from kg.names import candidates
from kg.names.facts import INITIALS, LABEL
from kg.names.index import Index
from kg.names.writing import write
from kg.vocab import Base
from server.engine.contract import Answer, Question
from server.naming import gathering

_FOLDER = Path(__file__).with_name("reconciliation")
_CUTOFF = 90  # of rapidfuzz's WRatio: what its users take for a match


@dataclass(frozen=True)
class Guess:
    """The first candidate of a way, and whether it is said to be a match."""

    first: str | None
    match: bool


Way = Callable[[Sequence[str]], tuple[list[Guess], float]]  # texts; gives seconds of the processor, too


def main(things: int, seed: int) -> None:
    """Measure each way on the same cases, and write the result."""
    about = machine.about()
    with TemporaryDirectory(prefix="parley-names-") as folder:
        path = Path(folder) / "names.sqlite"
        write(path, Base(), gathering.facts(_Shipped()))
        index, names = Index(path, "shipped"), _names(path)
        made = [*cases(names, things, random.Random(seed))]
        ways: dict[str, Way] = {
            "parley": lambda texts: _parley(index, texts),
            "csv-reconcile": lambda texts: _csv(names, texts),
            "rapidfuzz": lambda texts: _rapidfuzz(names, texts),
        }
        rows = [
            row for name, way in ways.items() for row in _rows(name, made, *way([one.text for one in made]))
        ]
    about["load_after"] = round(os.getloadavg()[0], 2)
    told = {"machine": about, "seed": seed, "things": things, "names": len(names), "rows": rows}
    report.save("reconciliation", told)


def _rows(
    way: str, made: Sequence[Case], guesses: Sequence[Guess], seconds: float
) -> Iterator[dict[str, object]]:
    kinds = dict.fromkeys(case.kind for case in made)
    for kind in (*kinds, "all"):
        pairs = [
            (case, guess) for case, guess in zip(made, guesses, strict=True) if kind in (case.kind, "all")
        ]
        matches = [case.meant == guess.first for case, guess in pairs if guess.match]
        yield {
            "way": way,
            "kind": kind,
            "cases": len(pairs),
            "meant": sum(case.meant is not None for case, _ in pairs),
            "found": sum(case.meant is not None and case.meant == guess.first for case, guess in pairs),
            "matches": len(matches),
            "right": sum(matches),
            "seconds": round(seconds, 3) if kind == "all" else None,
        }


def _parley(index: Index, texts: Sequence[str]) -> tuple[list[Guess], float]:
    begun = time.process_time()
    found = [candidates.find(index, text) for text in texts]
    seconds = time.process_time() - begun
    return [Guess(one[0].thing.key if one else None, candidates.certain(one)) for one in found], seconds


def _rapidfuzz(names: Sequence[tuple[str, str]], texts: Sequence[str]) -> tuple[list[Guess], float]:
    listed = [utils.default_process(text) for _, text in names]
    begun = time.process_time()
    found = [process.extractOne(utils.default_process(text), listed, scorer=fuzz.WRatio) for text in texts]
    seconds = time.process_time() - begun
    return [Guess(names[at][0], score >= _CUTOFF) for _, score, at in found], seconds


def _csv(names: Sequence[tuple[str, str]], texts: Sequence[str]) -> tuple[list[Guess], float]:
    python = peers.programs(_FOLDER / "requirements.lock", "reconcilers") / "python"
    given = json.dumps({"names": [*names], "queries": [*texts]})
    done = subprocess.run(
        [python, _FOLDER / "csv_peer.py"],
        input=given,
        capture_output=True,
        text=True,
        timeout=900,
        check=True,
    )
    told = json.loads(done.stdout)
    return [_first(found) for found in told["results"]], told["seconds"]


def _first(found: Sequence[dict[str, object]]) -> Guess:
    best = next((one for one in found if one["match"]), found[0] if found else None)
    return Guess(str(best["id"]).partition("#")[0], bool(best["match"])) if best else Guess(None, False)


def _names(index: Path) -> list[tuple[str, str]]:
    """Every name of what people know by one, but for initials that we derive; labels first."""
    with closing(sqlite3.connect(index)) as names:
        return names.execute(
            "SELECT key, text FROM name JOIN thing ON thing.id = thing WHERE named = 1 AND role != ?"
            " ORDER BY role != ?, name.id",
            (INITIALS, LABEL),
        ).fetchall()


class _Shipped:
    """An engine over the graphs that ship."""

    def __init__(self) -> None:
        self._store = ox.Store()
        for lines in shipped(Base()).values():
            self._store.bulk_load("\n".join(lines), format=ox.RdfFormat.N_TRIPLES)

    def generation(self) -> Generation:
        return Generation("shipped", Path(), {"base": Base().iri})

    def ask(self, question: Question) -> Answer:
        found = self._store.query(question.text)
        assert isinstance(found, ox.QuerySolutions)
        body = found.serialize(format=ox.QueryResultsFormat.JSON)
        return Answer(body or b"", RESULT_FORMATS[0], "shipped")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--things", type=int, default=100, help="things whose labels are varied")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    main(given.things, given.seed)
