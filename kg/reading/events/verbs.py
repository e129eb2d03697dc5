"""Events that verbs tell of."""

from dataclasses import dataclass, replace

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase, phrase_at
from kg.reading.clauses.subjects import subject_of
from kg.reading.events.certainty import modality
from kg.reading.events.sightings import Sighting, clause_end, cover, keys_of
from kg.reading.events.time_and_place import object_places, place_of, time_of, with_fronted_time
from kg.reading.names.references import AGENTS, PLACES, Reference
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.grammar import grammar
from kg.reading.words.verbs import verb_table


@dataclass(frozen=True, slots=True)
class _Telling:
    """A verb that tells of an event, with whoever does it and the keys of what it is done to."""

    verb: Verb
    sentence: Range
    subject: Phrase | None
    agents: tuple[str, ...]
    acted_on: tuple[str, ...]
    struck: str | None  # a place that it is done to: "bombed X", "fled X"

    @property
    def trigger(self) -> Range:
        return Range(self.verb.main, self.verb.last)


def from_verb(analysis: Analysis, verb: Verb) -> Sighting | None:
    """The event that a verb tells of; None where it tells of none, is negated, or says too little."""
    kind, code = verb_table().events.get(verb.lemma, ("", None))
    sentence = analysis.document.sentence(verb.main)
    if not kind or kind == "Refusal" or verb.negated or not _told(analysis, verb, sentence):
        return None
    builder = {"Encounter": _encounter, "ControlChange": _control, "CommunicationEvent": _remarks}
    sighting = builder.get(kind, _plain)(analysis, _telling(analysis, verb, sentence))
    if sighting is None:
        return None
    status, factuality = mood(analysis, verb)
    return replace(sighting, code=code, status=status, factuality=factuality)


def _telling(analysis: Analysis, verb: Verb, sentence: Range) -> _Telling:
    subject = _doer(analysis, verb, sentence)
    passive = verb.form in {"passive", "participle"}
    agents = () if passive else keys_of(subject, AGENTS)
    acted_on = phrase_at(analysis, verb.last, sentence.last)
    struck = next(iter(keys_of(acted_on, PLACES - AGENTS)), None)
    return _Telling(verb, sentence, subject, agents, keys_of(acted_on, AGENTS), struck)


def _told(analysis: Analysis, verb: Verb, sentence: Range) -> bool:
    """An infinitive tells of an event only behind a verb that plans it or brings it about."""
    if verb.form != "infinitive":
        return True
    before = analysis.verb_before(verb.first, sentence)
    return (
        before is not None
        and before.lemma in verb_table().uses.controlling | verb_table().uses.planning
        and verb.first - before.last <= 4
    )


def _doer(analysis: Analysis, verb: Verb, sentence: Range) -> Phrase | None:
    """The subject; of "X led Y to do" and "X accused Y of doing" it is Y, and of "for doing" nobody."""
    before = analysis.verb_before(verb.first, sentence)
    uses = verb_table().uses
    governed = verb.form == "gerund" and _after_preposition(analysis, verb)
    if verb.form == "infinitive" or governed:
        steering = uses.accusing if governed else uses.controlling
        phrase = phrase_at(analysis, before.last, verb.first) if before and before.lemma in steering else None
        if governed or (phrase and phrase.references):
            return phrase
    return subject_of(analysis, verb, sentence)


def _after_preposition(analysis: Analysis, verb: Verb) -> bool:
    return verb.first > 0 and analysis.document.tokens[verb.first - 1].lower in grammar().prepositions


def mood(analysis: Analysis, verb: Verb) -> tuple[str, str]:
    """(status, factuality) by the modal; an infinitive is a plan, unless something brought it about."""
    modal = modality(analysis, verb)
    if modal in {"possible", "necessary"}:
        return "planned", "possible"
    if modal == "future":
        return "planned", "expected"
    before = analysis.verb_before(verb.first, analysis.document.sentence(verb.main))
    if verb.form == "infinitive" and not (before and before.lemma in verb_table().uses.controlling):
        return "planned", "possible"
    return "occurred", "asserted"


