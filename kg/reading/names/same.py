"""Which names of a text are of one thing: a surname or first name after the full name, and initials."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from kg.reading.names.called import short_forms
from kg.reading.names.references import BODIES, Reference, References
from kg.reading.text.document import Document
from kg.reading.text.tokens import Range
from kg.reading.words.names import name_table

_SHORTEST = 3  # letters of initials
Full = dict[str, dict[str, Reference]]


def as_one(document: Document, named: References) -> References:
    """The references with one key where the text surely calls one thing by several names."""
    joined = References.of([*_before_places(document, named), *named.items])
    people, bodies = _people(document, joined), _bodies(document, joined)
    kept = (_same(document, r, people, bodies) for r in joined.items if not _pair(document, r, people))
    return References.of(kept)


def _same(document: Document, reference: Reference, people: Full, bodies: Full) -> Reference:
    """The reference under the key of the only thing of which it is a short name."""
    if reference.known or reference.form != "name":
        return reference
    words = _plain(document, reference)
    known = {"Person": people, "Organisation": bodies}.get(reference.type, {}).get(words, {})
    if len(known) != 1:
        return reference
    full = next(iter(known.values()))
    same = replace(full, range=reference.range, form="alias", antecedents=(full.range,))
    return reference if full.key == reference.key else same


def _plain(document: Document, reference: Reference) -> str:
    """The name without the honorific before it: "Mr Taishi" as "Taishi"."""
    first, last = reference.range.first, reference.range.last
    while first < last - 1 and document.tokens[first].lower in name_table().people.honorifics:
        first += 1
    return document.words(Range(first, last))


def _people(document: Document, named: References) -> Full:
    """Short name → the people of the text whose full name it may be short for."""
    found: Full = defaultdict(dict)
    for person in named.items:
        words = _plain(document, person) if person.type == "Person" else ""
        for form in short_forms(words) if " " in words else ():
            found[form].setdefault(person.key, person)
    return found


def _bodies(document: Document, named: References) -> Full:
    """Initials → the bodies of the text that have them."""
    found: Full = defaultdict(dict)
    for body in named.items:
        if body.type in BODIES and body.range.last - body.range.first > 2:
            tokens = document.tokens[body.range.first : body.range.last]
            initials = "".join(token.text[0] for token in tokens if token.text[0].isupper())
            if len(initials) >= _SHORTEST:
                found[initials].setdefault(body.key, body)
    return found


def _pair(document: Document, reference: Reference, people: Full) -> bool:
    """ "Kim-Trump": no third person, where one of them is known."""
    if reference.type != "Person" or reference.known:
        return False
    pieces = document.words(reference.range).split("-")
    alone = " " not in document.words(reference.range)
    return alone and len(pieces) == 2 and any(people.get(piece) for piece in pieces)


def _before_places(document: Document, named: References) -> Iterator[Reference]:
    """ "Princeton Lyman": nobody stands right before a town, whose name is then a surname."""
    for person in named.items:
        town = named.at(person.range.last)
        alone = person.type == "Person" and not person.known and " " not in document.words(person.range)
        if alone and town and town.type == "Place" and town.range.last - town.range.first == 1:
            part = Range(person.range.first, town.range.last)
            words = document.words(part)
            yield replace(person, range=part, key=_longer(person.key, words), label=words)


def _longer(key: str, words: str) -> str:
    """The key of the same source for a longer name."""
    path, _, rest = key.partition("/")
    mark = rest.rpartition("-")[2]
    return f"{path}/{'-'.join(words.lower().split())}-{mark}"
