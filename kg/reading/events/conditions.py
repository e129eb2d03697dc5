"""Whether the clause of a verb has what a frame of the table asks for."""

from kg.reading.analysis import Analysis
from kg.reading.events.acting import CONDITIONS as ACTING
from kg.reading.events.beforehand import possible
from kg.reading.events.deeds import DEEDS
from kg.reading.events.doers import subject_words
from kg.reading.events.extent import qualifies
from kg.reading.events.force import CONDITIONS as FORCE
from kg.reading.events.force import of_games
from kg.reading.events.holding import CONDITIONS as HOLDING
from kg.reading.events.others_named import of_measures
from kg.reading.events.participants import named_in
from kg.reading.events.relative_objects import relative_object
from kg.reading.events.sided import SIDED
from kg.reading.events.telling import Told
from kg.reading.events.time_and_place import object_places, reached
from kg.reading.events.undergone import CONDITIONS as UNDERGONE
from kg.reading.names.references import PLACES
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.events import Frame, event_table
from kg.reading.words.grammar import grammar

OBJECT_WITHIN = 10  # tokens behind a verb in which the noun stands that makes it an event
_FRAMING = 8  # tokens of "what X calls a 24-hour"
_SENT = frozenset({"delegation", "delegations", "envoy", "envoys", "negotiators", "mediators"})
_HYPHENATED = frozenset({"cease", "sit", "walk", "bail"})  # "a sit-in" is one word in two
_SEVERAL = frozenset({"they", "two", "both"})
_ACTING = event_table().words.forces | event_table().words.actors | event_table().words.sides
_SIDES = event_table().words.sides | _SEVERAL
_LACKING = frozenset({"without"})
_ENDED_WITH = _LACKING | {"with", "after"}
_MERITS = 6  # tokens behind it in which a word stands that makes it none


def may_fit(analysis: Analysis, frames: tuple[Frame, ...], verb: Verb) -> list[Frame]:
    """The frames that the words behind a verb allow; asked before its clause is known."""
    near = analysis.document.lowers(Range(verb.last, verb.last + OBJECT_WITHIN + _FRAMING))
    if near[:1] != ["what"]:
        near = near[:OBJECT_WITHIN]
    if verb.form == "finite" and (before := relative_object(analysis, verb)):
        near = [*near, analysis.document.tokens[before.last - 1].lower]
    anything = verb.form == "passive"
    return [
        frame
        for frame in frames
        if (anything or not frame.objects or not frame.objects.isdisjoint(near))
        and (not frame.governs or _governing(analysis, verb) in frame.governs)
        and possible(analysis, frame, verb)
    ]


