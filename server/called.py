"""Which thing a reader means who writes a name where a key or an IRI is asked for."""

from kg.names import folding
from kg.names.index import Index
from kg.names.things import Thing
from server.context import names

_FEW = 6  # things to choose from that a fault names


def called(text: str) -> tuple[str | None, tuple[Thing, ...]]:
    """The key of the one thing that people know by this name; where there is no such one, what may be meant.

    Letters, accents and the order of words do not matter. Raises the errors of the engine, StoreError.
    """
    index = names()
    exact = _things(index, [name.thing for name in index.exact(folding.words(text))])
    if len(exact) == 1:
        return exact[0].key, ()
    return None, tuple(exact or [one for one in index.complete(text, _FEW) if one.named])[:_FEW]


def _things(index: Index, ids: list[int]) -> list[Thing]:
    return [thing for thing in index.things(list(dict.fromkeys(ids))).values() if thing.named]
