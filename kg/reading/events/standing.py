"""How an event stands by the verb that tells of it: what occurred, goes on, or is to come; and how sure."""

import itertools
from dataclasses import replace

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import phrase_start
from kg.reading.events.certainty import modality
from kg.reading.events.gerunds import of_gerund
from kg.reading.events.openings import opening
from kg.reading.events.standings import Standing
from kg.reading.events.untold import left_undone
from kg.reading.events.wished import demanded, feared, only_dated, yet_to_come
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.events import event_table
from kg.reading.words.grammar import grammar
from kg.reading.words.verbs import verb_table

_PRESENT = frozenset({"is", "are", "been", "’re", "'re", "am"})
_ARE = frozenset({"is", "are", "was", "were"})  # "are to meet", "was to have met"
_COPULAS = grammar().copulas | {"are"}
_RANKS = frozenset({"first", "latest", "last", "second", "third", "only"})
_BEING = frozenset({"is", "are", "was", "were", "became", "become", "becomes", "been"})
_RANKED = 8  # tokens of "became the latest country"
_CLAIMING = frozenset({"claim", "profess", "purport", "allege", "pretend"})
# Behind the passive of these an infinitive is hearsay: "is believed to be arming X".
_SAID_TO = frozenset({
    "say", "think", "believe", "report", "allege", "understand", "rumour", "rumor", "claim", "presume",
    "reckon", "suspect", "assume", "hold", "consider", "purport", "repute",
})  # fmt: skip
_BETWEEN = grammar().adverbs | {"and", "or", ","}
_NEAR = 2  # words between a verb and the infinitive that it governs: "is also expected to"
_NOUN_WITHIN = 9  # tokens from a noun to what it governs: "the decision of the two leaders to"
_NEAR_CONTROLLED = 6  # with somebody between: "forced the government to"


_HELD = frozenset({"oppose"})  # an attitude that lasts while it is told of


def standing(analysis: Analysis, verb: Verb) -> Standing | None:
    """By modal, tense and governing verb; None where the verb tells what must, should or need be."""
    if left_undone(analysis, verb):
        return None  # "instead of attacking X", "would have attacked X"
    modal = modality(analysis, verb)
    if (other := shared(analysis, verb)) is not None:
        joint = standing(analysis, other)  # "must free the captives and lift the siege"
        return replace(joint, governor=None, begins=None) if joint else None
    if verb.form == "infinitive" and _yet(analysis, verb):
        return None
    if verb.form == "infinitive":
        return _of_infinitive(analysis, verb)
    if yet_to_come(analysis, verb):
        # "demands that X withdraw", "unless X withdraws"
        return None if only_dated(analysis, verb) else Standing("planned", "possible")
    words = analysis.document.lowers(Range(verb.first, verb.main))
    if modal == "necessary" and "have" in words:
        return None  # "should have been used": it was not
    if "had" in words and "to" in words and modal == "asserted":
        owed = demanded(analysis, verb)  # "said that X had to leave"; else "had to withdraw"
        return Standing("planned", "possible") if owed else Standing("occurred", "asserted")
    if modal == "necessary" or any(a in grammar().have and b == "to" for a, b in itertools.pairwise(words)):
        return Standing("planned", "possible")  # "must sign", "has to be opened"
    if any(a in _COPULAS and b == "to" for a, b in itertools.pairwise(words)):
        return Standing("planned", "expected")  # "are to be freed"
    if words[:1] == ["be"]:
        return Standing("planned", "possible")  # "it proposed that talks be held"
    if words[:2] == ["to", "be"]:
        return _of_infinitive(analysis, verb) or Standing("planned", "possible")  # "hopes to be freed"
    if {"to", "have"} <= set(words):
        before = analysis.verb_before(verb.first, analysis.document.sentence(verb.main))
        claimed = before is not None and (before.form == "passive" or before.lemma in _CLAIMING)
        if before and claimed and before.last == verb.first:
            return Standing("occurred", "alleged", before)  # "is said to have met"
        due = verb.first and analysis.document.tokens[verb.first - 1].lower in grammar().copulas | {"due"}
        return (
            Standing("planned", "expected") if due or words[0] in grammar().be else None
        )  # "was to have met"
    if modal == "possible":
        return Standing("planned", "possible")
    if modal == "future":
        return Standing("planned", "possible" if feared(analysis, verb) else "expected")
    if verb.form == "gerund":
        return of_gerund(analysis, verb)
    lasts = in_progress(analysis, verb) or (verb.lemma in _HELD and words == [] and _present(analysis, verb))
    return Standing("ongoing" if lasts else "occurred", "asserted")


