"""Which folders of the suite are run, how many cases each has, and which of these are not to pass."""

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from . import checkout, manifest
from .manifest import Case

_HERE = Path(__file__).parent
LEFT_OUT = {"sparql11/entailment", "sparql11/http-rdf-update"}  # why, the package says
FEDERATED = {"sparql11/service"}  # needs other endpoints
OVER_HTTP = {"sparql11/protocol", "sparql11/graph-store-protocol", "sparql11/service-description"}


@dataclass(frozen=True)
class Folder:
    """A folder, the suite that it counts for, and how many cases it must have."""

    suite: str
    folder: str
    number: int

    @property
    def cases(self) -> tuple[Case, ...]:
        """Its cases; none where the suite is not on this machine."""
        return manifest.cases(self.folder) if checkout.folder() else ()


def _rows(name: str) -> list[dict[str, str]]:
    with (_HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


FOLDERS = tuple(Folder(row["suite"], row["folder"], int(row["cases"])) for row in _rows("suites.tsv"))
# By the short name of a case: why the engine fails it, with the place upstream that says so.
KNOWN_FAILURES = {row["case"]: f"{row['reason']} ({row['upstream']})" for row in _rows("known-failures.tsv")}
# By the short name of a case: why Parley refuses it.
REFUSED = {row["case"]: row["reason"] for row in _rows("refused.tsv")}


def numbers() -> dict[str, int]:
    """How many cases each suite has, in the order of the table."""
    found = Counter[str]()
    for row in FOLDERS:
        found[row.suite] += row.number
    return dict(found)


def on_disk() -> set[str]:
    """The folders of the checkout that have cases."""
    here = checkout.folder()
    assert here is not None
    found = {str(path.parent.relative_to(here)) for path in here.rglob("manifest.ttl")}
    return {folder for folder in found if "/" in folder}
