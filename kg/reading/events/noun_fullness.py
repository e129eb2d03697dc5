"""Whether a noun has words of its own that say which event it is: "a direct strike against X"."""

from kg.reading.analysis import Analysis
from kg.reading.events.noun_phrases import Noun, owner, preposition
from kg.reading.text.tokens import Range
from kg.reading.words.events import event_table
from kg.reading.words.grammar import grammar

_BEHIND = frozenset({
    "of", "on", "against", "in", "between", "by", "with", "for", "since", "at", "near", "across", "over",
    "during", "from", "to", "towards", "toward", "about", "among",
})  # fmt: skip
_EMPTY = grammar().determiners | {
    "such", "other", "many", "several", "some", "any", "no", "more", "all", "these", "those", "this", "that",
    "own", "same", "entire", "whole", "very", "only",
}  # fmt: skip
_WHICH = frozenset({
    "ongoing", "upcoming", "latest", "next", "previous", "earlier", "recent", "first", "second", "third",
    "fourth", "last", "final", "current", "subsequent", "planned", "forthcoming", "emergency", "wider",
    "further", "direct", "closed-door", "immediate",
})  # fmt: skip
_HEAVY = frozenset({
    "mass", "full", "heavy-handed", "heavy", "direct", "bloody", "brutal", "fresh", "new", "further",
    "illegal",
})  # fmt: skip
_SINCE = frozenset({"since", "under", "before", "after", "until"})
_HEARD = frozenset({"in", "at", "during"})
_DONE = frozenset({"of", "by", "against", "on", "over", "in", "into", "at"})


def own_words(analysis: Analysis, noun: Noun) -> list[str]:
    """What stands before the noun and says more than which of them it is."""
    before = analysis.document.lowers(Range(noun.own.first, noun.index))
    return [word for word in before if word not in _EMPTY and word[0].isalnum()]


def behind(analysis: Analysis, noun: Noun) -> str:
    """The word behind the noun, where more follows that belongs to it."""
    more = noun.own.last - noun.index > 2
    return analysis.document.tokens[noun.index + 1].lower if more else ""


def completed(analysis: Analysis, noun: Noun) -> bool:
    """ "the escalation in the north", "the killings of officials"."""
    return behind(analysis, noun) in _BEHIND


def told(analysis: Analysis, noun: Noun, own: tuple[str, ...]) -> bool:
    """Words before it or behind: "a sharp escalation", "a meeting of the group's leaders"."""
    return bool(own_words(analysis, noun)) or completed(analysis, noun)


def with_people(analysis: Analysis, noun: Noun, own: tuple[str, ...]) -> bool:
    """ "Russian aggression", "the fight against X": somebody is named."""
    return bool(own)


def with_both(analysis: Analysis, noun: Noun, own: tuple[str, ...]) -> bool:
    """ "X's support for Y"."""
    words = analysis.document.lowers(Range(noun.index + 1, noun.own.last))
    given = words[:2] == ["given", "by"] or words[:1] == ["by"]  # "the support given by X to Y"
    return (bool(owner(analysis, noun)) and behind(analysis, noun) in {"for", "of", "to"}) or (
        given and len(own) > 1
    )


def acted(analysis: Analysis, noun: Noun, own: tuple[str, ...]) -> bool:
    """ "mass arrests", "a crackdown on X", "interference by militias": who does it, or to whom."""
    return (
        bool(owner(analysis, noun))
        or behind(analysis, noun) in _DONE
        or not _HEAVY.isdisjoint(own_words(analysis, noun))
    )


def armed(analysis: Analysis, noun: Noun, own: tuple[str, ...]) -> bool:
    """ "the militants' advance", "the rebels' victories over X", "X's missile launches"."""
    words = set(analysis.document.lowers(noun.own))
    return bool(own) or bool(words & event_table().words.forces)


def won(analysis: Analysis, noun: Noun, own: tuple[str, ...]) -> bool:
    """ "the rebels' victories", "a rout of X": of those who use force, or over somebody."""
    before = set(analysis.document.lowers(Range(noun.own.first, noun.index)))
    return bool(before & (event_table().words.forces | {"military"})) or behind(analysis, noun) in {
        "over",
        "by",
        "of",
    }


def hit(analysis: Analysis, noun: Noun, own: tuple[str, ...]) -> bool:
    """ "a direct strike against X", not "the strike on Tuesday"."""
    return behind(analysis, noun) in {"against", "on"} and noun.index + 2 not in analysis.time_tokens


def held(analysis: Analysis, noun: Noun, own: tuple[str, ...]) -> bool:
    """ "the retaking of the dam"."""
    return behind(analysis, noun) in {"of", "by"} or bool(owner(analysis, noun))


def pointed(analysis: Analysis, noun: Noun, own: tuple[str, ...]) -> bool:
    """ "upcoming peace talks", "the latest round"; of people, in a place or at a time."""
    words = analysis.document.lowers(Range(noun.own.first, noun.index))
    timed = next(iter(analysis.times_in(noun.own)), None) is not None
    of_whom = set(analysis.document.lowers(Range(noun.index + 1, noun.own.last)))
    led = behind(analysis, noun) == "of" and bool(of_whom & event_table().words.sides)
    return not _WHICH.isdisjoint(words) or timed or led


def against(analysis: Analysis, noun: Noun, own: tuple[str, ...]) -> bool:
    """ "further sanctions against X"."""
    return bool(own) and behind(analysis, noun) in {"on", "against"}


def since(analysis: Analysis, noun: Noun, own: tuple[str, ...]) -> bool:
    """ "since the truce of May", "before a ceasefire in 1994": one that came about."""
    return preposition(analysis, noun) in _SINCE and told(analysis, noun, own)


def heard(analysis: Analysis, noun: Noun, own: tuple[str, ...]) -> bool:
    """ "in a speech last year": when somebody spoke, whom the sentence names."""
    timed = next(iter(analysis.times_in(Range(noun.index + 1, noun.own.last))), None) is not None
    televised = not {"televised", "broadcast"}.isdisjoint(own_words(analysis, noun))
    return preposition(analysis, noun) in _HEARD and (timed or televised)


FULLNESS = {
    "told": told,
    "people": with_people,
    "both": with_both,
    "acted": acted,
    "armed": armed,
    "held": held,
    "won": won,
    "hit": hit,
    "pointed": pointed,
    "against": against,
    "since": since,
    "heard": heard,
}