def _present(analysis: Analysis, verb: Verb) -> bool:
    """ "opposes", not "opposed"."""
    return analysis.document.tokens[verb.main].lower in {verb.lemma, f"{verb.lemma}s"}


def _yet(analysis: Analysis, verb: Verb) -> bool:
    """ "are yet to agree"."""
    return "yet" in analysis.document.lowers(Range(max(0, verb.first - 1), verb.main))


def in_progress(analysis: Analysis, verb: Verb) -> bool:
    """ "are meeting", "has been fighting", "are being held"."""
    words = analysis.document.lowers(Range(verb.first, verb.main + 1))
    going = words[-1].endswith("ing") or "being" in words
    return going and not _PRESENT.isdisjoint(words[:-1])


def _of_infinitive(analysis: Analysis, verb: Verb) -> Standing | None:
    """Behind a verb that plans it, brings it about or goes on with it; or behind "the decision to"."""
    sentence, ahead = analysis.document.sentence(verb.main), event_table().ahead
    before = analysis.verb_before(verb.first, sentence)
    gap = verb.first - before.last if before else _NEAR_CONTROLLED + 1
    if before and gap <= _NEAR_CONTROLLED and before.lemma in verb_table().uses.causing:
        forced = before.form == "passive" and gap <= _NEAR  # "were forced to retreat"
        return None if before.negated else Standing("occurred", "asserted", before if forced else None)
    if before and gap == 0 and before.form == "passive" and before.lemma in _SAID_TO:
        lasting = analysis.document.tokens[verb.main].lower.endswith("ing")
        return Standing("ongoing" if lasting else "occurred", "alleged", before)
    if before and gap <= _NEAR_CONTROLLED and before.lemma in ahead.ordered and not before.negated:
        return Standing("planned", "expected", None)  # "ordered the troops to withdraw"
    if before and gap <= _NEAR_CONTROLLED and before.lemma in ahead.asked and not before.negated:
        return Standing("planned", "possible", None)  # "urged X to withdraw"
    if before and gap <= _NEAR and not before.negated:
        if before.modality == "possible":
            return Standing("planned", "possible", before) if before.lemma in ahead.planned else None
        if before.lemma in ahead.going_on | ahead.done:
            return _as(analysis, before)
        if before.form == "gerund" and before.lemma == "aim":
            return None
        if before.lemma in ahead.planned:
            return Standing("planned", "expected", before)
        if before.lemma in {"seem", "appear"} and gap == 0:
            return Standing("occurred", "asserted")  # "seem to support"
        if before.lemma in ahead.wanted:
            return Standing("planned", "possible", None)  # "needs to hold talks"
        if before.lemma in ahead.tried:
            return Standing("planned", "expected", before, tried=True)
    tokens = analysis.document.tokens
    word = tokens[verb.first - 1].lower if verb.first > sentence.first else ""
    helped = not _ARE.isdisjoint(analysis.document.lowers(Range(verb.first, verb.main - 1)))
    if word in grammar().copulas or helped or word in {"due", "set", "ready", "about"}:
        return Standing("planned", "expected", None, opening(analysis, verb))
    if _ranked(analysis, verb, max(sentence.first, verb.first - _RANKED)):
        return Standing("occurred", "asserted", None, opening(analysis, verb))
    refused = (
        tokens[verb.first - 2].lower in grammar().negations if verb.first > sentence.first + 1 else False
    )
    if word in {"need", "needs"} and not refused:
        return Standing("planned", "possible")  # where it looks like a noun: "all three need to"
    if word == "only":
        return Standing("occurred", "asserted")  # "was freed, only to be arrested again"
    if word in ahead.judged:
        return Standing("planned", "possible", None, verb.first)  # "it is impossible to reach a deal"
    if word in ahead.open and not refused:
        return Standing("planned", "possible", None, opening(analysis, verb))
    lowest = max(sentence.first, verb.first - _NOUN_WITHIN, before.last if before else 0)
    noun = next((i for i in range(verb.first - 1, lowest - 1, -1) if tokens[i].lower in ahead.nouns), None)
    if noun is not None:
        named = next(analysis.references.within(Range(phrase_start(analysis, noun), verb.first)), None)
        begins = phrase_start(analysis, noun) if named and named.form != "pronoun" else None
        return Standing("planned", "expected", None, begins)
    if word in ahead.efforts:
        return Standing("planned", "expected", None, phrase_start(analysis, verb.first - 1), tried=True)
    if any(tokens[i].lower in ahead.for_ for i in range(verb.first - 1, lowest - 1, -1)):
        return Standing("planned", "possible")  # "the green light to annex", "pressure on X to sign"
    if before and word in {"and", "or", ","} and (other := _joined_to(analysis, verb, sentence)):
        joint = standing(analysis, other)
        return replace(joint, governor=None, begins=None) if joint else None
    if before and before.lemma == "allow" and gap <= _NEAR_CONTROLLED:
        return Standing("planned", "expected", None)
    return None