def _encounter(analysis: Analysis, told: _Telling) -> Sighting | None:
    """Two who meet: a joint subject, an object, or "with X"."""
    verb = told.verb
    others = [r.key for r in _with(analysis, verb.last, told.sentence)] if verb.lemma != "visit" else []
    met = told.acted_on if verb.lemma in {"meet", "host"} else ()
    people = tuple(dict.fromkeys((*told.agents, *met, *others)))
    if len(people) < 2 or told.subject is None:
        return None
    end = clause_end(analysis, verb.last, told.sentence)
    part = cover(told.subject.range, verb.range, end)
    place = place_of(analysis, end)
    return Sighting(
        "Encounter",
        trigger=told.trigger,
        evidence=with_fronted_time(analysis, part, told.sentence),
        agents=told.agents,
        participants=people,
        place=place.key if place else None,
        time=time_of(analysis, part, told.sentence),
    )


def _control(analysis: Analysis, told: _Telling) -> Sighting | None:
    """Somebody takes control of a place, named as the object or as what "which" refers to."""
    verb = told.verb
    place = next(iter(object_places(analysis, verb, told.sentence)), None)
    if place is None or (not told.agents and told.subject is None):
        return None
    doer = told.subject.range if told.agents and told.subject else verb.range
    here = place.range.first in told.sentence
    named = (place.range,) if here else ()
    part = cover(*named, doer, verb.range, clause_end(analysis, verb.last, told.sentence))
    return Sighting(
        "ControlChange",
        trigger=told.trigger,
        evidence=with_fronted_time(analysis, part, told.sentence),
        agents=told.agents,
        participants=told.agents,
        place=place.key,
        time=time_of(analysis, part, told.sentence),
        leans_on=None if here else place.range,
    )


def _remarks(analysis: Analysis, told: _Telling) -> Sighting | None:
    """Somebody speaks in public: only where a place and a time are told."""
    sentence = told.sentence
    part = Range(told.subject.range.first, sentence.last) if told.subject else sentence
    place = place_of(analysis, Range(told.verb.last, sentence.last))
    time = time_of(analysis, part, sentence)
    if not (told.agents and place and time):
        return None
    return Sighting(
        "CommunicationEvent",
        trigger=told.trigger,
        evidence=with_fronted_time(analysis, part, told.sentence),
        agents=told.agents,
        participants=told.agents,
        place=place.key,
        time=time,
    )


def _plain(analysis: Analysis, told: _Telling) -> Sighting | None:
    """Any other event: who did it to what or whom; without an agent, the subject names its cause."""
    kind = verb_table().events[told.verb.lemma][0]
    if told.subject is None or (kind == "Cancellation" and not told.agents):
        return None
    end = clause_end(analysis, told.verb.last, told.sentence)
    teller = told.verb.range if kind == "Displacement" else told.subject.range
    part = cover(teller, told.verb.range, end)
    place = place_of(analysis, end)
    return Sighting(
        kind,
        trigger=told.trigger,
        evidence=with_fronted_time(analysis, part, told.sentence),
        agents=told.agents,
        participants=tuple(dict.fromkeys((*told.agents, *told.acted_on))),
        place=place.key if place else told.struck,
        time=time_of(analysis, part, told.sentence),
        cause=None if told.agents else told.subject.head,
    )


def _with(analysis: Analysis, index: int, sentence: Range) -> list[Reference]:
    """The agents that "with" introduces after a token of the sentence."""
    end = clause_end(analysis, index, sentence)
    for at in range(end.first, end.last):
        if analysis.document.tokens[at].lower == "with":
            phrase = phrase_at(analysis, at + 1, end.last)
            return [r for r in phrase.references if r.type in AGENTS] if phrase else []
    return []
