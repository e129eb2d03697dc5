"""Whether the text says enough about the event that a noun names."""

from kg.reading.analysis import Analysis
from kg.reading.events.noun_phrases import NEAR, Noun, definite, owner, preposition
from kg.reading.events.participants import named_in
from kg.reading.events.time_and_place import place_of
from kg.reading.text.tokens import Range
from kg.reading.words.events import event_table
from kg.reading.words.grammar import grammar
from kg.reading.words.verbs import verb_table

_COMPLEMENTS = frozenset({"in", "on", "of", "against", "between"})
_ATTENDED = frozenset({"after", "during", "at", "in", "following", "before", "through"})


def _doubted(analysis: Analysis, noun: Noun) -> bool:
    """ "could refuse to join talks": whether anybody will come is open."""
    near = analysis.verbs_in(Range(max(noun.sentence.first, noun.own.first - NEAR), noun.own.first))
    refusing = [verb for verb in near if verb.lemma in verb_table().uses.refusing]
    return any(verb.modality == "possible" for verb in refusing)


def _small(analysis: Analysis, noun: Noun) -> bool:
    """Told with nothing of its own, but for "the", "its" or "this": it was told before."""
    if noun.frame.kind == "Encounter":
        return "their" in analysis.document.lowers(Range(noun.own.first, noun.index))
    return definite(analysis, noun) or noun.frame.kind == "ControlChange" or bool(owner(analysis, noun))


def enough(analysis: Analysis, noun: Noun, own: tuple[str, ...], bare: bool) -> bool:
    """Whether the text says enough of an event of this class."""
    words = analysis.document.lowers(noun.own)
    needs = noun.frame.needs
    if words[0] in grammar().negatives | {"any"}:
        return False
    if needs == "done":
        return concluded(analysis, noun) and bool(own)
    if needs == "named":
        before = Range(noun.own.first, noun.index)
        return any(r.form != "pronoun" for r in named_in(analysis, before))
    if needs == "owner":
        return bool(owner(analysis, noun)) or definite(analysis, noun)
    if needs == "counted":
        return any(word[0].isdigit() or word in {"thousands", "million"} for word in words)
    if needs == "told":
        return noun.verb is not None and noun.verb.modality != "possible"
    if needs in {"of", "on"}:
        after = noun.index + 1
        return after < noun.own.last and analysis.document.tokens[after].lower == needs and bool(own)
    if noun.frame.kind == "Encounter" and _doubted(analysis, noun):
        return False
    if needs == "details" and noun.verb is None and noun.frame.kind == "Encounter" and not bare:
        placed = place_of(analysis, noun.own) or next(iter(analysis.times_in(noun.own)), None)
        return len(own) > 1 or placed is not None or preposition(analysis, noun) in _ATTENDED
    complement = analysis.document.tokens[min(noun.index + 1, noun.sentence.last - 1)].lower in _COMPLEMENTS
    if noun.frame.code == "ASSAULT" and complement and noun.own.last - noun.index > 2:
        return True
    return noun.verb is not None or not bare or needs != "details" or _small(analysis, noun)


def concluded(analysis: Analysis, noun: Noun) -> bool:
    """ "the newly brokered deal", "the truce signed in X", "the ceasefire took effect"."""
    if noun.lemma in event_table().course.held - {"agree", "hold"}:
        return True
    tokens = analysis.document.tokens
    near = range(max(noun.sentence.first, noun.own.first - 2), min(noun.index + 4, noun.sentence.last))
    return any(tokens[i].lower in event_table().words.concluded for i in near)
