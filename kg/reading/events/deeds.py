"""Conditions on deeds short of force: who protests, trades, joins, asks for something or sets a term."""

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase, phrase_at
from kg.reading.events.sided import acting
from kg.reading.events.telling import Told
from kg.reading.events.undergone import victim
from kg.reading.names.parties import SIDES
from kg.reading.names.references import BODIES, Reference
from kg.reading.text.tokens import Range
from kg.reading.words.events import Frame, event_table
from kg.reading.words.grammar import grammar
from kg.reading.words.tables import table

_ALL_SIDES = SIDES | BODIES
_ANYBODY = _ALL_SIDES | {"Person"}
_RECOGNISED = SIDES | {"Place"}
_NEAR = 12  # tokens behind a verb in which those stand with whom it is done
_TERM = 8  # tokens behind "gave" in which "48 hours" begins
_OTHER_CROWDS = frozenset({
    "fans", "tourists", "pilgrims", "shoppers", "worshippers", "worshipers", "refugees", "mourners",
    "spectators", "soldiers", "troops", "police", "revellers", "holidaymakers", "guests", "voters", "runners",
})  # fmt: skip
_OF_A_PEOPLE = ("ns", "is", "ese")  # "Jordanians", "Iraqis"
_JOINT = frozenset({"joint", "jointly", "together"})
_TERMS = frozenset({"ultimatum", "deadline"})
_TIMES = frozenset({"hours", "days", "week", "weeks", "month", "months", "until"})
_GIVEN = frozenset(
    {"residents", "people", "civilians", "villagers", "garrison", "parties", "them", "him", "protesters"}
)
_TIMES_OR_TERMS = _TIMES | _TERMS
_HEARERS = _GIVEN | event_table().words.forces | event_table().words.actors
_ORDERS = frozenset({"to", "until", "for"})
_STRIKING = frozenset({"union", "unions", "workers", "teachers", "doctors", "nurses", "miners", "dockers"})
_OF_WORKERS = frozenset({"general", "nationwide", "hunger", "transport", "indefinite", "rail", "national"})
_BID_FOR = frozenset({
    "membership", "join", "statehood", "aid", "help", "recognition", "accession", "mediation", "extradition",
    "asylum", "weapons", "arms", "assistance", "protection", "accede",
})  # fmt: skip
_CONVOYS = frozenset({"convoy", "convoys", "flotilla"})
_CONSIGNMENTS = frozenset({"batch", "consignment", "tranche", "shipment", "shipments"})
_RELIEF = frozenset(table("things.toml")["relief"]) | {
    "un",
    "crescent",
    "cross",
    "charity",
    "donated",
    "doses",
}
_CONSIGNED = _RELIEF | frozenset(table("things.toml")["arms"])
_NO_RELIEF = frozenset(table("things.toml")["captives"]) | event_table().words.forces | {
    "refugees", "migrants", "tourists", "evacuees", "settlers", "military", "armed", "armoured", "armored",
    "commercial", "visitors", "pilgrims", "returnees",
}  # fmt: skip
_TITLED = 4  # tokens behind a verb, with a title, in which a person is named
_FROM = frozenset({"from", "to", "with"})


def _behind(told: Told) -> Range:
    return Range(told.verb.last, max(told.verb.last, min(told.governed.last, told.verb.last + _NEAR)))


def _object(analysis: Analysis, told: Told) -> Phrase | None:
    return told.subject if told.passive else phrase_at(analysis, told.verb.last, told.sentence.last)


def _heads(phrase: Phrase | None, types: frozenset[str]) -> list[Reference]:
    """The names that the phrase is about, rather than what belongs to them."""
    named = phrase.references if phrase else ()
    return [
        r
        for r in named
        if r.type in types
        and not r.adjective
        and phrase
        and phrase.head in range(r.range.first, r.range.last)
    ]


def _subjects(analysis: Analysis, told: Told) -> set[str]:
    """The sides that the subject names."""
    return {r.key for r in analysis.references.within(told.before) if r.type in _ALL_SIDES}


def _sides(told: Told) -> set[str]:
    return {key for key in told.people if not key.startswith("person/")}


