"""Copies what is served out of npm's folder, with the licences of all that is bundled in it.

    python -m server.assets.collect FROM TO

FROM is where `npm ci` ran, TO is written anew. `make assets` runs this.
"""

import json
import shutil
import sys
from collections.abc import Iterator, Mapping
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any

from server.assets import CONTENTS, Served, served

LICENCES = "LICENCES.txt"
_TEXTS = ("licen[sc]e*", "LICEN[SC]E*", "Licen[sc]e*", "COPYING*")
_MIT = Path(__file__).with_name("mit.txt")
_RULE = "\n" + "-" * 72 + "\n"


def collect(source: Path, target: Path) -> None:
    """Raises FileNotFoundError where the lockfile's packages are not in `source`."""
    shutil.rmtree(target, ignore_errors=True)
    rows = sorted(served(), key=lambda row: row.name)
    contents = {
        name: _package(source, target, list(own)) for name, own in groupby(rows, lambda row: row.name)
    }
    text = json.dumps(contents, indent=1, sort_keys=True) + "\n"
    (target / CONTENTS).write_text(text, "utf-8")  # last, so that a folder that has it is whole


def _package(source: Path, target: Path, rows: list[Served]) -> dict[str, Any]:
    package, name = rows[0].package, rows[0].name
    told = sha256()
    for row in rows:
        copy = target / name / row.served
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / "node_modules" / package / row.file, copy)
        told.update(copy.read_bytes())
    (target / name / LICENCES).write_text(_RULE.join(_licences(source, package)), "utf-8")
    return {
        "version": _manifest(source, package)["version"],
        "mark": told.hexdigest()[:12],
        "files": {row.served: (target / name / row.served).stat().st_size for row in rows},
    }


def _licences(source: Path, package: str) -> Iterator[str]:
    """For the package and all that may be bundled in its files: who made it, and on which terms."""
    for name in sorted(_bundled(source, package), key=lambda name: (name != package, name)):
        told = _manifest(source, name)
        head = f"{name} {told['version']}, {told.get('license', 'of a licence that it does not name')}"
        texts = [path.read_text("utf-8").strip() for path in _texts(source / "node_modules" / name)]
        by = _maker(told.get("author"))
        plain = _MIT.read_text("utf-8").strip().replace("THE AUTHORS", by or f"the authors of {name}")
        yield "\n\n".join([head, *(texts or [plain] if told.get("license") == "MIT" else texts)])


def _texts(folder: Path) -> list[Path]:
    found = {path for pattern in _TEXTS for path in folder.glob(pattern) if path.is_file()}
    return sorted(found)


def _bundled(source: Path, package: str) -> set[str]:
    """The package and what it depends on, as far as npm put it beside it."""
    found, waiting = set[str](), [package]
    while waiting:
        name = waiting.pop()
        if name in found or not (source / "node_modules" / name).is_dir():
            continue
        found.add(name)
        told = _manifest(source, name)
        waiting += [*told.get("dependencies", ()), *told.get("peerDependencies", ())]
    return found


def _maker(author: str | Mapping[str, str] | None) -> str:
    return author if isinstance(author, str) else (author or {}).get("name", "")


def _manifest(source: Path, package: str) -> dict[str, Any]:
    text = (source / "node_modules" / package / "package.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


if __name__ == "__main__":
    collect(Path(sys.argv[1]), Path(sys.argv[2]))
