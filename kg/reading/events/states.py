"""What goes on by what "be" says: "X is under siege", "X remains behind bars", "the town is in Y's hands"."""

from kg.reading.analysis import Analysis
from kg.reading.events.clause_ends import clause_stop
from kg.reading.events.extent import tidied
from kg.reading.events.openings import opening
from kg.reading.events.participants import taking_part
from kg.reading.events.sightings import Sighting
from kg.reading.events.time_and_place import time_of
from kg.reading.events.undergone import side_in
from kg.reading.names.parties import SIDES
from kg.reading.names.references import PLACES
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.events import event_table
from kg.reading.words.grammar import grammar
from kg.reading.words.tables import table

_QUALIFIED = 7  # words between "in" and "contact": "in intense, if discreet, contact"
_NOW = frozenset({"is", "are", "been", "’re", "'re", "remain", "remains", "stay", "stays"})
_TALKING = (
    "talks",
    "negotiations",
    "contact",
    "touch",
    "dialogue",
    "discussions",
    "communication",
    "consultations",
)
_STATES: dict[str, dict[str, tuple[str, str | None]]] = {
    "under": {
        **dict.fromkeys(
            ("siege", "blockade", "occupation", "curfew", "lockdown", "arrest"), ("Coercion", "COERCE")
        ),
        **dict.fromkeys(("attack", "fire", "bombardment", "shelling"), ("MilitaryOperation", "ASSAULT")),
        **dict.fromkeys(("sanctions", "embargo"), ("Sanctioning", "SANCTION")),
    },
    "at": {"war": ("Conflict", None), "table": ("Encounter", "CONSULT")},
    "in": {
        **dict.fromkeys(_TALKING, ("Encounter", "CONSULT")),
        **dict.fromkeys(("custody", "captivity", "jail", "prison", "detention"), ("Coercion", "COERCE")),
        "hands": ("ControlChange", "ASSAULT"),
    },
    "behind": {"bars": ("Coercion", "COERCE")},
    "on": {"trial": ("Coercion", "COERCE")},
}  # fmt: skip
_NAMED = SIDES | {"Place"}
_CONFINED = frozenset({"arrest", "custody", "captivity", "jail", "prison", "detention", "bars", "trial"})
_SITES = frozenset(table("things.toml")["sites"])
_CAPTIVES = frozenset(table("things.toml")["captives"]) | {"leaders", "activists", "opponents", "critics"}


def state(analysis: Analysis, index: int, sentence: Range) -> Sighting | None:
    """ "X is under siege", "X remains in talks with Y", "X is at war with Y": what goes on."""
    at = _said_of(analysis, index, sentence)
    if at is None:
        return None
    kind, code = _STATES[at[0]][at[1]]
    part, before = clause_of(analysis, index)
    if at[2] >= part.last:  # "in intense, if discreet, contact with Y"
        part = tidied(analysis, Range(part.first, clause_stop(analysis, at[2], sentence, part.first)))
    people = taking_part(analysis, part, None)
    named = any(r.type in _NAMED for r in analysis.references.within(before))
    words = analysis.document.lowers(before)
    meeting = len(people) > 1 or not event_table().words.sides.isdisjoint(words)
    if (kind == "Encounter" and not meeting) or (kind in {"Conflict", "Sanctioning"} and not people):
        return None
    if at[1] in _CONFINED and not (people or _CAPTIVES.intersection(words)):
        return None  # "the burglar is in jail"
    if kind == "ControlChange" and not _held(analysis, before, Range(before.last, part.last)):
        return None
    forces = not event_table().words.forces.isdisjoint(words)
    blamed = not event_table().words.posts.isdisjoint(words)
    if kind == "MilitaryOperation" and (blamed or not (named or forces)):
        return None  # "the minister is under fire"
    return Sighting(
        kind,
        trigger=Range(index, index + 1),
        evidence=part,
        code=code,
        participants=people,
        time=time_of(analysis, part, analysis.document.sentence(index)),
        status="ongoing" if analysis.document.tokens[index].lower in _NOW else "occurred",
    )


def _said_of(analysis: Analysis, index: int, sentence: Range) -> tuple[str, str, int] | None:
    """The preposition and noun that say what somebody is in, at or under, with the token behind the noun."""
    tokens = analysis.document.tokens
    at = index + 1
    while at < sentence.last and _passed(tokens[at].lower):
        at += 1
    led = tokens[at].lower if at < sentence.last else ""
    states = _STATES.get(led, {})
    for noun in range(at + 1, min(at + 1 + _QUALIFIED, sentence.last) if states else at + 1):
        word = tokens[noun].lower
        if word in states:
            return led, word, noun + 1
        if word in grammar().prepositions or word in {"and", ".", ";"}:
            return None
    return None


def _passed(word: str) -> bool:
    """ "back", "still" and "currently"."""
    return word in grammar().adverbs or word == "back" or (word.endswith("ly") and word.isalpha())


def _held(analysis: Analysis, before: Range, behind: Range) -> bool:
    """ "X is in the hands of the rebels"; not "the decision is in the hands of the voters"."""
    last = before.last - 1
    place = analysis.references.at(last) if last >= before.first else None
    named = place is not None and place.type in PLACES and not place.adjective
    located = named or (last >= before.first and analysis.document.tokens[last].lower in _SITES)
    return located and side_in(analysis, behind)


def clause_of(analysis: Analysis, index: int) -> tuple[Range, Range]:
    """The clause of "is" at a token, and its subject."""
    sentence, verb = (
        analysis.document.sentence(index),
        Verb("be", index, index, index + 1, "finite", False, "asserted"),
    )
    first = opening(analysis, verb)
    part = Range(first, clause_stop(analysis, index + 1, sentence, first))
    return tidied(analysis, part), Range(first, index)
