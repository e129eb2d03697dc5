"""Offices that speak for whoever they work for: "Berg's office", "the chief prosecutor's office"."""

from collections.abc import Iterator

from kg.reading.names.bodies import local_key
from kg.reading.names.references import Reference, References
from kg.reading.text.document import Document
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar

_OFFICE = frozenset({"office"})
_POSTS = frozenset({"prosecutor", "prosecutors", "governor", "mayor", "ombudsman", "coroner", "commissioner"})
_MODIFIERS = 4  # words before such a post


def staffs(document: Document, named: References, place: str) -> Iterator[Reference]:
    """The office of each person named before it, or of the holder of a local post, whom nobody need name."""
    for index in document.positions(_OFFICE):
        if index < 2 or document.tokens[index - 1].lower not in grammar().possessive_marks:
            continue
        owner = named.at(index - 2)
        if owner and owner.type == "Person" and owner.form != "pronoun":
            key = f"organisation/office-of-{owner.key.split('/', 1)[1]}"
            label = f"Office of {owner.label}"
            yield Reference(Range(index, index + 1), key, "Organisation", "name", label, known=False)
        elif owner is None and document.tokens[index - 2].lower in _POSTS:
            yield _of_post(document, index, place)


def _of_post(document: Document, index: int, place: str) -> Reference:
    first = index - 2
    while first > index - 2 - _MODIFIERS and document.tokens[first - 1].text.isalpha():
        if document.tokens[first - 1].lower in grammar().closed:
            break
        first -= 1
    words = document.words(Range(first, index + 1))
    key = local_key("Organisation", words, place)
    return Reference(Range(first, index + 1), key, "Organisation", "name", words, known=False)
