"""Conditions on the words behind a noun: with whom, against whom, where or when it was."""

from kg.reading.analysis import Analysis
from kg.reading.events.noun_phrases import Noun, owner
from kg.reading.events.noun_sides import NOUN_SIDES
from kg.reading.events.time_and_place import place_of
from kg.reading.events.undergone import armed_in
from kg.reading.names.references import PLACES
from kg.reading.text.tokens import Range
from kg.reading.words.events import event_table

_NEAR = 6  # tokens behind a noun
_WITH = frozenset({"with", "between"})
_UNDERGOING = frozenset({
    "people", "civilians", "demonstrators", "protesters", "soldiers", "children", "women", "journalists",
    "workers", "villagers", "hostages", "prisoners", "police", "officers", "activists", "men",
})  # fmt: skip


def with_somebody(analysis: Analysis, noun: Noun, own: tuple[str, ...]) -> bool:
    """ "a call with X", "contacts between the government and the rebels"."""
    tokens = analysis.document.tokens
    after = tokens[noun.index + 1].lower if noun.index + 1 < noun.own.last else ""
    return after in _WITH and bool(own)


def placed(analysis: Analysis, noun: Noun, own: tuple[str, ...]) -> bool:
    """ "violence against a minority", "battles between police and protesters", or in a place."""
    clause = _clause(noun)
    first = noun.verb.last if noun.verb and noun.verb.first > noun.index else noun.index + 1
    behind = analysis.document.lowers(Range(first, max(first, min(clause.last, first + _NEAR))))
    led = behind[:1] and behind[0] in {"between", "against"}
    armed = bool(event_table().words.forces & set(behind))
    return bool(led and (own or armed)) or place_of(analysis, clause) is not None


def owned(analysis: Analysis, noun: Noun, own: tuple[str, ...]) -> bool:
    """ "X's blockade of Y", "the siege of X": whose it is, or of what."""
    behind = analysis.document.lowers(Range(noun.index + 1, min(noun.own.last, noun.index + 2)))
    where = any(r.type in PLACES for r in analysis.references.within(Range(noun.index + 1, noun.own.last)))
    return bool(owner(analysis, noun)) or (behind in (["of"], ["on"], ["in"]) and (bool(own) or where))


def swapped(analysis: Analysis, noun: Noun, own: tuple[str, ...]) -> bool:
    """ "a prisoner swap in August", "the exchange took place": not one that is only spoken of."""
    if noun.verb is not None:
        return noun.verb.modality != "possible"
    return next(iter(analysis.times_in(noun.own)), None) is not None or len(own) > 1


def _clause(noun: Noun) -> Range:
    """The noun's own words, and some more behind a verb that has it as its subject."""
    if noun.verb is None or noun.verb.first < noun.index:
        return noun.own
    return Range(noun.own.first, min(noun.sentence.last, noun.verb.last + _NEAR))


def undergone(analysis: Analysis, noun: Noun, own: tuple[str, ...]) -> bool:
    """ "the killing of demonstrators", "the murder of X"."""
    behind = analysis.document.lowers(Range(noun.index + 1, min(noun.own.last, noun.index + _NEAR)))
    return behind[:1] == ["of"] and (
        bool(own) or bool(_UNDERGOING & set(behind)) or any(word[0].isdigit() for word in behind)
    )


def dated(analysis: Analysis, noun: Noun, own: tuple[str, ...]) -> bool:
    """ "next month's general election", "elections in Greece", "Sudan's referendum": not those of any day."""
    timed = next(iter(analysis.times_in(_clause(noun))), None) is not None
    return timed or any(r.type in PLACES for r in analysis.references.within(_clause(noun)))


def of_state(analysis: Analysis, noun: Noun, own: tuple[str, ...]) -> bool:
    """ "X's drills", "the second X launches": those of a state."""
    return any(key.startswith("state/") for key in owner(analysis, noun))


def of_forces(analysis: Analysis, noun: Noun, own: tuple[str, ...]) -> bool:
    """ "the rebels' advance", "X's push into Y": that of those who use force."""
    before = Range(noun.own.first, noun.index)
    forces = event_table().words.forces
    return bool(owner(analysis, noun)) or not forces.isdisjoint(analysis.document.lowers(before))


def waged(analysis: Analysis, noun: Noun, own: tuple[str, ...]) -> bool:
    """ "the battle for X", "the fight against the militants": for a place, against somebody who fights."""
    words = analysis.document.lowers(Range(noun.index + 1, noun.own.last))
    led = words[:1] in (["against"], ["for"])
    named = analysis.references.within(Range(noun.index + 1, noun.own.last))
    sides = any(r.type in PLACES or r.type == "NonStateGroup" for r in named)
    return led and (sides or not event_table().words.forces.isdisjoint(words))


def abroad(analysis: Analysis, noun: Noun, own: tuple[str, ...]) -> bool:
    """ "the U.S. presence in X": that of a state, in a place."""
    behind = analysis.document.lowers(Range(noun.index + 1, min(noun.own.last, noun.index + 2)))
    return of_state(analysis, noun, own) and behind in (["in"], ["near"], ["at"], ["along"])


def there(analysis: Analysis, noun: Noun, own: tuple[str, ...]) -> bool:
    """ "the turmoil in X", "X's armed turmoil"."""
    behind = Range(noun.index + 1, noun.own.last)
    where = any(r.type in PLACES for r in analysis.references.within(behind))
    return bool(owner(analysis, noun)) or (where and analysis.document.lowers(behind)[:1] == ["in"])


def fallen(analysis: Analysis, noun: Noun, own: tuple[str, ...]) -> bool:
    """ "the fall of X", "X's fall to the rebels": of a place, not of a country by itself."""
    led = analysis.document.lowers(Range(noun.index + 1, min(noun.own.last, noun.index + 2)))
    behind = tuple(analysis.references.within(Range(noun.index + 1, noun.own.last)))
    place = bool(behind) and behind[0].type == "Place" and not behind[0].adjective
    before = analysis.references.within(Range(noun.own.first, noun.index))
    owned = any(r.type in PLACES and not r.adjective for r in before)
    if led == ["to"]:
        return owned and armed_in(analysis, Range(noun.index + 1, noun.own.last))
    towards = Range(noun.own.first, min(noun.sentence.last, noun.own.last + _NEAR))
    return led == ["of"] and (place or (bool(behind) and _passed_on(analysis, towards)))


def _passed_on(analysis: Analysis, part: Range) -> bool:
    """ "the fall of the capital of X to the rebels"."""
    words = analysis.document.lowers(part)
    return "to" in words and armed_in(analysis, Range(part.first + words.index("to"), part.last))


NOUN_CONDITIONS = {
    "fallen": fallen,
    "waged": waged,
    "abroad": abroad,
    "there": there,
    **NOUN_SIDES,
    "armed": of_forces,
    "state": of_state,
    "with": with_somebody,
    "placed": placed,
    "undergone": undergone,
    "dated": dated,
    "owned": owned,
    "swapped": swapped,
}
