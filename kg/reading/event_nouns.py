"""Events that nouns tell of: "an operation", "the war", "their meeting"."""

from dataclasses import replace

from kg.model import TimeSpan
from kg.reading.analysis import Analysis
from kg.reading.clauses import phrase_at, subject_of
from kg.reading.document import Range
from kg.reading.grammar import grammar
from kg.reading.nouns import noun_table
from kg.reading.references import Reference
from kg.reading.sightings import (
    AGENTS,
    Sighting,
    clause_end,
    cover,
    keys_of,
    object_places,
    place_of,
    time_of,
    time_within,
)  # fmt: skip
from kg.reading.verbs import verb_table


def from_noun(analysis: Analysis, index: int) -> Sighting | None:
    token = analysis.document.tokens[index]
    kind, code = noun_table().events.get(token.lower, ("", None))
    if (
        token.lower in noun_table().qualified
        and index
        and _stem(analysis, index - 1) & noun_table().qualifiers
    ):
        kind, code = "MilitaryOperation", "ASSAULT"
    if (
        not kind
        or analysis.references.at(index)
        or any(v.main == index for v in analysis.verbs_in(Range(index, index + 1)))
    ):
        return None
    builder = {"Encounter": _meeting, "Conflict": _conflict}.get(kind, _action)
    sighting = builder(analysis, index, kind)
    return replace(sighting, code=code) if sighting else None


def _stem(analysis: Analysis, index: int) -> set[str]:
    """A hyphenated qualifier as one word: "anti-terror"."""
    tokens = analysis.document.tokens
    joined = "".join(token.lower for token in tokens[max(0, index - 2) : index + 1])
    return {tokens[index].lower, joined}


def _noun_start(analysis: Analysis, index: int) -> int:
    """The first word of the noun phrase that ends at a token."""
    tokens = analysis.document.tokens
    words = grammar()
    stops = (
        words.prepositions | words.subordinators | {"to", "have", "has", "had", "is", "was", "were", "are"}
    )
    first = index
    sentence = analysis.document.sentence(index)
    near = analysis.verbs_in(Range(max(sentence.first, index - 8), index))
    verbs = {at for verb in near for at in range(verb.first, verb.last)}
    while first > max(sentence.first, index - 6):
        token = tokens[first - 1]
        if (
            token.lower in stops
            or first - 1 in verbs
            or (not token.text[0].isalnum() and token.text not in {"-", "'s", "’s"})
        ):
            break
        first -= 1
    return first


def _owner(analysis: Analysis, index: int) -> Reference | None:
    """Whose operation it is: "X's operation", "Azerbaijani operation", "its recapture" of the sentence's subject."""
    first = _noun_start(analysis, index)
    for reference in analysis.references.within(Range(first, index)):
        if reference.type in AGENTS:
            return reference
    if "its" in analysis.document.lowers(Range(first, index)):
        sentence = analysis.document.sentence(index)
        return next((r for r in analysis.references.within(sentence) if r.type == "State"), None)
    return None


def _action(analysis: Analysis, index: int, kind: str) -> Sighting | None:
    sentence = analysis.document.sentence(index)
    first, end = _noun_start(analysis, index), clause_end(analysis, index + 1, sentence)
    owner = _owner(analysis, index)
    agents = (owner.key,) if owner else ()
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
    definite = analysis.document.tokens[first].lower in {"the", "that", "this"} and not places
    return Sighting(
        kind, Range(first, index + 1), part, None, agents, agents, place.key if place else None,
        time, definite=definite,
    )  # fmt: skip


def _of_change(
    analysis: Analysis, index: int, agents: tuple[str, ...], place: Reference | None, time: TimeSpan | None
) -> tuple[tuple[str, ...], Reference | None, TimeSpan | None]:
    """ "which X reclaimed after an operation": the operation is X's, in the place that changed hands, and then."""
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


def _meeting(analysis: Analysis, index: int, kind: str) -> Sighting | None:
    """ "their meeting": the meeting of the first two agents of the sentence; "the meeting" was told before."""
    sentence = analysis.document.sentence(index)
    before = analysis.document.lowers(Range(_noun_start(analysis, index), index))
    if "their" not in before:
        return None
    people = [r for r in analysis.references.within(sentence) if r.type == "Person"]
    keys = tuple(dict.fromkeys(r.key for r in people))[:2]
    if len(keys) < 2:
        return None
    part = cover(Range(index, index + 1), *(r.range for r in people[:2]))
    return Sighting(
        "Encounter", Range(index, index + 1), part, None, keys, keys, None, time_of(analysis, part, sentence)
    )


def _conflict(analysis: Analysis, index: int, kind: str) -> Sighting | None:
    """A conflict with its parties: the two who are its subject, or those "between" whom it is."""
    sentence = analysis.document.sentence(index)
    first, end = _noun_start(analysis, index), clause_end(analysis, index + 1, sentence)
    if end and analysis.document.tokens[end.first].lower == "over":
        end = Range(end.first, _full_stop(analysis, sentence))  # "over who controls X"
    parties = _parties(analysis, index, sentence)
    inside = [
        r for r in analysis.references.within(Range(first, end.last)) if r.type == "Place" and not r.adjective
    ]
    plain = analysis.document.tokens[first].lower in {"the", "this", "that"} and not inside
    if not parties and not inside:
        return None
    start = min([first, *(p.range.first for p in parties)])
    status = "ongoing" if analysis.document.tokens[index].lower != "war" and parties else "occurred"
    keys = tuple(sorted({p.key for p in parties}))
    return Sighting(
        "Conflict", Range(first, index + 1), Range(start, end.last), None, (), keys, inside[0].key if inside else None,
        time_within(analysis, index, end), status, definite=plain,
    )  # fmt: skip


def _full_stop(analysis: Analysis, sentence: Range) -> int:
    return sentence.last - 1 if analysis.document.tokens[sentence.last - 1].text == "." else sentence.last


def _parties(analysis: Analysis, index: int, sentence: Range) -> tuple[Reference, ...]:
    for verb in analysis.verbs_in(sentence):
        if (verb.main < index and verb.lemma in {"lock", "fight"}) or (
            verb.main < index <= verb.last + 6 and verb.form != "gerund"
        ):
            subject = subject_of(analysis, verb, sentence)
            if subject and len(subject.references) == 2:
                return subject.references
    for at in range(sentence.first, index):
        pair = analysis.pair_at(at)
        if pair:
            return pair[1]
    after = phrase_at(analysis, index + 2, sentence.last) if index + 2 < sentence.last else None
    between = index + 1 < sentence.last and analysis.document.tokens[index + 1].lower == "between"
    return after.references if between and after and len(after.references) == 2 else ()
