"""What a participle tells of with whoever did it: "areas seized by rebels", "Backed by X, Y refuses"."""

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase, phrase_at
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
_APART = _DONE_TO | {"SUPPORT", "AID"}  # between commas; "militias backed by X" are of a kind
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
    if verb.first == sentence.first:
        return _fronted(analysis, verb, sentence, doer)
    head = verb.first - 1
    while head > sentence.first and (tokens[head].text == "," or grammar().is_adverb(tokens[head].lower)):
        head -= 1
    word = tokens[head].lower
    if word in _NO_NOUN or not word[0].isalnum():
        return None
    first = noun_start(analysis, head, sentence)
    codes = _APART if tokens[verb.first - 1].text == "," else _DONE_TO
    frame = _frame(verb, set(analysis.document.lowers(Range(first, head + 1))), codes)
    if frame is None:
        return None
    part = Range(first, max(doer.range.last, phrase_stop(analysis, doer.range.last - 1, sentence)))
    return _sighting(analysis, verb, frame, part, doer, None)


def _fronted(analysis: Analysis, verb: Verb, sentence: Range, doer: Phrase) -> Sighting | None:
    """ "Backed by X, Y refuses": it is done to the subject behind the comma."""
    tokens = analysis.document.tokens
    comma = next((i for i in range(doer.range.last, sentence.last) if tokens[i].text == ","), None)
    if comma is None or analysis.verb_before(comma, sentence) != verb:
        return None
    undergoing = phrase_at(analysis, comma + 1, sentence.last)
    if undergoing is None or not undergoing.references:
        return None
    frame = _frame(verb, set(analysis.document.lowers(undergoing.range)), _APART)
    part = Range(verb.first, comma)
    return _sighting(analysis, verb, frame, part, doer, undergoing) if frame else None


def _sighting(
    analysis: Analysis, verb: Verb, frame: Frame, part: Range, doer: Phrase, undergoing: Phrase | None
) -> Sighting:
    place = place_of(analysis, part)
    return Sighting(
        frame.kind,
        trigger=Range(verb.main, verb.last),
        evidence=tidied(analysis, part),
        code=frame.code,
        name=frame.name,
        agents=taking_part(analysis, doer.range, doer),
        participants=taking_part(analysis, part, undergoing),
        place=place.key if place else None,
        time=time_of(analysis, part, analysis.document.sentence(verb.main)),
        leans_on=(undergoing.range,) if undergoing else (),
    )


def _by(analysis: Analysis, verb: Verb) -> bool:
    """A bare past participle with "by" behind it."""
    tokens = analysis.document.tokens
    if verb.first != verb.main or verb.negated or verb.last + 1 >= len(tokens):
        return False
    if tokens[verb.last].lower != "by" or verb.form not in {"finite", "participle"}:
        return False
    return "participle" in verb_table().forms[tokens[verb.main].lower][1]


def _acts(analysis: Analysis, part: Range) -> bool:
    forces = not event_table().words.forces.isdisjoint(analysis.document.lowers(part))
    return forces or any(r.type in AGENTS for r in analysis.references.within(part))


def _frame(verb: Verb, undergoing: set[str], codes: frozenset[str]) -> Frame | None:
    """The first frame that has the noun, or anything, for its object."""
    return next(
        (
            frame
            for frame in event_table().verbs.get(verb.lemma, ())
            if frame.code in codes
            and frame.needs not in _OTHERWISE
            and not frame.governs
            and frame.without.isdisjoint(undergoing)
            and not (frame.objects and frame.objects.isdisjoint(undergoing))
        ),
        None,
    )
