"""How well the reader does on the texts under bench/extraction/, one table for each set of them.

    .venv/bin/python -m bench.extraction [SET …] [--misses N] [--record]

A set is a folder of gold. Its texts lie beside it, among the shipped reports under the same name, or, where
they belong to a publisher, in $PARLEY_SHARED/articles or $PARLEY_TEXTS, known by the sha256 in meta.json.
Rules may be written from every set but those kept aside, whose names end in -aside: they only say how far the
rules carry. `--record` keeps their figures in kg/evaluation/measured.json, for the page about the data.
"""

import argparse
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import kg.evaluation
from kg.errors import SourceError
from kg.evaluation import Evaluation, Folder
from kg.evaluation.folder import SUFFIXES, expected_hash
from kg.sources import shipped_reports
from kg.sources.decoding import read_text
from kg.sources.fields import sidecar_of
from kg.sources.headers import split_header
from server.commands.evaluate import evaluated, summary, table
from server.commands.misses import misses_of
from server.commands.options import plural

SETS = Path(__file__).with_name("extraction")
MEASURED = Path(kg.evaluation.__file__).with_name("measured.json")
_HOW = """Not every text is part of the project. Put those that you have into a folder, under any names, and
set PARLEY_TEXTS to it: they are known by the sha256 in NAME.meta.json, which also says who published them."""


def main(names: list[str], misses: int, kept: bool) -> None:
    """Print a table for each set named, or for all, and which of them lack texts."""
    known = (path for path in SETS.iterdir() if path.is_dir())
    paths = sorted(SETS / name for name in names) if names else sorted(known)
    results = {path.name: scored(path, misses) for path in paths}
    lacking = {name: result for name, result in results.items() if result.not_here}
    if lacking:
        print(f"\n{_HOW}")
        for name, result in lacking.items():
            few = "only in part" if result.scored else "not at all"
            print(f"  {name}: scored {few}, {plural(len(result.not_here), 'text')} not here")
    if not any(result.scored for result in results.values()):
        raise SystemExit("No text of these sets could be scored")
    if kept:
        record(results)


def record(results: Mapping[str, Evaluation]) -> None:
    """Keep the figures of sets that are aside and whole: texts that no rule was written from."""
    aside = {
        name: {
            "texts": len(result.scored),
            "figures": {kind: asdict(one) for kind, one in result.figures().items()},
        }
        for name, result in sorted(results.items())
        if name.endswith("-aside") and result.scored and not result.not_here
    }
    told = {"day": datetime.now(UTC).date().isoformat(), "command": "make bench-extraction", "sets": aside}
    MEASURED.write_text(json.dumps(told, indent=1) + "\n", "utf-8")


def scored(path: Path, misses: int) -> Evaluation:
    """The figures of one set, which are printed as they come."""
    print(f"\n## {path.name}\n")
    result = evaluated(Folder.of(path, elsewhere(path)))
    for error in result.errors:
        print(error)
    if result.scored:
        print(table(result))
    for line in (*summary(result), *misses_of(result, misses)):
        print(line, flush=True)
    return result


def elsewhere(path: Path) -> dict[str, Path]:
    """Texts for the gold of a set that do not lie beside it, by name."""
    reports = {report.stem: report for report in shipped_reports()}
    marked = {file.name.removesuffix(".gold.json"): file for file in path.glob("*.gold.json")}
    hashes = {name: expected_hash(sidecar_of(file.with_name(f"{name}.txt"))) for name, file in marked.items()}
    found = {name: stored().get(wanted) for name, wanted in hashes.items() if wanted}
    return {name: text for name, text in found.items() if text} | {
        name: reports[name] for name in marked if name in reports
    }


@cache
def stored() -> dict[str, Path]:
    """The texts that we may not ship, by the sha256 of the text in UTF-8."""
    return {digest: file for file in _files() for digest in _hashes(file)}


def _files() -> Iterator[Path]:
    shared, texts = os.environ.get("PARLEY_SHARED"), os.environ.get("PARLEY_TEXTS")
    for root in ((Path(shared) / "articles",) if shared else ()) + ((Path(texts),) if texts else ()):
        yield from (file for file in sorted(root.rglob("*")) if file.suffix.lower() in SUFFIXES)


def _hashes(file: Path) -> tuple[str, ...]:
    """That of the text; nothing for a file that cannot be read."""
    try:
        text = split_header(read_text(file), str(file))[1]
    except SourceError:
        return ()
    return (hashlib.sha256(text.encode()).hexdigest(),)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("sets", nargs="*", metavar="SET")
    parser.add_argument("--misses", type=int, default=0, metavar="N")
    parser.add_argument("--record", action="store_true")
    given = parser.parse_args()
    main(given.sets, given.misses, given.record)
