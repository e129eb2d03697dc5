"""Refusals and stays that "be" and "say" tell of: "X is against it", "X said no", "X were in Y for talks"."""

import itertools
from dataclasses import replace

from kg.reading.analysis import Analysis
from kg.reading.events.participants import taking_part
from kg.reading.events.sightings import Sighting
from kg.reading.events.states import clause_of, state
from kg.reading.events.time_and_place import place_of, time_of
from kg.reading.text.tokens import Range
from kg.reading.words.events import event_table
from kg.reading.words.grammar import grammar

_NEAR = 4  # words between "is" and what somebody is: "is not yet willing"
_FOR_TALKS = 14  # words between "were" and "talks": "were in Y on Monday for a third round of talks"
_REMAINING = frozenset({"remain", "remains", "remained", "stay", "stays", "stayed"})
_STAYING = frozenset({"in", "at", "back"})
_TO_TALK = frozenset({"discuss", "meet", "negotiate", "mediate", "confer"})


def attitudes(analysis: Analysis) -> list[Sighting]:
    """Every such passage, in the order of the text."""
    no = event_table().words.saying_no
    found = []
    for index in analysis.document.positions(grammar().be | _REMAINING | no):
        if analysis.document.tokens[index].lower not in no:
            found.append(_of_copula(analysis, index))
        elif _answered(analysis, index, "no"):
            found.append(_refusal(analysis, index))
        elif _answered(analysis, index, "yes"):
            found.append(_consent(analysis, index))
    return [sighting for sighting in found if sighting]


def _answered(analysis: Analysis, index: int, word: str) -> bool:
    """ "said no.", "said no to the offer"; not "said no one came"."""
    tokens = analysis.document.tokens
    after = tokens[index + 2].text if index + 2 < len(tokens) else "."
    answer = index + 1 < len(tokens) and tokens[index + 1].lower == word
    return answer and (after == "to" or not after.isalpha())


def _consent(analysis: Analysis, index: int) -> Sighting | None:
    """ "said yes to the offer"; an answer to nothing in particular is none."""
    led = analysis.document.lowers(Range(index + 2, index + 3)) == ["to"]
    told = _refusal(analysis, index) if led else None
    return replace(told, kind="AgreementEvent", code="AGREE", name=None) if told else None


def _of_copula(analysis: Analysis, index: int) -> Sighting | None:
    sentence, words = analysis.document.sentence(index), event_table().words
    remaining = analysis.document.tokens[index].lower in _REMAINING
    part_of = any(verb.first <= index < verb.last for verb in analysis.verbs_in(Range(index, index + 4)))
    if part_of and not remaining:
        return None
    near = analysis.document.lowers(Range(index + 1, min(index + 1 + _NEAR, sentence.last)))
    plain = [word for word in near if word not in grammar().adverbs and not word.endswith("ly")]
    negated = bool(plain) and plain[0] in grammar().negations
    if plain and (plain[0] in words.unwilling or (negated and plain[1:2] and plain[1] in words.willing)):
        return _refusal(analysis, index)
    if plain and (told := state(analysis, index, sentence)):
        return told
    if remaining:
        return None
    if near and near[0] in _STAYING:
        return _stay(analysis, index, sentence)
    return None


def _refusal(analysis: Analysis, index: int) -> Sighting | None:
    part, before = clause_of(analysis, index)
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


def _stay(analysis: Analysis, index: int, sentence: Range) -> Sighting | None:
    """ "X and Y were in Z for talks", "X is in Z to meet Y"."""
    behind = Range(index + 1, min(index + 1 + _FOR_TALKS, sentence.last))
    words = analysis.document.lowers(behind)
    nouns = event_table().nouns
    talks = any(frame.kind == "Encounter" for word in words for frame in nouns.get(word, ()))
    place = place_of(analysis, behind)
    part, before = clause_of(analysis, index)
    people = taking_part(analysis, before, None)
    aimed = any(a == "to" and b in _TO_TALK for a, b in itertools.pairwise(words))
    if not (((talks and "for" in words) or aimed) and place and people):
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
