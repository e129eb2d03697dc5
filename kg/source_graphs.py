"""The graph of each text, kept by everything it depends on, so that a build reads only what is new."""

import json
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

from kg import authority, durable, fingerprint, triples
from kg.assembly import assemble
from kg.identifiers import digest
from kg.library import Stored
from kg.model import Reading
from kg.reading import Index, read
from kg.vocab import Base


@dataclass(frozen=True)
class Outcome:
    """What reading one text gave: how many things of each kind, by the names of the fields of a Reading."""

    text: Stored
    counts: dict[str, int]

    @property
    def found(self) -> int:
        """Things read, beyond the bare mention of actors and what stayed unread."""
        return sum(n for kind, n in self.counts.items() if kind not in ("entities", "unread"))


class SourceGraphs:
    """Graphs as sorted lines of N-Triples, from the cache folder or read anew."""

    def __init__(self, cache: Path, base: Base) -> None:
        self._cache = cache
        self._base = base
        self.outcomes: list[Outcome] = []

    def name(self, text: Stored) -> str:
        """A hash of the text, its citation, the base and all code and data that read it."""
        return digest(fingerprint.code(), self._base.iri, json.dumps(asdict(text.source), default=str))

    def lines(self, text: Stored) -> list[str]:
        """The graph of this text; read, and noted in `outcomes`, if it is not in the cache."""
        file = self._cache / f"{self.name(text)}.nt"
        if file.exists():
            return file.read_text("utf-8").splitlines()
        reading = read(text.source, self._index)
        lines = triples.to_lines(assemble(reading, self._base))
        durable.write(file, "".join(f"{line}\n" for line in lines).encode())
        self.outcomes.append(Outcome(text, counts(reading)))
        return lines

    def keep_only(self, texts: tuple[Stored, ...]) -> None:
        """Drop from the cache what belongs to none of these texts."""
        wanted = {f"{self.name(text)}.nt" for text in texts}
        for file in self._cache.iterdir():
            if file.name not in wanted:
                file.unlink()

    @cached_property
    def _index(self) -> Index:
        return Index.of(authority.lexicon(self._base))


def counts(reading: Reading) -> dict[str, int]:
    """How many things of each kind a reading holds."""
    return {name: len(part) for name, part in vars(reading).items() if isinstance(part, tuple)}
