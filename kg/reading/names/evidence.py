"""What stands beside a name and tells whether it is a person, a body or a place."""

import re
from collections.abc import Iterator

from kg.reading.names.kinds import Part, is_acronym
from kg.reading.names.references import PLACES, References
from kg.reading.text.document import Document
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.names import name_table
from kg.reading.words.ordinary import is_ordinary
from kg.reading.words.verbs import verb_table

_CAMEL = re.compile(r"[A-Z][a-z]{3,}(?:[A-Z][a-z]+)+")
_DOMAIN = re.compile(
    r"(?!www)[a-z][a-z0-9-]{2,}\.(?:com|org|net|info|news|eu|tv|ru|az|am|ge|ua|tr|ir|kz|uz|me|io)", re.I
)
_SURE, _STRONG, _FAIR, _WEAK = 12, 6, 3, 1
_APPOSITION = 9  # tokens
_ENDS_NOUN = frozenset({".", ",", ";", ")", "of", "for", "in", "at", "to", "that", "which", "and", "said"})
_ARTICLES = frozenset({"the", "a", "an", "this", "its", "their"})


def votes(
    document: Document, listed: References, title_ends: set[int], part: Part
) -> Iterator[tuple[str, int]]:
    """The kinds of thing that something speaks for at one place of the name, and how much each time."""
    words, tokens = part.range, document.tokens
    if part.kind:
        yield part.kind, _SURE
        return
    if part.titled or words.first in title_ends:
        yield "Person", _SURE
    if is_acronym(document, words) or _is_outlet(document, words):
        yield "Organisation", _SURE
    if tokens[words.first].lower in name_table().given.all:
        yield "Person", _FAIR if words.last - words.first == 1 else _STRONG
    yield from _before(document, words)
    yield from _behind(document, words)
    yield from _beside(document, listed, words)
    lone = words.last - words.first == 1
    if not lone and _like_person(document, words) and not _after_article(document, words):
        yield "Person", _WEAK


def _is_outlet(document: Document, words: Range) -> bool:
    """A body or an outlet that one word names: "Interpol", "CrisisWatch", "commonspace.eu"."""
    token = document.tokens[words.first]
    lone = words.last - words.first == 1
    known = token.lower in name_table().bodies.alone or token.lower in name_table().bodies.media
    return lone and (known or bool(_CAMEL.fullmatch(token.text)) or is_domain(token.text))


def is_domain(text: str) -> bool:
    """ "commonspace.eu": an outlet by its address."""
    return bool(_DOMAIN.fullmatch(text))


def _before(document: Document, words: Range) -> Iterator[tuple[str, int]]:
    tokens, opening = document.tokens, document.sentence(words.first).first
    index = words.first - 1
    if index < opening:
        return
    lower = tokens[index].lower
    if lower in name_table().people.nouns and tokens[index].end < tokens[words.first].start:
        yield "Person", _STRONG
    if lower == "of" and index > opening and tokens[index - 1].lower in name_table().places.of_nouns:
        yield "Place", _STRONG
    if lower == "as" and index > opening and tokens[index - 1].lower == "known":
        town = name_table().places.of_nouns.intersection(document.lowers(Range(opening, index)))
        yield ("Place", _STRONG) if town else ("Person", 0)
    while index > opening and tokens[index].lower in name_table().places.between:
        index -= 1
    lone_from = tokens[index].lower == "from" and words.last - words.first > 1
    if tokens[index].lower in name_table().places.prepositions and not lone_from:
        article = tokens[words.first - 1].lower == "the"
        held = _FAIR + (tokens[index].lower == "in")  # "in Dallas", though some are called so
        yield "Place", _WEAK if article else held


