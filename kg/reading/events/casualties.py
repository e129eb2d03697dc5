"""Who died or was hurt, told once: not again beside the attack itself, or in "killed and wounded"."""

from collections.abc import Sequence

from kg.reading.analysis import Analysis
from kg.reading.events.sightings import Sighting
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
        again = sighting.name == "Deaths" and (
            _with_the_dead(analysis, sighting, kept) or _of_attack(analysis, sighting)
        )
        if not again:
            kept.append(sighting)
    return kept


def _with_the_dead(analysis: Analysis, sighting: Sighting, before: Sequence[Sighting]) -> bool:
    """ "54 people were killed and 90 injured"."""
    verb = next((v for v in analysis.verbs_in(sighting.trigger) if v.main == sighting.trigger.first), None)
    if verb is None or verb.lemma not in _HURT:
        return False
    told = [s.trigger.first for s in before if s.name == "Deaths" or s.code == "ASSAULT"]
    near = Range(max(0, verb.main - _BESIDE), verb.main)
    joined = {"and", "or", ","} & set(analysis.document.lowers(near))
    same = analysis.document.sentence(verb.main)
    return bool(joined) and any(at in near and at in same for at in told)


def _of_attack(analysis: Analysis, sighting: Sighting) -> bool:
    """ "a strike on X that killed four": the strike is told, with all that belongs to it."""
    verb = next((v for v in analysis.verbs_in(sighting.trigger) if v.main == sighting.trigger.first), None)
    if verb is None or verb.form != "finite" or verb.first == 0:
        return False
    if analysis.document.tokens[verb.first - 1].lower not in _RELATIVES:
        return False
    first = max(analysis.document.sentence(verb.main).first, verb.first - _ATTACK_WITHIN)
    return not event_table().words.attacks.isdisjoint(analysis.document.lowers(Range(first, verb.first)))
