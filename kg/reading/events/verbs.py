"""Events that verbs tell of: the first frame whose conditions hold, with its clause and participants."""

from dataclasses import dataclass, replace

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase, phrase_at, phrase_start
from kg.reading.clauses.subjects import subject_of
from kg.reading.events.extent import clause, clause_stop, governed_stop, nominal, qualifies, tidied
from kg.reading.events.openings import direct_subject, opening
from kg.reading.events.participants import heads_of, named_in, taking_part
from kg.reading.events.sightings import Sighting, cover, keys_of
from kg.reading.events.standing import Standing, absent, standing
from kg.reading.events.time_and_place import object_places, place_of, reached, time_of
from kg.reading.names.references import AGENTS, PLACES, Reference
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.events import Frame, event_table
from kg.reading.words.grammar import grammar
from kg.reading.words.verbs import verb_table

_OBJECT = 10  # tokens behind a verb in which the noun stands that makes it an event
_MEANS = frozenset({"by", "after", "before", "while"})  # what follows is done by whoever does the rest
_MERITS = 6  # tokens behind it in which a word stands that makes it none
_ABSENCE = Frame("Event", "REJECT", "Refusal", "", *(frozenset[str](),) * 5)


@dataclass(frozen=True, slots=True)
class Told:
    """A verb that may tell of an event: its subject, what it governs, and the words of its clause."""

    verb: Verb
    sentence: Range
    subject: Phrase | None
    governed: Range
    before: Range  # the words of its subject
    part: Range
    passive: bool
    agents: tuple[str, ...]  # who does it
    people: tuple[str, ...]  # who takes part


def from_verb(analysis: Analysis, verb: Verb) -> Sighting | None:
    """The event that a verb tells of; None where it tells of none, is negated, or says too little."""
    frames = event_table().verbs.get(verb.lemma, ())
    refused = absent(verb)
    if not (frames or refused) or verb.form == "participle" or (verb.negated and not refused):
        return None
    if nominal(analysis, verb):
        return None
    stands = standing(analysis, verb)
    if refused and verb.form != "infinitive":
        stands = Standing("occurred", "asserted")
    if stands is None or _none_of_it(analysis, verb):
        return None
    if refused:
        stands = replace(stands, status="occurred", factuality="asserted")
    told = _told(analysis, verb, stands)
    frame = _ABSENCE if refused else next((f for f in frames if fits(analysis, f, told)), None)
    if frame is None or (refused and not told.agents):
        return None
    if frame.code == "REJECT" and stands.factuality == "possible":
        return None
    return _sighting(analysis, frame, told, stands)


def _none_of_it(analysis: Analysis, verb: Verb) -> bool:
    """ "held no talks", and what would be if something else were."""
    tokens = analysis.document.tokens
    after = tokens[verb.last].lower if verb.last < len(tokens) else ""
    gerund_noun = verb.form == "gerund" and after == "of"  # "the reopening of"
    would = "would" in analysis.document.lowers(verb.range)
    supposed = would and "if" in analysis.document.lowers(analysis.document.sentence(verb.main))
    return after in grammar().negatives or gerund_noun or supposed


def _told(analysis: Analysis, verb: Verb, stands: Standing) -> Told:
    sentence = analysis.document.sentence(verb.main)
    subject = doer(analysis, verb, sentence)
    governed = Range(verb.last, max(verb.last, governed_stop(analysis, verb)))
    passive = verb.form == "passive"
    part = _words(analysis, verb, stands, subject)
    people = taking_part(analysis, part, subject)
    before = _before(analysis, verb, subject, stands)
    own = stands.begins is None and direct_subject(analysis, verb) is None
    named = keys_of(subject, AGENTS) if own else ()
    named = named or taking_part(analysis, before, None)
    agents = () if passive else named
    return Told(verb, sentence, subject, governed, before, part, passive, agents, people)


def _before(analysis: Analysis, verb: Verb, subject: Phrase | None, stands: Standing) -> Range:
    """The words that tell who does it, as far back as the subject begins."""
    if stands.begins is not None:
        return Range(stands.begins, verb.first)
    if (named := direct_subject(analysis, verb)) is not None:
        return Range(named, verb.first)
    told = stands.governor or verb
    if told.form in {"finite", "passive"} and (first := opening(analysis, told)) < told.first:
        return Range(first, told.first)
    return subject.range if subject else Range(verb.first, verb.first)


def _words(analysis: Analysis, verb: Verb, stands: Standing, subject: Phrase | None) -> Range:
    """The clause; from the governing verb's subject on where that says how it stands."""
    part = clause(analysis, verb, subject)
    if stands.begins is not None:
        return cover(Range(stands.begins, verb.first), part)
    if stands.governor is None:
        return part
    first = opening(analysis, stands.governor)
    return Range(first, max(part.last, verb.last)) if first < verb.first else part


