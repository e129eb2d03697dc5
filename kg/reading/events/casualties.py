"""Who died or was hurt, told once: not again beside the attack itself, or in "killed and wounded"."""

from collections.abc import Sequence
from dataclasses import replace

from kg.reading.analysis import Analysis
from kg.reading.events.sightings import Sighting, cover
from kg.reading.text.tokens import Range
from kg.reading.words.events import event_table

_HURT = frozenset({"wound", "injure", "hurt"})
_BESIDE = 12  # tokens between "killed" and "wounded"
_ATTACK_WITHIN = 16  # tokens between an attack and "that killed"
_RELATIVES = frozenset({"that", "which"})


def without_repeated(analysis: Analysis, found: Sequence[Sighting]) -> list[Sighting]:
    """Sightings in their order, without deaths that another of them tells of."""
    kept: list[Sighting] = []
    for sighting in found:
        deaths = sighting.name == "Deaths"
        beside = _the_dead(analysis, sighting, kept) if deaths else None
        if beside is not None:
            kept[beside] = _with(kept[beside], sighting)
        elif (attack := _outcome(analysis, sighting, kept)) is not None:
            kept[attack] = _whole(kept[attack], sighting)
        elif deaths and (first := _of_attack(analysis, sighting)) is not None:
            kept = [_whole(s, sighting) if s.trigger.last - 1 == first else s for s in kept]
        else:
            kept.append(sighting)
    return kept


def _the_dead(analysis: Analysis, sighting: Sighting, before: Sequence[Sighting]) -> int | None:
    """ "54 people were killed and 90 injured": the number of what tells of the 54."""
    verb = next((v for v in analysis.verbs_in(sighting.trigger) if v.main == sighting.trigger.first), None)
    if verb is None or verb.lemma not in _HURT:
        return None
    near = Range(max(analysis.document.sentence(verb.main).first, verb.main - _BESIDE), verb.main)
    if {"and", "or", ",", "with"}.isdisjoint(analysis.document.lowers(near)):
        return None
    told = (at for at, s in enumerate(before) if s.name == "Deaths" or s.code == "ASSAULT")
    return next((at for at in told if before[at].trigger.first in near), None)


def _outcome(analysis: Analysis, sighting: Sighting, before: Sequence[Sighting]) -> int | None:
    """ "attacked the airport, killing 44": told with the attack that ends right before it, at this place."""
    if sighting.name != "Deaths" and sighting.code != "ASSAULT":
        return None
    verb = next((v for v in analysis.verbs_in(sighting.trigger) if v.main == sighting.trigger.first), None)
    if verb is None or verb.form != "gerund" or analysis.document.tokens[verb.first - 1].text != ",":
        return None
    if verb.lemma not in _HURT | {"kill"}:
        return None
    sentence = analysis.document.sentence(verb.main)
    told = [at for at, s in enumerate(before) if s.code == "ASSAULT" and s.trigger.first in sentence]
    beside = [at for at in told if before[at].evidence.last == verb.first - 1]
    return next(iter(beside or (told if sighting.name == "Deaths" else ())), None)


def _with(first: Sighting, also: Sighting) -> Sighting:
    """The deaths with those who were hurt; an attack stays as it is told."""
    if first.name != "Deaths":
        return first
    return replace(first, evidence=cover(first.evidence, also.trigger))


def _whole(attack: Sighting, deaths: Sighting) -> Sighting:
    """The attack with its relative clause."""
    return replace(attack, evidence=cover(attack.evidence, deaths.trigger, deaths.evidence))


def _of_attack(analysis: Analysis, sighting: Sighting) -> int | None:
    """ "a strike on X that killed four": the token of the strike, which is told with that."""
    verb = next((v for v in analysis.verbs_in(sighting.trigger) if v.main == sighting.trigger.first), None)
    if verb is None or verb.form != "finite" or verb.first == 0:
        return None
    if analysis.document.tokens[verb.first - 1].lower not in _RELATIVES:
        return None
    first = max(analysis.document.sentence(verb.main).first, verb.first - _ATTACK_WITHIN)
    before, attacks = range(verb.first - 1, first - 1, -1), event_table().words.attacks
    return next((at for at in before if analysis.document.tokens[at].lower in attacks), None)
