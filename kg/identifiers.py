"""Keys of things: readable where a name identifies, hashed where only content does; never from offsets."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable

from kg.model import Citation, TimeSpan

# Letters that NFKD leaves whole, in the spellings that English-language news uses for them.
_FOLDED = str.maketrans(
    {
        "ı": "i",
        "ə": "a",
        "Ə": "A",
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "ß": "ss",
        "æ": "ae",
        "Æ": "Ae",
        **dict.fromkeys("‐‑‒–—―−", "-"),
    }
)
# The speaker whom a text does not name; every source shares this one key.
UNKNOWN_SPEAKER = "agent/unknown"
_NO_WORD = re.compile(r"[^a-z0-9]+")
_TITLE_WORDS = 6
_EDTF_SIGNS = {
    "/": "--",
    "..": "open",
    "~": "-approximately",
    "?": "-uncertain",
    "%": "-uncertain-approximately",
}


def without_marks(text: str) -> str:
    """The text with Latin letters that bear no marks, "Erdogan" for "Erdoğan"; other letters stay."""
    parts = unicodedata.normalize("NFKD", text.translate(_FOLDED))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def slug(text: str) -> str:
    """Lower-case ASCII words joined by hyphens; `x` where no ASCII letter or digit is left."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_FOLDED)).encode("ascii", "ignore").decode()
    return _NO_WORD.sub("-", text.lower().replace("'", "")).strip("-") or "x"


def digest(*parts: str, length: int = 12) -> str:
    """A short hash of the parts, in order; the unit separator keeps ("a", "bc") and ("ab", "c") apart."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:length]


def source_slug(citation: Citation, sha256: str) -> str:
    """Publisher, date and first words of the title; a text without any of them is named by its hash."""
    title = "-".join(slug(citation.title).split("-")[:_TITLE_WORDS]) if citation.title else ""
    day = citation.date.isoformat() if citation.date else ""
    parts = [slug(citation.publisher) if citation.publisher else "", day, title]
    named = "-".join(part for part in parts if part)
    return f"{named}-{digest(*parts, citation.title, length=6)}" if citation.title else f"text-{sha256[:12]}"


def time_key(time: TimeSpan) -> str:
    """The key of a time span, from its EDTF text with the signs that an IRI path cannot hold in words."""
    text = time.edtf
    for sign, word in _EDTF_SIGNS.items():
        text = text.replace(sign, word)
    return "time/" + text.lower()


def names_of(keys: Iterable[str]) -> str:
    """The slugs of several keys, sorted and joined: `armenia-azerbaijan`."""
    return "-".join(sorted(key.split("/", 1)[1] for key in keys))
