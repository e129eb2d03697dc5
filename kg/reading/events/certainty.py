"""How far the text vouches for what a verb or noun tells of: one gate for all events and refusals."""

import itertools
from dataclasses import replace

from kg.reading.analysis import Analysis
from kg.reading.events.ongoing import goes_on
from kg.reading.events.sightings import Sighting
from kg.reading.events.untold import unreal_force
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.events import event_table
from kg.reading.words.grammar import grammar

_CLAUSE_MARKS = frozenset({",", ";", ":", "–", "—"})
_TERMINALS = frozenset({".", "!", "?", "…"})
_CLAUSE_BOUNDS = _CLAUSE_MARKS | _TERMINALS
_NOTHING = frozenset({"nothing", "nobody", "none", "neither"})
_SHOWN = frozenset({
    "suggests", "suggested", "shows", "showed", "shown", "indicates", "indicated", "proves", "proved",
    "proven",
})  # fmt: skip
_SHOWING = frozenset({"evidence", "proof", "sign", "signs", "indication", "confirmation", "record"})
_DOUBTING = frozenset({"doubt", "doubts", "doubted"})
_NOT_DOUBTED = grammar().negatives | {"little", "without", "undoubtedly", "nobody", "few"}
_BELIEVING = frozenset({"believe", "believes", "believed", "think", "thinks", "thought"})
_INVERTED = frozenset({"Should", "Had", "Were"})  # they open a condition: "Should X attack, …"


def vouched(analysis: Analysis, sighting: Sighting) -> Sighting | None:
    """The sighting as far as the text vouches for it; None where it only asks, or calls it untrue."""
    index = sighting.trigger.last - 1
    if sighting.presupposed:
        return sighting
    if asked(analysis, index) or untrue(analysis, index) or _stopped(analysis, sighting):
        return None
    doubt = doubted(analysis, index)
    if doubt is None or sighting.factuality != "asserted":
        return _to_come(analysis, sighting)
    return replace(
        sighting, factuality=doubt, status="planned" if doubt == "hypothetical" else sighting.status
    )


def _to_come(analysis: Analysis, sighting: Sighting) -> Sighting:
    """ "holds a summit on Friday", told on Thursday: planned; a conflict "since April" goes on."""
    day, time = analysis.published, sighting.time
    if sighting.status != "occurred" or sighting.factuality != "asserted":
        return sighting
    lasts = False
    if day and day.latest and time:
        if time.earliest is not None and time.earliest > day.latest:
            return replace(sighting, status="planned", factuality="expected")
        if time.latest and time.latest > day.latest and _later(analysis, sighting):
            return replace(sighting, status="planned", factuality="expected")
        since = time.latest == day.latest and time.earliest != time.latest and sighting.kind == "Conflict"
        lasts = since and "since" in analysis.document.lowers(sighting.evidence)
    return replace(sighting, status="ongoing") if lasts or goes_on(analysis, sighting) else sighting


def _later(analysis: Analysis, sighting: Sighting) -> bool:
    """ "heads to X later this week"."""
    words = analysis.document.lowers(sighting.evidence)
    return any(pair == ("later", "this") for pair in itertools.pairwise(words))


def _stopped(analysis: Analysis, sighting: Sighting) -> bool:
    """ "ceased fighting", "to avert an attack"."""
    first = sighting.trigger.first
    if sighting.code != "ASSAULT":
        return False
    if unreal_force(analysis, sighting):
        return True
    if first == 0:
        return False
    verb = analysis.verb_before(first, analysis.document.sentence(first))
    return verb is not None and verb.last == first and verb.lemma in event_table().words.stopping


def modality(analysis: Analysis, verb: Verb) -> str:
    """The verb's own modality, or the one that it shares: "could bomb X and attack Y"."""
    words = analysis.document.lowers(Range(verb.first - 1, verb.main + 1)) if verb.first else []
    before = analysis.verb_before(verb.first, analysis.document.sentence(verb.main))
    if before and words and words[0] in {"and", "or"} and words[1:] == [verb.lemma.split()[0]]:
        return before.modality
    return verb.modality


