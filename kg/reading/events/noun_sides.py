"""Conditions on nouns for sanctions, support, aid and speeches: whose they are, and on, for or by whom."""

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import phrase_at
from kg.reading.clauses.subjects import subject_of
from kg.reading.events.noun_phrases import Noun, owner
from kg.reading.events.sightings import keys_of
from kg.reading.names.references import AGENTS
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.events import event_table
from kg.reading.words.grammar import grammar

_APPOSED = 4  # tokens of "X and Z" before a comma and what they are
_NEAR = 6  # tokens behind a noun
_POINTING = frozenset({"the", "these", "those", "all"})
_TOLD = frozenset({"the", "their", "its", "his", "her", "this", "that", "given", "provided", "for"})
_BACKERS = frozenset({"backer", "backers", "patron"})
_WINNING = frozenset({"enjoy", "win", "receive", "secure", "gain", "get"})
_GIVEN = frozenset({"for", "to", "of", "from", "by"})
_HEARD = frozenset({"in", "at", "during", "after", "before", "from", "with"})


def measures(analysis: Analysis, noun: Noun, own: tuple[str, ...]) -> bool:
    """ "sanctions on X", "the new sanctions", "Western sanctions": those of somebody, or told before."""
    words = analysis.document.lowers(Range(noun.own.first, noun.index))
    behind = analysis.document.lowers(Range(noun.index + 1, min(noun.sentence.last, noun.index + 2)))
    pointing = len(words) == 1 and words[0] in _POINTING
    if pointing and noun.verb is None and noun.own.last <= noun.index + 2:
        return False  # "the sanctions" alone only point to what was told
    led = not event_table().words.of_measures.isdisjoint({*words, *behind})
    # "sanctions pressure on X", "the sanctions listings", not "U.N. sanctions"
    compound = bool(noun.frame.qualifiers) and (bool(own) or words[:1] == ["the"])
    return compound or led or noun.verb is not None


def threatened(analysis: Analysis, noun: Noun, own: tuple[str, ...]) -> bool:
    """ "X's threat to attack", "X's threats against Y": whose, and what is threatened; not a danger to Y."""
    after = analysis.document.lowers(Range(noun.index + 1, min(noun.sentence.last, noun.index + 2)))
    verbs = analysis.verbs_in(Range(noun.index + 1, min(noun.sentence.last, noun.index + 4)))
    acts = after == ["to"] and any(verb.form == "infinitive" for verb in verbs)
    return bool(owner(analysis, noun)) and (acts or after in (["against"], ["of"]))


def sided(analysis: Analysis, noun: Noun, own: tuple[str, ...]) -> bool:
    """ "X's support for the rebels", "the aid provided by X to Y": for whom it is, by whom or of whom."""
    tokens, first = analysis.document.tokens, noun.own.first
    if first > noun.sentence.first and tokens[first - 1].lower in {"in", "with", "without"}:
        return False
    words = analysis.document.lowers(Range(first, noun.index))
    behind = analysis.document.lowers(Range(noun.index + 1, min(noun.own.last, noun.index + _NEAR)))
    if _had(analysis, noun):
        return True
    backer = tokens[noun.index].lower in _BACKERS
    told = backer or bool(owner(analysis, noun)) or not _TOLD.isdisjoint({*words[:1], *behind[:1]})
    return told and not _GIVEN.isdisjoint(behind[:2]) and bool(aligned(analysis, noun))


def _had(analysis: Analysis, noun: Noun) -> bool:
    """ "they have X's backing"."""
    verb = analysis.verb_before(noun.own.first, noun.sentence)
    before = analysis.document.tokens[noun.own.first - 1].lower if noun.own.first else ""
    has = before in grammar().have or (
        verb is not None and verb.last == noun.own.first and verb.lemma in _WINNING
    )
    named = [r for r in analysis.references.within(Range(noun.own.first, noun.index)) if r.type in AGENTS]
    return has and any(r.form != "pronoun" and not r.adjective for r in named)


def aligned(analysis: Analysis, noun: Noun) -> tuple[str, ...]:
    """Those behind the noun whom "for", "to", "of" or "by" leads to, and nothing of theirs."""
    tokens = analysis.document.tokens
    found = []
    for reference in analysis.references.within(Range(noun.index + 1, noun.own.last)):
        phrase = phrase_at(analysis, reference.range.first, noun.own.last)
        head = tokens[phrase.head].lower if phrase else ""
        armed = head in event_table().words.forces | event_table().words.state_forces
        alone = phrase is not None and phrase.head in range(reference.range.first, reference.range.last)
        led = tokens[reference.range.first - 1].lower != "in"
        if reference.type in AGENTS and led and (alone or armed):
            found.append(reference.key)
    return tuple(found)


