"""Quotations that no other rule gives to anybody, though a verb that reports speech is beside them."""

from collections.abc import Iterable, Iterator
from functools import cache

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase
from kg.reading.clauses.subjects import subject_of
from kg.reading.names.references import Reference
from kg.reading.speech.attribution import Attribution
from kg.reading.speech.speakers import can_speak
from kg.reading.speech.trimming import trim
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.grammar import grammar
from kg.reading.words.verbs import verb_table

_FEWEST = 4  # tokens of a quotation that says something by itself
_LONGEST_SPEAKER = 24  # tokens between the quotation and the verb
_PAUSES = frozenset({",", "?", "!", "–", "—"})
_LEADING = frozenset({",", ":", "that"})
_READING = frozenset({"read"})  # "the cable reads"


def unclaimed(analysis: Analysis, sentence: Range, told: Iterable[Attribution]) -> Iterator[Attribution]:
    """Such quotations of a sentence: `"…," X, the envoy, told the paper`, `X said that "…"`."""
    quotes = analysis.document.quotes_in(sentence)
    if not quotes:
        return
    taken = [part for a in told for part in a.content]
    cues = {a.cue.first for a in told}
    for quote in quotes:
        if quote.last <= sentence.first or quote.last - quote.first < _FEWEST:
            continue
        if any(part.first < quote.last and quote.first < part.last for part in taken):
            continue
        found = _cue_behind(analysis, quote, sentence) or _cue_before(analysis, quote, sentence)
        content = trim(analysis, quote)
        if found and found[0].main not in cues and content:
            verb, speaker = found
            yield Attribution(speaker, verb.lemma, Range(verb.main, verb.last), (content,), verb)


def _cue_behind(analysis: Analysis, quote: Range, sentence: Range) -> tuple[Verb, Phrase] | None:
    """`"…," the four countries said`: the first verb behind it, past words for the speaker."""
    tokens = analysis.document.tokens
    start = quote.last + 1
    if tokens[quote.last - 1].text not in _PAUSES or start >= sentence.last or quote.last < sentence.first:
        return None
    near = list(analysis.verbs_in(Range(start, min(start + _LONGEST_SPEAKER, sentence.last))))
    verb = next((v for v in near if _says(v)), None)
    if verb is None or verb.first == start or verb.form != "finite":
        return None
    if not all(_describes(analysis, v) for v in near[: near.index(verb)]):
        return None
    if tokens[start].text in {",", ";", ":"} or analysis.document.opens_quote(Range(start, verb.first)):
        return None
    return verb, _speaker(analysis, verb, Range(start, verb.first))


def _cue_before(analysis: Analysis, quote: Range, sentence: Range) -> tuple[Verb, Phrase] | None:
    """`X said that "…"`, `the editorial states: "…"`: the verb before it, past "that" or a mark."""
    tokens = analysis.document.tokens
    mark = quote.first - 1
    index = mark
    while index > sentence.first and tokens[index - 1].lower in _LEADING:
        index -= 1
    verb = analysis.verb_ending_at(index) if sentence.first < index < mark else None
    if verb is None or not _says(verb) or verb.form == "passive" or verb.main < sentence.first:
        return None
    speaker = subject_of(analysis, verb, sentence)
    if speaker is None or not can_speak(analysis, speaker, verb.lemma):
        return None
    return verb, speaker


def _describes(analysis: Analysis, verb: Verb) -> bool:
    """ "the four allied countries", "a farmer named Berg": a participle, which no helper makes a verb."""
    return verb.first == verb.main and analysis.document.tokens[verb.main].lower.endswith("ed")


def _says(verb: Verb) -> bool:
    """A verb that reports speech, as a fact."""
    stated = verb.form in {"finite", "gerund"} and not verb.negated and verb.modality == "asserted"
    return stated and verb.lemma in _spoken()


def _speaker(analysis: Analysis, verb: Verb, part: Range) -> Phrase:
    """The subject of the verb; else the people whom the words before it name; else nobody named."""
    subject = subject_of(analysis, verb, Range(part.first, verb.last))
    if subject and can_speak(analysis, subject, verb.lemma):
        return subject
    named = tuple(
        r for r in analysis.references.within(part) if r.type == "Person" and not _owns(analysis, r)
    )
    return (
        Phrase(named[0].range, named, named[0].range.last - 1) if named else Phrase(part, (), part.last - 1)
    )


def _owns(analysis: Analysis, reference: Reference) -> bool:
    """ "Berg's adviser"."""
    following = analysis.document.tokens[reference.range.last].lower
    return reference.form == "pronoun" or following in grammar().possessive_marks


@cache
def _spoken() -> frozenset[str]:
    """The verbs that tell of words."""
    return (verb_table().reporting | _READING) - verb_table().uses.holding
