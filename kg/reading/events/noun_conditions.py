"""Whether the text says enough about the event that a noun names."""

from kg.reading.analysis import Analysis
from kg.reading.events.noun_fullness import FULLNESS, behind, own_words
from kg.reading.events.noun_phrases import NEAR, Noun, definite, intended, owner, preposition
from kg.reading.events.noun_surroundings import NOUN_CONDITIONS
from kg.reading.events.participants import named_in
from kg.reading.events.sought import sought
from kg.reading.events.time_and_place import place_of, reached
from kg.reading.names.references import Reference
from kg.reading.text.tokens import Range
from kg.reading.words.events import event_table
from kg.reading.words.grammar import grammar
from kg.reading.words.verbs import verb_table

_POSSESSIVE = frozenset({"his", "her", "their", "my", "our", "its"})
_AIMED_AT = frozenset({"CONSULT", "COERCE"})
_SOUGHT = frozenset({"COERCE", "MOBILIZE", "RETREAT", "CONCEDE"})
_KINDS_OF_TALKS = frozenset({
    "ongoing", "upcoming", "nuclear", "direct", "indirect", "fresh",
    "renewed", "stalled", "cease", "ceasefire", "truce",
})  # fmt: skip
_NONE = grammar().negatives | {"any"}
_AIMS = frozenset({"for", "to", "on", "about", "towards", "toward", "of", "without", "at"})
_JOURNEYS = frozenset({"visit", "trip", "travel", "stopover", "visits", "tour"})
_MORE = frozenset({"more", "further", "new", "future"})
_COMPLEMENTS = frozenset({"in", "on", "of", "against", "between"})
_ALL_TIME = frozenset({"repeated", "countless", "numerous", "endless"})
_OF_OLD = frozenset({"broken", "failed", "previous", "past", "repeated", "countless", "earlier"})
ATTENDED = frozenset({"after", "during", "at", "in", "following", "before", "through"})


def _doubted(analysis: Analysis, noun: Noun) -> bool:
    """ "could refuse to join talks": whether anybody will come is open."""
    near = analysis.verbs_in(Range(max(noun.sentence.first, noun.own.first - NEAR), noun.own.first))
    refusing = [verb for verb in near if verb.lemma in verb_table().uses.refusing]
    return any(verb.modality == "possible" for verb in refusing)


def _attended(analysis: Analysis, noun: Noun) -> bool:
    """ "after talks with X"; "in talks with X" only where somebody is in them."""
    before, tokens = preposition(analysis, noun), analysis.document.tokens
    if before != "in":
        return before in ATTENDED
    at = noun.own.first - 2
    return at >= noun.sentence.first and tokens[at].lower in grammar().be | {"engaged", "locked", "involved"}


def _pointed_to(analysis: Analysis, noun: Noun) -> bool:
    """ "at those talks": told before."""
    first = analysis.document.tokens[noun.own.first].lower
    return noun.verb is None and first in {"those", "these"}


def _growth(analysis: Analysis, noun: Noun) -> bool:
    """ "the explosion of prices"."""
    tokens = analysis.document.tokens
    after = tokens[min(noun.index + 1, noun.sentence.last - 1)].lower
    return after == "of" and tokens[noun.index].lower in {"explosion", "explosions"}


def _of_old(analysis: Analysis, noun: Noun, own: tuple[str, ...]) -> bool:
    """ "a string of broken ceasefires and failed negotiations": none of them in particular."""
    first = max(noun.sentence.first, noun.own.first - 1)  # where "failed" looks like a verb
    words = analysis.document.lowers(Range(first, noun.index))
    several = analysis.document.tokens[noun.index].lower.endswith("s")
    told = noun.verb is not None and noun.verb.last != noun.own.first
    if several and not _ALL_TIME.isdisjoint(words):
        return True
    shown = noun.frame.code == "MOBILIZE"  # "its earlier drills" took place
    return several and not (own or told or shown) and not _OF_OLD.isdisjoint(words)


def _between_two(analysis: Analysis, noun: Noun, own: tuple[str, ...]) -> bool:
    """ "the ceasefire between X and Y", not where it is an aim: "work on a deal between X and Y"."""
    after = analysis.document.tokens[min(noun.index + 1, noun.sentence.last - 1)].lower
    told = preposition(analysis, noun) not in _AIMS or _announced(analysis, noun)
    return after == "between" and bool(own) and told


def _announced(analysis: Analysis, noun: Noun) -> bool:
    """ "the announcement today of a ceasefire"."""
    at = noun.own.first - 2
    while at > noun.sentence.first and at in analysis.time_tokens:
        at -= 1
    told_of = event_table().words.told_of
    return at >= noun.sentence.first and analysis.document.tokens[at].lower in told_of


