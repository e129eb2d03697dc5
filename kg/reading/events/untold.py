"""What a text tells of as left undone: "instead of attacking", "would have attacked if it had failed"."""

import itertools

from kg.reading.analysis import Analysis
from kg.reading.events.sightings import Sighting
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb

# Behind these a gerund or a bare verb tells what somebody did not do.
_LEFT = frozenset({("instead", "of"), ("rather", "than"), ("short", "of")})
_UNREAL = frozenset({"would", "could", "might"})
_BOUND_BY = frozenset({"if", "without", "unless", "otherwise", "had"})
_DENIED = frozenset({"not", "never", "didn’t", "didn't", "n't", "n’t"})
_IN_TIME = frozenset({"by"})  # "would have withdrawn by May": due, not undone
_PLAYED = frozenset({
    "simulate", "simulates", "simulated", "simulating", "rehearse", "rehearses", "rehearsed", "rehearsing",
    "spared",
})  # fmt: skip
_BEHIND_PLAYED = 3  # tokens: "simulated a Chinese missile attack"
_MADE_UP = frozenset({
    "novel", "film", "movie", "videogame", "simulation", "sequel", "thriller", "fiction", "cartoon",
})  # fmt: skip
_ASKED = frozenset({
    "questions", "question", "messages", "calls", "emails", "e-mails", "letters", "complaints", "requests",
    "ads", "advertisements", "criticism", "information", "propaganda", "data",
})  # fmt: skip
# Those who are hit with these are not attacked.
_PENALTIES = frozenset({
    "tariffs", "tariff", "sanctions", "duties", "duty", "levies", "levy", "fine", "fines", "penalties",
    "penalty",
    "lawsuit", "lawsuits", "charges", "bill", "bills", "taxes", "tax", "ban", "bans",
})  # fmt: skip
_FOR_WORDS = frozenset({"for", "over", "from"})
_WORDS = frozenset({
    "comments", "comment", "remarks", "remark", "handling", "critics", "decision", "policy", "policies",
    "record", "speech", "statement", "statements", "failing", "saying", "press", "opposition", "role",
})  # fmt: skip
_OWN = frozenset({"his", "her", "their"})
_ATTACK_WITHIN = 4  # tokens of "launched an attack"
_WITH_WITHIN = 7  # tokens behind a verb in which "with" stands
_NEAR = 5  # tokens behind an attack that say what kind it is


def left_undone(analysis: Analysis, verb: Verb) -> bool:
    """Whether a verb tells of a deed only to say that it was, or would have been, left undone."""
    bare = verb.form == "finite" and verb.first == verb.main  # "rather than attack X"
    if verb.form == "gerund" or bare:
        return _replaced(analysis, verb.first)
    return _unreal(analysis, verb)


def _replaced(analysis: Analysis, index: int) -> bool:
    """ "instead of attacking X", "stopped short of bombing X", "without attacking X"."""
    first = analysis.document.sentence(index).first
    before = analysis.document.lowers(Range(max(first, index - 2), index))
    return before[-1:] == ["without"] or tuple(before) in _LEFT


def _unreal(analysis: Analysis, verb: Verb) -> bool:
    """ "would have attacked"; "could have attacked" where the sentence sets a condition or denies it."""
    words = analysis.document.lowers(Range(verb.first, verb.main))
    pairs = set(itertools.pairwise(words))
    if "have" not in words or _UNREAL.isdisjoint(words) or ("have", "to") in pairs:
        return False
    sentence = analysis.document.sentence(verb.main)
    after = analysis.document.lowers(Range(verb.last, sentence.last))
    if "would" in words:
        return _IN_TIME.isdisjoint(after)
    before = analysis.document.lowers(Range(sentence.first, verb.first))
    denied = "but" in after and not _DENIED.isdisjoint(after[after.index("but") :])
    return denied or not _BOUND_BY.isdisjoint((*before[:1], *after))


def unreal_force(analysis: Analysis, sighting: Sighting) -> bool:
    """Whether force is only played, spared, made up or a figure of speech: "simulated an attack"."""
    tokens, trigger = analysis.document.tokens, sighting.trigger
    if tuple(analysis.document.lowers(Range(max(0, trigger.first - 2), trigger.first))) in _LEFT:
        return True  # "rather than attack X", where it looks like a noun
    sentence = analysis.document.sentence(trigger.first)
    after = analysis.document.lowers(Range(trigger.last, min(trigger.last + _NEAR, sentence.last)))
    if _with_no_arms(analysis, Range(trigger.last, sentence.last)) or after[:2] == ["by", "critics"]:
        return True
    if _for_what_is_said(analysis, Range(trigger.first, sentence.last)) or _in_fiction(analysis, trigger):
        return True
    last = trigger.last - 1
    under = last > sentence.first and tokens[last - 1].lower == "under"
    if under and after and after[0] in _FOR_WORDS and not _WORDS.isdisjoint(after):
        return True  # "under attack for his comments"
    if after[:1] == ["in"] and any(word in _MADE_UP for word in after[1:3]):
        return True  # "exploded in the novel"
    before = analysis.document.lowers(Range(max(sentence.first, last - 1 - _BEHIND_PLAYED), last))
    at = max((i for i, word in enumerate(before) if word in _PLAYED), default=None)
    return at is not None and all(word.isalpha() for word in before[at:])


def _with_no_arms(analysis: Analysis, behind: Range) -> bool:
    """ "bombarded X with questions", "hit X with tariffs"."""
    words = analysis.document.lowers(Range(behind.first, min(behind.first + _WITH_WITHIN, behind.last)))
    if "with" not in words:
        return False
    first = behind.first + words.index("with")
    given = analysis.document.lowers(Range(first, min(first + _NEAR, behind.last)))
    return not _PENALTIES.isdisjoint(given) or not _ASKED.isdisjoint(given)


def _for_what_is_said(analysis: Analysis, told: Range) -> bool:
    """ "an attack on the mayor for his record": of a person, and not by force."""
    opening = analysis.document.lowers(Range(told.first, min(told.first + _ATTACK_WITHIN, told.last)))
    at = next((i for i, word in enumerate(opening) if word.startswith("attack")), None)
    if at is None:
        return False
    behind = Range(told.first + at + 1, min(told.first + at + 1 + _WITH_WITHIN, told.last))
    blamed = any(
        a in _FOR_WORDS and b in _OWN for a, b in itertools.pairwise(analysis.document.lowers(behind))
    )
    near = analysis.references.within(Range(behind.first, min(behind.first + 2, told.last)))
    return blamed and any(r.type == "Person" for r in near)


def _in_fiction(analysis: Analysis, trigger: Range) -> bool:
    """ "In the novel, X attacks Y", "the film, in which X bombs Y"."""
    sentence = analysis.document.sentence(trigger.first)
    if sentence.first not in analysis.document.sentences_with(_MADE_UP):
        return False
    words = analysis.document.lowers(Range(sentence.first, trigger.first))
    opens = words[:1] == ["in"] and not _MADE_UP.isdisjoint(words[1:4]) and "," in words[:6]
    which = (i for i, pair in enumerate(itertools.pairwise(words)) if pair == ("in", "which"))
    return opens or any(not _MADE_UP.isdisjoint(words[max(0, i - 3) : i]) for i in which)