def fits(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """Whether a verb's clause has what the frame asks for."""
    document = analysis.document
    undergoes = document.lowers(told.before) if told.passive else []
    if before := relative_object(analysis, told.verb):
        undergoes = document.lowers(Range(before.last - 1, before.last))
    if frame.objects and frame.objects.isdisjoint(undergoes) and not _acts_on(analysis, frame, told):
        return False
    if (
        frame.code == "ASSAULT"
        and not told.passive
        and (of_measures(analysis, told.subject, told.verb.first) or of_games(analysis, told))
    ):
        return False  # "sanctions hit X", "fans attacked"
    near = Range(told.verb.last, min(told.governed.last, told.verb.last + _MERITS))
    if frame.without & {*document.lowers(near), *undergoes}:
        return False
    return _NEEDS.get(frame.needs, _somebody)(analysis, frame, told)


def _acts_on(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """Whether one of the frame's objects stands behind the verb and does not only qualify another word."""
    tokens = analysis.document.tokens
    framed = told.verb.last < told.sentence.last and tokens[told.verb.last].lower == "what"
    within = OBJECT_WITHIN + (_FRAMING if framed else 0)  # "launched what X calls an operation"
    last = _before_lack(analysis, frame, told, min(told.governed.last, told.verb.last + within))
    return any(
        tokens[index].lower in frame.objects
        and not _in_compound(analysis, index, frame)
        and (frame.code != "ASSAULT" or tokens[index].text[0].islower())  # not "Operation Y", a name
        for index in range(told.verb.last, last)
    )


def _before_lack(analysis: Analysis, frame: Frame, told: Told, last: int) -> int:
    """ "ended without a deal", "ended the silence with talks": what stands behind these is not acted on."""
    tokens, lacking = analysis.document.tokens, _ENDED_WITH if frame.code == "REJECT" else _LACKING
    return next((i for i in range(told.verb.last, last) if tokens[i].lower in lacking), last)


def _governing(analysis: Analysis, verb: Verb) -> str:
    """The word behind the verb, over adverbs and times: "spoke separately today with"."""
    tokens = analysis.document.tokens
    for index in range(verb.last, analysis.document.sentence(verb.main).last):
        lower = tokens[index].lower
        passed = lower in grammar().adverbs or lower.endswith("ly") or index in analysis.time_tokens
        timed = lower == "on" and index + 1 in analysis.time_tokens
        if not (passed or timed):
            return lower
    return ""


def _in_compound(analysis: Analysis, index: int, frame: Frame) -> bool:
    """ "the negotiations venue", "gas prices": the word only qualifies another."""
    tokens = analysis.document.tokens
    behind = tokens[index + 1].lower if index + 1 < len(tokens) else ""
    if behind == "-":
        return tokens[index].lower not in _HYPHENATED
    return qualifies(analysis, index) and behind not in frame.objects


def _somebody(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """Somebody whom the text names does it or undergoes it, or one of the frame's own subjects."""
    words = subject_words(analysis, told)
    acts = bool(told.agents) or not (words.isdisjoint(frame.subjects) and words.isdisjoint(_ACTING))
    after = analysis.document.tokens[min(told.verb.last, told.sentence.last - 1)].lower
    new = told.verb.form == "infinitive" and after not in grammar().definite  # "have to strike a deal"
    if frame.kind == "AgreementEvent" and (told.passive or new or not words.isdisjoint(_SIDES)):
        return True  # whom the text means is told by what comes before
    undergone = told.passive or told.verb.form == "gerund"
    return acts or (undergone and bool(told.people or frame.subjects)) or _done_to(analysis, frame, told)


def _done_to(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """ "Media outlets have been shut down": one of the frame's objects undergoes it; not "the aid convoy"."""
    head = told.subject.head if told.passive and told.subject else None
    return head is not None and analysis.document.tokens[head].lower in frame.objects


def _place(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """Two who take part, or one and a place."""
    where = any(r.type in PLACES for r in analysis.references.within(told.governed))
    words = subject_words(analysis, told)
    sides = words & event_table().words.sides
    two = bool(sides) and bool(words & {"two", "both"})  # whom the text means is told by what comes before
    return len(told.people) > 1 or two or ((bool(told.people) or bool(sides)) and where)


def _pair(analysis: Analysis, frame: Frame, told: Told) -> bool:
    sides = subject_words(analysis, told) & event_table().words.sides
    two = len(told.people) > 1 and (bool(told.agents) or told.passive)
    return two or (bool(sides) and bool(told.people))


def _together(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """ "X discussed it with Y", "X and Y discussed it": not what one alone discusses."""
    words = subject_words(analysis, told)
    joint = bool(words & (event_table().words.sides | {"and", "they", "both", "two"}))
    with_whom = "with" in analysis.document.lowers(told.governed)
    meant = bool(words & (event_table().words.sides | {"they"}))  # by what comes before
    return meant or ((joint or with_whom) and _pair(analysis, frame, told))


def _travel(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """A person or a delegation who goes to a place."""
    if told.passive:
        return False
    people = [r for r in named_in(analysis, told.before) if r.type == "Person"]
    words = subject_words(analysis, told)
    sent = bool(words & frame.subjects) and (bool(told.people) or bool(words & _SENT))
    return bool(people or sent) and reached(analysis, told.governed) is not None


def _control(analysis: Analysis, frame: Frame, told: Told) -> bool:
    place = next(iter(object_places(analysis, told.verb, told.sentence)), None)
    if told.verb.form == "gerund" and told.verb.lemma == "occupy":
        return False  # "forces occupying X" tells what is, not what happens
    acts = bool(told.agents) or bool(subject_words(analysis, told) & event_table().words.forces)
    return place is not None and (acts or told.passive or told.subject is not None)


def _subject(analysis: Analysis, frame: Frame, told: Told) -> bool:
    return bool(subject_words(analysis, told) & frame.subjects)


def _people(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """Whom or what it drives out, or whence people flee, is told."""
    counted = analysis.document.lowers(told.governed)[:1] == ["persons"]  # "two million displaced persons"
    return told.subject is not None and not counted and (bool(told.governed) or told.passive)


_NEEDS = {
    **UNDERGONE,
    **ACTING,
    **SIDED,
    **DEEDS,
    **HOLDING,
    **FORCE,
    "people": _people,
    "place": _place,
    "pair": _pair,
    "together": _together,
    "travel": _travel,
    "control": _control,
    "subject": _subject,
}
