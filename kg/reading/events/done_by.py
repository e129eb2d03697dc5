"""Force that a participle tells of with whoever used it: "areas seized by rebels", "the men jailed by X"."""

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import phrase_at
from kg.reading.events.extent import phrase_stop, tidied
from kg.reading.events.noun_phrases import noun_start
from kg.reading.events.participants import taking_part
from kg.reading.events.sightings import Sighting
from kg.reading.events.time_and_place import place_of, time_of
from kg.reading.names.references import AGENTS
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.events import Frame, event_table
from kg.reading.words.grammar import grammar
from kg.reading.words.verbs import verb_table

_DONE_TO = frozenset({"ASSAULT", "COERCE", "SANCTION"})
_OTHERWISE = frozenset({"union", "member", "body", "subject", "marching", "tested", "diplomats"})
_NO_NOUN = grammar().function_words | {"and", "or", "but"}


def done_by(analysis: Analysis, verb: Verb) -> Sighting | None:
    """What was done to the noun before a participle, by somebody who is named or who uses force."""
    if not _by(analysis, verb):
        return None
    sentence, tokens = analysis.document.sentence(verb.main), analysis.document.tokens
    doer = phrase_at(analysis, verb.last + 1, sentence.last)
    if doer is None or not _acts(analysis, doer.range):
        return None
    head = verb.first - 1
    while head > sentence.first and (tokens[head].text == "," or grammar().is_adverb(tokens[head].lower)):
        head -= 1
    word = tokens[head].lower
    if word in _NO_NOUN or not word[0].isalnum():
        return None
    first = noun_start(analysis, head, sentence)
    frame = _frame(verb, set(analysis.document.lowers(Range(first, head + 1))))
    if frame is None:
        return None
    part = Range(first, max(doer.range.last, phrase_stop(analysis, doer.range.last - 1, sentence)))
    place = place_of(analysis, part)
    return Sighting(
        frame.kind,
        trigger=Range(verb.main, verb.last),
        evidence=tidied(analysis, part),
        code=frame.code,
        name=frame.name,
        agents=taking_part(analysis, doer.range, doer),
        participants=taking_part(analysis, part, None),
        place=place.key if place else None,
        time=time_of(analysis, part, sentence),
    )


def _by(analysis: Analysis, verb: Verb) -> bool:
    """A bare past participle with "by" behind it."""
    tokens = analysis.document.tokens
    if verb.first != verb.main or verb.first == 0 or verb.negated or verb.last + 1 >= len(tokens):
        return False
    if tokens[verb.last].lower != "by" or verb.form not in {"finite", "participle"}:
        return False
    return "participle" in verb_table().forms[tokens[verb.main].lower][1]


def _acts(analysis: Analysis, part: Range) -> bool:
    forces = not event_table().words.forces.isdisjoint(analysis.document.lowers(part))
    return forces or any(r.type in AGENTS for r in analysis.references.within(part))


def _frame(verb: Verb, undergoing: set[str]) -> Frame | None:
    """The first frame that has the noun, or anything, for its object."""
    return next(
        (
            frame
            for frame in event_table().verbs.get(verb.lemma, ())
            if frame.code in _DONE_TO
            and frame.needs not in _OTHERWISE
            and not frame.governs
            and frame.without.isdisjoint(undergoing)
            and not (frame.objects and frame.objects.isdisjoint(undergoing))
        ),
        None,
    )
