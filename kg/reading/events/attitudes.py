"""Refusals and stays that "be" and "say" tell of: "X is against it", "X said no", "X were in Y for talks"."""

from kg.reading.analysis import Analysis
from kg.reading.events.clause_ends import clause_stop
from kg.reading.events.extent import tidied
from kg.reading.events.openings import opening
from kg.reading.events.participants import taking_part
from kg.reading.events.sightings import Sighting
from kg.reading.events.time_and_place import place_of, time_of
from kg.reading.names.parties import SIDES
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.events import event_table
from kg.reading.words.grammar import grammar

_NEAR = 4  # words between "is" and what somebody is: "is not yet willing"
_FOR_TALKS = 14  # words between "were" and "talks": "were in Y on Monday for a third round of talks"
_NOW = frozenset({"is", "are", "been", "’re", "'re"})
_STAYING = frozenset({"in", "at", "back"})


def attitudes(analysis: Analysis) -> list[Sighting]:
    """Every such passage, in the order of the text."""
    no = event_table().words.saying_no
    found = []
    for index in analysis.document.positions(grammar().be | no):
        if analysis.document.tokens[index].lower not in no:
            found.append(_of_copula(analysis, index))
        elif _followed(analysis, index, "no"):
            found.append(_refusal(analysis, index))
    return [sighting for sighting in found if sighting]


def _followed(analysis: Analysis, index: int, word: str) -> bool:
    tokens = analysis.document.tokens
    after = tokens[index + 2].text if index + 2 < len(tokens) else "."
    return index + 1 < len(tokens) and tokens[index + 1].lower == word and not after.isalpha()


def _of_copula(analysis: Analysis, index: int) -> Sighting | None:
    sentence, words = analysis.document.sentence(index), event_table().words
    if any(verb.first <= index < verb.last for verb in analysis.verbs_in(Range(index, index + 4))):
        return None
    near = analysis.document.lowers(Range(index + 1, min(index + 1 + _NEAR, sentence.last)))
    plain = [word for word in near if word not in grammar().adverbs and not word.endswith("ly")]
    negated = bool(plain) and plain[0] in grammar().negations
    if plain and (plain[0] in words.unwilling or (negated and plain[1:2] and plain[1] in words.willing)):
        return _refusal(analysis, index)
    if plain and plain[0] in {"under", "at"} and (state := _state(analysis, index, plain)):
        return state
    if near and near[0] in _STAYING:
        return _stay(analysis, index, sentence)
    return None


def _verb(index: int) -> Verb:
    return Verb("be", index, index, index + 1, "finite", False, "asserted")


def _refusal(analysis: Analysis, index: int) -> Sighting | None:
    part, before = _clause(analysis, index)
    agents = taking_part(analysis, before, None)
    if not agents or before.last - before.first > _FOR_TALKS:
        return None
    people = taking_part(analysis, part, None)
    time = time_of(analysis, part, analysis.document.sentence(index))
    return Sighting(
        "Event",
        trigger=Range(index, index + 1),
        evidence=part,
        code="REJECT",
        name="Refusal",
        agents=agents,
        participants=people,
        time=time,
    )


def _state(analysis: Analysis, index: int, words: list[str]) -> Sighting | None:
    """ "X is under siege", "X is at war with Y": what goes on."""
    words_of = event_table().words
    under = words[0] == "under" and words_of.under & set(words[1:2])
    if not under and words[:2] != ["at", "war"]:
        return None
    siege = bool(under & {"siege", "blockade", "occupation"}) if under else False
    part, before = _clause(analysis, index)
    people = taking_part(analysis, part, None)
    sides = {*SIDES, "Place"}
    named = any(r.type in sides for r in analysis.references.within(before))
    armed = not words_of.forces.isdisjoint(analysis.document.lowers(before))
    if not (siege or named or armed) or not (under or people):
        return None  # "the minister is under fire"
    return Sighting(
        ("Coercion" if siege else "MilitaryOperation") if under else "Conflict",
        trigger=Range(index, index + 1),
        evidence=part,
        code=("COERCE" if siege else "ASSAULT") if under else None,
        participants=people,
        time=time_of(analysis, part, analysis.document.sentence(index)),
        status="ongoing" if analysis.document.tokens[index].lower in _NOW else "occurred",
    )


def _stay(analysis: Analysis, index: int, sentence: Range) -> Sighting | None:
    """ "X and Y were in Z for talks"."""
    behind = Range(index + 1, min(index + 1 + _FOR_TALKS, sentence.last))
    words = analysis.document.lowers(behind)
    nouns = event_table().nouns
    talks = any(frame.kind == "Encounter" for word in words for frame in nouns.get(word, ()))
    place = place_of(analysis, behind)
    part, before = _clause(analysis, index)
    people = taking_part(analysis, before, None)
    if not (talks and "for" in words and place and people):
        return None
    return Sighting(
        "Encounter",
        trigger=Range(index, index + 1),
        evidence=part,
        code="CONSULT",
        agents=people,
        participants=taking_part(analysis, part, None),
        place=place.key,
        time=time_of(analysis, part, sentence),
    )


def _clause(analysis: Analysis, index: int) -> tuple[Range, Range]:
    """The clause of "is" at a token, and its subject."""
    sentence, verb = analysis.document.sentence(index), _verb(index)
    first = opening(analysis, verb)
    part = Range(first, clause_stop(analysis, index + 1, sentence, first))
    return tidied(analysis, part), Range(first, index)