def _scheduled(analysis: Analysis, noun: Noun) -> bool:
    """ "The ceasefire is scheduled to begin on D"."""
    planned = noun.lemma in event_table().course.planned and noun.verb is not None
    return planned and noun.verb is not None and noun.verb.form == "passive" and definite(analysis, noun)


def _for_days(analysis: Analysis, noun: Noun) -> bool:
    """ "the 72-hour ceasefire"."""
    words = analysis.document.lowers(Range(noun.own.first, noun.index))
    return words[:1] == ["the"] and not {"hour", "day", "week", "month"}.isdisjoint(words)


def _struck(analysis: Analysis, noun: Noun) -> bool:
    """ "Israeli strikes against X": whose they are, and on whom."""
    after = analysis.document.tokens[min(noun.index + 1, noun.sentence.last - 1)].lower
    return after in {"on", "against"} and bool(owner(analysis, noun)) and bool(noun.own.last - noun.index > 1)


def _small(analysis: Analysis, noun: Noun) -> bool:
    """Told with nothing of its own, but for "the", "its" or "this": it was told before."""
    if noun.frame.kind == "Encounter":
        return "their" in analysis.document.lowers(Range(noun.own.first, noun.index))
    return definite(analysis, noun) or bool(owner(analysis, noun))


def enough(analysis: Analysis, noun: Noun, own: tuple[str, ...], bare: bool) -> bool:
    """Whether the text says enough of an event of this class."""
    if sought(analysis, noun):
        return True
    words = analysis.document.lowers(noun.own)
    needs = noun.frame.needs
    if not _NONE.isdisjoint(words[:2] if words[0] == "far" else words[:1]):
        return False
    if noun.frame.code == "PROTEST" and preposition(analysis, noun) == "in":
        return False  # "in protest against"
    if _growth(analysis, noun) or _of_old(analysis, noun, own):
        return False
    if needs == "done":
        return came_about(noun) or (
            (bool(own) and (concluded(analysis, noun) or _between_two(analysis, noun, own)))
            or _for_days(analysis, noun)
            or _scheduled(analysis, noun)
        )
    if needs == "named":
        before = Range(noun.own.first, noun.index)
        return any(r.form != "pronoun" for r in named_in(analysis, before))
    if needs == "owner":
        return bool(owner(analysis, noun)) or definite(analysis, noun)
    if needs == "counted":
        return any(word[0].isdigit() or word in {"thousands", "million"} for word in words)
    led = _led_by_for(analysis, noun)
    if needs in FULLNESS:
        return not (led and noun.frame.code in _SOUGHT) and FULLNESS[needs](analysis, noun, own)
    if needs in NOUN_CONDITIONS:
        return NOUN_CONDITIONS[needs](analysis, noun, own)
    if needs == "act":
        return _act(analysis, noun)
    if needs == "company":
        return _company(analysis, noun, own)
    if needs == "struck":
        return _struck(analysis, noun)
    if needs == "on":
        return _aimed(analysis, noun, own)
    if noun.frame.kind == "Encounter" and needs == "details" and bare and _talks(analysis, noun):
        return True
    if led and noun.frame.code in _AIMED_AT:
        return False  # "warrants for X's arrest", "a venue for talks"
    if noun.frame.kind == "Encounter" and (_doubted(analysis, noun) or _pointed_to(analysis, noun)):
        return False
    if needs == "details" and noun.verb is None and noun.frame.kind == "Encounter" and not bare:
        timed = next(iter(analysis.times_in(noun.own)), None)
        placed = place_of(analysis, noun.own) or timed or _travelled(analysis, noun)
        met = len(own) > 1 or (bool(own) and _met(analysis, noun))
        return met or bool(placed) or _attended(analysis, noun) or _company(analysis, noun, own)
    complement = analysis.document.tokens[min(noun.index + 1, noun.sentence.last - 1)].lower in _COMPLEMENTS
    if noun.frame.code == "ASSAULT" and complement and noun.own.last - noun.index > 2:
        return True
    return (
        _forced(analysis, noun)
        or noun.verb is not None
        or not bare
        or needs != "details"
        or _small(analysis, noun)
    )


def _aimed(analysis: Analysis, noun: Noun, own: tuple[str, ...]) -> bool:
    """ "sanctions on X", "new sanctions against X"; "the sanctions took effect"."""
    after = noun.index + 1
    led = after < noun.own.last and analysis.document.tokens[after].lower in {"on", "against"}
    return (led and bool(own)) or came_about(noun)


