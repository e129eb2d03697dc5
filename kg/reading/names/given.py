"""First names that are places too: "Jordan Smith" is nobody's state."""

from collections.abc import Iterable

from kg.lexicon import Title
from kg.reading.names.gazetteer import Phrases
from kg.reading.names.references import PLACES, Reference, References
from kg.reading.text.document import Document
from kg.reading.words.grammar import grammar
from kg.reading.words.nouns import noun_table
from kg.reading.words.verbs import verb_table


def without_given_names(
    document: Document, found: Iterable[Reference], titles: Phrases[Title]
) -> list[Reference]:
    """The listed names but those of places that open the name of a person whom nobody lists."""
    listed = References.of(found)
    return [r for r in listed.items if not _is_given(document, r, listed, titles)]


def _is_given(document: Document, reference: Reference, listed: References, titles: Phrases[Title]) -> bool:
    """Whether a surname follows: capitalised, not listed, and no title, verb or noun that the rules know."""
    index, end = reference.range.last, document.sentence(reference.range.first).last
    words = document.lowers(reference.range)
    if reference.type not in PLACES or len(words) > 1 or words[0] not in grammar().given_names:
        return False
    if index >= end or listed.at(index) or titles.at([t.lower for t in document.tokens[index:end]], 0, end):
        return False
    token = document.tokens[index]
    known = grammar().closed | noun_table().common | noun_table().bodies | grammar().place_nouns
    plain = token.text.isalpha() and token.text[0].isupper() and not token.text.isupper()
    return plain and token.lower not in known and token.lower not in verb_table().forms
