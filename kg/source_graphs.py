"""The graph of each text, kept by everything it depends on, so that a build reads only what is new."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

from kg import durable, fingerprint, triples
from kg.assembly import assemble
from kg.errors import ParleyError, SourceError
from kg.identifiers import digest
from kg.known import index
from kg.library import Stored
from kg.model import Reading, Source
from kg.on_demand import OnDemand
from kg.vocab import Base


@dataclass(frozen=True)
class Outcome:
    """What reading one text gave: how many things of each kind, by the names of the fields of a Reading."""

    text: Stored
    counts: Mapping[str, int]

    @property
    def found(self) -> int:
        """Things read, beyond the bare mention of actors and what stayed unread."""
        return sum(n for kind, n in self.counts.items() if kind not in ("entities", "unread"))


class SourceGraphs:
    """Graphs as sorted lines of N-Triples, from the cache folder or read anew."""

    def __init__(self, cache: Path, base: Base) -> None:
        self._cache = cache
        self.base = base
        self.outcomes: list[Outcome] = []

    def name(self, text: Stored) -> str:
        """A hash of the text, its citation, the base and all code and data that read it."""
        return digest(fingerprint.code(), self.base.iri, json.dumps(asdict(text.source), default=str))

    def lines(self, text: Stored) -> list[str]:
        """The graph of this text; read, and noted in `outcomes`, if it is not in the cache.

        Raises SourceError where the reader fails, so that one odd text does not stop thousands.
        """
        file = self._cache / f"{self.name(text)}.nt"
        if file.exists():
            return triples.lines_of(file.read_bytes().decode())
        reading, lines = self._read(text)
        durable.write(file, "".join(f"{line}\n" for line in lines).encode())
        self.outcomes.append(Outcome(text, counts(reading)))
        return lines

    def of(self, texts: tuple[Stored, ...]) -> Mapping[str, list[str]]:
        """The graphs of these texts by their keys, each from the cache when it is asked for."""
        by_key = {text.source.key: text for text in texts}
        return OnDemand(by_key, lambda key: self.lines(by_key[key]))

    def version(self, texts: tuple[Stored, ...]) -> str:
        """A hash of everything that the joint graph of these texts depends on."""
        return digest(fingerprint.code(), self.base.iri, *map(self.name, texts), length=16)

    def keep_only(self, texts: tuple[Stored, ...]) -> None:
        """Drop from the cache what belongs to none of these texts."""
        wanted = {f"{self.name(text)}.nt" for text in texts}
        for file in self._cache.iterdir():
            if file.name not in wanted:
                file.unlink()

    def _read(self, text: Stored) -> tuple[Reading, list[str]]:
        try:
            reading = self._reader(text.source)
            return reading, triples.to_lines(assemble(reading, self.base))
        except ParleyError as error:
            raise SourceError(error.what, text.source.key, error.mend) from error
        except Exception as error:
            what = f"cannot be read, by a fault of Parley ({type(error).__name__}: {error})"
            mend = "Please report it with the text; parley --debug read FILE shows where it arose"
            raise SourceError(" ".join(what.split()), text.source.key, mend) from error

    @cached_property
    def _reader(self) -> Callable[[Source], Reading]:
        from kg.reading import read  # takes a second, which a build with nothing new to read need not

        known = index()
        return lambda source: read(source, known)


def counts(reading: Reading) -> dict[str, int]:
    """How many things of each kind a reading holds."""
    return {name: len(part) for name, part in vars(reading).items() if isinstance(part, tuple)}
