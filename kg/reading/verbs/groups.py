"""Verb groups in a text: the verb with its helpers and its particle, negated or modal."""

from dataclasses import dataclass
from typing import Final

from kg.reading.names.references import References
from kg.reading.text.document import Document
from kg.reading.text.tokens import Range
from kg.reading.verbs.forms import form_of, is_noun
from kg.reading.verbs.particles import with_particle
from kg.reading.words.grammar import grammar
from kg.reading.words.verbs import verb_table

_INSIDE = grammar().helpers | grammar().inner_adverbs
_OPENING_HELPERS = grammar().modals | grammar().auxiliaries | grammar().negations
_MODALS = {
    "possible": grammar().modals_possible,
    "future": grammar().modals_future,
    "necessary": grammar().modals_necessary,
}


@dataclass(slots=True, unsafe_hash=True)  # made too often to be frozen, see Token
class Verb:
    """Tokens [first, last) from a verb's first helper to its particle; `main` is the verb itself."""

    lemma: Final[str]
    main: Final[int]
    first: Final[int]
    last: Final[int]
    form: Final[str]  # finite, passive, infinitive, gerund, participle
    negated: Final[bool]
    modality: Final[str]  # asserted, possible, future, necessary

    @property
    def range(self) -> Range:
        """From the first helper to the particle."""
        return Range(self.first, self.last)


def find_verbs(document: Document, references: References) -> tuple[Verb, ...]:
    """Every verb group whose main verb the table knows, in order."""
    table = verb_table()
    found = []
    for index in document.positions(table.words):
        if references.at(index) is None and not is_noun(document, index):
            verb = _verb(document, references, index, *table.forms[document.tokens[index].lower])
            if verb:
                found.append(verb)
    return tuple(found)


def _verb(
    document: Document, references: References, main: int, head: str, tags: frozenset[str]
) -> Verb | None:
    begins = _before_again(document, main)
    first = _group_start(document, begins)
    helpers = document.lowers(Range(first, begins)) if first < begins else []
    form = form_of(document, references, main, first, helpers, tags)
    if form is None:
        return None
    lemma, last = with_particle(document, head, main)
    negated = not grammar().negations.isdisjoint(helpers)
    return Verb(lemma, main, first, last, form, negated, modality_of_helpers(helpers))


def _before_again(document: Document, main: int) -> int:
    """Where the verb begins with its prefix: "re-established"."""
    tokens = document.tokens
    glued = main > 1 and tokens[main - 1].text == "-" and tokens[main - 1].end == tokens[main].start
    return main - 2 if glued and tokens[main - 2].lower == "re" else main


def _group_start(document: Document, main: int) -> int:
    """The first helper of the group; adverbs before it belong only if a helper stands before them."""
    sentence = document.sentence(main)
    first = main
    for index in range(main - 1, sentence.first - 1, -1):
        lower = document.tokens[index].lower
        if lower == "may" and _is_month(document, index):
            break
        if lower in _OPENING_HELPERS:
            first = index
        elif lower not in _INSIDE and not (lower.endswith("ly") and lower not in grammar().prepositions):
            # An opening quotation mark may cut a verb group: `did "not fulfill"`.
            cut = lower in {'"', "“", "‘"} and index > sentence.first
            if not (cut and document.tokens[index - 1].lower in _INSIDE):
                break
    return first


def _is_month(document: Document, index: int) -> bool:
    """ "those who fled in May returned": no helper."""
    before = document.tokens[index - 1].text if index else ""
    return document.tokens[index].text == "May" and (before in grammar().prepositions or before.isdigit())


def modality_of_helpers(helpers: list[str]) -> str:
    """possible, future or necessary by a modal among these words, else asserted."""
    for name, modals in _MODALS.items() if helpers else ():
        if not modals.isdisjoint(helpers):
            return name
    return "asserted"
