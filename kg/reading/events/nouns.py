"""Events that nouns tell of: "an operation", "their meeting"."""

from dataclasses import replace

from kg.model import TimeSpan
from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import phrase_start
from kg.reading.clauses.subjects import subject_of
from kg.reading.events.conflicts import conflict
from kg.reading.events.sightings import Sighting, clause_end, cover, keys_of
from kg.reading.events.time_and_place import object_places, place_of, time_of, time_within
from kg.reading.events.verbs import mood
from kg.reading.names.references import AGENTS, Reference
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.nouns import noun_table
from kg.reading.words.verbs import verb_table


def from_noun(analysis: Analysis, index: int) -> Sighting | None:
    """The event that the noun at a token tells of; none where it is part of a name or a verb."""
    kind, code = _kind(analysis, index)
    verbal = any(v.main == index for v in analysis.verbs_in(Range(index, index + 1)))
    if not kind or verbal or analysis.references.at(index):
        return None
    if kind == "Encounter":
        sighting = _meeting(analysis, index)
    elif kind == "Conflict":
        sighting = conflict(analysis, index)
    else:
        sighting = _governed(analysis, _action(analysis, index, kind))
    return replace(sighting, code=code) if sighting else None


def _governed(analysis: Analysis, sighting: Sighting) -> Sighting | None:
    """Whether it took place, by the verb before it or "no": "plans an offensive", "could launch a raid"."""
    first = sighting.trigger.first
    if analysis.document.tokens[first].lower in grammar().negatives:
        return None
    verb = analysis.verb_before(first, analysis.document.sentence(first))
    if verb is None or verb.last != first:
        return sighting
    if verb.negated:
        return None
    status, factuality = mood(analysis, verb)
    if verb.lemma in verb_table().uses.planning:
        status, factuality = "planned", "expected"
    return replace(sighting, status=status, factuality=factuality)


def _kind(analysis: Analysis, index: int) -> tuple[str, str | None]:
    """Class of the events module and code; "measures" are an operation only if "military"."""
    table = noun_table()
    lower = analysis.document.tokens[index].lower
    if lower in table.qualified and index and _stem(analysis, index - 1) & table.qualifiers:
        return "MilitaryOperation", "ASSAULT"
    return table.events.get(lower, ("", None))


def _stem(analysis: Analysis, index: int) -> set[str]:
    """A hyphenated qualifier as one word: "anti-terror"."""
    tokens = analysis.document.tokens
    joined = "".join(token.lower for token in tokens[max(0, index - 2) : index + 1])
    return {tokens[index].lower, joined}


def _owner(analysis: Analysis, index: int) -> Reference | None:
    """Whose it is: "X's operation", "Azerbaijani operation", "its recapture" by the first state told of."""
    first = phrase_start(analysis, index)
    for reference in analysis.references.within(Range(first, index)):
        if reference.type in AGENTS:
            return reference
    if "its" in analysis.document.lowers(Range(first, index)):
        sentence = analysis.document.sentence(index)
        return next((r for r in analysis.references.within(sentence) if r.type == "State"), None)
    return None


def _action(analysis: Analysis, index: int, kind: str) -> Sighting:
    """Something done: with its owner, its place and its time as far as they are told."""
    sentence = analysis.document.sentence(index)
    first, end = phrase_start(analysis, index), clause_end(analysis, index + 1, sentence)
    owner = _owner(analysis, index)
    agents: tuple[str, ...] = (owner.key,) if owner else ()
    part = Range(first, end.last)
    places = [
        r
        for r in analysis.references.within(Range(index + 1, end.last))
        if r.type == "Place" and not r.adjective
    ]
    place = places[0] if places else place_of(analysis, end)
    time = time_within(analysis, index, end)
    if kind == "MilitaryOperation" and not (agents and place and time):
        agents, place, time = _of_change(analysis, index, agents, place, time)
    definite = analysis.document.tokens[first].lower in grammar().definite and not places
    return Sighting(
        kind,
        trigger=Range(first, index + 1),
        evidence=part,
        agents=agents,
        participants=agents,
        place=place.key if place else None,
        time=time,
        definite=definite,
    )


def _of_change(
    analysis: Analysis, index: int, agents: tuple[str, ...], place: Reference | None, time: TimeSpan | None
) -> tuple[tuple[str, ...], Reference | None, TimeSpan | None]:
    """ "which X reclaimed after an operation": the operation is X's, in the place that changed hands."""
    sentence = analysis.document.sentence(index)
    verb = analysis.verb_before(index, sentence)
    words = set(analysis.document.lowers(Range(max(sentence.first, index - 5), index)))
    changes = verb is not None and verb_table().events.get(verb.lemma, ("",))[0] == "ControlChange"
    if verb is None or not changes or not words & {"after", "in", "through", "during"}:
        return agents, place, time
    changed = next(iter(object_places(analysis, verb, sentence)), None)
    doer = keys_of(subject_of(analysis, verb, sentence), AGENTS)
    when = time_of(analysis, Range(verb.first, index), sentence)
    return agents or doer, place or changed, time or when


def _meeting(analysis: Analysis, index: int) -> Sighting | None:
    """ "their meeting": that of the first two people of the sentence; "the meeting" was told before."""
    sentence = analysis.document.sentence(index)
    before = analysis.document.lowers(Range(phrase_start(analysis, index), index))
    if "their" not in before:
        return None
    people = [r for r in analysis.references.within(sentence) if r.type == "Person"]
    keys = tuple(dict.fromkeys(r.key for r in people))[:2]
    if len(keys) < 2:
        return None
    part = cover(Range(index, index + 1), *(r.range for r in people[:2]))
    return Sighting(
        "Encounter",
        trigger=Range(index, index + 1),
        evidence=part,
        agents=keys,
        participants=keys,
        time=time_of(analysis, part, sentence),
    )
