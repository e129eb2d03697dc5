"""People and bodies whom nobody lists and no title introduces: they speak, so they are somebody."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from kg.identifiers import digest, slug
from kg.reading.names.references import Reference, References
from kg.reading.text.document import Document
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.nouns import noun_table
from kg.reading.words.verbs import verb_table

_LONGEST_NAME = 4
_LONGEST_ACRONYM = 6


def unlisted_speakers(
    document: Document, named: References, titles: Iterable[Range], place: str
) -> list[Reference]:
    """Capitalised words before "said" or behind "told", and wherever else the text has the same words.

    What the authority data name or a title says is taken already. `place` is the slug of the source: who is
    only named in one text is only known within it.
    """
    taken = {index for part in titles for index in range(part.first, part.last)}
    taken |= {
        index for reference in named.items for index in range(reference.range.first, reference.range.last)
    }
    places = _places_by_first_word(document)
    found = dict.fromkeys(document.words(part) for part in _candidates(document, taken))
    return [
        _reference(part, words, place) for words in found for part in _all_places(document, words, places)
    ]


def _candidates(document: Document, taken: set[int]) -> Iterator[Range]:
    table = verb_table()
    inside = _words_inside(document)
    for token in document.tokens:
        lemma, tags = table.forms.get(token.lower, ("", frozenset()))
        reports = lemma in table.stances and tags & {"past", "s"} and token.lower not in table.nouns
        if reports and token.index not in taken:
            yield from _before(document, taken, inside, token.index)
            if lemma in verb_table().uses.addressing or _quote_before(document, token.index):
                yield from _behind(document, taken, token.index + 1)


def _quote_before(document: Document, index: int) -> bool:
    return index - 1 in document.quote_marks


def _before(document: Document, taken: set[int], inside: set[str], index: int) -> Iterator[Range]:
    """The name that ends right before a reporting verb and its adverbs, and opens its clause."""
    last = index
    while last > 0 and document.tokens[last - 1].lower in grammar().adverbs:
        last -= 1
    first = last
    opening = document.sentence(index).first
    while first > max(opening, last - _LONGEST_NAME) and _is_name_word(document, taken, first - 1):
        first -= 1
    name = Range(first, last)
    opens = first == opening
    if name and (not opens or _stands_elsewhere(document, inside, name)):
        yield name


def _behind(document: Document, taken: set[int], index: int) -> Iterator[Range]:
    last = index
    end = document.sentence(index - 1).last
    while last < min(end, index + _LONGEST_NAME) and _is_name_word(document, taken, last):
        last += 1
    if last > index:
        yield Range(index, last)


def _is_name_word(document: Document, taken: set[int], index: int) -> bool:
    """Capitalised, of letters, and no word that the rules know in another sense."""
    token = document.tokens[index]
    plain = token.text[0].isupper() and token.text.replace("’", "").replace("'", "").isalpha()
    shouted = token.text.isupper() and len(token.text) > _LONGEST_ACRONYM
    known = token.lower in grammar().closed | noun_table().common or token.lower in verb_table().forms
    return plain and len(token.text) > 1 and not shouted and not known and index not in taken


def _words_inside(document: Document) -> set[str]:
    """The words that stand anywhere but at the start of a sentence."""
    openings = {sentence.first for sentence in document.sentences}
    return {token.text for token in document.tokens if token.index not in openings}


def _stands_elsewhere(document: Document, inside: set[str], name: Range) -> bool:
    """A word that opens a sentence is a name if it has this form inside one too, or is one of several."""
    return name.last - name.first > 1 or document.tokens[name.first].text in inside


def _reference(part: Range, words: str, place: str) -> Reference:
    body = words.isupper() or words.rpartition(" ")[2].lower() in noun_table().bodies
    kind, path = ("Organisation", "organisation") if body else ("Person", "person")
    return Reference(
        part, f"{path}/{slug(words)}-{digest(place, length=6)}", kind, "name", words, known=False
    )


def _places_by_first_word(document: Document) -> dict[str, list[int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for token in document.tokens:
        places[token.text].append(token.index)
    return places


def _all_places(document: Document, words: str, places: dict[str, list[int]]) -> Iterator[Range]:
    """Every place where these words stand."""
    wanted = words.split()
    for index in places[wanted[0]]:
        part = Range(index, index + len(wanted))
        whole = part.last <= document.sentence(index).last
        if whole and [token.text for token in document.tokens[part.first : part.last]] == wanted:
            yield part
