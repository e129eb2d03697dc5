"""What became of things that reviewers merged, renamed or removed: told in graph/retired."""

from dataclasses import dataclass

from server import lookups
from server.engine.contract import Engine
from server.tables import Cell, compact
from server.words import named, value


@dataclass(frozen=True)
class Retirement:
    """A thing that has ended; `successor` is what stands for it now, None where nothing does."""

    iri: str
    key: str
    successor: Cell | None
    date: str
    reason: str
    who: str

    @property
    def status(self) -> int:
        """Of a document about it: 410 where nothing stands for it any more."""
        return 200 if self.successor else 410


def retirement(engine: Engine, iri: str) -> Retirement:
    """What became of a retired thing."""
    base = engine.generation().base
    row = lookups.select(engine, "retired", this=iri)[0]
    successor = named(row, "successor", base) if "successor" in row else None
    told = (value(row, name) for name in ("date", "reason", "who"))
    return Retirement(iri, compact(iri, base), successor, *told)
