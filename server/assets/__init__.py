"""Third-party scripts and styles of the pages: which are there, and the address of each.

They come from npm by lockfile (`make assets`), lie in `server/static/vendor/`, and are in no commit. A page
must do without those that are missing. `served.tsv` says which files of which package are served, and
`contents.json`, written by `collect`, which of them are there.
"""

import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

VENDOR = Path(__file__).parent.parent / "static" / "vendor"
CONTENTS = "contents.json"
MEND = "make assets"  # the command that gets what is missing


@dataclass(frozen=True)
class Served:
    """A file that is to be served: `file` within the npm package, as `served` below the short `name`."""

    package: str
    name: str
    file: str
    served: str
    purpose: str


@cache
def served() -> tuple[Served, ...]:
    """What `served.tsv` lists."""
    text = resources.files(__package__).joinpath("served.tsv").read_text("utf-8")
    return tuple(Served(**row) for row in csv.DictReader(text.splitlines(), delimiter="\t"))


@cache
def there() -> dict[str, dict[str, Any]]:
    """By short name of a package its version, its mark (a hash of its files) and its files that are there."""
    contents = VENDOR / CONTENTS
    found: dict[str, dict[str, Any]] = json.loads(contents.read_text("utf-8")) if contents.exists() else {}
    return found


def mark(name: str, file: str) -> str | None:
    """The mark under which this file of a package is served, or None where it is not there.

    Raises KeyError for a file that is never served, so that a name misspelt in a template is found.
    """
    if not any((row.name, row.served) == (name, file) for row in served()):
        raise KeyError(f"server/assets/served.tsv has no file {file!r} of {name!r}")
    held = there().get(name)
    return held["mark"] if held and file in held["files"] else None


def missing(names: Iterable[str]) -> tuple[str, ...]:
    """Those of the packages, by short name, of which any file is missing."""
    return tuple(
        name for name in names if any(not mark(name, row.served) for row in served() if row.name == name)
    )