def doer(analysis: Analysis, verb: Verb, sentence: Range) -> Phrase | None:
    """The subject; of "X led Y to do" and "X accused Y of doing" it is Y, and of "for doing" nobody."""
    before = analysis.verb_before(verb.first, sentence)
    uses = verb_table().uses
    governed = verb.form == "gerund" and _after_preposition(analysis, verb)
    if governed and before and analysis.document.tokens[verb.first - 1].lower in _MEANS:
        return doer(analysis, before, sentence)
    if verb.form == "infinitive" or governed:
        steering = uses.accusing if governed else uses.controlling
        steered = before is not None and before.lemma in steering and before.form != "passive"
        phrase = phrase_at(analysis, before.last, verb.first) if before and steered else None
        if (governed and phrase) or (phrase and phrase.references):
            return phrase
    return subject_of(analysis, verb, sentence)


def _after_preposition(analysis: Analysis, verb: Verb) -> bool:
    return verb.first > 0 and analysis.document.tokens[verb.first - 1].lower in grammar().prepositions


def fits(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """Whether a verb's clause has what the frame asks for."""
    document = analysis.document
    last = min(told.governed.last, told.verb.last + _OBJECT)
    undergoes = document.lowers(told.before) if told.passive else []
    zone = range(told.verb.last, last)
    objects = {document.tokens[i].lower for i in zone if not _in_compound(analysis, i, frame)} | {*undergoes}
    if frame.objects and not frame.objects & objects:
        return False
    near = Range(told.verb.last, min(told.governed.last, told.verb.last + _MERITS))
    if frame.without & {*document.lowers(near), *undergoes}:
        return False
    after = document.tokens[told.verb.last].lower if told.verb.last < told.sentence.last else ""
    if frame.governs and after not in frame.governs:
        return False
    return _NEEDS.get(frame.needs, _somebody)(analysis, frame, told)


def _in_compound(analysis: Analysis, index: int, frame: Frame) -> bool:
    """ "the negotiations venue", "gas prices": the word only qualifies another."""
    tokens = analysis.document.tokens
    behind = tokens[index + 1].lower if index + 1 < len(tokens) else ""
    return qualifies(analysis, index) and behind not in frame.objects


def _subject_words(analysis: Analysis, told: Told) -> set[str]:
    return set(analysis.document.lowers(told.before))


def _somebody(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """Somebody whom the text names does it or undergoes it, or one of the frame's own subjects."""
    words = _subject_words(analysis, told)
    acts = bool(told.agents) or bool(words & (frame.subjects | _forces()))
    if frame.kind == "AgreementEvent" and words & (event_table().words.sides | {"they"}):
        return True  # whom the text means is told by what comes before
    common = bool(told.people) and bool(words & event_table().words.actors)
    return (
        acts
        or common
        or ((told.passive or told.verb.form == "gerund") and bool(told.people or frame.subjects))
    )


def _forces() -> frozenset[str]:
    return event_table().words.forces


def _place(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """Two who take part, or one and a place."""
    where = any(r.type in PLACES for r in analysis.references.within(told.governed))
    sides = _subject_words(analysis, told) & event_table().words.sides
    return len(told.people) > 1 or ((bool(told.people) or bool(sides)) and where)


def _pair(analysis: Analysis, frame: Frame, told: Told) -> bool:
    sides = _subject_words(analysis, told) & event_table().words.sides
    two = len(told.people) > 1 and (bool(told.agents) or told.passive)
    return two or (bool(sides) and bool(told.people))


def _travel(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """A person or a delegation who goes to a place."""
    if told.passive:
        return False
    people = [r for r in named_in(analysis, told.before) if r.type == "Person"]
    sent = bool(_subject_words(analysis, told) & frame.subjects) and bool(told.people)
    return bool(people or sent) and reached(analysis, told.governed) is not None


def _control(analysis: Analysis, frame: Frame, told: Told) -> bool:
    place = next(iter(object_places(analysis, told.verb, told.sentence)), None)
    acts = bool(told.agents) or bool(_subject_words(analysis, told) & _forces())
    return place is not None and (acts or told.passive or told.subject is not None)


def _force(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """Force by a state, a group or armed people; or upon a place or somebody named."""
    armed = bool(_subject_words(analysis, told) & _forces())
    return armed or bool(told.people) or _where_struck(analysis, told) is not None


def _struck(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """A verb of many meanings: force only by armed people or a state, upon a place."""
    armed = bool(_subject_words(analysis, told) & _forces()) or bool(told.agents)
    return armed and (
        _where_struck(analysis, told) is not None or "with" in analysis.document.lowers(told.governed)
    )


def _fighters(analysis: Analysis, frame: Frame, told: Told) -> bool:
    states = frozenset({"State", "NonStateGroup", "Organisation"})
    return bool(keys_of(told.subject, states)) or bool(_subject_words(analysis, told) & _forces())


def _killers(analysis: Analysis, frame: Frame, told: Told) -> bool:
    if _subject_words(analysis, told) & event_table().nouns.keys():
        return False  # "a war that has killed thousands"
    active = not told.passive and _fighters(analysis, frame, told)
    return active or (told.passive and "by" in analysis.document.lowers(told.governed) and bool(told.people))


def _toll(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """How many died: a number, or people who are not named, as subject or object."""
    words = {*analysis.document.lowers(told.governed), *_subject_words(analysis, told)}
    counted = any(word[0].isdigit() for word in words)
    people = {"people", "civilians", "soldiers", "dozens", "hundreds", "thousands", "children", "fighters"}
    return counted or bool(words & people)


def _subject(analysis: Analysis, frame: Frame, told: Told) -> bool:
    return bool(_subject_words(analysis, told) & frame.subjects)


def _people(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """Whom or what it drives out, or whence people flee, is told."""
    counted = analysis.document.lowers(told.governed)[:1] == ["persons"]  # "two million displaced persons"
    return told.subject is not None and not counted and (bool(told.governed) or told.passive)


_NEEDS = {
    "people": _people,
    "place": _place,
    "pair": _pair,
    "travel": _travel,
    "control": _control,
    "force": _force,
    "struck": _struck,
    "fighters": _fighters,
    "killers": _killers,
    "toll": _toll,
    "subject": _subject,
}


def _manner(analysis: Analysis, told: Told) -> Range:
    """ "after a lightning operation in September", which says how and when a place changed hands."""
    last, tokens = told.governed.last, analysis.document.tokens
    if last >= told.sentence.last or tokens[last].lower != "after":
        return Range(last, last)
    stop = clause_stop(analysis, last + 1, told.sentence, told.verb.first)
    verbal = any(verb.form in {"finite", "passive"} for verb in analysis.verbs_in(Range(last, stop)))
    return Range(last, last if verbal else stop)


def _remarks(analysis: Analysis, told: Told, agents: tuple[str, ...]) -> Sighting | None:
    """Somebody speaks in public: only where a place and a time are told."""
    sentence, verb = told.sentence, told.verb
    part = Range(told.part.first, sentence.last)
    place = place_of(analysis, Range(verb.last, sentence.last))
    time = time_of(analysis, part, sentence)
    if not (agents and place and time):
        return None
    trigger = Range(verb.main, verb.last)
    return Sighting(
        "CommunicationEvent", trigger, part, agents=agents, participants=agents, place=place.key, time=time
    )


def _acted_on(analysis: Analysis, told: Told) -> Phrase | None:
    return phrase_at(analysis, told.verb.last, told.sentence.last)


def _where_struck(analysis: Analysis, told: Told) -> Reference | None:
    phrase = _acted_on(analysis, told) if not told.passive else told.subject
    return next((r for r in (phrase.references if phrase else ()) if r.type in PLACES), None)


def _sighting(analysis: Analysis, frame: Frame, told: Told, stands: Standing) -> Sighting | None:
    """The place and time of an event, and the name that changed hands where one did."""
    verb, part = told.verb, told.part
    place = place_of(analysis, told.governed) or (
        reached(analysis, told.governed) if frame.needs in {"place", "travel"} else None
    )
    leans_on: tuple[Range, ...] = ()
    if frame.needs == "control":
        place = next(iter(object_places(analysis, verb, told.sentence)))
        here = place.range.first in told.sentence
        part = cover(place.range, part, _manner(analysis, told)) if here else part
        leans_on = () if here else (place.range,)
    struck = _where_struck(analysis, told)
    place = place or (struck if struck and struck.type == "Place" else None)
    if told.subject and told.subject.range.first not in part:
        leans_on = (*leans_on, told.subject.range)
    agents = told.agents
    time = time_of(analysis, part, told.sentence)
    if frame.kind == "CommunicationEvent":
        return _remarks(analysis, told, agents)
    people = told.people
    if frame.kind == "Encounter":
        heads = tuple(dict.fromkeys(heads_of(analysis, told.before)))
        people = tuple(dict.fromkeys((*people, *heads)))
        leans_on = (*leans_on, *analysis.posts_of(heads))
    if frame.kind == "ControlChange":
        people = agents
    elif frame.kind == "Displacement":
        people = tuple(dict.fromkeys((*agents, *keys_of(_acted_on(analysis, told), AGENTS))))
        part = part if agents or told.subject is None else cover(verb.range, told.governed)
    return Sighting(
        frame.kind,
        trigger=Range(verb.main, verb.last),
        evidence=tidied(analysis, part),
        code=frame.code,
        name=frame.name,
        agents=agents,
        participants=people,
        place=place.key if place else None,
        time=time,
        status=stands.status,
        factuality=stands.factuality,
        cause=told.subject.head if told.subject and not agents and not told.passive else None,
        leans_on=leans_on,
        named=_named(analysis, frame, told),
    )


def _named(analysis: Analysis, frame: Frame, told: Told) -> Range | None:
    """The noun among what the verb governs that names the event by itself."""
    nouns = event_table().nouns
    for index in range(told.verb.last, min(told.governed.last, told.verb.last + _OBJECT)):
        frames = nouns.get(analysis.document.tokens[index].lower, ())
        if any(noun.kind == frame.kind for noun in frames) and not analysis.references.at(index):
            return Range(phrase_start(analysis, index), index + 1)
    return None
