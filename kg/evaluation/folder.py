"""Finds texts and the gold that belongs to them, and loads both."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import EvaluationError, SourceError
from kg.evaluation import gold
from kg.evaluation.items import Account
from kg.evaluation.offsets import Offsets
from kg.evaluation.values import Values
from kg.model import Source
from kg.sources import load
from kg.sources.decoding import read_text
from kg.sources.fields import sidecar, sidecar_of
from kg.sources.forms import documents
from kg.sources.paths import kind_of, shown

SUFFIXES = (".txt", ".md")  # of texts; offsets into a page would be no offsets into its file
_GOLD = ".gold.json"


@dataclass(frozen=True)
class Case:
    """One text, by what name, and what a person wrote down about it."""

    name: str
    source: Source
    gold: Account


@dataclass(frozen=True)
class Folder:
    """The gold files of a folder by name, the texts for them, and the texts that have none."""

    path: Path
    golds: Mapping[str, Path]
    texts: Mapping[str, Path]

    @classmethod
    def of(cls, path: Path, elsewhere: Mapping[str, Path] | None = None) -> "Folder":
        """What the folder itself holds; `elsewhere` has texts by name for gold without one beside it.

        EvaluationError: there is no such folder, or no gold in it.
        """
        if kind_of(path) != "folder":
            raise EvaluationError(
                "is not a folder", shown(path), f"Give one that holds NAME.txt with NAME{_GOLD}"
            )
        files = sorted(file for file in path.iterdir() if not file.name.startswith("."))
        golds = {file.name.removesuffix(_GOLD): file for file in files if file.name.endswith(_GOLD)}
        if not golds:
            what = f"the folder holds no NAME{_GOLD}"
            raise EvaluationError(what, shown(path), "Give one that holds texts with gold beside them")
        # Of two texts with one name the last suffix in the alphabet is taken: NAME.txt before NAME.md.
        beside = {file.stem: file for file in files if file.suffix.lower() in SUFFIXES}
        return cls(path, golds, dict(elsewhere or {}) | beside)

    @property
    def scored(self) -> tuple[str, ...]:
        """The names of gold with a text."""
        return tuple(name for name in self.golds if name in self.texts)

    @property
    def not_here(self) -> tuple[str, ...]:
        """The names of gold without a text."""
        return tuple(name for name in self.golds if name not in self.texts)

    @property
    def without_gold(self) -> tuple[Path, ...]:
        """The texts of this folder that have no gold."""
        return tuple(
            file for name, file in self.texts.items() if name not in self.golds and file.parent == self.path
        )

    def case(self, name: str, values: Values) -> Case:
        """One text with its gold. SourceError or EvaluationError: one of them cannot be used."""
        beside = self.golds[name].with_name(f"{name}.txt")
        cited = sidecar(beside)
        path = self.texts[name]
        source = load(path, cited.date, cited.publisher, cited.title).source
        offsets = _offsets(sidecar_of(beside), source, path)
        return Case(name, source, gold.load(self.golds[name], offsets, values))


def expected_hash(meta: Path) -> str | None:
    """The sha256 that a NAME.meta.json gives for its text."""
    if kind_of(meta) != "file":
        return None
    found = json.loads(read_text(meta)).get("sha256")
    return found.strip().lower() if isinstance(found, str) and found.strip() else None


def _offsets(meta: Path, source: Source, path: Path) -> Offsets:
    """Those of the text that was marked: the one stored, if the sidecar has its hash, else that of the file.

    The two differ where a file has characters that nobody sees. SourceError: the sidecar has another hash.
    """
    wanted, marked = expected_hash(meta), _body(path)
    if wanted == source.sha256:
        return Offsets(len(source.text))
    hashes = (hashlib.sha256(data).hexdigest() for data in (marked.encode(), path.read_bytes()))
    if wanted and wanted not in hashes:
        raise SourceError(
            f"the text is not the one that was marked: its sha256 is not that in {meta.name}",
            shown(path),
            "Put the text that was marked there",
        )
    return Offsets.between(marked, source.text)


def _body(path: Path) -> str:
    """The text of the file after its header, to the character."""
    return next(one.text for one in documents(path) if not isinstance(one, SourceError))
