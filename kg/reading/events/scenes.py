"""The day of what a text goes on to tell: a deed without a time, right behind one whose day it gives."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property

from kg.model import TimeSpan
from kg.reading.analysis import Analysis
from kg.reading.events.sentence_times import said_then
from kg.reading.events.sightings import Sighting
from kg.reading.text.tokens import Range
from kg.reading.words.verbs import verb_table

# Of these several are told one after the other: a day of fighting, or of meetings.
_FAMILIES = {
    "ASSAULT": "force",
    "COERCE": "force",
    "RETREAT": "force",
    "MOBILIZE": "force",
    "CONSULT": "talks",
    "PROTEST": "protest",
}
_NEWS = timedelta(days=7)  # before the publication: older days are told as background
_RECENT = timedelta(days=60)
_MONTH = timedelta(days=31)
_ELSEWHERE = frozenset({"separate", "separately", "elsewhere", "unrelated"})
_REACH = 6  # sentences in which a scene goes on
_WORDS = 250  # of a scene
_LEAD = 3  # sentences of a headline and a lead before the day is told
_APART = frozenset({"after", "before", "since", "until", "following", "ahead", "during", "amid", "from"})
_OBJECT = 6  # tokens between a verb of speech and its time
_NEAR = 3  # tokens between such a word and the verb or noun
_STANDING = frozenset({"already", "often", "repeatedly", "frequently", "previously", "earlier", "once"})
_PERFECT = frozenset({"has", "have", "had", "having"})
_KNOWN = frozenset({"the", "his", "her", "their", "its"})
_RANKED = frozenset(
    {"first", "second", "third", "last", "latest", "previous", "past", "earlier", "other", "next"}
)
_SITTINGS = frozenset({"meeting", "talks", "summit", "call", "visit", "trip", "ceremony"})
# Of these a text tells one by one.
_ONCE = frozenset(
    {
        "attack",
        "bombing",
        "explosion",
        "blast",
        "strike",
        "airstrike",
        "raid",
        "massacre",
        "ambush",
        "shooting",
    }
    | {"assault", "incident", "siege", "killing", "assassination", "kidnapping", "abduction", "killings"}
)


def with_scenes(analysis: Analysis, groups: Sequence[list[Sighting]]) -> list[list[Sighting]]:
    """Events as their sightings, those without a time with the day of the deed before them.

    No other time may stand between the two but when something was said. A headline and its lead take the
    day of the first deed that has one.
    """
    scenes = _Scenes(analysis, groups)
    return [scenes.dated(group) for group in groups]


class _Scenes:
    """The days that the deeds of one text have, in its order."""

    def __init__(self, analysis: Analysis, groups: Sequence[list[Sighting]]) -> None:
        self.analysis = analysis
        day = analysis.source.citation.date
        quoted = analysis.document.quote_around
        told = (s for group in groups for s in group if s.time and not quoted(s.trigger.first))
        dated = sorted(told, key=_place) if day else []
        self.news = [s for s in dated if day and _is_news(s, day)]
        self.assaults = [s for s in dated if s.code == "ASSAULT" and day and _is_recent(s, day)]

    @cached_property
    def _others(self) -> list[tuple[int, str]]:
        """Where the times stand that tell when something was done, and what they are."""
        sentence = self.analysis.document.sentence
        found = ((self.analysis.tokens_of(t.span).first, t) for t in self.analysis.times)
        told = ((at, t) for at, t in found if not said_then(self.analysis, t, sentence(at)))
        return [(at, t.time.edtf) for at, t in told if not _of_saying(self.analysis, at)]

    def dated(self, group: list[Sighting]) -> list[Sighting]:
        """The group with a time for its first sighting, where it has none and goes on from another."""
        first = min(group, key=_place)
        if not self.news or any(s.time for s in group) or not _goes_on(self.analysis, first):
            return group
        time = self._before(first) or self._of_lead(first) or self._meant(first)
        return [replace(s, time=time) if s is first else s for s in group] if time else group

    def _before(self, sighting: Sighting) -> TimeSpan | None:
        """The day of the last deed, if it is of the same kind and nothing stands between that parts them."""
        document, told = self.analysis.document, _last(self.news, sighting)
        if told is None or not _akin(told, sighting):
            return None
        first, last = told.trigger.first, sighting.trigger.first
        if document.sentence_number(last) - document.sentence_number(first) > _REACH or last - first > _WORDS:
            return None
        if not _ELSEWHERE.isdisjoint(document.lowers(Range(first, last))):
            return None
        return self._only(told, document.sentence(first).first, document.sentence(last).last)

    def _of_lead(self, sighting: Sighting) -> TimeSpan | None:
        """The first day that is told, for a headline or a lead before it."""
        document, told = self.analysis.document, self.news[0]
        behind = told.trigger.first < sighting.trigger.first
        if behind or document.sentence_number(told.trigger.first) > _LEAD or not _akin(told, sighting):
            return None
        return self._only(told, 0, document.sentence(told.trigger.first).last)

    def _meant(self, sighting: Sighting) -> TimeSpan | None:
        """ "The bombing": the last one that was dated, whatever was told between."""
        trigger = sighting.trigger
        if sighting.code != "ASSAULT" or self.analysis.document.tokens[trigger.first].lower != "the":
            return None
        last = None if self.analysis.verb_at(trigger.first) else _last(self.assaults, sighting)
        apart = last and last.place and sighting.place and last.place != sighting.place
        return last.time if last and not apart else None

    def _only(self, told: Sighting, first: int, last: int) -> TimeSpan | None:
        """The time of a deed, if the words around it tell no other."""
        near = self._others[bisect_left(self._others, (first, "")) : bisect_left(self._others, (last, ""))]
        return told.time if told.time and all(edtf == told.time.edtf for _, edtf in near) else None


def _place(sighting: Sighting) -> int:
    return sighting.trigger.first


def _last(told: list[Sighting], sighting: Sighting) -> Sighting | None:
    """The last of these before a sighting."""
    at = bisect_left(told, _place(sighting), key=_place)
    return told[at - 1] if at else None


def _is_recent(sighting: Sighting, published: date) -> bool:
    """What was done in the last two months, on a day or in a month that is told."""
    time = sighting.time
    if time is None or time.earliest is None or time.latest is None or sighting.status != "occurred":
        return False
    return published - _RECENT <= time.earliest and time.latest - time.earliest < _MONTH


def _akin(told: Sighting, sighting: Sighting) -> bool:
    """Deeds of one kind that are not told of others: what X did does not date what Y did."""
    others = bool(sighting.agents and told.agents) and set(sighting.agents).isdisjoint(told.agents)
    return _FAMILIES.get(told.code or "") == _FAMILIES.get(sighting.code or "") and not others


def _is_news(sighting: Sighting, published: date) -> bool:
    """Something done on one day of the last week."""
    time = sighting.time
    done = sighting.status == "occurred" and sighting.kind != "Conflict"
    if not done or time is None or time.precision != "day" or time.earliest is None:
        return False
    return published - _NEWS <= time.earliest <= published


def _of_saying(analysis: Analysis, index: int) -> bool:
    """ "confirmed the strike on Tuesday": the verb before the time is one of speech."""
    sentence = analysis.document.sentence(index)
    verb = analysis.verb_before(index, sentence)
    return (
        verb is not None
        and index - verb.last <= _OBJECT
        and verb.form == "finite"
        and verb.lemma in verb_table().stances
        and analysis.document.tokens[index - 1].text not in {",", ";"}
    )


def _goes_on(analysis: Analysis, sighting: Sighting) -> bool:
    """A deed that is told as the next step: no state, no wont, nothing set apart by "after" or "before"."""
    trigger = sighting.trigger
    if sighting.status != "occurred" or sighting.code not in _FAMILIES or sighting.kind == "Conflict":
        return False
    if analysis.document.quote_around(trigger.first):
        return False
    sentence = analysis.document.sentence(trigger.first)
    opening = min(trigger.first, sighting.evidence.first)
    before = analysis.document.lowers(Range(max(sentence.first, opening - _NEAR), trigger.first))
    if not (_APART | _STANDING).isdisjoint(before):
        return False
    verb = analysis.verb_at(trigger.first)
    if verb is None:
        return _one(analysis, trigger)
    if verb.form not in {"finite", "passive"} or verb.negated or verb.modality != "asserted":
        return False
    helpers = set(analysis.document.lowers(Range(verb.first, verb.main)))
    going = analysis.document.tokens[verb.main].lower.endswith("ing")
    return not (going or helpers & _PERFECT)


def _one(analysis: Analysis, trigger: Range) -> bool:
    """ "The attack", "their meeting": one that is known, and no "attacks" as such."""
    words = analysis.document.lowers(trigger)
    after = analysis.document.lowers(
        Range(trigger.last, min(trigger.last + 1, len(analysis.document.tokens)))
    )
    ranked = not _RANKED.isdisjoint(words) or any(word.endswith("est") for word in words[1:-1])
    known = words[0] in _KNOWN and after != ["of"] and not ranked
    return known and (words[-1] in _ONCE or words[-1] in _SITTINGS)
