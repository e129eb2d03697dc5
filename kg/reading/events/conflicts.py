"""Conflicts that nouns tell of ("the war between A and B"), with their parties."""

from collections.abc import Iterable, Iterator

from kg.model import TimeSpan
from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import phrase_at
from kg.reading.clauses.subjects import subject_of
from kg.reading.events.clause_ends import clause_stop
from kg.reading.events.extent import phrase_stop, qualifies
from kg.reading.events.noun_phrases import measured, noun_start
from kg.reading.events.participants import named_in
from kg.reading.events.predicates import predicate
from kg.reading.events.sightings import Sighting
from kg.reading.events.time_and_place import time_within
from kg.reading.names.references import PLACES, Reference
from kg.reading.text.tokens import Range
from kg.reading.words.events import event_table
from kg.reading.words.grammar import grammar

_NO_WAR = frozenset({"trade", "price", "tariff", "culture", "bidding", "cold", "cyber", "sanctions"})
_CAPTIVES = (["prisoner", "of"], ["prisoners", "of"])  # "of war" says what they are
_BEGINNING = frozenset({"break out", "erupt", "begin", "start", "rage", "originate", "flare", "flare up"})
_GOING_THERE = frozenset(
    {"return", "come", "spread", "resume", "reignite", "intensify", "continue", "loom", "ravage", "devastate"}
)
_KINDS = frozenset({
    "outright", "proxy", "guerrilla", "urban", "ongoing", "current", "this", "total", "wider", "renewed",
    "another", "scale", "drawn",
})  # fmt: skip
_UNITS = frozenset({"day", "week", "month", "year", "decade"})
_SPOKEN = (["of", "words"], ["of", "nerves"])
_HALTS = frozenset({"cessation", "halt", "pause", "suspension", "lull"})
_PAST = frozenset({"after", "since", "during", "following", "wake", "until", "aftermath"})
_RANKS = frozenset({"first", "second", "third", "last", "previous", "earlier", "past"})
_IN_CONFLICT = 4  # words before the noun: "have been in conflict"


def conflict(analysis: Analysis, index: int) -> Sighting | None:
    """A conflict with its parties: the two who are its subject, or those "between" whom it is."""
    sentence = analysis.document.sentence(index)
    if analysis.document.lowers(Range(max(0, index - 2), index)) in _CAPTIVES or qualifies(analysis, index):
        return None
    if _halted(analysis, index, sentence) or _of_words(analysis, index):
        return None
    first = noun_start(analysis, index, sentence)
    end = Range(index + 1, max(index + 1, phrase_stop(analysis, index, sentence)))
    said = predicate(analysis, Range(first, end.last), sentence)
    end = Range(end.first, max(end.last, said.last)) if said else end
    end = Range(end.first, max(end.last, _breaking_out(analysis, end.last, sentence, first)))
    time = time_within(analysis, index, end) or time_of_own(analysis, Range(first, index))
    if end and analysis.document.tokens[end.first].lower == "over":
        end = Range(end.first, _full_stop(analysis, sentence))  # "over who controls X"
    parties = _parties(analysis, index, sentence)
    own = Range(first, max(index + 1, end.last))
    inside = [r for r in analysis.references.within(own) if r.type in PLACES and not r.adjective]
    definite = analysis.document.tokens[first].lower in grammar().definite
    named = bool(inside) or _between(analysis, index, sentence)
    owned = _owned(analysis, Range(first, index))
    begins = measured(analysis, first, sentence)
    lasted = begins < first and "end" not in analysis.document.lowers(Range(begins, first))
    lasted = lasted or _long(analysis, first, index)
    if not (parties or time or lasted or inside or owned or _of_a_kind(analysis, first, index)):
        return None
    start = min([begins, *(p.range.first for p in parties)])
    keys = tuple(sorted({p.key for p in parties or _where(analysis, inside) or owned}))
    open_ = _may_come(analysis, start, own.last, sentence)
    return Sighting(
        "Conflict",
        trigger=Range(first, index + 1),
        evidence=Range(start, end.last),
        participants=keys,
        place=inside[0].key if inside else None,
        time=time,
        status="planned" if open_ else _status(analysis, start, index, time),
        factuality="possible" if open_ else "asserted",
        definite=definite and not named and not owned,
        presupposed=definite and named and not open_,
    )


def _breaking_out(analysis: Analysis, last: int, sentence: Range, first: int) -> int:
    """ "Conflict broke out in X", "a war that began in Y": where that clause ends; else nothing."""
    at = last + (last < sentence.last and analysis.document.tokens[last].lower in {"that", "which"})
    verb = next(iter(analysis.verbs_in(Range(at, min(at + 3, sentence.last)))), None)
    begins = verb is not None and verb.first == at and verb.lemma in _BEGINNING | _GOING_THERE
    return clause_stop(analysis, verb.last, sentence, first) if verb and begins else 0


def _of_words(analysis: Analysis, index: int) -> bool:
    """ "a war of words", "the sanctions war": no fighting."""
    tokens = analysis.document.tokens
    behind = analysis.document.lowers(Range(index + 1, min(index + 3, len(tokens))))
    return behind in _SPOKEN or (index > 0 and tokens[index - 1].lower in _NO_WAR)


def _halted(analysis: Analysis, index: int, sentence: Range) -> bool:
    """ "a cessation of hostilities": an end of them rather than them."""
    words = analysis.document.lowers(Range(max(sentence.first, index - 2), index))
    return words[-1:] in (["of"], ["to"], ["in"]) and words[0] in _HALTS


