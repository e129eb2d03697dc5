"""Outlets whose names are ordinary words: "The Atlantic magazine", "an essay in Foreign Affairs"."""

from collections.abc import Iterator

from kg.identifiers import digest, slug
from kg.reading.names.capitals import is_calendar, is_capital, is_headline
from kg.reading.names.references import Reference, References
from kg.reading.text.document import Document
from kg.reading.text.tokens import Range
from kg.reading.words.names import name_table
from kg.reading.words.ordinary import is_ordinary

_LONGEST = 4  # words of a name
_NEAR = 7  # words between "an essay" and "in"


def outlets(document: Document, listed: References, place: str) -> Iterator[Reference]:
    """Names that their kind behind them or a word of writing before them gives away."""
    table = name_table().outlets
    for index in document.positions(table.kinds):
        part = _before_kind(document, listed, index)
        if part:
            yield _reference(document, part, place)
    for index in document.positions(table.writing):
        part = _written_in(document, listed, index)
        if part:
            yield _reference(document, part, place)


def _before_kind(document: Document, listed: References, index: int) -> Range | None:
    """ "The Atlantic magazine": capitalised words behind "The"; not "The Lebanese daily"."""
    tokens, first = document.tokens, index
    opening = document.sentence(index).first
    while first > opening and index - first < _LONGEST and is_capital(tokens[first - 1]):
        first -= 1
    article = first > opening and first < index and tokens[first - 1].text == "The"
    people = listed.at(first) if index - first == 1 else None
    article = article and not (people and people.adjective)
    known = article and tokens[index].text.islower() and not is_headline(document, document.sentence(index))
    return Range(first - 1, index) if known else None


def _written_in(document: Document, listed: References, index: int) -> Range | None:
    """ "argues in Foreign Affairs": ordinary words in capitals; places and languages are none."""
    tokens, end = document.tokens, document.sentence(index).last
    near = range(index + 1, min(index + _NEAR, end - 1))
    mark = next((i for i in near if tokens[i].lower == "in"), None)
    if mark is None or is_headline(document, document.sentence(index)):
        return None
    if any(tokens[i].text in {",", ";", '"', "”"} for i in range(index + 1, mark)):
        return None
    last = mark + 1
    while last < end and last - mark <= _LONGEST and is_capital(tokens[last]):
        last += 1
    part = Range(mark + 1, last)
    return part if part and _is_name(document, listed, part) else None


def _is_name(document: Document, listed: References, part: Range) -> bool:
    """Nothing but ordinary words, none of them listed, of a people or of the calendar."""
    words, other = name_table(), name_table().other
    tokens = document.tokens[part.first : part.last]
    plain = all(is_ordinary(t.lower) and t.lower not in other.nobody and not is_calendar(t) for t in tokens)
    if not plain or any(listed.at(i) for i in range(part.first, part.last)):
        return False
    head = tokens[-1].lower
    named = head not in other.things or _is_short_for(document, part)
    return named and head not in words.places.behind and not tokens[0].text.isupper()


def _is_short_for(document: Document, part: Range) -> bool:
    """ "Foreign Policy (FP)": its first letters stand behind it in brackets."""
    behind = document.tokens[part.last : part.last + 2]
    initials = "".join(token.text[0] for token in document.tokens[part.first : part.last])
    return [token.text for token in behind] == ["(", initials]


def _reference(document: Document, part: Range, place: str) -> Reference:
    words = document.words(part)
    key = f"organisation/{slug(words)}-{digest(place, length=6)}"
    return Reference(part, key, "Organisation", "name", words, known=False)
