"""Which of the people, or which body, named before a pronoun it may mean."""

from collections.abc import Iterable, Iterator, Mapping

from kg.reading.names.references import Reference, References
from kg.reading.text.document import Document
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.names import name_table
from kg.reading.words.verbs import verb_table

_SHE = frozenset({"she", "her", "herself"})
_OPENING_CLAUSES = frozenset({"after", "before", "since", "until", "till", "as"})
_TELLING = frozenset({"told", "tells", "warned", "warns", "reminded", "informed", "telling", "warning"})
_OBLIGING = frozenset({"must", "should", "needs", "ought", "needed"})
_LONGEST_TITLE = 4  # tokens between "told" and a name: "told Prime Minister"
_DENYING = frozenset({"deny", "reject", "dismiss", "refute", "dispute"})


def person_before(
    document: Document, people: Iterable[Reference], index: int, told: Mapping[int, Reference]
) -> Reference | None:
    """The first of `people`, nearest sentence first, who may be meant by the pronoun at a token.

    Nobody whom a quotation names that the pronoun is no part of, nobody whom the words name that "he said"
    follows, and no man by "she". `told`: for a sentence the first pronoun in it, resolved.
    """
    people = list(people)
    if (hearer := _told_to(document, people, index)) is not None:
        return hearer
    cue = _follows_words(document, index)
    number, quote = document.sentence_number(index), document.quote_around(index)
    for person in _with_pronouns(document, people, number, told):
        here = document.sentence_number(person.range.first) == number
        around = document.quote_around(person.range.first)
        apart = around is not None and around != quote
        if not (apart or (here and cue)) and _agrees(document, person, index):
            return person
    return None


def _told_to(document: Document, people: list[Reference], index: int) -> Reference | None:
    """ "X told Y he must stop": Y, right before the pronoun of what is asked of whoever is told."""
    tokens, first = document.tokens, document.sentence(index).first
    end = index - (index > first and tokens[index - 1].lower == "that")
    if index + 1 >= len(tokens) or tokens[index + 1].lower not in _OBLIGING:
        return None
    hearer = next((person for person in people if person.range.last == end), None)
    if hearer is None or hearer.range.first <= first or not _agrees(document, hearer, index):
        return None
    before = document.lowers(Range(max(first, hearer.range.first - _LONGEST_TITLE), hearer.range.first))
    return None if _TELLING.isdisjoint(before) or "," in before else hearer


def body_before(document: Document, named: References, index: int) -> Reference | None:
    """ "X is alarmed after Y reportedly said it would": Y, of which it tells."""
    tokens, first = document.tokens, document.sentence(index).first
    at = index - 1
    at -= at > first and tokens[at].lower == "that"
    lemma = verb_table().forms.get(tokens[at].lower, ("",))[0] if at > first else ""
    if lemma not in verb_table().uses.saying:
        return None
    told = at
    at -= 1
    while at > first and (
        tokens[at].lower in grammar().adverbs | grammar().have or tokens[at].lower.endswith("ly")
    ):
        at -= 1
    body = named.at(at)
    if body is None or body.type == "Person" or body.adjective or _of_noun(document, body, told):
        return None
    return body


def _of_noun(document: Document, body: Reference, told: int) -> bool:
    """ "X denied Y claims that it", "at Y claims": a noun, behind what takes one, rather than what Y does."""
    tokens, at = document.tokens, body.range.first - 1
    opening = document.sentence(told).first
    at -= at > opening and tokens[at].lower == "the"
    if not tokens[told].lower.endswith("s") or body.range.last != told or at < opening:
        return False
    before = tokens[at].lower
    if before in grammar().prepositions:
        return before not in _OPENING_CLAUSES
    lemma, _ = verb_table().forms.get(before, ("", frozenset()))
    return bool(lemma) and lemma not in verb_table().uses.saying - _DENYING


def _with_pronouns(
    document: Document, people: Iterable[Reference], number: int, told: Mapping[int, Reference]
) -> Iterator[Reference]:
    """The people, and before those of a sentence whoever a pronoun means that comes first in it."""
    after = number
    for person in people:
        at = document.sentence_number(person.range.first)
        for back in range(after - 1, at - 1, -1):
            pronoun = told.get(back)
            if pronoun and (back > at or pronoun.range.first < person.range.first):
                yield pronoun
        after = at
        yield person


def _follows_words(document: Document, index: int) -> bool:
    """Whether "he said" stands behind the words that were said."""
    tokens, opening = document.tokens, document.sentence(index).first
    behind = index > opening and (tokens[index - 1].text == "," or index - 1 in document.quote_marks)
    if not behind or index + 1 >= len(tokens):
        return False
    lemma, _ = verb_table().forms.get(tokens[index + 1].lower, ("", frozenset()))
    return lemma in verb_table().stances


def _agrees(document: Document, person: Reference, index: int) -> bool:
    """Whether the pronoun is that of most who bear the given name; any is for a name that no table has."""
    names = name_table().given
    given = person.label.split()[0].lower()
    own, others = (names.she, names.he) if document.tokens[index].lower in _SHE else (names.he, names.she)
    return given not in others or given in own
