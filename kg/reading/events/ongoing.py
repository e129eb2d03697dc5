"""Whether what a text tells of still goes on when it is told: "backs the rebels", "the ongoing talks"."""

from kg.reading.analysis import Analysis
from kg.reading.events.sightings import Sighting
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.events import event_table
from kg.reading.words.grammar import grammar
from kg.reading.words.verbs import verb_table

# What is told of in the present and not as the news of a day.
_STATES = frozenset({"SUPPORT", "AID", "COOPERATE", "COERCE", "REJECT", "MOBILIZE", "ASSAULT", "SANCTION"})
_ARE = frozenset({"is", "are"})
_PAST = frozenset({"after", "following", "during", "since", "despite", "until", "days", "hours"})
_WERE = frozenset({"was", "were"})
_FINAL = frozenset({".", "!", "?", "”", '"', "’"})
_UNDER_WAY = (["going", "on"], ["under", "way"], ["now", "underway"])
_BEFORE = 5  # words between "ongoing" and its noun: "the ongoing U.S.-led peace talks"
_AGED = ("-old", "-long")  # "the nearly three-year-old war"


def goes_on(analysis: Analysis, sighting: Sighting) -> bool:
    """By the tense of the verb that tells of it, or by a word before the noun."""
    first = sighting.trigger.first
    verb = next((v for v in analysis.verbs_in(sighting.trigger) if v.main == first), None)
    if verb:
        return _lasts(analysis, sighting, verb)
    noun = sighting.trigger.last - 1
    return _said_to_last(analysis, noun) or _mostly_lasts(analysis, sighting, noun)


def _mostly_lasts(analysis: Analysis, sighting: Sighting, noun: int) -> bool:
    """ "fighting in X", "X's support for Y": what lasts where neither a day nor a verb tells of it."""
    if analysis.document.tokens[noun].lower not in event_table().course.abiding or sighting.time is not None:
        return False
    first = sighting.trigger.first
    before = analysis.document.lowers(Range(max(analysis.document.sentence(noun).first, first - 2), first))
    told = any(verb.form in {"finite", "passive"} for verb in analysis.verbs_in(sighting.evidence))
    return not told and _PAST.isdisjoint(before)


def _lasts(analysis: Analysis, sighting: Sighting, verb: Verb) -> bool:
    """ "X supports Y", "were arming Y", "the forces battling Y"."""
    if sighting.time is not None:
        return False
    if verb.form in {"gerund", "participle"}:
        return _qualifies(analysis, verb)
    words = analysis.document.lowers(Range(verb.first, verb.main + 1))
    if verb.form == "passive":
        return verb.lemma in event_table().words.durative and words[0] in _ARE
    if verb.form != "finite":
        return False
    if len(words) > 1:
        return words[-1].endswith("ing") and not _WERE.isdisjoint(words)
    return sighting.code in _STATES and _in_the_present(analysis, verb)


def _qualifies(analysis: Analysis, verb: Verb) -> bool:
    """ "the forces battling the militants": straight behind those who do it."""
    before = analysis.document.tokens[verb.first - 1] if verb.first else None
    durative = verb.lemma in event_table().words.durative
    return (
        durative
        and before is not None
        and before.text.isalpha()
        and before.lower not in grammar().prepositions
    )


def _in_the_present(analysis: Analysis, verb: Verb) -> bool:
    """A headline's present tells of what has occurred, and an infinitive may lose its "to" to its subject."""
    tokens = analysis.document.tokens
    if "past" in verb_table().forms[tokens[verb.main].lower][1]:
        return False
    sentence = analysis.document.sentence(verb.main)
    return tokens[sentence.last - 1].text in _FINAL and tokens[verb.first - 1].lower != "to"


def _said_to_last(analysis: Analysis, noun: int) -> bool:
    """ "the ongoing talks", "the nearly three-year-old war", "the fighting going on in X"."""
    document = analysis.document
    before = document.lowers(Range(max(document.sentence(noun).first, noun - _BEFORE), noun))
    behind = document.lowers(Range(noun + 1, min(noun + 3, document.sentence(noun).last)))
    words = event_table().course.lasting
    return not words.isdisjoint(before) or any(w.endswith(_AGED) for w in before) or behind in _UNDER_WAY