def _behind(document: Document, words: Range) -> Iterator[tuple[str, int]]:
    tokens, end = document.tokens, document.sentence(words.first).last
    index = words.last
    if index >= end:
        return
    lower = tokens[index].lower
    if lower in name_table().places.behind and tokens[index].text.islower():
        yield "Place", _SURE + 1  # "Sultan Kudarat province", whatever a sultan is
    if lower in name_table().bodies.kinds_behind and tokens[index].text.islower():
        yield "Organisation", _STRONG
    if lower in name_table().people.behind:
        yield "Person", _STRONG
    if _reports(document, index, end):
        yield ("Organisation" if _after_article(document, words) else "Person"), _FAIR
    if lower == "," and _like_person(document, words) and _reports(document, index + 1, end):
        yield "Person", _STRONG  # "The envoy in Accra, Kofi Adjei, told"
    if lower in {",", "("} and index + 1 < end:
        yield from _apposed(document, index + 1, end)


def _reports(document: Document, index: int, end: int) -> bool:
    """Whether a reporting verb follows, over adverbs."""
    table = verb_table()
    while index < end and document.tokens[index].lower in grammar().adverbs:
        index += 1
    if index >= end:
        return False
    lower = document.tokens[index].lower
    lemma, tags = table.forms.get(lower, ("", frozenset()))
    ends = index + 1 >= end or document.tokens[index + 1].lower in {".", "that"}  # "…, Vedomosti reports."
    noun = lower in table.nouns and not (ends and "s" in tags)
    return lemma in table.stances and bool(tags & {"past", "s"}) and not noun


def _apposed(document: Document, index: int, end: int) -> Iterator[tuple[str, int]]:
    """ "X, 34,"; "X, the head of Y"; "X, a town near Y"; "X, an agency"; "X, who"."""
    tokens = document.tokens
    if tokens[index].text.isdigit() and len(tokens[index].text) <= 2:
        closed = index + 1 < end and tokens[index + 1].text in {",", ")", "."}
        if closed:
            yield "Person", _STRONG
        return
    if tokens[index].lower in {"who", "whose"}:
        yield "Person", _STRONG
        return
    if tokens[index].lower in _ENDS_NOUN:
        return
    last = min(end, index + _APPOSITION)
    opens = tokens[index].lower in name_table().people.openers
    for at in range(index, last):
        lower = tokens[at].lower
        if at > index and lower in _ENDS_NOUN:
            yield from _noun(tokens[at - 1].lower, opens)
            return


def _noun(lower: str, opens: bool) -> Iterator[tuple[str, int]]:
    words = name_table()
    single = lower.removesuffix("s")
    if lower in words.other.vessels:
        yield "-", _SURE
    elif lower in words.people.nouns:
        yield "Person", _STRONG
    elif opens and (lower in words.places.of_nouns or lower in words.places.behind):
        yield "Place", _STRONG
    elif opens and ({lower, single} & (words.bodies.heads | words.bodies.kinds)):
        yield "Organisation", _STRONG


def _beside(document: Document, listed: References, words: Range) -> Iterator[tuple[str, int]]:
    """Listed places in one list with the name: "Macomia, Meluco and Mueda"."""
    tokens, sentence = document.tokens, document.sentence(words.first)
    if words.last - words.first > 2:
        return
    for mark, at in ((words.first - 1, words.first - 2), (words.last, words.last + 1)):
        inside = sentence.first <= min(mark, at) and max(mark, at) < sentence.last
        if inside and tokens[mark].lower in {"and", ",", "or"}:
            other = listed.at(at)
            if other and other.type in PLACES and not other.adjective and other.form != "metonym":
                yield "Place", _FAIR if other.type == "Place" else _WEAK


def _after_article(document: Document, words: Range) -> bool:
    return words.first > 0 and document.tokens[words.first - 1].lower in _ARTICLES


def _like_person(document: Document, words: Range) -> bool:
    """Two or more words of letters, the last of them no ordinary one."""
    tokens = document.tokens[words.first : words.last]
    letters = all(
        token.text.replace(".", "").replace("’", "").replace("'", "").isalpha() or token.text == "-"
        for token in tokens
    )
    apart = " " in document.words(words)
    return letters and apart and not is_ordinary(tokens[-1].lower)