def _talks(analysis: Analysis, noun: Noun) -> bool:
    """ "The ongoing talks", "upcoming peace talks": some in particular."""
    words = analysis.document.lowers(Range(noun.own.first, noun.index))
    talks = analysis.document.tokens[noun.index].lower in {"talks", "negotiations", "summit", "conference"}
    return talks and not _KINDS_OF_TALKS.isdisjoint(words)


def _forced(analysis: Analysis, noun: Noun) -> bool:
    """Force is told of whether or not the text says whose; not by "these clashes" or "days of clashes"."""
    alone = noun.own.last - noun.own.first == 1 and noun.verb is None
    if noun.frame.code != "ASSAULT" or noun.begins < noun.own.first or alone:
        return False
    return analysis.document.tokens[noun.own.first].lower not in grammar().demonstratives


def _led_by_for(analysis: Analysis, noun: Noun) -> bool:
    """ "a venue for talks", "warrants for X's arrest"; not "called for a truce"."""
    verb = analysis.verb_before(noun.own.first, noun.sentence)
    at = noun.own.first - 1
    while at - 1 > noun.sentence.first and at - 1 in analysis.time_tokens:
        at -= 1  # "called on Sunday for talks"
    near = verb is not None and at - verb.last <= 1
    asked = near and verb is not None and verb.lemma in event_table().words.spoken_of
    return noun.verb is None and preposition(analysis, noun) == "for" and not asked


def _act(analysis: Analysis, noun: Noun) -> bool:
    """ "the signing of the deal": told as done or due, not as an aim, "for the release of"."""
    words = grammar()
    first = analysis.document.tokens[noun.own.first]
    told = first.lower in words.determiners - {"a", "an", "any", "no"} or bool(owner(analysis, noun))
    before = preposition(analysis, noun)
    attended = before == "at" and noun.frame.kind == "Encounter"  # "at the start of talks"
    aimed = before in _AIMS and not attended and not intended(analysis, noun)
    return (told or noun.verb is not None) and not aimed


def _company(analysis: Analysis, noun: Noun, own: tuple[str, ...]) -> bool:
    """ "her engagements with X", "X's travel to Y": whose it is, and with whom or whither."""
    before = analysis.document.lowers(Range(noun.own.first, noun.index))
    after = analysis.document.lowers(Range(noun.index + 1, noun.own.last))
    owned = bool(owner(analysis, noun)) or not _POSSESSIVE.isdisjoint(before)
    called = analysis.document.tokens[noun.index].lower.startswith("call")
    return ((owned or called) and "with" in after[:1] and bool(own)) or _travelled(analysis, noun)


def _met(analysis: Analysis, noun: Noun) -> bool:
    """ "had a fruitful meeting with X", "peace talks with X"; not "talks with X", nor an aim."""
    words = analysis.document.lowers(Range(noun.own.first, noun.index))
    told = behind(analysis, noun) in {"with", "between"} and bool(own_words(analysis, noun))
    return told and _MORE.isdisjoint(words) and preposition(analysis, noun) not in _AIMS | {"in"}


def _travelled(analysis: Analysis, noun: Noun) -> bool:
    """ "her trip to X"."""
    before = analysis.document.lowers(Range(noun.own.first, noun.index))
    owned = bool(owner(analysis, noun)) or not _POSSESSIVE.isdisjoint(before)
    return owned and reached_by(analysis, noun) is not None


def reached_by(analysis: Analysis, noun: Noun) -> Reference | None:
    """Where a visit, a trip or a journey goes."""
    if analysis.document.tokens[noun.index].lower not in _JOURNEYS:
        return None
    tokens = analysis.document.tokens
    led = next((i for i in range(noun.index + 1, noun.own.last) if tokens[i].lower == "to"), None)
    return reached(analysis, Range(led, noun.own.last)) if led is not None else None


def came_about(noun: Noun) -> bool:
    """ "the truce took effect", "is scheduled to begin", "collapsed"."""
    course = event_table().course
    vague = {"agree", "hold", "propose", "review", "follow"}
    return noun.lemma in (course.held | course.planned | course.collapsing) - vague


def concluded(analysis: Analysis, noun: Noun) -> bool:
    """ "the newly brokered deal", "the truce signed in X", "the ceasefire took effect"."""
    if noun.lemma in event_table().course.held - {"agree", "hold"}:
        return True
    tokens = analysis.document.tokens
    near = range(max(noun.sentence.first, noun.own.first - 2), min(noun.index + 4, noun.sentence.last))
    return any(tokens[i].lower in event_table().words.concluded for i in near)
