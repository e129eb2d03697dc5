"""Conditions on whom or what a verb acts on, where the text need not name who does it."""

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import phrase_at
from kg.reading.events.telling import Told
from kg.reading.events.time_and_place import place_of, reached
from kg.reading.names.parties import SIDES
from kg.reading.names.references import PLACES
from kg.reading.text.tokens import Range
from kg.reading.words.events import Frame, event_table
from kg.reading.words.grammar import grammar

_NEAR = 7  # tokens behind a verb in which those stand on whom it acts
_BY = 3  # tokens behind a verb in which "by" tells who did it
_HARMLESS = frozenset({"sea", "coast", "waters", "ocean", "orbit", "test", "tests", "space"})
_DIPLOMATS = frozenset({
    "ambassador", "ambassadors", "diplomat", "diplomats", "envoy", "envoys", "attaché", "attachés", "chargé",
    "consul", "consuls", "consular", "embassy",
})  # fmt: skip
_PEOPLE = frozenset({
    "people", "civilians", "protesters", "demonstrators", "villagers", "soldiers", "journalists", "women",
    "children", "men", "residents", "worshippers", "students", "officers",
})  # fmt: skip
_HARM = frozenset({"ASSAULT", "COERCE"})
_ARMED = SIDES | {"Organisation"}
_UNIONS = frozenset({"Organisation", "IntergovernmentalOrganisation"})


