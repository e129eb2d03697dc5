"""What a word or a few tell by themselves: what kind of thing they name, or that they name none."""

from dataclasses import dataclass
from typing import Final

from kg.reading.text.document import Document
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.names import name_table
from kg.reading.words.ordinary import is_ordinary
from kg.reading.words.remembered import Remembered

_LONGEST_ACRONYM = 8  # letters
_LOOSE = name_table().bodies.links | grammar().possessive_marks | {"-", "&", "and", "the", "al"}


@dataclass(slots=True, unsafe_hash=True)  # made too often to be frozen, see Token
class Part:
    """A stretch that may be a name; its kind as far as its own words tell, "-" for no name, "" for unknown.

    `titled`: a title or an honorific stands before it.
    """

    range: Final[Range]
    kind: Final[str]
    titled: Final[bool] = False


def is_foreign(document: Document, words: Range) -> bool:
    """Whether one of the words is no ordinary one, or a given name with another word behind it."""
    tokens, other = document.tokens[words.first : words.last], name_table().other
    faith = len(tokens) > 1 and tokens[1].lower in other.nobody  # "Roman Catholic"
    if len(tokens) > 1 and tokens[0].lower in name_table().given.all and not faith:
        return True
    for token in tokens:
        if len(token.text) < 2 or not token.text[0].isalpha() or is_ordinary(token.lower):
            continue
        if token.lower not in other.nobody and token.lower not in other.capitals:
            return True
    return False


def is_code(text: str) -> bool:
    """ "L0", "M1", "V4": a letter with digits, that names neither place nor body."""
    return len(text) < 4 and text[-1].isdigit() and text[0].isalpha()


def is_acronym(document: Document, words: Range) -> bool:
    """One word in capitals that is no abbreviation of a common noun."""
    text = document.tokens[words.first].text
    letters = text.replace(".", "").replace("-", "")
    return (
        words.last - words.first == 1
        and 2 <= len(letters) <= _LONGEST_ACRONYM
        and sum(letter.isupper() for letter in letters) >= 2
        and letters.upper() == letters
        and letters.isalnum()
        and sum(letter.isdigit() for letter in letters) <= 2
        and letters.lower() not in name_table().other.capitals
        and not is_ordinary(text.lower())
    )


def _kind_by_head(word: str) -> str:
    words = name_table()
    if word in words.gatherings:
        return "Gathering"
    if word == "corridor":
        return "TransportCorridor"
    if word in words.bodies.groups:
        return "NonStateGroup"
    if word in words.bodies.words or word in words.bodies.media:
        return "Organisation"
    if word in words.places.behind:
        return "Place"
    return "-" if word in words.other.things or word in words.tracks else ""


# The kind of what has this word for its head; "-" for what is neither actor nor place.
kind_by_head = Remembered(_kind_by_head).__getitem__


def trimmed(document: Document, part: Range) -> Range:
    """The stretch without links and marks at either end."""
    tokens, first, last = document.tokens, part.first, part.last
    while first < last and tokens[first].lower in _LOOSE and not tokens[first].text[0].isupper():
        first += 1
    while last > first and tokens[last - 1].lower in _LOOSE and not tokens[last - 1].text[0].isupper():
        last -= 1
    return part if (first, last) == (part.first, part.last) else Range(first, last)
