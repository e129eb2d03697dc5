"""Quotations that a colon leads to where no verb says so: `Berg was blunt: "…"`, `Her answer: "…"`."""

from collections.abc import Iterator

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase, phrase_at
from kg.reading.speech.attribution import Attribution
from kg.reading.speech.trimming import trim
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.speech import saying_nouns, voice_words

COLON = frozenset({":"})
_MESSAGES = saying_nouns() | voice_words().messages
_OWNED = 3  # tokens from a name to "message"


def behind_colons(analysis: Analysis, sentence: Range, found: list[Attribution]) -> Iterator[Attribution]:
    """What the person of whom a sentence tells says behind a colon, as far as nobody is told to say it."""
    document = analysis.document
    for colon in document.positions(COLON, Range(sentence.first + 1, sentence.last - 2)):
        quote = document.quote_around(colon + 2)
        if quote is None or quote.first != colon + 2 or document.quote_around(colon):
            continue
        said = any(part.first < quote.last and quote.first < part.last for a in found for part in a.content)
        speaker = None if said else _subject(analysis, Range(sentence.first, colon))
        content = trim(analysis, quote)
        if speaker and content:
            yield Attribution(speaker, "say", Range(colon, colon + 1), (content,))


def _subject(analysis: Analysis, part: Range) -> Phrase | None:
    """The person with whom the sentence opens, or whose message, answer and the like does."""
    owner = _owner(analysis, part)
    if owner:
        return owner
    phrase = phrase_at(analysis, part.first, part.last)
    if phrase is None or phrase.range.first != part.first or phrase.range.last >= part.last:
        return None
    if len(phrase.references) != 1 or phrase.references[0].type != "Person":
        return None
    told = analysis.document.tokens[phrase.range.last].lower in grammar().predicating
    verb = analysis.verbs_in(Range(phrase.range.last, min(phrase.range.last + 2, part.last)))
    return phrase if told or any(v.form == "finite" for v in verb) else None


def _owner(analysis: Analysis, part: Range) -> Phrase | None:
    """ "Berg's short answer", "Her message"."""
    words, near = grammar(), range(part.first, min(part.first + _OWNED, part.last))
    named = next((r for i in near if (r := analysis.references.at(i))), None)
    if named is None or named.type != "Person" or named.range.last >= part.last:
        return None
    tokens, behind = analysis.document.tokens, named.range.last
    marked = tokens[behind].lower in words.possessive_marks
    if not marked and tokens[named.range.first].lower not in words.possessives_person:
        return None
    following = analysis.document.lowers(Range(behind, min(behind + _OWNED, part.last)))
    told = not _MESSAGES.isdisjoint(following)
    return Phrase(named.range, (named,), behind - 1) if told else None