def anybody(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """The verb has one meaning, or its object has said enough: nobody need be named."""
    return True


def acts(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """ "abducted hundreds", "were abducted"; not "the people abducted included" or "freed abducted girls"."""
    if told.passive:
        return True
    verb, sentence = told.verb, told.sentence
    behind = any(other.first == verb.last for other in analysis.verbs_in(Range(verb.last, verb.last + 1)))
    before = analysis.verb_before(verb.first, sentence)
    adjective = before is not None and before.last == verb.first and verb.form == "finite"
    return bool(told.governed) and not behind and not adjective


def undergone(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """ "was freed in May", "being freed": of somebody, or of nobody who is told here."""
    return told.passive


def captive(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """ "She was released": somebody, where a report or a film would be out."""
    words = set(analysis.document.lowers(told.before))
    person = any(r.type == "Person" for r in (told.subject.references if told.subject else ()))
    return told.passive and (person or bool(words & (grammar().pronouns_person | {"they", "them"})))


def against_armed(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """Armed people or a group undergo it: "drove out the militants"."""
    struck = told.before if told.passive else _near(told)
    return armed_in(analysis, struck)


def leaving(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """Armed people, a state or a group go: "Russian troops would withdraw", "X pulled out of Y"."""
    if set(analysis.document.lowers(told.before)) & event_table().words.forces:
        return True
    named = told.subject.references if told.subject else ()
    if any(r.type == "NonStateGroup" for r in named):
        return True
    they = "they" in analysis.document.lowers(told.before)
    return (they or any(r.type in _ARMED for r in named)) and any(
        r.type in PLACES for r in analysis.references.within(told.governed)
    )


def sent_person(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """ "sent X to Cairo": a person, to a place."""
    phrase = phrase_at(analysis, told.verb.last, told.sentence.last)
    person = any(r.type == "Person" for r in (phrase.references if phrase else ()))
    return (
        person
        and "to" in analysis.document.lowers(told.governed)
        and reached(analysis, told.governed) is not None
    )


def armed(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """Forces, a state or a group do it: "drones hit a refinery"; "a refinery was hit" says enough."""
    if told.passive and not set(analysis.document.lowers(told.before)).isdisjoint(frame.objects):
        return _by_nobody_else(analysis, told)
    words = event_table().words
    if not (words.forces | words.attacks).isdisjoint(analysis.document.lowers(told.before)):
        return True
    if frame.code in _HARM and frame.objects and told.agents:
        return True  # "the general cut off the town"
    return any(r.type in SIDES for r in (told.subject.references if told.subject else ()))


def _by_nobody_else(analysis: Analysis, told: Told) -> bool:
    """Not "the village was hit by floods"."""
    near = Range(told.verb.last, min(told.verb.last + _BY, told.sentence.last))
    if "by" not in analysis.document.lowers(near):
        return True
    return bool(told.people) or not _near_words(analysis, told).isdisjoint(event_table().words.attacks)


def _near_words(analysis: Analysis, told: Told) -> set[str]:
    return set(analysis.document.lowers(_near(told)))


def marching(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """Forces go somewhere: "troops crossed into X", "the last soldiers left"."""
    forces = frame.subjects or event_table().words.forces
    return not forces.isdisjoint(analysis.document.lowers(told.before))


def person(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """Somebody who is named does it to a person who is named."""
    phrase = phrase_at(analysis, told.verb.last, told.sentence.last)
    people = [r for r in (phrase.references if phrase else ()) if r.type == "Person"]
    behind = people[0].range.last if people else 0
    marks = analysis.document.lowers(Range(behind, behind + 1)) if people else []
    named = bool(people) and not grammar().possessive_marks & set(marks)  # not "welcomed X's readiness"
    return named and (bool(told.agents) or bool(told.people)) and not told.passive


def member(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """ "The African Union suspended X": a state, and nothing of it."""
    phrase = phrase_at(analysis, told.verb.last, told.sentence.last)
    state = [r for r in (phrase.references if phrase else ()) if r.type == "State" and not r.adjective]
    alone = (
        bool(state) and phrase is not None and phrase.head in range(state[0].range.first, state[0].range.last)
    )
    union = any(r.type in _UNIONS for r in (told.subject.references if told.subject else ()))
    return alone and union


def union(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """ "X quit ECOWAS": a state leaves an organisation."""
    phrase = phrase_at(analysis, told.verb.last, told.sentence.last)
    left = any(r.type in _UNIONS and r.known for r in (phrase.references if phrase else ()))
    state = any(r.type == "State" for r in (told.subject.references if told.subject else ()))
    return left and state


def crossing(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """ "Thousands have crossed into X"."""
    people = set(analysis.document.lowers(told.before)) & frame.subjects
    led = {"into", "to", "in"} & set(analysis.document.lowers(Range(told.verb.last, told.verb.last + 2)))
    return bool(people and led) and any(r.type in PLACES for r in analysis.references.within(told.governed))


def victim(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """ "X was killed", "X was elected president": a person who is named undergoes it."""
    suffers = told.passive or told.verb.lemma == "die"
    return suffers and any(r.type == "Person" for r in (told.subject.references if told.subject else ()))


def leaders(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """Somebody with those who act for others: "spoke to European leaders"."""
    others = set(analysis.document.lowers(_near(told))) & event_table().words.sides
    return bool(others) and (bool(told.agents) or bool(told.people))


def _near(told: Told) -> Range:
    return Range(told.verb.last, max(told.verb.last, min(told.governed.last, told.verb.last + _NEAR)))


def side_in(analysis: Analysis, part: Range) -> bool:
    """Whether the words name a side, or those who use force."""
    return armed_in(analysis, part) or any(r.type in SIDES for r in analysis.references.within(part))


def armed_in(analysis: Analysis, part: Range) -> bool:
    """Whether the words name a group, or those who use force."""
    if set(analysis.document.lowers(part)) & event_table().words.forces:
        return True
    return any(r.type == "NonStateGroup" for r in analysis.references.within(part))


def wounded(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """ "was shot by troops", "X was shot", "people are being shot": persons, or by those who use force."""
    if not told.passive:
        return False
    if not _PEOPLE.isdisjoint(analysis.document.lowers(told.before)):
        return True
    return victim(analysis, frame, told) or armed_in(analysis, _near(told))


def body(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """ "was suspended from ECOWAS", "announced its withdrawal from UNESCO": a listed body is left."""
    named = analysis.references.within(told.governed)
    left = any(r.known and r.type in _UNIONS for r in named)
    state = any(r.type == "State" for r in analysis.references.within(told.part))
    return left and state and "from" in analysis.document.lowers(told.governed)


def diplomats(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """ "asked the ambassador to leave"."""
    return not _DIPLOMATS.isdisjoint(analysis.document.lowers(_near(told)))


def tested(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """ "fired two missiles into the sea", "off its coast": a show of force rather than force."""
    return not _HARMLESS.isdisjoint(analysis.document.lowers(told.governed))


def seated(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """ "Around fifty groups have been negotiating in Doha": whoever they are, the place is told."""
    meet = set(analysis.document.lowers(told.before)) & frame.subjects
    return bool(meet) and place_of(analysis, told.governed) is not None


CONDITIONS = {
    "body": body,
    "diplomats": diplomats,
    "tested": tested,
    "seated": seated,
    "wounded": wounded,
    "anybody": anybody,
    "acts": acts,
    "undergone": undergone,
    "armed": armed,
    "marching": marching,
    "person": person,
    "member": member,
    "victim": victim,
    "union": union,
    "crossing": crossing,
    "captive": captive,
    "against": against_armed,
    "leaving": leaving,
    "sent": sent_person,
    "leaders": leaders,
}
