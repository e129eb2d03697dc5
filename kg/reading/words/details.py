"""Words by which an event tells its special kind, target, step and numbers, from `details.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.reading.words.tables import WordClasses, table, turned


@dataclass(frozen=True)
class KindRule:
    """When an event of one class is of a more special one."""

    of: str
    code: str | None
    kind: str
    words: frozenset[str]
    along: frozenset[str]
    without: frozenset[str]


@dataclass(frozen=True)
class Restriction:
    """A kind of sanction, and the lists of words of each of which one must be there."""

    kind: str
    all: tuple[frozenset[str], ...]


@dataclass(frozen=True)
class Steps:
    """What verbs do to a measure: by class of event, and by verbs that say enough without an object."""

    measures: frozenset[str]
    by_class: Mapping[str, Mapping[str, str]]
    enough: Mapping[str, str]


class Aim(WordClasses):
    """Words beside the target of an event."""

    before: frozenset[str]
    direct: frozenset[str]
    between: frozenset[str]
    diplomats: frozenset[str]


class Broker(WordClasses):
    """Words that lead to whoever arranged something."""

    verbs: frozenset[str]
    nouns: frozenset[str]
    links: frozenset[str]


@dataclass(frozen=True)
class CorridorWords:
    """Words by which a corridor tells where it stands, and what kind it is."""

    verbs: Mapping[str, str]  # lemma → status
    states: Mapping[str, str]
    staying: frozenset[str]
    humanitarian: frozenset[str]
    modes: Mapping[str, str]


@dataclass(frozen=True)
class DetailTable:
    """The file, turned round for look-up."""

    kinds: tuple[KindRule, ...]
    restrictions: tuple[Restriction, ...]
    halts: Mapping[str, str]  # word → form of a ceasefire
    steps: Steps
    aim: Aim
    custody: Mapping[str, str]  # noun → kind of custody; "open" where it says none
    lowest: frozenset[str]
    highest: frozenset[str]
    between: int
    broker: Broker
    corridor: CorridorWords


@cache
def detail_table() -> DetailTable:
    """The table, read once."""
    data = table("details.toml")
    return DetailTable(
        kinds=tuple(_kind(row) for row in data["kind"]),
        restrictions=tuple(
            Restriction(row["kind"], tuple(map(frozenset, row["all"]))) for row in data["restriction"]
        ),
        halts=turned(data["halt"]),
        steps=_steps(data["step"]),
        aim=Aim.of(data["aim"]),
        custody=turned(data["custody"]),
        lowest=frozenset(data["count"]["lowest"]),
        highest=frozenset(data["count"]["highest"]),
        between=data["count"]["between"],
        broker=Broker.of(data["broker"]),
        corridor=_corridor(data["corridor"]),
    )


def _corridor(data: Mapping[str, Any]) -> CorridorWords:
    verbs, states, modes = (turned(data[name]) for name in ("verbs", "states", "modes"))
    words = data["words"]
    return CorridorWords(verbs, states, frozenset(words["staying"]), frozenset(words["humanitarian"]), modes)


def _kind(row: Mapping[str, Any]) -> KindRule:
    words, along, without = (frozenset(row.get(name, ())) for name in ("words", "with", "without"))
    return KindRule(row["of"], row.get("code"), row["kind"], words, along, without)


def _steps(data: Mapping[str, Any]) -> Steps:
    by_class = {name: turned(data[name]) for name in ("Sanctioning", "SanctionsRelief")}
    return Steps(frozenset(data["measures"]), by_class, turned(data["enough"]))
