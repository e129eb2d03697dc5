"""The rules of the closure as SPARQL, run until they give nothing new: another way to the same triples.

They were the served closure until 2026-11-29. Tests and the bench hold the closure against them: they share
no code with it. The files of `rules` are named after the rules of OWL 2 Profiles, section 4.3.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pyoxigraph as ox

RULES = {
    path.stem: path.read_text("utf-8") for path in sorted(Path(__file__).with_name("rules").glob("*.rq"))
}


def saturate(store: ox.Store) -> Iterator[ox.Triple]:
    """Add what the rules draw until they give nothing new; each new triple once."""
    before = -1
    while len(store) != before:
        before = len(store)
        for text in RULES.values():
            drawn = {ox.Quad(*triple) for triple in cast(ox.QueryTriples, store.query(text))}
            new = [quad for quad in drawn if quad not in store]
            store.extend(new)
            yield from (quad.triple for quad in new)
