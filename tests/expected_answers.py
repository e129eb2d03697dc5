"""Compares the rows of a query with the answers that a person wrote from reading the article.

`tests/cases/competency/CQ02.tsv` holds the answers to one question. `in` says whether a row is expected of
the `article`, the `report` or `both`; `need` is `must`, or `may` where the text allows either reading. The
other columns are variables of the query. A cell is what the value must be, case and kind of apostrophe aside:

    state/spain        an IRI by its last part (after `/id/`, `/value/` or `#`), a literal by its text
    …biased…           any value that contains, or starts or ends with, what stands beside the ellipsis
    3..6               a whole number between these two
    a | b              one of several
    *  -               anything; no value

Every `must` row has to be matched by some row of the query, and every row of the query by some expected row:
to lump two expected rows together or to split one is right; a missing or an additional reading is not. Rows
that differ only in their words are one answer in several passages, such as a sentence that a cue interrupts.
"""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Store, Triple

Cells = Mapping[str, str]
CASES = Path(__file__).parent / "cases" / "competency"
KNOWN = "known-misses.tsv"


@dataclass(frozen=True)
class Answer:
    """One expected row."""

    required: bool
    cells: Cells

    def fits(self, row: Cells) -> bool:
        return all(_matches(cell, row[name]) for name, cell in self.cells.items())

    def __str__(self) -> str:
        return shown(self.cells.values())


def expected(question: str, kind: str, folder: Path = CASES) -> list[Answer]:
    """The answers to a question for a kind of source, `article` or `report`, or for all `reports`."""
    return [_answer(row) for row in read_table(folder / f"{question}.tsv") if row["in"] in (kind, "both")]


def rows_of(store: Store, text: str) -> list[Cells]:
    """The rows of a query over the default graph, as plain text."""
    solutions = store.query(text)
    assert isinstance(solutions, QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    return [{name: plain(solution[name]) for name in names} for solution in solutions]


def complaints(answers: Iterable[Answer], rows: Iterable[Cells]) -> list[str]:
    """One line for each required answer that no row gives and for each row that no answer allows."""
    answers, rows = list(answers), _whole(rows)
    missing = [f"missing: {a}" for a in answers if a.required and not any(a.fits(row) for row in rows)]
    columns = list(answers[0].cells)
    other = [row for row in rows if not any(answer.fits(row) for answer in answers)]
    return sorted(
        {*missing, *(f"unexpected: {shown(row[name][:40].strip() for name in columns)}" for row in other)}
    )


def known_misses(question: str, kind: str, folder: Path = CASES) -> list[str]:
    """The complaints that are known and explained in known-misses.tsv."""
    rows = read_table(folder / KNOWN)
    return sorted(row["complaint"] for row in rows if (row["question"], row["in"]) == (question, kind))


def read_table(path: Path) -> list[dict[str, str]]:
    """The rows of a tab-separated file without quoting, as the case files are."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, strict=True))


def plain(term: NamedNode | BlankNode | Literal | Triple | None) -> str:
    """A term of a solution as a cell shows it; `-` for none."""
    if term is None:
        return "-"
    if isinstance(term, NamedNode):
        return re.split(r"/id/|/value/|#", term.value)[-1]
    return term.value if isinstance(term, Literal) else str(term)


def shown(values: Iterable[str]) -> str:
    return " | ".join(value.replace("\n", " ").replace("\t", " ") for value in values)


def folded(text: str) -> str:
    """The text without the differences that a cell does not make: case and the shape of apostrophes."""
    return text.casefold().replace("’", "'").replace("‘", "'")


def _whole(rows: Iterable[Cells]) -> list[Cells]:
    """The rows with those joined that differ only in the passage that they show."""
    passages: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for row in rows:
        rest = tuple(item for item in row.items() if item[0] not in ("text", "start", "end"))
        passages.setdefault(rest, []).append(row.get("text", "-"))
    return [{**dict(rest), "text": " … ".join(texts)} for rest, texts in passages.items()]


def _answer(row: Mapping[str, str]) -> Answer:
    assert row["need"] in ("must", "may"), row
    return Answer(row["need"] == "must", {k: v for k, v in row.items() if k not in ("in", "need")})


def _matches(cell: str, value: str) -> bool:
    return any(_matches_one(folded(choice), folded(value)) for choice in cell.split(" | "))


def _matches_one(cell: str, value: str) -> bool:
    bounds = re.fullmatch(r"(\d+)\.\.(\d+)", cell)
    if bounds is not None:
        return value.isdecimal() and int(bounds[1]) <= int(value) <= int(bounds[2])
    pattern = ".*".join(re.escape(part) for part in cell.split("…"))
    return cell == "*" or re.fullmatch(pattern, value, re.DOTALL) is not None
