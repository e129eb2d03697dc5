"""Names of the authority data in a text, and whether a capital means the city or the state."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from kg.lexicon import Lexicon, Name
from kg.reading.names.references import Reference
from kg.reading.names.spellings import foldings, spelled
from kg.reading.text.document import Document
from kg.reading.text.tokens import Range, words_in
from kg.reading.words.grammar import grammar
from kg.reading.words.nouns import noun_table
from kg.reading.words.ordinary import is_ordinary

_SHORTEST_SPOKEN = 4  # letters of an acronym that is said as a word
_LONGEST_LIST = 9  # tokens
T = TypeVar("T")
_HOW = {"name": "name", "alias": "alias", "metonym": "metonym", "demonym": "alias"}


@dataclass(frozen=True)
class Phrases(Generic[T]):
    """Multi-word entries, found longest first at a token."""

    entries: dict[str, dict[int, dict[tuple[str, ...], T]]]  # first word → number of words → entries

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, T]], fold: bool = False) -> "Phrases[T]":
        """Index (form, value) pairs by first token; `fold` ignores case."""
        index: dict[str, dict[int, dict[tuple[str, ...], T]]] = defaultdict(dict)
        for form, value in pairs:
            # Abbreviations such as "Gen." are one word only where they are capitalised.
            spelled = {_words(form, fold), _words(form.title(), fold)} if fold else {_words(form, fold)}
            for words in sorted(spelled):
                index[words[0]].setdefault(len(words), {}).setdefault(words, value)
        return cls({word: dict(sorted(rows.items(), reverse=True)) for word, rows in index.items()})

    @cached_property
    def openers(self) -> frozenset[str]:
        """The words with which entries begin, in lower case."""
        return frozenset(word.lower() for word in self.entries)

    def at(self, words: Sequence[str], index: int, last: int) -> tuple[Range, T] | None:
        """The longest entry that starts at this word and ends before `last`, where the sentence ends."""
        rows = self.entries.get(words[index])
        for count, entries in rows.items() if rows else ():
            found = tuple(words[index : index + count])
            if found in entries and index + count <= last:
                return Range(index, index + count), entries[found]
        return None

    @cached_property
    def longest(self) -> int:
        """How many words the longest entry has."""
        return max((count for rows in self.entries.values() for count in rows), default=0)


def _is_spoken(form: str) -> bool:
    long = len(form) >= _SHORTEST_SPOKEN
    return long and form.isalpha() and form.isupper() and not is_ordinary(form.lower())


def _is_shouted(form: str, names: tuple[Name, ...]) -> bool:
    """A body of one word, which a line of credits may have in capitals."""
    bodies = all(name.type == "Organisation" for name in names)
    return bodies and len(form) > _SHORTEST_SPOKEN and form.isalpha() and not is_ordinary(form.lower())


def _words(form: str, fold: bool) -> tuple[str, ...]:
    return tuple(lower if fold else word for word, lower in words_in(form))


def gazetteer(lexicon: Lexicon) -> Phrases[tuple[Name, ...]]:
    """The authority names, ready to be found in many texts; typographic and straight apostrophes are one.

    Spellings that the rules make come beside those that are listed.
    """
    forms: dict[str, tuple[Name, ...]] = {}
    for form, names in {**spelled(lexicon.names), **lexicon.names}.items():
        forms[form] = names
        forms.setdefault(form.replace("'", "’"), names)
        forms.setdefault(form.replace("’", "'"), names)
    for form, names in lexicon.names.items():
        if _is_shouted(form, names):
            forms.setdefault(form.upper(), names)  # "REUTERS"
        if _is_spoken(form):
            forms.setdefault(form.capitalize(), names)  # "Asean", "Nato", as much of the British press has it
        people = tuple(name for name in names if name.how == "demonym")
        if people and form.endswith(("an", "i")):
            forms.setdefault(f"{form}s", people)  # "Palestinians"
    return Phrases.of(forms.items())


def listed_names(document: Document, phrases: Phrases[tuple[Name, ...]], lexicon: Lexicon) -> list[Reference]:
    """Every authority name in the text, the longest at each place."""
    words = document.written
    odd = (word for word in set(words) if not word.isascii())
    marked = {word: forms for word in odd if (forms := foldings(word)) != (word,)}
    places = [index for index, word in enumerate(words) if word in marked] if marked else []
    plain = [_patched(words, {at: marked[words[at]][end] for at in places}) for end in (0, -1) if marked]
    near = {index - before for index in places for before in range(phrases.longest)}
    found: list[Reference] = []
    taken = 0
    opened = [index for index in document.positions(phrases.openers) if words[index] in phrases.entries]
    for index in sorted({*opened, *places}):
        if index < taken:
            continue
        last = document.sentence(index).last
        hit = phrases.at(words, index, last)
        if index in near:  # in plain letters too
            hits = [hit, *(phrases.at(others, index, last) for others in plain)]
            hit = max((one for one in hits if one), key=lambda hit: hit[0].last, default=None)
        if hit and not _is_shouted_verb(document, hit[0]):
            found.append(_reference(document, lexicon, *hit))
            taken = hit[0].last
    return found


def _is_shouted_verb(document: Document, part: Range) -> bool:
    """ "THE WAR IS OVER" names no group, "IS fighters" does."""
    tokens, beside = document.tokens, (part.first - 1, part.last)
    verb = part.last - part.first == 1 and tokens[part.first].lower in grammar().be
    return verb and any(
        tokens[i].text.isupper() and tokens[i].text.isalpha() for i in beside if 0 <= i < len(tokens)
    )


def _patched(words: list[str], changed: dict[int, str]) -> list[str]:
    """The words with some of them in other letters."""
    copy = words.copy()
    for index, word in changed.items():
        copy[index] = word
    return copy


def _reference(document: Document, lexicon: Lexicon, part: Range, names: tuple[Name, ...]) -> Reference:
    name = _choose(document, part, names)
    last = part.last
    adjective = name.how == "demonym"
    if adjective and last < len(document.tokens) and document.tokens[last].lower in grammar().official_nouns:
        # "Azerbaijani officials": the noun makes the adjective stand for the state as an actor.
        return Reference(
            Range(part.first, last + 1), name.key, name.type, "metonym", lexicon.labels[name.key]
        )
    return Reference(part, name.key, name.type, _HOW[name.how], lexicon.labels[name.key], adjective=adjective)


def _choose(document: Document, part: Range, names: tuple[Name, ...]) -> Name:
    """Of the readings of a form: city or state by what stands around it, else the first listed."""
    metonyms = [name for name in names if name.how == "metonym"]
    places = [name for name in names if name.how != "metonym"]
    if metonyms and places:
        return places[0] if _is_location(document, part) else metonyms[0]
    return names[0]


def _is_location(document: Document, part: Range) -> bool:
    tokens = document.tokens
    after = [token.lower for token in tokens[part.last : part.last + 2]]
    if len(after) == 2 and after[0] in grammar().possessive_marks and after[1] in noun_table().speech.views:
        return False  # "in Baku's view"
    before = tokens[part.first - 1].lower if part.first else ""
    if _is_named_place(document, part, before, after):
        return True
    if before == "to" and _is_given(document, part.first - 2):
        return False  # "arms to Yerevan"
    return before in grammar().place_marks or (
        before in {"and", ",", "or"} and _is_listed_there(document, part)
    )


def _is_named_place(document: Document, part: Range, before: str, after: list[str]) -> bool:
    """ "east Jerusalem", "the city of Ottawa", "the capital, Sanaa", "a Minsk meeting"."""
    tokens = document.tokens
    words = [token.lower for token in tokens[max(0, part.first - 2) : part.first]]
    if (
        before in grammar().quarters
        or words == ["capital", ","]
        or words in (["city", "of"], ["capital", "of"])
    ):
        return True
    if before in grammar().placing or (words[:1] and words[0] in grammar().marching and before == "on"):
        return True
    if before == "for" and not grammar().leaving.isdisjoint(
        token.lower for token in tokens[max(0, part.first - 5) : part.first]
    ):
        return True  # "left Sanaa for Muscat"
    if before in {"with", "to", "and", "from"} | grammar().connecting and not grammar().connecting.isdisjoint(
        token.lower for token in tokens[max(0, part.first - 7) : part.first]
    ):
        return True  # "links Warsaw with Tallinn"
    opened = before in grammar().determiners and before != "that"
    return opened and after[:1] != [] and after[0] in noun_table().talks.gatherings


def _is_given(document: Document, index: int) -> bool:
    """What goes to a government rather than to its town: "arms", "a message", "passed"."""
    return index >= 0 and document.tokens[index].lower in grammar().gifts


def _is_listed_there(document: Document, part: Range) -> bool:
    """Whether the list of names that this one stands in begins with "in": "in Prague and Chisinau"."""
    tokens, index = document.tokens, part.first - 1
    after = tokens[part.last].lower if part.last < len(tokens) else ""
    if tokens[index].text == "," and after.isalpha() and after not in {"and", "or"}:
        return False  # "In Prague, Chisinau said"
    first = max(document.sentence(part.first).first, part.first - _LONGEST_LIST)
    while index > first and (
        tokens[index].text[0].isupper() or tokens[index].lower in {"and", ",", "or", "the"}
    ):
        index -= 1
    return tokens[index].lower in {"in", "at", "near", "around", "across"}
