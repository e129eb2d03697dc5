"""What the start page shows: counts, and findings that are rare elsewhere, each with its words."""

from dataclasses import dataclass
from itertools import groupby

import queries
from kg.vocab import Base
from server import lookups
from server.engine.contract import Engine, Question, Row, rows
from server.tables import Cell
from server.words import Words, flag, named, value, words


@dataclass(frozen=True)
class Kind:
    """One kind of finding: the query in `queries/` that gives its rows, and the columns to show."""

    query: str
    title: str
    lead: str
    subject: str
    facts: tuple[tuple[str, str], ...]
    only: str | None = None


_KINDS = (
    Kind(
        "refused-rounds",
        "Refused rounds",
        "Talks that were planned and that somebody declined to attend, with the ground that was given.",
        "round",
        (("Refused by", "refuser"), ("Stated ground", "ground"), ("In the words", "groundText")),
    ),
    Kind(
        "stalled-formats",
        "Stalled tracks",
        "Tracks with a refused round and a report of little or no progress: an inference, drawn from both.",
        "track",
        (("Refused round", "refusedRound"), ("Reported progress", "progress")),
        only="stalled",
    ),
    Kind(
        "contested-mediators",
        "Contested mediators",
        "Mediators whom a party accused of bias to refuse talks. The accusation is the speaker's.",
        "mediator",
        (("Accused by", "accuser"), ("Round refused", "round")),
    ),
)


@dataclass(frozen=True)
class Finding:
    """One row: what it is about, what is known of it, and the words."""

    subject: Cell
    facts: tuple[tuple[str, Cell], ...]
    words: Words | None


@dataclass(frozen=True)
class Group:
    """The findings of one kind."""

    kind: Kind
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Overview:
    """Counts by name, and the groups of findings."""

    counts: tuple[tuple[str, int], ...]
    groups: tuple[Group, ...]


def overview(engine: Engine) -> Overview:
    """What the graph holds now."""
    return Overview(_counts(engine), tuple(_group(engine, kind) for kind in _KINDS))


def _counts(engine: Engine) -> tuple[tuple[str, int], ...]:
    found = lookups.select(engine, "counts")
    return tuple((value(row, "what"), int(value(row, "n"))) for row in found)


def _group(engine: Engine, kind: Kind) -> Group:
    base = engine.generation().base
    found = rows(engine.ask(Question(queries.load()[kind.query].text)))
    kept = [row for row in found if kind.only is None or flag(row, kind.only)]
    by_subject = groupby(kept, key=lambda row: value(row, kind.subject))
    first = [next(members) for _, members in by_subject]
    told = lookups.cited(engine, lookups.labelled(engine, first))
    return Group(kind, tuple(_finding(row, kind, base) for row in told))


def _finding(row: Row, kind: Kind, base: Base) -> Finding:
    """The first row of a subject; the queries sort by source and place, so it has the first passage."""
    facts = ((title, named(row, column, base)) for title, column in kind.facts)
    return Finding(named(row, kind.subject, base), tuple(f for f in facts if f[1].text), words(row, base))
