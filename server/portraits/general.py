"""Whatever has no portrait of its own: its page is what the frame shows of everything."""

from dataclasses import dataclass

from server.engine.contract import Engine


@dataclass(frozen=True)
class Plain:
    """Nothing beside what the frame tells."""


def draw(engine: Engine, iri: str, part: int) -> Plain:
    """The same for all."""
    return Plain()
