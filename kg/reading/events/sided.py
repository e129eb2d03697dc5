"""Conditions on whose side a verb takes: whom it backs, arms, pays, recognises, sends or sanctions."""

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase, phrase_at
from kg.reading.events.telling import Told
from kg.reading.names.parties import SIDES
from kg.reading.names.references import AGENTS, BODIES, Reference
from kg.reading.text.tokens import Range
from kg.reading.words.events import Frame, event_table

_OWN = frozenset({"its", "his", "her", "their", "our", "my"})  # "trains its fighters"
_SHORT = 3  # tokens of "support as well"
_SELVES = frozenset({"himself", "herself", "itself", "themselves"})
_NEAR = 12  # tokens behind a verb in which those stand who get something


def _subject_acts(analysis: Analysis, told: Told) -> bool:
    """Somebody named does it, or states or armed people without a name; not "it" or "the plan"."""
    words = event_table().words
    said = analysis.document.lowers(told.before)
    plain = set(said)
    if not told.agents and said[-1:] and said[-1] in {"that", "which", "who"}:
        return False  # "countries that support the rebels": whichever they are
    return bool(told.agents) or bool(plain & (words.forces | words.actors | words.doers))


def _is_side(analysis: Analysis, phrase: Phrase | None) -> bool:
    """A state, a group or a person by name, or "the rebels", rather than a plan or a right of theirs."""
    if phrase is None or analysis.document.tokens[phrase.range.first].lower in _OWN | _SELVES:
        return False
    if analysis.document.tokens[phrase.head].lower in event_table().words.backed:
        return True
    named = [r for r in phrase.references if r.type in SIDES | {"Person"} and not r.adjective]
    return any(phrase.head in range(r.range.first, r.range.last) for r in named)


def _qualifying(analysis: Analysis, told: Told) -> bool:
    """ "Iranian backed forces"."""
    before = list(analysis.references.within(told.before))
    return bool(before) and before[-1].adjective and before[-1].range.last == told.verb.first


def _by(analysis: Analysis, told: Told) -> bool:
    return "by" in analysis.document.lowers(Range(told.verb.last, told.verb.last + 2))


def acting(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """Somebody does it who is named or could be: "both countries mobilised troops"."""
    return told.passive or _subject_acts(analysis, told)


def backed(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """ "X backs the rebels", "the rebels are backed by X": sides, not what they want; not "armed groups"."""
    if analysis.document.tokens[told.verb.main].lower == "armed" or _qualifying(analysis, told):
        return False
    if told.passive:
        return _by(analysis, told) and bool(told.people) and _is_side(analysis, told.subject)
    return _subject_acts(analysis, told) and _is_side(
        analysis, phrase_at(analysis, told.verb.last, told.sentence.last)
    )


def aiding(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """Somebody gives, and who gets it is told: "provided support to rebels", "financed projects in X"."""
    near = Range(told.verb.last, min(told.governed.last, told.verb.last + _NEAR))
    gets = any(_gets(analysis, r, near) for r in analysis.references.within(near))
    return (told.passive or _subject_acts(analysis, told)) and (gets or _common(analysis, near))


def _gets(analysis: Analysis, reference: Reference, near: Range) -> bool:
    """ "to Sudan", "to Sudanese forces", "in Sudan"; not "for Sudan's border fence" or "by Sudan"."""
    if reference.type not in AGENTS | {"Place"}:
        return False
    before = analysis.document.tokens[reference.range.first - 1].lower
    phrase = phrase_at(analysis, reference.range.first, near.last)
    return before != "by" and (_is_side(analysis, phrase) or before == "in" or _body(phrase, reference))


def _body(phrase: Phrase | None, reference: Reference) -> bool:
    return phrase is not None and phrase.head in range(reference.range.first, reference.range.last)


def _common(analysis: Analysis, near: Range) -> bool:
    """ "to the rebels"."""
    words = analysis.document.lowers(near)
    led = (i for i, word in enumerate(words) if word in event_table().words.backed)
    return any({"to", "for"} & set(words[max(0, i - 3) : i]) for i in led)


def pledged(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """ "pledged allegiance to X", "pledged support as well": not "pledged support for the talks"."""
    near = Range(told.verb.last, min(told.governed.last, told.verb.last + _NEAR))
    sides = any(_gets(analysis, r, near) for r in analysis.references.within(near))
    return _subject_acts(analysis, told) and (sides or near.last - near.first <= _SHORT)


def unit(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """ "the mission was deployed in May": a force that goes by a name of its own."""
    named = told.subject.references if told.subject else ()
    return told.passive and any(r.type in BODIES for r in named)


def sanctions(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """Whoever imposes them, and on whomever: the noun says enough; "costs" and "bans" are on a side."""
    near = Range(told.verb.last, told.governed.last)
    words = set(analysis.document.lowers(told.before if told.passive else near))
    if words & {"sanctions", "sanction", "embargo", "embargoes"}:
        return True
    sides = [r for r in analysis.references.within(near) if r.type in SIDES]
    on = {"on", "against"} & set(analysis.document.lowers(near))
    we = "we" in analysis.document.lowers(told.before)
    return bool(on and sides) and (bool(told.agents) or told.passive or we)


def office(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """ "fired X", "the government was voted out", "X came to office": somebody who has or had a post."""
    if told.verb.lemma.startswith("come"):
        return bool(told.agents)
    phrase = told.subject if told.passive else phrase_at(analysis, told.verb.last, told.sentence.last)
    if phrase is None:
        return False
    post = analysis.document.tokens[phrase.head].lower in event_table().words.posts
    people = [r for r in phrase.references if r.type == "Person"]
    return post or any(phrase.head in range(r.range.first, r.range.last) for r in people)


def active(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """Somebody does it; what is done to it is told by its noun."""
    return not told.passive and _subject_acts(analysis, told)


def outlawed(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """ "labelled it a terrorist organisation"."""
    behind = Range(told.verb.last, min(told.verb.last + _NEAR, told.sentence.last))
    words = set(analysis.document.lowers(behind))
    return bool(told.people) and bool(words & {"terrorist", "extremist", "terror"})


SIDED = {
    "outlawed": outlawed,
    "pledged": pledged,
    "active": active,
    "office": office,
    "acting": acting,
    "backed": backed,
    "aiding": aiding,
    "unit": unit,
    "sanctions": sanctions,
}
