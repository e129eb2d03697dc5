"""Short forms that a text gives for listed names: "Islamic State (IS)"."""

from collections.abc import Iterator
from dataclasses import replace

from kg.reading.names.references import BODIES, Reference, References
from kg.reading.text.document import Document
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar

_LONGEST = 8  # letters
_KINDS = frozenset({"group", "militia", "movement", "militants", "fighters", "rebels", "party"})
_NAMED = BODIES | {"Place", "TerritorialAuthority"}
_WORDLIKE = {"group/islamic-state": "IS"}  # what a text need not explain, and what is too like a word to list


def glossed(document: Document, listed: References) -> Iterator[Reference]:
    """The short forms of listed bodies, wherever the text has them."""
    forms: dict[str, Reference] = {}
    for name in listed.items:
        if not name.known or name.type not in _NAMED:
            continue
        short = _short(document, name)
        if short and (name.type in BODIES or _is_initials(short, name)):
            forms.setdefault(short, name)
    for index in document.positions({word for form in forms for word in (form, form.lower())}):
        token = document.tokens[index]
        name_of = forms.get(token.text)
        if name_of and listed.at(index) is None and token.lower not in grammar().closed:
            part = Range(index, index + 1)
            yield replace(name_of, range=part, form="alias", antecedents=(name_of.range,))


def _is_initials(short: str, name: Reference) -> bool:
    """ "Republika Srpska (RS)", where brackets behind a place may hold anything."""
    return short == "".join(word[0] for word in name.label.split() if word[0].isupper())


def _short(document: Document, name: Reference) -> str | None:
    """What stands in brackets behind the name, or behind what kind of body it is."""
    tokens, at = document.tokens, name.range.last
    at += at < len(tokens) and tokens[at].lower in _KINDS
    inside = [token.text for token in tokens[at : at + 3]]
    if len(inside) < 3 or (inside[0], inside[2]) != ("(", ")"):
        return _WORDLIKE.get(name.key)
    short = inside[1]
    capitals = sum(letter.isupper() for letter in short)
    return short if 2 <= len(short) <= _LONGEST and capitals > 1 else _WORDLIKE.get(name.key)
