"""Each statement as a nanopublication: assertion, provenance and publication info, each a graph of its own.

Nanopublication Guidelines, working draft, "Well-formed Nanopublications"; http://www.nanopub.org/nschema#.
They have no time of creation, which the guidelines advise: dumps of equal data are equal.
"""

from collections.abc import Iterator
from itertools import groupby, islice
from pathlib import Path

from pyoxigraph import RdfFormat, Store, parse, serialize

from kg import runs
from kg.dumps import NAME
from kg.dumps.extracts import rows
from kg.dumps.listing import File, files
from kg.dumps.sinks import Pair
from kg.vocab import PREFIXES, Base

STEM = f"{NAME}-nanopublications"
_PARTS = ("Head", "assertion", "provenance", "pubinfo")  # in this order in the file
_AT_ONCE = 1000  # nanopublications
_SCHEMA = "http://www.nanopub.org/nschema"
_PREFIXES = PREFIXES | {"np": f"{_SCHEMA}#", "npx": "http://purl.org/nanopub/x/"}


def write(folder: Path, store: Store, base: Base) -> Iterator[File]:
    """Write one for each statement as TriG, plain and packed."""
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(_PREFIXES.items())).encode()
    pair, count = Pair(folder / f"{STEM}.trig", head), 0
    # Sorted here, since the engine looks up each term anew for each comparison: a third of the time.
    told = (line for line, _ in groupby(runs.in_order(_groups(store, base), folder)))
    each = (list(of_one) for _, of_one in groupby(told, key=lambda line: line.partition(" ")[0]))
    while some := list(islice(each, _AT_ONCE)):
        count += sum(map(len, some))
        pair.write(_trig([line for of_one in some for line in of_one]))
    title, kind = "Statements as nanopublications, TriG", "application/trig"
    yield from files(pair.close(), title, kind, triples=count, conforms_to=_SCHEMA)


def iri(statement: str, base: Base) -> str:
    """What the nanopublication of a statement is called."""
    return f"{base.iri}id/nanopublication/{statement.rpartition('/')[2]}"


def _groups(store: Store, base: Base) -> Iterator[list[str]]:
    """Every quad as a line that sorts by nanopublication and part: both, then the quad as N-Quads has it."""
    for rank, part in enumerate(_PARTS):
        for row in rows(store, f"nanopublication-{part}", base):
            this = iri(str(getattr(row["statement"], "value", "")), base)
            ours = {"<np:this>": f"<{this}>"} | {f"<np:{name}>": f"<{this}#{name}>" for name in _PARTS}
            terms = [ours.get(term, term) for term in (str(row[name]) for name in "spo")]
            yield [f"{this} {rank} {' '.join(terms)} <{this}#{part}> ."]


def _trig(lines: list[str]) -> bytes:
    quads = parse("\n".join(line.split(" ", 2)[2] for line in lines), RdfFormat.N_QUADS)
    text = serialize(quads, format=RdfFormat.TRIG, prefixes=_PREFIXES) or b""
    while text.startswith(b"@prefix"):
        text = text.partition(b"\n")[2]
    return text
