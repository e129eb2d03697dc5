"""Words for what lasts beyond an event, from `lasting.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.reading.words.tables import WordClasses, table, turned


class SignatureWords(WordClasses):
    """Verbs of signing, and words for other capacities than that of a party."""

    verbs: frozenset[str]
    witness: frozenset[str]
    guarantor: frozenset[str]
    led: frozenset[str]


class PreconditionWords(WordClasses):
    """Words by which a demand is one that comes first."""

    nouns: frozenset[str]
    leading: frozenset[str]
    before: frozenset[str]
    between: frozenset[str]
    stances: frozenset[str]
    taking: frozenset[str]


class SendingWords(WordClasses):
    """Words that lead to those who send or lead a mission, and to where it works."""

    verbs: frozenset[str]
    authorising: frozenset[str]
    places: frozenset[str]
    leading: frozenset[str]
    words: frozenset[str]


class CommissionWords(WordClasses):
    """Words for a border commission and for those whose it is."""

    nouns: frozenset[str]
    kinds: frozenset[str]
    links: frozenset[str]


class CountWords(WordClasses):
    """Words around a number of people."""

    people: frozenset[str]
    skipped: frozenset[str]
    own: frozenset[str]


@dataclass(frozen=True)
class MoveWords:
    """Words that lead to the places between which people move, and to the time by which something is due."""

    ways: Mapping[str, str]  # word → from, to
    leaving: frozenset[str]
    due: frozenset[str]


@dataclass(frozen=True)
class MissionWords:
    """Nouns for missions with the words that say what they are for: word → class of missions."""

    nouns: frozenset[str]
    kinds: Mapping[str, str]
    alone: Mapping[str, str]
    bodies: frozenset[str]
    observers: frozenset[str]
    observing: frozenset[str]
    sending: SendingWords
    tasks: Mapping[str, str]  # phrase → task
    standing: Mapping[str, str]  # lemma → status


@dataclass(frozen=True)
class LastingTable:
    """The file, turned round for look-up."""

    signature: SignatureWords
    providing: frozenset[str]
    pointing: frozenset[str]
    issues: Mapping[str, str]  # phrase → issue
    precondition: PreconditionWords
    mission: MissionWords
    commission: CommissionWords
    befallen: Mapping[str, str]  # word → what befell those who are counted
    count: CountWords
    moves: MoveWords


@cache
def lasting_table() -> LastingTable:
    """The table, read once."""
    data = table("lasting.toml")
    provision, count, demand = data["provision"], data["count"], data["precondition"]
    return LastingTable(
        signature=SignatureWords.of(data["signature"]),
        providing=frozenset(provision["verbs"]),
        pointing=frozenset(provision["pointing"]),
        issues=turned(provision["issues"]),
        precondition=PreconditionWords.of({**demand, "leading": demand["for"]}),
        mission=_mission(data["mission"]),
        commission=CommissionWords.of(data["commission"]),
        befallen=turned({name: words for name, words in count.items() if name != "words"}),
        count=CountWords.of(count["words"]),
        moves=MoveWords(
            turned(data["move"]["ways"]), frozenset(data["move"]["leaving"]), frozenset(data["move"]["due"])
        ),
    )


def _mission(data: Mapping[str, Any]) -> MissionWords:
    kinds = {name: data[name] for name in ("MonitoringMission", "PeacekeepingMission", "InspectionBody")}
    return MissionWords(
        nouns=frozenset(data["nouns"]),
        kinds=turned(kinds),
        alone=turned(data["alone"]),
        bodies=frozenset(data["bodies"]),
        observers=frozenset(data["observers"]["words"]),
        observing=frozenset(data["observers"]["kinds"]),
        sending=SendingWords.of(data["sending"]),
        tasks=turned(data["tasks"]),
        standing=turned(data["standing"]),
    )
