"""Writes the known misses of the questions again after a change of the reader; the diff is for review.

    PARLEY_SHARED=../shared .venv/bin/python tests/renew_known_misses.py

What is still missed keeps its reason, and a miss that is new or worded otherwise has the reason of the most
similar one or none: give it one by hand. Answers are never touched.
"""

import difflib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import expected_answers as answers
import test_competency as of_one
import test_several_sources as of_several
from command_line import parley
from conftest import SEED_ARTICLE
from pyoxigraph import Store

import queries
from kg.store import DataFolder

_ALIKE = 0.75
_COLUMNS = ("question", "in", "complaint", "reason")
Row = dict[str, str]


def main(shared: Path) -> None:
    """Build both graphs, ask every question, and write both tables."""
    with tempfile.TemporaryDirectory() as folder:
        cited = ("--date", "2023-12-06", "--publisher", "Daily Sabah")
        stores = {
            "article": _built(Path(folder) / "article", str(shared / SEED_ARTICLE), *cited),
            "report": _built(Path(folder) / "report"),
        }
        _write(answers.CASES / answers.KNOWN, list(_of_one(stores)))
        _write(of_several.CASES / answers.KNOWN, list(_of_several(stores["report"])))


def _built(data: Path, *arguments: str) -> Store:
    done = parley("build", *arguments, data=data)
    assert done.returncode == 0, done.stderr
    return DataFolder(data).current().open()


def _of_one(stores: dict[str, Store]) -> Iterator[Row]:
    for question in of_one.QUESTIONS:
        for kind, store in sorted(stores.items()):
            rows = answers.rows_of(store, of_one.BY_QUESTION[question].text)
            own = [row for row in rows if row["source"].startswith(f"{kind}/{of_one.SEED}")]
            yield from _rows(question, kind, answers.complaints(answers.expected(question, kind), own))


def _of_several(store: Store) -> Iterator[Row]:
    aside = of_several.kept_aside()
    for name in of_several.ASKED:
        rows = answers.rows_of(store, queries.load()[name].text)
        read = [row for row in rows if aside.isdisjoint(row.values())]
        expected = answers.expected(name, "reports", of_several.CASES)
        yield from _rows(name, "reports", answers.complaints(expected, read))


def _rows(question: str, kind: str, complaints: list[str]) -> Iterator[Row]:
    yield from ({"question": question, "in": kind, "complaint": one, "reason": ""} for one in complaints)


def _write(path: Path, rows: list[Row]) -> None:
    before = answers.read_table(path)
    for row in rows:
        known = {old["complaint"]: old["reason"] for old in before if old["question"] == row["question"]}
        alike = difflib.get_close_matches(row["complaint"], known, 1, _ALIKE)
        row["reason"] = known[alike[0]] if alike else ""
    lines = [_COLUMNS, *(tuple(row[name] for name in _COLUMNS) for row in rows)]
    path.write_text("".join("\t".join(line) + "\n" for line in lines), "utf-8")
    bare = sum(not row["reason"] for row in rows)
    print(f"{path.parent.name}: {len(rows)} known misses, {bare} of them without a reason")


if __name__ == "__main__":
    if "PARLEY_SHARED" not in os.environ:
        raise SystemExit("Set PARLEY_SHARED to the folder that holds the article, and run this again")
    main(Path(os.environ["PARLEY_SHARED"]).resolve())
