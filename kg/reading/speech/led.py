"""Speech that words before it lead to: "continued to accuse", "prompted X to warn", "was quick to deny"."""

from kg.reading.analysis import Analysis
from kg.reading.clauses.boundaries import clause_start
from kg.reading.clauses.phrases import Phrase, phrase_at
from kg.reading.clauses.subjects import subject_of
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.grammar import grammar
from kg.reading.words.verbs import verb_table

_GOING = {"go": ["so", "far", "as"], "take": ["pains"], "take to": ["the", "airwaves"]}
_LONGEST_LED = 10  # tokens of whoever is led to say something
_DEGREES = frozenset({"at", "great", "very", "the", "equally", "particularly", "especially"})
_FORMS = frozenset({"finite", "gerund", "passive"})


def led_to(analysis: Analysis, verb: Verb, sentence: Range) -> Phrase | None:
    """Who says what an infinitive tells, as far as a verb before it makes that a fact; else None."""
    uses = verb_table().uses
    if verb.form != "infinitive" or analysis.document.tokens[verb.first].lower != "to":
        return None
    if verb.lemma in uses.presenting_now:
        return None  # "began to discuss it": they talked
    index = verb.first
    while index > sentence.first and analysis.document.tokens[index - 1].lower.endswith("ly"):
        index -= 1
    before = analysis.verb_ending_at(index)
    if before and _is_fact(before) and before.main >= sentence.first:
        passive = before.form == "passive"
        if before.lemma in (uses.leading_to if passive else uses.going_on_to):
            return subject_of(analysis, before, sentence)
    return _caused(analysis, index, sentence) or _eager(analysis, index, sentence)


def _eager(analysis: Analysis, last: int, sentence: Range) -> Phrase | None:
    """ "was quick to", "is at great pains to", "went so far as to"."""
    tokens, words = analysis.document.tokens, grammar()
    before = analysis.verb_before(last, sentence)
    if before and _GOING.get(before.lemma) == analysis.document.lowers(Range(before.last, last)):
        return subject_of(analysis, before, sentence) if _is_fact(before) else None
    if last - 1 <= sentence.first or tokens[last - 1].lower not in verb_table().uses.eager:
        return None
    first = last - 1
    while first > sentence.first and tokens[first - 1].lower in _DEGREES | words.adverbs:
        first -= 1
    copula = first
    while copula > sentence.first and tokens[copula - 1].lower in words.be | words.have:
        copula -= 1
    if copula == first:
        return None
    speaker = phrase_at(analysis, clause_start(analysis, copula, sentence, last), copula)
    return speaker if speaker and speaker.range.last == copula else None


def _is_fact(verb: Verb) -> bool:
    return verb.form in _FORMS and verb.modality == "asserted" and not verb.negated


def _caused(analysis: Analysis, last: int, sentence: Range) -> Phrase | None:
    """ "prompted X to": X, if nothing but words for X stand between."""
    before = analysis.verb_before(last, sentence)
    if (
        before is None
        or before.lemma not in verb_table().uses.leading_to
        or last - before.last > _LONGEST_LED
    ):
        return None
    if not _is_fact(before) or before.form == "passive":
        return None
    phrase = phrase_at(analysis, before.last, last)
    return phrase if phrase and phrase.range.last == last else None


def leads_on(analysis: Analysis, verb: Verb, sentence: Range) -> bool:
    """ "continued to press", "went on to say": the verb only leads to what is said or done."""
    if verb.lemma not in verb_table().uses.going_on_to:
        return False
    following = analysis.document.tokens[verb.last].lower if verb.last < sentence.last else ""
    near = analysis.verbs_in(Range(verb.last, min(verb.last + 4, sentence.last))) if following == "to" else ()
    led = next((v for v in near if v.first == verb.last and v.form == "infinitive"), None)
    if led is None:
        return False
    return verb.lemma != "seek" or led.lemma in verb_table().stances  # to seek to do something is an aim
