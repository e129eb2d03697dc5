"""Where titles and honorifics stand."""

from collections.abc import Iterator
from functools import cache

from kg.lexicon import Title
from kg.reading.names.gazetteer import Phrases
from kg.reading.text.document import Document
from kg.reading.text.tokens import Range
from kg.reading.words.names import name_table
from kg.reading.words.ordinary import is_ordinary

_TITLE_WORDS = name_table().bodies.heads | name_table().places.behind


@cache
def _honorifics() -> Phrases[bool]:
    return Phrases.of([(form, True) for form in sorted(name_table().people.honorifics)], fold=True)


def title_ranges(document: Document, titles: Phrases[Title]) -> Iterator[tuple[int, int, bool]]:
    """Where titles and honorifics stand, and whether it is the title of a post; the longest at each place.

    None that begins the name of a body is among them.
    """
    words = document.lowers(Range(0, len(document.tokens)))
    posts, polite_forms = (document.positions(forms.openers) for forms in (titles, _honorifics()))
    taken = 0
    for index in sorted({*posts, *polite_forms}):
        if index < taken:
            continue
        hit = titles.at(words, index, len(words))
        raised = document.tokens[index].text[0].isupper()
        honorific = _honorifics().at(words, index, len(words)) if raised else None
        part, post = hit[0] if hit else None, bool(hit)
        polite = honorific[0] if honorific and _names(document, honorific[0], titles) else None
        if polite and (part is None or polite.last > part.last):
            part, post = polite, False
        if part and not _heads_body(document, part.last):
            yield part.first, part.last, post
            taken = part.last


def _names(document: Document, part: Range, titles: Phrases[Title]) -> bool:
    """Whether a name follows an honorific: behind "Mr." any capitalised word but a title."""
    if part.last >= len(document.tokens):
        return False
    token = document.tokens[part.last]
    if not token.text[0].isupper():
        return False
    if document.tokens[part.first].lower in name_table().people.forms_of_address:
        return token.lower not in titles.entries and len(token.text) > 1
    given = token.lower in name_table().given.all or token.text.endswith(".")
    return given or not is_ordinary(token.lower)


def _heads_body(document: Document, index: int) -> bool:
    """ "General Assembly", "President Hotel": the word behind makes it all one name."""
    if index >= len(document.tokens):
        return False
    token = document.tokens[index]
    return token.text[0].isupper() and token.lower in _TITLE_WORDS and not token.text.isupper()
