"""Words that stand in the next paragraph, behind a colon: "The minister said:"."""

from kg.reading.analysis import Analysis
from kg.reading.clauses.subjects import subject_of
from kg.reading.speech.attribution import Attribution
from kg.reading.speech.led import led_to
from kg.reading.speech.reports import reports
from kg.reading.speech.speakers import can_speak
from kg.reading.speech.trimming import trim
from kg.reading.text.marks import OPENING_QUOTES
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.verbs import verb_table

_FINITE = frozenset({"finite", "passive"})
_ENDS = frozenset({".", "?", "!", "…", "..."})
_NEAR = 8  # tokens from the verb to the colon, where no quotation follows


def introduced(analysis: Analysis, sentence: Range) -> Attribution | None:
    """What the last reporting verb of a sentence that ends its paragraph with a colon leads to."""
    document = analysis.document
    last = sentence.last - 1
    if document.tokens[last].text != ":" or sentence.last >= len(document.tokens):
        return None
    number = document.paragraph_number(sentence.last)
    if number == document.paragraph_number(last) or document.is_furniture(sentence.last):
        return None
    verb = _leading(analysis, sentence)
    content = _words(analysis, document.paragraphs[number], verb, last) if verb else None
    if verb is None or content is None:
        return None
    speaker = led_to(analysis, verb, sentence) or subject_of(analysis, verb, sentence)
    if speaker is None or not can_speak(analysis, speaker, verb.lemma):
        return None
    return Attribution(speaker, verb.lemma, Range(verb.main, verb.last), (content,), verb)


def _leading(analysis: Analysis, sentence: Range) -> Verb | None:
    """The last verb of the sentence that says something, with no clause of its own before the colon."""
    verbs = [v for v in analysis.verbs_of(verb_table().reporting, sentence) if reports(analysis, v, sentence)]
    verb = verbs[-1] if verbs else None
    if verb is None or analysis.document.quote_around(verb.main):
        return None
    told = any(v.form in _FINITE for v in analysis.verbs_in(Range(verb.last, sentence.last)))
    return None if told or verb.form == "passive" else verb


def _words(analysis: Analysis, paragraph: Range, verb: Verb, colon: int) -> Range | None:
    """The quotation that opens a paragraph; or all of one without quotations, close behind "said:"."""
    document, uses = analysis.document, verb_table().uses
    quote = document.quote_around(paragraph.first + 1)
    if quote and quote.first == paragraph.first + 1:
        behind = document.tokens[quote.last : document.sentence(quote.last - 1).last]
        told = any(token.text.isalnum() for token in behind)  # "…," says X
        return None if told else trim(analysis, quote) or None
    if document.tokens[paragraph.first].text in OPENING_QUOTES or document.opens_quote(paragraph):
        return None
    says = (verb.lemma in uses.saying or verb.lemma in uses.continuing) and colon - verb.last <= _NEAR
    ends = document.tokens[paragraph.last - 1].text in _ENDS and not _listed(analysis, paragraph)
    return trim(analysis, paragraph) or None if says and ends else None


def _listed(analysis: Analysis, paragraph: Range) -> bool:
    """ "1. …", "- …": one of several."""
    return not analysis.document.tokens[paragraph.first].text[0].isalpha()
