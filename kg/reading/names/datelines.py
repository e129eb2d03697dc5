"""Where a report was filed: "KUALA LUMPUR, June 3 (Bernama) –" names a place, never a government."""

from collections.abc import Iterator

from kg.identifiers import digest, slug
from kg.lexicon import Lexicon, Name
from kg.reading.names.capitals import is_calendar, is_capital
from kg.reading.names.gazetteer import Phrases
from kg.reading.names.references import Reference
from kg.reading.text.document import Document
from kg.reading.text.marks import DASHES
from kg.reading.text.tokens import Range, tokenize
from kg.reading.words.ordinary import is_ordinary

_LONGEST_NAME = 4  # tokens
_LONGEST = 16  # tokens up to the dash
_AFTER = frozenset({",", "("}) | DASHES


def datelines(
    document: Document, names: Phrases[tuple[Name, ...]], lexicon: Lexicon, place: str
) -> Iterator[Reference]:
    """The place at the head of each paragraph that begins with one."""
    for paragraph in document.paragraphs:
        part = _place(document, paragraph)
        if part:
            words = document.words(part)
            filed = _reference(part, words.title() if words.isupper() else words, names, lexicon, place)
            if filed:
                yield filed


def _place(document: Document, paragraph: Range) -> Range | None:
    tokens = document.tokens
    first = _past_date(document, paragraph)
    last = first
    while last < min(paragraph.last, first + _LONGEST_NAME) and is_capital(tokens[last]):
        last += 1
    if last == first:
        return None
    part = Range(first, last)
    words = document.words(part)
    shouted = words.isupper() and len(words) > 3 and not all(map(is_ordinary, document.lowers(part)))
    if last == paragraph.last:
        return part if shouted and last - first == 1 and first == paragraph.first else None
    if shouted and tokens[last].text == ":" and first == paragraph.first:
        return part
    closed = first > paragraph.first and tokens[last].text == ")"  # "May 6, 2023 (KHARTOUM) –"
    if tokens[last].text not in _AFTER and not closed:
        return None
    filed = _dash_follows(document, part, paragraph) or (shouted and _date_follows(document, last, paragraph))
    return part if filed else None


def _date_follows(document: Document, index: int, paragraph: Range) -> bool:
    """ ", October 21. /TASS/", "(AA)", or the dash of "SANAA - "."""
    tokens = document.tokens
    if tokens[index].text != ",":
        return True
    return index + 1 < paragraph.last and is_calendar(tokens[index + 1])


def _past_date(document: Document, paragraph: Range) -> int:
    """Behind "May 29, 2014 (" where a paragraph opens with its date."""
    tokens = document.tokens
    for index in range(paragraph.first + 2, min(paragraph.first + 6, paragraph.last)):
        before = tokens[index - 1].text
        if tokens[index].text == "(" and before.isdigit() and len(before) == 4:
            return index + 1
    return paragraph.first


def _dash_follows(document: Document, part: Range, paragraph: Range) -> bool:
    """Whether a dash with space around it follows over dates and names alone."""
    tokens = document.tokens
    for index in range(part.last, min(part.first + _LONGEST, paragraph.last - 1)):
        token = tokens[index]
        spaced = token.start > tokens[index - 1].end or tokens[index - 1].text in {")", "."}
        if token.text.strip(".)") in DASHES and spaced and token.end < tokens[index + 1].start:
            return not tokens[index + 1].text[0].islower()
        if token.text[0].islower():
            return False
    return False


def _reference(
    part: Range, words: str, names: Phrases[tuple[Name, ...]], lexicon: Lexicon, place: str
) -> Reference | None:
    """The listed place of that name, or one that only this text names; None where a list has no place."""
    texts = [token.text for token in tokenize(words)]
    hit = names.at(texts, 0, len(texts))
    if hit and hit[0].last == len(texts):
        for name in hit[1]:
            key = name.place_key or name.key
            if name.place_key or name.type in {"Place", "State"}:
                return Reference(part, key, lexicon.types[key], "name", lexicon.labels[key])
        return None
    key = f"place/{slug(words)}-{digest(place, length=6)}"
    return Reference(part, key, "Place", "name", words, known=False)