def asked(analysis: Analysis, index: int) -> bool:
    """Whether the words around a token end with a question mark, within quotation marks or without."""
    tokens, sentence = analysis.document.tokens, analysis.document.sentence(index)
    own = analysis.document.quote_around(index)
    for at in range(index, sentence.last):
        if tokens[at].text in _TERMINALS and analysis.document.quote_around(at) in (own, None):
            return tokens[at].text == "?"
    return False


def doubted(analysis: Analysis, index: int) -> str | None:
    """hypothetical behind "if", alleged by hearsay, None where the text says it outright."""
    sentence = analysis.document.sentence(index)
    words = analysis.document.lowers(_clause(analysis, index))
    first = analysis.document.tokens[sentence.first].text
    if grammar().supposing & set(words) or (first in _INVERTED and words and words[0] == first.lower()):
        return "hypothetical"
    return "alleged" if _hearsay(analysis, index, words) else None


def untrue(analysis: Analysis, index: int) -> bool:
    """ "it is false that X attacked"."""
    words = analysis.document.lowers(_clause(analysis, index))
    if "no" in words and any(a in _SHOWING and b in {"that", "of"} for a, b in itertools.pairwise(words)):
        return True  # "no evidence that X attacked"
    shown = not _SHOWN.isdisjoint(words) and "than" not in words  # "nothing shows it more than that"
    if shown and not _NOTHING.isdisjoint(words):
        return True  # "nothing suggests that X attacked"
    if _disbelieved(words):
        return True
    return any(
        b == "that" and (a in grammar().untrue or (a == "true" and grammar().negatives & set(words[:at])))
        for at, (a, b) in enumerate(itertools.pairwise(words))
    )


def _disbelieved(words: list[str]) -> bool:
    """ "experts doubt that X attacked", "nobody in Y believes that X attacked", "few believe that"."""
    verbs = {a for a, b in itertools.pairwise(words) if b == "that"}
    if not _DOUBTING.isdisjoint(verbs):
        return _NOT_DOUBTED.isdisjoint(words)
    few = "few" in words and "a" not in words[: words.index("few")]
    nobody = few or not _NOTHING.isdisjoint(words) or ("no", "one") in set(itertools.pairwise(words))
    return nobody and not _BELIEVING.isdisjoint(verbs)


def loosely_quoted(analysis: Analysis, index: int) -> bool:
    """Whether a token stands in a quoted clause, of whomever: a quoted word or two are the writer's claim."""
    quote = analysis.document.quote_around(index)
    verbs = analysis.verbs_in(quote) if quote else ()
    return any(verb.form in {"finite", "passive"} and verb.first > quote.first for verb in verbs if quote)


def _clause(analysis: Analysis, index: int) -> Range:
    """From the last comma, semicolon or dash before a token up to it."""
    tokens, sentence = analysis.document.tokens, analysis.document.sentence(index)
    first = index
    while first > sentence.first and tokens[first - 1].text not in _CLAUSE_BOUNDS:
        first -= 1
    return Range(first, index)


def _hearsay(analysis: Analysis, index: int, words: list[str]) -> bool:
    """ "allegedly attacked", "the alleged attack", "rumours that X attacked", "it is rumoured that"."""
    document, sentence = analysis.document, analysis.document.sentence(index)
    before = analysis.verb_before(index, sentence)
    near = Range(max(before.last if before else sentence.first, index - len(words)), index)
    opening = document.tokens[sentence.first].lower
    following = document.lowers(Range(index + 1, min(index + 2, sentence.last)))
    heard = {*document.lowers(near), *following, opening}
    told = any(a in grammar().hearsay_nouns and b in {"that", "of"} for a, b in itertools.pairwise(words))
    said = any(a in grammar().hearsay_verbs and b == "that" for a, b in itertools.pairwise(words))
    return bool(grammar().hearsay & heard) or told or said
