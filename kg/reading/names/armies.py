"""Armies that speak for themselves: "the Kenyan military said", "according to Kenya's army"."""

from collections.abc import Iterator

from kg.reading.names.bodies import key_of_state
from kg.reading.names.references import Reference, References
from kg.reading.text.document import Document
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.verbs import verb_table

_NOUNS = frozenset({"military", "army", "navy"})
_FINITE = frozenset({"past", "s"})
_BETWEEN = grammar().adverbs | grammar().have
_MOST = 2  # words between an army and its verb: "has now said"


def armies(document: Document, named: References, place: str) -> Iterator[Reference]:
    """A state's army wherever it says something; where it fights or negotiates, its state does."""
    for index in document.positions(_NOUNS):
        state = _state_before(document, named, index)
        if state is None or not (_says(document, index + 1) or _is_quoted(document, state.range.first)):
            continue
        marked = document.tokens[index - 1].lower in grammar().possessive_marks
        part = Range(index if marked else state.range.first, index + 1)
        words = document.words(Range(state.range.first, index + 1))
        noun = "navy" if document.tokens[index].lower == "navy" else "army"
        yield Reference(
            part, key_of_state(noun, state.key, place), "Organisation", "name", words, known=False
        )


def speaking_army(reference: Reference) -> bool:
    """Whether a reference was made here: for all but its words the army is its state."""
    return reference.key.startswith(("organisation/army-of-", "organisation/navy-of-")) and (
        reference.label.endswith("military") or "’s " in reference.label or "'s " in reference.label
    )


def _state_before(document: Document, named: References, index: int) -> Reference | None:
    """The state that "military" is read with, or that stands before it, with or without a mark."""
    here = named.at(index)
    if here is None and index > 1:
        here = named.at(index - 1 - (document.tokens[index - 1].lower in grammar().possessive_marks))
    return here if here and here.type == "State" else None


def _says(document: Document, index: int) -> bool:
    for token in document.tokens[index : index + 1 + _MOST]:
        lemma, tags = verb_table().forms.get(token.lower, ("", frozenset()))
        if lemma in verb_table().uses.saying and tags & _FINITE:
            return True
        if token.lower not in _BETWEEN:
            return lemma in verb_table().uses.saying and token.lower.endswith("ing")
    return False


def _is_quoted(document: Document, first: int) -> bool:
    """ "according to the Kenyan military"."""
    before = document.lowers(Range(max(0, first - 3), first))
    before = before[:-1] if before[-1:] == ["the"] else before[-2:]
    return before == ["according", "to"]
