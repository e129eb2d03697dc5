"""Writes the tables in `cases/seed` again after a change of the reader or the report; the diff is for review.

    PARLEY_SHARED=../shared .venv/bin/python tests/renew_seed.py

Selectors, offsets and reasons in coverage.tsv stay; a reason for a fact that is now found is to be taken out.
"""

import os
from pathlib import Path

from seed_coverage import COVERAGE, renewed, share
from seed_readings import CASES, COLUMNS, article, reading_of, report, rows_of, write_rows

if __name__ == "__main__":
    if "PARLEY_SHARED" not in os.environ:
        raise SystemExit("Set PARLEY_SHARED to the folder that holds the article, and run this again")
    texts = {"article": article(Path(os.environ["PARLEY_SHARED"])), "report": report()}
    readings = {name: reading_of(path) for name, path in texts.items()}
    for name, reading in readings.items():
        write_rows(CASES / f"{name}.tsv", COLUMNS, rows_of(reading))
    facts = renewed(readings)
    write_rows(COVERAGE, facts[0], facts)
    for name in readings:
        print(f"{name}: {share(facts, name):.1f} % of {len(facts)} facts")
