"""What a function makes of a word, kept for the words that come again in other texts."""

from collections.abc import Callable
from typing import TypeVar

Made = TypeVar("Made")
_MOST = 40_000  # words, twice; a long stream of texts has millions, and memory has to stay flat


class Remembered(dict[str, Made]):
    """Word → what `make` gives for it, as long as it comes again; quicker to ask than lru_cache.

    When it holds too many it begins anew, and takes over from the full one what is asked for again.
    """

    def __init__(self, make: Callable[[str], Made]) -> None:
        super().__init__()
        self._make = make
        self._full: dict[str, Made] = {}

    def __missing__(self, word: str) -> Made:
        if len(self) >= _MOST:
            self._full = dict(self)
            self.clear()
        full = self._full
        self[word] = made = full[word] if word in full else self._make(word)
        return made
