"""Which texts are the same but for their dress: white space, punctuation, quotation marks, page furniture."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from heapq import nlargest

from kg.identifiers import digest
from kg.model import Source

_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"(?:[.!?][\"'”’)\]]*\s|\n\s*\n)\s*")
_ANCHORS = 6  # of the longest sentences; copies of one text share at least one of them
_SHORTEST = 40  # characters of a sentence that can tell a text from others
_CROWD = 12  # texts with one sentence in common: then it is boilerplate, and tells nothing
_FURNITURE = 40  # words of one run that only one copy has: "Follow us on …", "Read more: …"
_MOST = 0.1  # of the words may be furniture
_LONGEST = 50_000  # words; longer texts are compared as a whole only, for comparing takes long


class Copies:
    """Texts by their content; those of one kind and not of two publishers can be copies of each other."""

    def __init__(self) -> None:
        self._by_content: dict[str, list[Source]] = defaultdict(list)
        self._by_sentence: dict[str, list[Source]] = defaultdict(list)

    def add(self, source: Source) -> None:
        """Let later texts be found to be copies of this one."""
        self._by_content[content(source.text)].append(source)
        for anchor in _anchors(source.text):
            self._by_sentence[anchor].append(source)

    def of(self, source: Source) -> Iterator[Source]:
        """The texts with the same content, then those that differ by furniture alone; in the order added."""
        same = [one for one in self._by_content.get(content(source.text), ()) if _comparable(one, source)]
        yield from same
        for one in self._neighbours(source):
            if one not in same and _comparable(one, source) and _but_for_furniture(one.text, source.text):
                yield one

    def _neighbours(self, source: Source) -> Iterator[Source]:
        """Texts that share a long sentence, each once."""
        groups = (self._by_sentence.get(anchor, []) for anchor in _anchors(source.text))
        found = {one.key: one for group in groups if len(group) <= _CROWD for one in group}
        yield from found.values()


def content(text: str) -> str:
    """A hash of the words of a text, whatever is between them, in whatever case and Unicode form."""
    return digest(*_words(text), length=32)


def _comparable(one: Source, other: Source) -> bool:
    """Two outlets that print one text are two sources of it."""
    publishers = {one.citation.publisher, other.citation.publisher} - {None}
    return one.kind == other.kind and len(publishers) < 2


def _words(text: str) -> list[str]:
    """The words, folded; the signs themselves where a text has no words."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold()) or text.split()


def _anchors(text: str) -> list[str]:
    sentences = (sentence for sentence in _SENTENCE.split(text) if len(sentence) >= _SHORTEST)
    return [content(sentence) for sentence in nlargest(_ANCHORS, sentences, key=len)]


@lru_cache(maxsize=_CROWD)
def _counted(text: str) -> tuple[list[str], Counter[str]]:
    words = _words(text)
    return words, Counter(words)


def _but_for_furniture(one: str, other: str) -> bool:
    """Whether two texts have the same words in the same order, but for short runs that one of them adds.

    A word in the place of another makes two texts: letters of one form differ by a country or a date.
    """
    (ours, our_counts), (theirs, their_counts) = _counted(one), _counted(other)
    if max(len(ours), len(theirs)) > _LONGEST:
        return False
    most = _MOST * min(len(ours), len(theirs))
    differing = (our_counts - their_counts).total(), (their_counts - our_counts).total()
    if max(differing) > most:
        return False
    runs = [
        (op, max(i2 - i1, j2 - j1))
        for op, i1, i2, j1, j2 in SequenceMatcher(None, ours, theirs).get_opcodes()
        if op != "equal"
    ]
    return all(op != "replace" and length <= _FURNITURE for op, length in runs)
