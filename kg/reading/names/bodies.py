"""Bodies of a state by their common nouns: "the Sudanese army", "Turkish foreign ministry"."""

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.identifiers import digest, slug
from kg.reading.names.references import Reference, References
from kg.reading.text.document import Document
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.names import name_table

_GROUPS = frozenset({"rebels", "rebel", "opposition groups", "rebel groups"})
_EMPTY = frozenset({"of", "the", "for", "and", "affairs", "affair", "s"})
# Words of which either tells the same body of a state.
_SAME = {
    **dict.fromkeys(("rebel", "opposition", "groups"), "rebels"),
    **dict.fromkeys(("armed", "forces"), "army"),
    **dict.fromkeys(("presidential", "president"), "presidency"),
    **{"defense": "defence", "labor": "labour", "organization": "organisation", "center": "centre"},
}
_PRESIDENTIAL = frozenset({"office", "administration", "s"})
_PATHS = {"Person": "person", "Place": "place", "NonStateGroup": "group", "TransportCorridor": "corridor"}
_OF_STATE = re.compile(r"organisation/[a-z-]+?-of-([a-z-]+)-[0-9a-f]{6}")
_FIGHTING = frozenset({"army", "navy", "force", "guard", "staff"})
_ANY_MINISTRY = "organisation/ministry"
_LONGEST = 4  # words between the state and the end of the name


def state_bodies(document: Document, listed: References, titled: set[int], place: str) -> Iterator[Reference]:
    """Each state's adjective or name with the noun behind it that names a body of it.

    Of "Kenya's foreign ministry" only the words behind the mark: those before it name the state.
    """
    for state in listed.items:
        if state.type == "State" and not _sided(document, state.range.first):
            behind = _behind(document, state)
            first = _past_mark(document, behind)
            last = _end(document, first, document.sentence(state.range.first).last)
            if first > behind and last and document.tokens[last - 1].text in _FIGHTING:
                continue  # "Kenya's army" fights and negotiates as Kenya
            if last and not titled & set(range(first, last)):
                whole = _body(document, state, last, place)
                yield replace(whole, range=Range(first, last)) if first > behind else whole


def _past_mark(document: Document, index: int) -> int:
    """Behind the mark of "Kenya's"."""
    tokens = document.tokens
    marked = index < len(tokens) and tokens[index].lower in grammar().possessive_marks
    return index + 1 if marked else index


def _sided(document: Document, index: int) -> bool:
    """ "pro-Russian rebels" are none of Russia's."""
    tokens = document.tokens
    hyphen = index > 1 and tokens[index - 1].text == "-" and tokens[index - 1].end == tokens[index].start
    return hyphen and tokens[index - 2].lower in {"pro", "anti", "non"}


def _behind(document: Document, state: Reference) -> int:
    """Where the words behind a state begin, which may have been read with it ("Sudanese army")."""
    last = state.range.last
    return last - 1 if document.tokens[last - 1].lower in grammar().official_nouns else last


def _end(document: Document, first: int, end: int) -> int | None:
    """Behind the noun, over the words that may stand before it."""
    tokens = document.tokens
    if document.lowers(Range(first, min(end, first + 2))) == ["-", "led"]:
        led = first + 2 < end and tokens[first + 2].lower in {"coalition", "alliance"}
        return first + 3 if led else None
    for index in range(first, min(end, first + _LONGEST)):
        two = " ".join(token.lower for token in tokens[index : index + 2])
        if two in name_table().bodies.common and index + 2 <= end:
            return index + 2
        if tokens[index].lower in name_table().bodies.common:
            return index + 1
        if tokens[index].lower not in name_table().bodies.modifiers:
            return None
    return None


def _body(document: Document, state: Reference, last: int, place: str) -> Reference:
    part = Range(state.range.first, last)
    words = document.words(part)
    noun = document.words(Range(_behind(document, state), last)).lower()
    kind = "NonStateGroup" if noun in _GROUPS else "Organisation"
    path = "group" if noun in _GROUPS else "organisation"
    key = key_of_state(noun, state.key, place, path)
    return Reference(part, key, kind, "name", words, known=False)


def body_key(document: Document, listed: References, part: Range, place: str) -> str:
    """The key of a body with its state, whatever the order of its words; "" where no state is told."""
    inside = [r for r in listed.within(part) if r.type == "State"]
    if len(inside) != 1:
        return ""
    state = inside[0]
    rest = [
        t.text
        for t in document.tokens[part.first : part.last]
        if t.index >= _behind(document, state) or t.index < state.range.first
    ]
    if not rest:
        return ""
    return key_of_state(" ".join(rest), state.key, place)


def key_of_state(noun: str, state: str, place: str, path: str = "organisation") -> str:
    """The key of a state's body by any of the words that tell the same of it; `state` is a key."""
    return f"{path}/{_core(noun)}-of-{state.split('/')[1]}-{digest(place, length=6)}"


def state_of(key: str) -> str | None:
    """The key of the state whose body a key made here names; None for any other."""
    found = _OF_STATE.fullmatch(key)
    return f"state/{found[1]}" if found else None


def _core(words: str) -> str:
    """The words that tell one body of a state from another, in one order."""
    plain = {_SAME.get(word, word) for word in slug(words).split("-")} - _EMPTY
    if "presidency" in plain:
        plain -= _PRESIDENTIAL  # "the presidential office"
    return "-".join(sorted(plain)) or slug(words)


def extended(document: Document, found: list[Reference], place: str) -> Iterator[Reference]:
    """Names with the noun behind them: "Khartoum airport", "Biden administration"."""
    for reference in found:
        last = reference.range.last
        if last >= len(document.tokens) or reference.adjective:
            continue
        noun = document.tokens[last].text
        if reference.type == "Person" and noun == "administration":
            own = _with_noun(document, reference, "Organisation", place)
            name = reference.key.split("/", 1)[1]
            yield replace(own, key=f"organisation/administration-of-{name}")
        elif _is_place(reference) and noun in name_table().places.facilities:
            yield _with_noun(document, reference, "Place", place)


def _is_place(reference: Reference) -> bool:
    return reference.type == "Place" or reference.form == "metonym"


def _with_noun(document: Document, reference: Reference, kind: str, place: str) -> Reference:
    part = Range(reference.range.first, reference.range.last + 1)
    words = document.words(part)
    return Reference(part, local_key(kind, words, place), kind, "name", words, known=False)


def local_key(kind: str, words: str, place: str) -> str:
    """The key of something that only one text names; `place` is the slug of the source."""
    return f"{_PATHS.get(kind, 'organisation')}/{slug(words)}-{digest(place, length=6)}"


def same_ministry(found: list[Reference]) -> list[Reference]:
    """ "the Iranian ministry" after "the Iranian foreign ministry", where the text names one alone."""
    by_state: dict[str, dict[str, Reference]] = {}
    for reference in found:
        name, of, state = reference.key.partition("-of-")
        if of and "ministry" in name and name != _ANY_MINISTRY:
            by_state.setdefault(state, {})[reference.key] = reference
    return [_resolved(reference, by_state) for reference in found]


def _resolved(reference: Reference, by_state: dict[str, dict[str, Reference]]) -> Reference:
    name, _, state = reference.key.partition("-of-")
    named = by_state.get(state, {})
    if name != _ANY_MINISTRY or len(named) != 1:
        return reference
    known = next(iter(named.values()))
    return replace(reference, key=known.key, label=known.label, form="alias")
