"""Offices that speak for whoever they work for: "Berg's office", "the Kenyan president's office"."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.reading.names.bodies import key_of_state, local_key
from kg.reading.names.references import Reference, References
from kg.reading.text.document import Document
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.names import name_table
from kg.reading.words.verbs import verb_table

_OFFICE = frozenset({"office"})
_MODIFIERS = 4  # words before such a post


@dataclass(frozen=True)
class _Staff:
    """An office, the words for the post it works for, and the state of that post where it is told."""

    office: Reference
    post: str
    state: str


def staffs(document: Document, named: References, place: str) -> Iterator[Reference]:
    """The office of each person named before it, or of the holder of a post, whom nobody need name.

    An office that a text tells without its state is that of the one state with such an office there.
    """
    found: list[_Staff] = []
    for index in document.positions(_OFFICE):
        yield from _named_behind(document, named, index)
        if index < 2 or document.tokens[index - 1].lower not in grammar().possessive_marks:
            continue
        owner = named.at(index - 2)
        if owner and owner.type == "Person" and owner.form != "pronoun":
            yield _of_person(owner, index)
        elif owner is None and _is_post(document, index - 2):
            found.append(_of_post(document, named, index, place))
    for staff in found:
        same = {s.office.key: s.office for s in found if s.state and s.post == staff.post}
        alone = next(iter(same.values())) if len(same) == 1 and not staff.state else None
        yield replace(alone, range=staff.office.range, form="alias") if alone else staff.office


def _named_behind(document: Document, named: References, index: int) -> Iterator[Reference]:
    """ "the office of President X said": where it speaks, for rooms are called so, too."""
    sentence = document.sentence(index)
    if document.lowers(Range(index + 1, index + 2)) != ["of"]:
        return
    near = named.within(Range(index + 2, min(index + 2 + _MODIFIERS, sentence.last)))
    owner = next((r for r in near if r.type == "Person" and r.form != "pronoun"), None)
    if owner is None or owner.range.last >= sentence.last:
        return
    lemma, _ = verb_table().forms.get(document.tokens[owner.range.last].lower, ("", frozenset()))
    if lemma in verb_table().uses.saying:
        yield _of_person(owner, index)


def _of_person(owner: Reference, index: int) -> Reference:
    key = f"organisation/office-of-{owner.key.split('/', 1)[1]}"
    label = f"Office of {owner.label}"
    return Reference(Range(index, index + 1), key, "Organisation", "name", label, known=False)


def _is_post(document: Document, index: int) -> bool:
    """ "the president's", "the prosecutor-general's": of somebody for whom an office works."""
    posts, tokens = name_table().bodies.staffed, document.tokens
    before = index - 1 - (tokens[index - 1].text == "-")
    general = tokens[index].lower == "general" and before >= 0 and tokens[before].lower in posts
    return general or (tokens[index].lower in posts and tokens[index].lower != "attorney")


def _of_post(document: Document, named: References, index: int, place: str) -> _Staff:
    """Under a key with its state, where an adjective or "Kenya's" before the post tells one."""
    tokens, first = document.tokens, index - 2
    while first > max(0, index - 2 - _MODIFIERS):
        before = tokens[first - 1]
        if (before.text != "-" and not before.text.isalpha()) or before.lower in grammar().closed:
            break
        first -= 1
    part = Range(first, index + 1)
    inside = next((r for r in named.within(part) if r.type == "State"), None)
    beside = (
        named.at(first - 2) if first > 1 and tokens[first - 1].lower in grammar().possessive_marks else None
    )
    of = inside or (beside if beside and beside.type == "State" else None)
    own = document.lowers(Range(inside.range.last if inside else first, index - 1))
    post, words = " ".join(word for word in own if word != "-"), document.words(part)
    state = of.key if of else ""
    key = key_of_state(f"{post} office", state, place) if of else local_key("Organisation", words, place)
    return _Staff(Reference(part, key, "Organisation", "name", words, known=False), post, state)