def _as(analysis: Analysis, before: Verb) -> Standing | None:
    """ "helped to arm X" and "began to talk" tell what was done; "to help arm X" and "will help" no more."""
    led = standing(analysis, before) if before.form == "infinitive" or before.modality != "asserted" else None
    if led is not None:
        return replace(led, governor=before)
    helped = {"has", "have"} & set(analysis.document.lowers(before.range))
    going = before.lemma in event_table().course.continuing and (
        bool(helped) or _present(analysis, before) or in_progress(analysis, before)
    )
    status = "ongoing" if going else "occurred"
    return None if before.form == "infinitive" else Standing(status, "asserted", before)


def shared(analysis: Analysis, verb: Verb) -> Verb | None:
    """The infinitive, or the verb with "must" or "could", whose "to" or helper another one shares."""
    tokens = analysis.document.tokens
    bare = verb.form == "finite" and verb.first == verb.main
    if not bare or tokens[verb.main].lower != verb.lemma.partition(" ")[0]:
        return None
    sentence = analysis.document.sentence(verb.main)
    if verb.main == sentence.first:
        return None
    joined = before_adverbs(analysis, verb.first, sentence)
    if tokens[joined].lower not in {"and", "or"} and not _listed(analysis, verb, sentence):
        return None
    other = analysis.verb_before(verb.first, sentence)
    if other is None or other.form == "infinitive" or other.modality != "asserted":
        return other
    return other if yet_to_come(analysis, other) or shared(analysis, other) else None


def before_adverbs(analysis: Analysis, index: int, sentence: Range) -> int:
    """The token before a verb, past "and immediately, completely and", where "and" opens that."""
    tokens, at, joined = analysis.document.tokens, index - 1, index - 1
    while at > sentence.first and (tokens[at].lower in _BETWEEN or tokens[at].lower.endswith("ly")):
        joined = at if tokens[at].lower in {"and", "or"} else joined
        at -= 1
    return joined


def _listed(analysis: Analysis, verb: Verb, sentence: Range) -> bool:
    """ "to hold elections, free the captives and lift the siege": behind a comma, with one more to come."""
    tokens = analysis.document.tokens
    if tokens[verb.first - 1].text != ",":
        return False
    following = (v for v in analysis.verbs_in(Range(verb.last, sentence.last)) if v.first == v.main)
    return any(
        tokens[v.first - 1].lower in {"and", "or"} and tokens[v.main].lower == v.lemma.split()[0]
        for v in following
    )


def _joined_to(analysis: Analysis, verb: Verb, sentence: Range) -> Verb | None:
    """The infinitive before another: "promised to stop raids and to lift the siege"."""
    before = list(analysis.verbs_in(Range(sentence.first, verb.first)))
    for other in reversed(before):
        if other.form == "infinitive" or other.modality != "asserted" or shared(analysis, other):
            return other
        if other.form in {"finite", "passive"}:
            return None
    return None


def _ranked(analysis: Analysis, verb: Verb, lowest: int) -> bool:
    """ "is the latest state to close its embassy": it has done so, unless it only may become that."""
    words = analysis.document.lowers(Range(lowest, verb.first))
    rank = next((i for i, word in enumerate(words) if word in _RANKS), None)
    led = rank is not None and not {",", ";", "-"} & set(words[rank:])
    be = words[:rank] if rank else []
    return led and not {"may", "could", "would", "will", "might", "be"} & set(be) and bool(_BEING & set(be))


def absent(verb: Verb) -> bool:
    """ "will not attend", "did not take part": an absence that amounts to a refusal."""
    going = verb.lemma == "go" and verb.form != "infinitive"  # "was not going to" tells no absence
    return (
        not going
        and verb.negated
        and verb.lemma in event_table().words.taking_part
        and verb.modality != "possible"
    )
