"""What a citation is made of, whatever form it is written in."""

import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from kg import __version__

_BREAKS = frozenset(("Cc", "Cs", "Zl", "Zp"))  # categories of Unicode that would break a line or a file


@dataclass(frozen=True)
class Original:
    """The article that words come from; `restated` where they are ours, in a report of it."""

    title: str
    restated: bool
    publisher: str = ""
    author: str = ""
    day: str = ""
    url: str = ""

    @property
    def reference(self) -> str:
        """The article in words, but for its address: “Title”, author, publisher, day."""
        told = (f"“{self.title}”", self.author, self.publisher, self.day)
        return ", ".join(part for part in told if part)


@dataclass(frozen=True)
class Work:
    """What is cited: its form, a key of its own, its title and address, and the version of the data."""

    form: str
    key: str
    title: str
    address: str
    version: str
    original: Original | None = None

    @property
    def whole(self) -> bool:
        """Whether it is the data set itself and no part of it."""
        return self.form == "data"

    @property
    def name(self) -> str:
        """What a reader calls it; of a statement, whose words it has."""
        name = str(forms()[self.form]["name"])
        return f"{name}, in the words of a report" if self._reworded else name

    @property
    def edition(self) -> str:
        return f"data version {self.version}, Parley {__version__}"

    @property
    def source(self) -> str:
        """The article behind it, but for its address; and whether the words are that article's or ours."""
        if self.original is None:
            return ""
        reworded = "The article that it restates:" if self.form == "report" else "Report restating"
        return f"{reworded if self.original.restated else 'From'} {self.original.reference}"

    @property
    def source_with_address(self) -> str:
        address = self.original.url if self.original else ""
        return f"{self.source}, {address}" if address else self.source

    @property
    def _reworded(self) -> bool:
        return self.form == "statement" and self.original is not None and self.original.restated


def project() -> Mapping[str, Any]:
    """The title of the whole, its authors, and the day of its release."""
    return _facts()


def forms() -> Mapping[str, Mapping[str, str]]:
    """The names and types of each form."""
    found: Mapping[str, Mapping[str, str]] = _facts()["forms"]
    return found


def plain(text: str) -> str:
    """The text as one line: whatever would end a line, or is no character, is a space, and no two follow."""
    return " ".join("".join(_spaced(text)).split())


def _spaced(text: str) -> Iterator[str]:
    return (" " if unicodedata.category(sign) in _BREAKS else sign for sign in text)


@cache
def _facts() -> Mapping[str, Any]:
    return tomllib.loads(files(__package__).joinpath("project.toml").read_text("utf-8"))
