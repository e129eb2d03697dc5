"""Queries that never end by themselves, or end everything: `hanging/*.rq`, and some that are made here."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).with_name("hanging")
HONEST = frozenset({400, 413, 414, 429, 503, 507})  # what may be said of a query that is not answered
_MEGABYTE = 2**20


@dataclass(frozen=True)
class Endless:
    """One such query."""

    name: str
    text: str


def load() -> tuple[Endless, ...]:
    """All of them, by name."""
    files = (Endless(path.stem, path.read_text("utf-8")) for path in HERE.glob("*.rq"))
    return tuple(sorted([*files, *_made()], key=lambda one: one.name))


def _made() -> Iterator[Endless]:
    """Those that are too large to be written down."""
    deep = 20_000
    yield Endless("deep-groups", f"SELECT * {'{' * deep} ?s ?p ?o {'}' * deep}")
    yield Endless("deep-brackets", f"SELECT * {{ ?s ?p ?o FILTER({'(' * deep}?o = 1{')' * deep}) }}")
    yield Endless("deep-nots", f"ASK {{ FILTER({'!' * _MEGABYTE}true) }}")
    yield Endless("deep-path", f"SELECT * {{ ?s {'(' * deep}<urn:p>{')*' * deep} ?o }}")
    many = ", ".join(f'"{number:06}"' for number in range(90_000))
    yield Endless("huge-in", f"SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f FILTER(STR(?c) IN ({many})) }}")
    unions = " UNION ".join(f"{{ ?a ?b{number} ?c }}" for number in range(40_000))
    yield Endless("megabyte-of-unions", f"SELECT (COUNT(*) AS ?n) {{ {unions} . ?d ?e ?f }}")
    joins = " . ".join(f"?a{number} ?b{number} ?c{number}" for number in range(30_000))
    yield Endless("megabyte-of-joins", f"SELECT (COUNT(*) AS ?n) {{ {joins} }}")
    sums = "+".join(["1"] * 500_000)
    yield Endless("megabyte-of-sums", f"SELECT ({sums} AS ?n) {{ ?a ?b ?c . ?d ?e ?f }}")
