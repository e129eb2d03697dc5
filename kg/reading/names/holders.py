"""Who holds a post: the person named after its title, or before it in apposition."""

import re

from kg.identifiers import digest, slug
from kg.reading.names.references import Reference, References
from kg.reading.text.document import Document
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar

_NAME_WORD = re.compile(r"^[^\W\d_a-z][\w’'-]*\.?$")
_MOST_TITLES = 2  # words of a rank before a name
_LONGEST_NAME = 6  # tokens; "Mariam al-Mahdi" has four


def find_holder(document: Document, part: Range, listed: References, place: str) -> Reference | None:
    """Who follows the title, after a comma or none, or stands before it ("X, also the envoy")."""
    tokens, end = document.tokens, document.sentence(part.first).last
    index = part.last
    if index + 1 < end and tokens[index].text == ",":
        index = _past_titles(document, index + 1, end, listed)
    after = listed.at(index) if index < end else None
    if after and after.type == "Person":
        return after
    return _unlisted(document, part, listed, place) or _apposed(document, part, listed)


def _past_titles(document: Document, index: int, end: int, listed: References) -> int:
    """ "the defence chief, General John Moss": the name behind the rank; the index where none follows."""
    for at in range(index, min(index + _MOST_TITLES + 1, end)):
        named = listed.at(at)
        if named and named.type == "Person" and named.range.first == at:
            return at
        if named or not document.tokens[at].text[0].isupper():
            break
    return index


def _unlisted(document: Document, part: Range, listed: References, place: str) -> Reference | None:
    """Capitalised words right after a title are a name: at least two, or one after a capitalised title."""
    tokens = document.tokens
    index = part.last
    end = min(document.sentence(part.first).last, part.last + _LONGEST_NAME)
    while index < end and _is_name_word(document, index, listed):
        index += 1
    count = index - part.last
    if count < (1 if tokens[part.first].text[0].isupper() else 2):
        return None
    name = Range(part.last, index)
    label = document.words(name)
    return Reference(
        name, f"person/{slug(label)}-{digest(place, length=6)}", "Person", "name", label, known=False
    )


def _is_name_word(document: Document, index: int, listed: References) -> bool:
    token = document.tokens[index]
    if token.text == "-":  # "al-Mahdi"
        glued = token.start == document.tokens[index - 1].end and index + 1 < len(document.tokens)
        return glued and document.tokens[index + 1].start == token.end
    if token.lower in grammar().name_particles:
        follows = [t.text[0] for t in document.tokens[index + 1 : index + 3]]
        return any(first.isupper() for first in follows)
    return (
        bool(_NAME_WORD.match(token.text))
        and listed.at(index) is None
        and token.lower not in grammar().closed
    )


def before_title(document: Document, part: Range) -> int:
    """The token before a title, or before the possessive mark that stands there: "Azerbaijan's president"."""
    index = part.first - 1
    return index - 1 if index >= 0 and document.tokens[index].lower in grammar().possessive_marks else index


def _apposed(document: Document, part: Range, listed: References) -> Reference | None:
    """The person before a comma and the title's article and body: "X, also the French envoy"."""
    tokens, opening = document.tokens, document.sentence(part.first).first
    index = before_title(document, part)
    qualifier = listed.at(index) if index >= opening else None
    if qualifier and qualifier.type != "Person":
        index = qualifier.range.first - 1
    while index >= opening and tokens[index].lower in grammar().before_title:
        index -= 1
    if index <= opening or tokens[index].text != ",":
        return None
    person = listed.at(index - 1)
    return person if person and person.type == "Person" else None