def once(found: Iterable[Sighting]) -> Iterator[Sighting]:
    """A war that is only named again, "the war in X", tells nothing new of it."""
    known: set[str] = set()
    for sighting in found:
        if sighting.kind == "Conflict" and sighting.code is None:
            names = {*sighting.participants, *([sighting.place] if sighting.place else [])}
            bare = sighting.time is None and len(sighting.participants) < 2
            pointing = sighting.definite and not sighting.participants  # "the 44-day war", told before
            if (bare and known & names) or (pointing and known):
                continue
            known |= names
        yield sighting


def _may_come(analysis: Analysis, first: int, last: int, sentence: Range) -> bool:
    """ "the risk of a war between X and Y", "to avert a war", "outright war could follow"."""
    tokens, words = analysis.document.tokens, event_table().sought
    if tokens[first].lower in grammar().definite:
        return False
    after = tokens[last].lower if last < sentence.last else ""
    if after in grammar().modals_possible | {"would"}:
        return True
    led = tokens[first - 1].lower if first > sentence.first else ""
    if led == "of" and first - 2 >= sentence.first:
        return tokens[first - 2].lower in words.before | event_table().words.thought_of
    verb = analysis.verb_before(first, sentence)
    return verb is not None and verb.last == first and verb.lemma in words.verbs


def _goes_on(analysis: Analysis, first: int, index: int) -> bool:
    """ "the ongoing conflict in X"; of a war that is only named, nothing is told."""
    words = analysis.document.lowers(Range(first, index))
    return not {"ongoing", "current", "continuing", "raging", "second"}.isdisjoint(words)


def _status(analysis: Analysis, first: int, index: int, time: TimeSpan | None) -> str:
    """A conflict goes on unless its end is told; so does a war that has neither a day nor a name."""
    words = analysis.document.lowers(Range(first, index))
    behind = analysis.document.lowers(Range(max(0, first - 2), first))
    if "end" in words[:3] or not _PAST.isdisjoint(behind):
        return "occurred"
    if analysis.document.tokens[index].lower == "conflict":
        return "ongoing"
    if _goes_on(analysis, first, index) and "second" not in words:
        return "ongoing"
    named = index > first and analysis.document.tokens[index].text[:1].isupper()  # "the Gulf War"
    over = analysis.document.tokens[index].lower == "hostilities"  # mostly told as they end
    return "occurred" if time or named or over or not _RANKS.isdisjoint(words) else "ongoing"


def _owned(analysis: Analysis, before: Range) -> list[Reference]:
    """ "the Syrian civil war": the state by whose name it goes; not that of a trade war."""
    if not _NO_WAR.isdisjoint(analysis.document.lowers(before)):
        return []
    states = [r for r in analysis.references.within(before) if r.type == "State"]
    return [r for r in states if r.adjective or _possessive(analysis, r)][:1]


def _of_a_kind(analysis: Analysis, first: int, index: int) -> bool:
    """ "outright war", "this conflict", "a proxy war": told with words of its own, not as "the war"."""
    words = analysis.document.lowers(Range(first, index))
    return not _KINDS.isdisjoint(words)


def _long(analysis: Analysis, first: int, index: int) -> bool:
    """ "the eight-day conflict", "the three-decade-long war": one that is told by how long it has lasted."""
    words = analysis.document.lowers(Range(first, index))
    told = words[:1] == ["the"] or words[:1] == ["this"]
    return told and "-" in words and not _UNITS.isdisjoint(words)


def _possessive(analysis: Analysis, reference: Reference) -> bool:
    """ "Sudan's civil war"."""
    return analysis.document.tokens[reference.range.last].lower in grammar().possessive_marks


def _where(analysis: Analysis, inside: list[Reference]) -> list[Reference]:
    """The state in which it is, if it is told with nobody: "the conflict in X"."""
    states = [r for r in inside if r.type == "State"]
    governed = (analysis.document.lowers(Range(r.range.first - 3, r.range.first)) for r in states)
    return [r for r, before in zip(states, governed, strict=True) if "in" in before][:1]


def time_of_own(analysis: Analysis, part: Range) -> TimeSpan | None:
    """ "last year's war": a time before the noun."""
    found = next(iter(analysis.times_in(part)), None) if part else None
    return found.time if found else None


def _between(analysis: Analysis, index: int, sentence: Range) -> bool:
    return index + 2 < sentence.last and analysis.document.tokens[index + 1].lower == "between"


def _full_stop(analysis: Analysis, sentence: Range) -> int:
    return sentence.last - 1 if analysis.document.tokens[sentence.last - 1].text == "." else sentence.last


def _named_between(analysis: Analysis, index: int, sentence: Range) -> tuple[Reference, ...]:
    """ "between the rebels of X and the government": whoever of the two is named."""
    stop = phrase_stop(analysis, index, sentence)
    return tuple(named_in(analysis, Range(index + 1, stop)))[:2] if stop > index + 2 else ()


def _parties(analysis: Analysis, index: int, sentence: Range) -> tuple[Reference, ...]:
    for verb in analysis.verbs_in(sentence):
        if verb.main < index and verb.lemma in {"lock", "embroil"}:
            subject = subject_of(analysis, verb, sentence)
            if subject and len(subject.references) == 2:
                return subject.references
    before = analysis.document.lowers(Range(max(sentence.first, index - _IN_CONFLICT), index))
    for at in range(sentence.first, index):
        pair = analysis.pair_at(at)
        if pair and "in" in before and (grammar().be & set(before)):
            return pair[1]
    after = phrase_at(analysis, index + 2, sentence.last) if _between(analysis, index, sentence) else None
    if after and len(after.references) == 2:
        return after.references
    return _named_between(analysis, index, sentence) if after else ()
