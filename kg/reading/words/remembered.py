"""What a function makes of a word, kept for the words that come again in other texts."""

from collections.abc import Callable
from typing import TypeVar

Made = TypeVar("Made")
_MOST = 50_000  # words; a long stream of texts has millions, and memory has to stay flat


class Remembered(dict[str, Made]):
    """Word → what `make` gives for it, begun anew when it holds too many; quicker to ask than lru_cache."""

    def __init__(self, make: Callable[[str], Made]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, word: str) -> Made:
        if len(self) >= _MOST:
            self.clear()
        self[word] = made = self._make(word)
        return made
