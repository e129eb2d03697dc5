"""Nouns and noun phrases that the rules know, from `nouns.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from kg.reading.words.tables import WordClasses, table


@dataclass(frozen=True)
class PhraseRelation:
    """A noun phrase that states a relation of its possessor: "X's biased position"."""

    relation: str
    adjectives: frozenset[str]
    heads: frozenset[str]


class TalkWords(WordClasses):
    """Words that tell of negotiations and agreements."""

    sittings: frozenset[str]
    tracks: frozenset[str]
    heads: frozenset[str]
    vague: frozenset[str]
    frames: frozenset[str]
    hosted: frozenset[str]
    circles: frozenset[str]
    gathering: frozenset[str]
    kinds: frozenset[str]
    indirect: frozenset[str]
    conflictual: frozenset[str]
    commercial: frozenset[str]
    several: frozenset[str]
    counts: frozenset[str]
    count_units: frozenset[str]
    numerals: frozenset[str]
    gatherings: frozenset[str]
    strife: frozenset[str]
    mediators: frozenset[str]
    guarantors: frozenset[str]
    playing: frozenset[str]
    mediation: frozenset[str]
    disputes: frozenset[str]
    troubles: frozenset[str]
    wished: frozenset[str]
    processes: frozenset[str]
    agreements: frozenset[str]
    pacts: frozenset[str]
    truces: frozenset[str]
    brokering: frozenset[str]
    sponsoring: frozenset[str]
    two_sided: frozenset[str]
    borders: frozenset[str]
    friendly: frozenset[str]
    agreement_kinds: frozenset[str]
    separately: frozenset[str]
    manners: frozenset[str]
    planned: frozenset[str]
    mediation_words: frozenset[str]
    attempts: frozenset[str]
    organising: frozenset[str]


class OutcomeWords(WordClasses):
    """What is said of talks that came to nothing."""

    stuck: frozenset[str]
    fruitless: frozenset[str]
    results: frozenset[str]
    standing: frozenset[str]

    @cached_property
    def cues(self) -> frozenset[str]:
        """Where a rule for them begins."""
        return self.stuck | self.fruitless | self.results


class SpeechWords(WordClasses):
    """Nouns that tell of speakers and of what they speak about."""

    speakers: frozenset[str]
    offices: frozenset[str]
    grounds: frozenset[str]
    harm: frozenset[str]
    occasions: frozenset[str]
    mute: frozenset[str]
    courts: frozenset[str]
    media: frozenset[str]
    outlets: frozenset[str]
    views: frozenset[str]
    blame: frozenset[str]
    seeming: frozenset[str]


class RouteWords(WordClasses):
    """How a route is told: verbs before its first, middle and last places, and its names."""

    start: frozenset[str]
    via: frozenset[str]
    end: frozenset[str]
    link: frozenset[str]
    carrying: frozenset[str]
    passing: frozenset[str]
    beside: frozenset[str]
    land: frozenset[str]
    nodes: frozenset[str]
    kinds: frozenset[str]
    nouns: frozenset[str]
    unnamed: frozenset[str]
    goods: frozenset[str]
    purposes: frozenset[str]
    named: frozenset[str]


@dataclass(frozen=True)
class NounTable:
    """The file, turned round for look-up."""

    talks: TalkWords
    seats: Mapping[str, frozenset[str]]
    united: frozenset[str]
    progress: dict[str, str]
    stalled: frozenset[str]
    outcomes: OutcomeWords
    phrases: tuple[PhraseRelation, ...]
    route: RouteWords
    speech: SpeechWords
    remits: frozenset[str]
    states: frozenset[str]
    bodies: frozenset[str]
    common: frozenset[str]
    sides: frozenset[str]
    group_nouns: frozenset[str]
    meeting_words: frozenset[str]


@cache
def noun_table() -> NounTable:
    """The table, read once."""
    data = table("nouns.toml")
    progress = {word: value for value in ("little", "none", "some") for word in data["progress"][value]}
    return NounTable(
        talks=TalkWords.of(data["talks"]),
        seats={f"format/{name}": frozenset(keys) for name, keys in data["seats"].items()},
        united=frozenset(f"format/{name}" for name in data["united"]["formats"]),
        progress=progress,
        stalled=frozenset(data["progress"]["stalled"]),
        outcomes=OutcomeWords.of(data["outcomes"]),
        phrases=tuple(_phrase(row) for row in data["phrases"]),
        route=RouteWords.of(data["route"]),
        speech=SpeechWords.of(data["speech"]),
        remits=frozenset(data["posts"]["remits"]),
        states=frozenset(data["posts"]["states"]),
        bodies=frozenset(data["unlisted"]["bodies"]),
        common=frozenset(data["unlisted"]["common"]),
        sides=frozenset(data["meetings"]["sides"]),
        group_nouns=frozenset(data["groups"]["nouns"]),
        meeting_words=frozenset(data["meetings"]["words"]),
    )


def _phrase(row: Mapping[str, Any]) -> PhraseRelation:
    return PhraseRelation(row["relation"], frozenset(row["adjectives"]), frozenset(row["heads"]))
