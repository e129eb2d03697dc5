"""The words before and behind a verb group, past adverbs and brackets."""

from kg.reading.text.document import Document
from kg.reading.text.marks import OPENING_QUOTES, SINGLE_QUOTES
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar

_LONGEST_BRACKET = 6  # tokens
_WORDS = grammar()
BEFORE_VERB = _WORDS.adverbs | {"each", "all", "both"}
_STOPS = frozenset({",", ".", "?", "!"})


def word_before(document: Document, main: int, edge: int) -> str:
    """The word of the same sentence before a verb group and its adverbs, or nothing."""
    if edge > 0 and document.tokens[edge].text in OPENING_QUOTES:
        edge -= 1
        if (
            edge > 0
            and document.tokens[edge].text in SINGLE_QUOTES
            and document.tokens[edge - 1].text in _STOPS
        ):
            return ""  # "'we saw you,'" said X
    return document.tokens[edge].lower if edge >= document.sentence(main).first else ""


def word_after(document: Document, main: int) -> str:
    """The word behind a verb and its particle: "holds up the work"."""
    words = document.lowers(Range(main + 1, min(main + 3, len(document.tokens))))
    return words[1] if len(words) > 1 and words[0] in grammar().particles else (words or [""])[0]


def before_adverbs(document: Document, first: int) -> int:
    """The word before a verb group, past adverbs and "each": "the two each mediate", "then ends"."""
    index = first - 1
    while index >= 0 and (document.tokens[index].lower in BEFORE_VERB or _is_adverb(document, index)):
        index -= 1
    if index > 1 and document.tokens[index].text == ")":  # "the Center (CSIS) reports"
        near = range(index - 1, max(0, index - _LONGEST_BRACKET), -1)
        return next((at - 1 for at in near if document.tokens[at].text == "("), index)
    return index


def _is_adverb(document: Document, index: int) -> bool:
    """ "officials openly dismiss": in lower case, so no "Italy"."""
    text = document.tokens[index].text
    return text.endswith("ly") and text.islower() and text not in _WORDS.no_adverbs