def two(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """One side to another, or two together: "handed a fugitive over to X", "X sued Y"."""
    behind = {r.key for r in analysis.references.within(_behind(told)) if r.type in _ALL_SIDES}
    before = analysis.references.within(told.before)
    listed = told.passive or any(r.known and r.type in _ALL_SIDES for r in before)  # no company
    return listed and len(_sides(told) | behind) > 1 and acting(analysis, frame, told)


def both(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """Two sides are the subject, or one does it "with" another: "X and Y opened a railway"."""
    with_whom = "with" in analysis.document.lowers(_behind(told)) and two(analysis, frame, told)
    return len(_subjects(analysis, told)) > 1 or (bool(_subjects(analysis, told)) and with_whom)


def jointly(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """ "X and Y held drills", "X held joint drills with Y"."""
    together = not _JOINT.isdisjoint(analysis.document.lowers(_behind(told)))
    return both(analysis, frame, told) or (together and len(_sides(told)) > 1)


def traded(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """ "X bought jets from Y", "X imports Y's gas": one side from or to another."""
    own, tokens = _subjects(analysis, told), analysis.document.tokens
    others = [r for r in analysis.references.within(_behind(told)) if r.type in SIDES and r.key not in own]
    linked = any(r.adjective or tokens[r.range.first - 1].lower in _FROM for r in others)
    return bool(own) and linked and not told.passive


def recognising(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """ "X recognised Y", "Y was recognised by X": a state does, by name."""
    states = {key for key in told.people if key.startswith("state/")}
    recognised = {r.key for r in _heads(_object(analysis, told), _RECOGNISED)}
    if analysis.document.lowers(Range(told.verb.last, told.verb.last + 1)) == ["that"]:
        return False  # "recognised that X had a right"
    by = not told.passive or "by" in analysis.document.lowers(_behind(told))
    return by and bool(recognised) and bool(states - recognised)


def entering(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """ "X joined NATO": a state joins a body that is listed."""
    bodies = [r for r in _heads(_object(analysis, told), BODIES) if r.known and r.type != "NonStateGroup"]
    states = [r for r in (told.subject.references if told.subject else ()) if r.type == "State"]
    return bool(bodies) and bool(states) and not told.passive and "in" not in _after(analysis, bodies[0])


def _after(analysis: Analysis, reference: Reference) -> list[str]:
    """The words right behind a name: "joined the EU in condemning"."""
    last = reference.range.last
    words = analysis.document.lowers(Range(last, last + 2))
    return words if len(words) > 1 and words[1].endswith("ing") else []


def crowd(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """Protesters, workers, students and the like, or people of a state: "Jordanians rallied"."""
    words = set(analysis.document.lowers(_behind(told) if told.passive else told.before))
    if not told.passive and told.subject:
        words.update(analysis.document.lowers(told.subject.range))
    if words & _OTHER_CROWDS or (told.passive and "by" not in words):
        return False
    return bool(words & frame.subjects) or _people_of_state(analysis, told)


def _people_of_state(analysis: Analysis, told: Told) -> bool:
    named = list(analysis.references.within(told.before))
    if told.passive or not named or named[-1].type != "State":
        return False
    last = named[-1].range.last
    return analysis.document.tokens[last - 1].lower.endswith(_OF_A_PEOPLE) and last == told.before.last


def given_term(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """ "gave X a week to leave", "set X a deadline", "X was given until Friday to"."""
    words = analysis.document.lowers(_behind(told))
    named = bool(_object_side(analysis, told))
    if not acting(analysis, frame, told):
        return False
    if not _TERMS.isdisjoint(words):
        return named or len(told.people) > 1
    first = next((i for i, word in enumerate(words[:_TERM]) if word in _TIMES), None)
    if first is None or not (named or told.passive):
        return False
    return words[first] == "until" or not _ORDERS.isdisjoint(words[first + 1 : first + 2])


def _object_side(analysis: Analysis, told: Told) -> bool:
    """Whether a side, a person, residents or armed people stand between the verb and the term."""
    words = analysis.document.lowers(_behind(told))
    ends = (
        i
        for i, word in enumerate(words)
        if word in _TIMES_OR_TERMS or word[0].isdigit() or (i and word == "a")
    )
    near = Range(told.verb.last, told.verb.last + next(ends, 0))
    if told.passive:
        near = told.before
    common = not _HEARERS.isdisjoint(analysis.document.lowers(near))
    return common or any(r.type in _ANYBODY for r in analysis.references.within(near))


def relieving(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """ "aid lorries crossed into X"; "the first batch of jets arrived"; no convoy of rebels."""
    words = set(analysis.document.lowers(told.before))
    if told.subject:
        words.update(analysis.document.lowers(told.subject.range))
    if words & _CONSIGNMENTS:
        return not words.isdisjoint(_CONSIGNED)
    if not words & frame.subjects or (words & _NO_RELIEF and not words & _RELIEF):
        return False
    carried = not _RELIEF.isdisjoint((*words, *analysis.document.lowers(told.part)))
    return bool(words & frame.subjects - _CONVOYS) or carried


def bidding(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """ "submitted its application to join X", "launched an appeal for $3 billion"."""
    words = analysis.document.lowers(Range(told.verb.last, told.governed.last))
    money = "for" in words and any(word in {"$", "€", "£"} for word in words)
    return acting(analysis, frame, told) and (money or not _BID_FOR.isdisjoint(words))


def asked_for(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """ "turned to X for weapons"."""
    words = analysis.document.lowers(_behind(told))
    if told.passive:
        return False
    at = 0 if told.verb.lemma.endswith(" for") else words.index("for") if "for" in words else None
    return at is not None and not frame.objects.isdisjoint(words[at:]) and acting(analysis, frame, told)


def workers(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """ "unions called a strike", "began a general strike"."""
    before = set(analysis.document.lowers(told.before))
    return bool(before & _STRIKING) or not _OF_WORKERS.isdisjoint(analysis.document.lowers(_behind(told)))


def of_person(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """A person who is named undergoes it: "indicted X", "elected X president", "X was indicted"."""
    if told.passive:
        return victim(analysis, frame, told)
    near = analysis.references.within(
        Range(told.verb.last, min(told.verb.last + _TITLED, told.sentence.last))
    )
    named = next((r for r in near if r.type == "Person"), None)
    if named is None or not acting(analysis, frame, told):
        return False
    marks = analysis.document.lowers(Range(named.range.last, named.range.last + 1))
    return grammar().possessive_marks.isdisjoint(marks)


DEEDS = {
    "two": two,
    "both": both,
    "jointly": jointly,
    "traded": traded,
    "recognising": recognising,
    "entering": entering,
    "crowd": crowd,
    "term": given_term,
    "bidding": bidding,
    "relieving": relieving,
    "asked": asked_for,
    "workers": workers,
    "of-person": of_person,
}