def aided(analysis: Analysis, noun: Noun, own: tuple[str, ...]) -> bool:
    """ "X's financial support", "humanitarian aid to Y": whose it is, or for whom; not "with X's support"."""
    tokens, first = analysis.document.tokens, noun.own.first
    if first > noun.sentence.first and tokens[first - 1].lower in {"with", "without"}:
        return False
    behind = analysis.document.lowers(Range(noun.index + 1, min(noun.own.last, noun.index + 2)))
    given = not _GIVEN.isdisjoint(behind)
    return bool(aligned(analysis, noun)) if given else bool(owner(analysis, noun))


def backers(analysis: Analysis, noun: Noun) -> tuple[str, ...]:
    """ "X is a backer of Y", "X and Z, strong backers of Y": X and Z."""
    tokens, first = analysis.document.tokens, noun.own.first
    if tokens[noun.index].lower not in _BACKERS:
        return ()
    at = first if tokens[first].lower in grammar().be else first - 1
    if at > noun.sentence.first and tokens[at].lower in grammar().be:
        verb = Verb("be", at, at, at + 1, "finite", False, "asserted")
        return keys_of(subject_of(analysis, verb, noun.sentence), AGENTS)
    apart = first > noun.sentence.first and tokens[first - 1].text == ","
    before = Range(max(noun.sentence.first, first - _APPOSED), first - 1) if apart else Range(first, first)
    named = [r for r in analysis.references.within(before) if r.type in AGENTS]
    beside = bool(named) and named[-1].range.last == first - 1
    return tuple(r.key for r in named) if beside else ()


def given(analysis: Analysis, noun: Noun, own: tuple[str, ...]) -> bool:
    """ "the aid provided by X to Y": not "with the assistance of X"."""
    behind = analysis.document.lowers(Range(noun.index + 1, min(noun.own.last, noun.index + 2)))
    return behind != ["of"] and sided(analysis, noun, own)


def joint(analysis: Analysis, noun: Noun, own: tuple[str, ...]) -> bool:
    """ "a rapprochement between X and Y", "its alliance with Y"."""
    behind = analysis.document.lowers(Range(noun.index + 1, min(noun.own.last, noun.index + 2)))
    return behind[:1] in (["between"], ["with"]) and len(own) > (behind[:1] == ["between"])


def voiced(analysis: Analysis, noun: Noun, own: tuple[str, ...]) -> bool:
    """ "told a news conference", "in an interview": by somebody, which the words around it tell."""
    tokens, first = analysis.document.tokens, noun.own.first
    led = first > noun.sentence.first and tokens[first - 1].lower in _HEARD
    return bool(own) or led or told_to(analysis, noun) or noun.verb is not None


def told_to(analysis: Analysis, noun: Noun) -> bool:
    """ "told a news conference", "addressed a hearing"."""
    verb = analysis.verb_before(noun.own.first, noun.sentence)
    return verb is not None and verb.last == noun.own.first and verb.lemma in {"tell", "address"}


def by_somebody(analysis: Analysis, noun: Noun, own: tuple[str, ...]) -> bool:
    """ "a talk by X"."""
    behind = analysis.document.lowers(Range(noun.index + 1, min(noun.own.last, noun.index + 2)))
    return behind == ["by"] and bool(own)


def held(analysis: Analysis, noun: Noun, own: tuple[str, ...]) -> bool:
    """ "the ouster of X", "X's resignation": of somebody."""
    behind = analysis.document.lowers(Range(noun.index + 1, min(noun.own.last, noun.index + 2)))
    return bool(own) and (bool(owner(analysis, noun)) or behind == ["of"])


def of_person(analysis: Analysis, noun: Noun, own: tuple[str, ...]) -> bool:
    """ "X's conviction", "the trial of the former president X": of somebody who is named."""
    return held(analysis, noun, own) and any(key.startswith("person/") for key in own)


NOUN_SIDES = {
    "ofperson": of_person,
    "threatened": threatened,
    "held": held,
    "measures": measures,
    "sided": sided,
    "given": given,
    "aided": aided,
    "joint": joint,
    "voiced": voiced,
    "by": by_somebody,
}
