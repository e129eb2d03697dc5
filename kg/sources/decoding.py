"""From the bytes of a file to its text: packed or not, in the encodings that English-language files have.

UTF-8, and UTF-16 with a byte order mark, are told by their bytes. Anything else is Windows-1252, which is
what the web takes for the older encoding of Western languages (WHATWG Encoding Standard, section 4.2), if
nothing speaks against it. Newlines, white space and Unicode normalisation forms stay as they are.
"""

import codecs
import gzip
import io
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from kg.errors import SourceError
from kg.sources.paths import is_packed, kind_of, shown

MAX_BYTES = 5_000_000  # a long newspaper article has 30,000: beyond this it is no article
WESTERN = "cp1252"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_PLAIN = "Save it as plain text in UTF-8"
_CONVERT = "Convert it to UTF-8, e.g. `iconv -f WINDOWS-1254 -t UTF-8 OLD > NEW`"
# Letters of Icelandic alone in Windows-1252; the same bytes are letters of every Turkish text in 1254.
_ICELANDIC = frozenset("ÐÝÞðýþ")
_MOST_FOREIGN = 0.05  # of the letters; English has fewer with marks, Greek or Cyrillic bytes give more
# Characters that nobody sees: controls other than white space, soft hyphens, zero-width and direction marks.
_UNSEEN = re.compile(
    "[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)


@dataclass(frozen=True)
class Decoded:
    """A text, and whether its encoding was only supposed."""

    text: str
    supposed: bool = False


def read_text(path: Path) -> str:
    """The whole text of the file. SourceError: missing, unreadable, too large, binary, another encoding."""
    return decode(read_bytes(path), shown(path)).text


def read_bytes(path: Path) -> bytes:
    """The bytes of the file, unpacked; at most MAX_BYTES are ever held."""
    with opened(path) as file:
        data = file.read(MAX_BYTES + 1)
    check_size(data, shown(path))
    return data


def check_size(data: bytes, where: str) -> None:
    """Raise SourceError for more bytes than an article has."""
    if len(data) > MAX_BYTES:
        mend = "Split it: one article a file"
        raise SourceError(f"has more than {MAX_BYTES // 1_000_000} MB of text, the limit", where, mend)


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """The file, to read bytes from, unpacked; SourceError for whatever goes wrong meanwhile."""
    where = shown(path)
    if (found := kind_of(path)) != "file":
        what = "is a folder, not a file" if found == "folder" else "there is no such file"
        raise SourceError(what, where, "Check the path")
    try:
        with path.open("rb") as file:
            yield io.BufferedReader(gzip.GzipFile(fileobj=file)) if is_packed(path) else file
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise SourceError("is damaged, or no gzip file", where, "Fetch or pack it again") from error
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror}", where, "Check its permissions") from error


def decode(data: bytes, where: str) -> Decoded:
    """Text by byte order mark, else as UTF-8, else as Windows-1252; SourceError where that cannot be."""
    if data.startswith(_UTF16):
        return Decoded(_as(data, "utf-16", "UTF-16", where))
    if b"\0" in data:
        what = "is a binary file (or UTF-16 without a byte order mark): it holds NUL bytes"
        raise SourceError(what, where, _PLAIN)
    try:
        return Decoded(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        text = _western(data)
        if text is None:
            what = f"is not UTF-8: byte {error.start} cannot be decoded"
            raise SourceError(what, where, _CONVERT) from error
        return Decoded(text, supposed=True)


def _as(data: bytes, encoding: str, name: str, where: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        what = f"is not {name}: byte {error.start} cannot be decoded"
        raise SourceError(what, where, _CONVERT) from error
    if "\0" in text:
        raise SourceError("is a binary file: it holds NUL characters", where, _PLAIN)
    return text


def _western(data: bytes) -> str | None:
    """The text in Windows-1252; None where its bytes, controls or letters speak against that."""
    try:
        text = data.decode(WESTERN)
    except UnicodeDecodeError:
        return None
    letters = [c for c in text if c.isalpha()]
    marked = sum(not c.isascii() for c in letters)
    odd = _UNSEEN.search(text) or _ICELANDIC & set(letters) or marked > _MOST_FOREIGN * len(letters)
    return None if odd else text


def without_unseen(line: str) -> str:
    """A line of a citation without characters that nobody sees; half a surrogate pair becomes a `?`."""
    return _UNSEEN.sub("", line.encode(errors="replace").decode()).replace("\0", "")


def visible(text: str, where: str) -> str:
    """The text without characters that nobody sees, which would split names; SourceError for half a one.

    Half a surrogate pair, as JSON can hold, is no character and cannot be stored.
    """
    try:
        text.encode()
    except UnicodeEncodeError as error:
        what = "holds half a surrogate pair, which is no character"
        raise SourceError(what, where, _PLAIN) from error
    if "\0" in text:
        raise SourceError("is a binary file: it holds NUL characters", where, _PLAIN)
    return _UNSEEN.sub("", text)
