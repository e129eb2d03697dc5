"""Acts that a participle behind its noun tells of: "sanctions imposed on X", "a deal, signed by X and Y"."""

from kg.reading.analysis import Analysis
from kg.reading.events.clause_ends import clause_stop
from kg.reading.events.extent import participial, tidied
from kg.reading.events.noun_phrases import noun_start
from kg.reading.events.others_named import receivers, targets
from kg.reading.events.participants import GIVING, taking_part
from kg.reading.events.sightings import Sighting
from kg.reading.events.time_and_place import place_of, time_of
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.events import Frame, event_table
from kg.reading.words.grammar import grammar

_OF_WITHIN = 4  # tokens from a noun to the participle, over "of": "memorandum of understanding signed"
_NEEDS = frozenset({"", "anybody", "armed", "undergone", "acts"})
_QUALIFYING = frozenset({"Military aid"})  # "militias backed by X": what they are
_OPEN = frozenset({"any", "no", "such", "all", "every"})


def from_participle(analysis: Analysis, verb: Verb) -> Sighting | None:
    """The act that a participle tells of its noun; None where it only qualifies or nothing more is told."""
    if not participial(analysis, verb):
        return None
    found = _frame(analysis, verb)
    if found is None:
        return None
    frame, head = found
    sentence = analysis.document.sentence(verb.main)
    first = _start(analysis, head, sentence)
    if analysis.document.tokens[first].lower in _OPEN:
        return None
    part = Range(first, _stop(analysis, verb, sentence, first))
    people, place = taking_part(analysis, part, None), place_of(analysis, part)
    if frame.code in GIVING:
        people = tuple(dict.fromkeys((*people, *receivers(analysis, part))))
    if frame.code == "ASSAULT":
        people = tuple(dict.fromkeys((*people, *targets(analysis, part))))
    time = time_of(analysis, part, sentence)
    if not (people or place or next(iter(analysis.times_in(part)), None)):
        return None
    return Sighting(
        frame.kind,
        trigger=Range(verb.main, verb.last),
        evidence=tidied(analysis, part),
        code=frame.code,
        name=frame.name,
        agents=_agents(analysis, verb, part),
        participants=people,
        place=place.key if place else None,
        time=time,
        named=Range(first, head + 1),
    )


def _start(analysis: Analysis, head: int, sentence: Range) -> int:
    """Where the noun phrase begins, over "of": "the state of emergency imposed on"."""
    tokens, first = analysis.document.tokens, noun_start(analysis, head, sentence)
    of = first - 2 >= sentence.first and tokens[first - 1].lower == "of" and tokens[first - 2].text.islower()
    return noun_start(analysis, first - 2, sentence) if of else first


def _stop(analysis: Analysis, verb: Verb, sentence: Range, first: int) -> int:
    """The end of its clause, or before the verb that has the noun as its subject."""
    last = max(verb.last, clause_stop(analysis, verb.last, sentence, first))
    following = analysis.verbs_in(Range(verb.last, last))
    main = next((v for v in following if v.form in {"finite", "passive"}), None)
    return max(verb.last, main.first) if main else last


def _frame(analysis: Analysis, verb: Verb) -> tuple[Frame, int] | None:
    """The frame of which the noun before is an object, and the token of that noun."""
    frames = [f for f in event_table().verbs.get(verb.lemma, ()) if f.objects and f.needs in _NEEDS]
    frames = [f for f in frames if f.code != "CONSULT" and f.name not in _QUALIFYING]
    if not frames:
        return None
    sentence, tokens = analysis.document.sentence(verb.main), analysis.document.tokens
    at = verb.first - 1
    at -= tokens[at].text == "," and at > sentence.first
    lowest = max(sentence.first, at - _OF_WITHIN)
    heads = [at, *(i for i in range(at - 1, lowest - 1, -1) if tokens[i + 1].lower == "of")]
    behind = set(analysis.document.lowers(Range(verb.last, min(verb.last + _OF_WITHIN, sentence.last))))
    for head in heads:
        word = tokens[head].lower
        if word in grammar().closed or analysis.references.at(head):
            continue
        for frame in frames:
            if word in frame.objects and frame.without.isdisjoint(behind | {word}):
                return frame, head
    return None


def _agents(analysis: Analysis, verb: Verb, part: Range) -> tuple[str, ...]:
    """Who did it, behind "by"."""
    tokens = analysis.document.tokens
    by = next((i for i in range(verb.last, part.last) if tokens[i].lower == "by"), None)
    return () if by is None else taking_part(analysis, Range(by, part.last), None)[:1]
