"""Reads one file of text: its size, its encoding, and nothing else changed.

UTF-8 (with or without a byte order mark) and UTF-16 with a byte order mark are understood. The mark is
dropped and offsets count from the character after it. Newlines, white space and Unicode normalisation
forms stay as they are in the file.
"""

import codecs
import stat
from pathlib import Path

from kg.errors import SourceError

MAX_BYTES = 5_000_000  # a long newspaper article has 30,000: beyond this it is no article
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_PLAIN = "Save it as plain text in UTF-8"
_CONVERT = "Convert it to UTF-8, e.g. `iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW`"


def shown(path: Path) -> str:
    """The path as one printable line, for messages; line breaks and undecodable bytes are escaped."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in str(path))


def kind_of(path: Path) -> str:
    """What the path leads to: file, folder, or nothing that can be read; never raises."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return "nothing"
    return "folder" if stat.S_ISDIR(mode) else "file" if stat.S_ISREG(mode) else "nothing"


def read_text(path: Path) -> str:
    """The whole text of the file. SourceError: missing, unreadable, too large, binary, another encoding."""
    return _decode(_read(path), shown(path))


def _read(path: Path) -> bytes:
    """The bytes of the file; at most MAX_BYTES are ever held."""
    where = shown(path)
    if (found := kind_of(path)) != "file":
        what = "is a folder, not a file" if found == "folder" else "there is no such file"
        raise SourceError(what, where, "Check the path")
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror}", where, "Check its permissions") from error
    if len(data) > MAX_BYTES:
        mend = "Split it: one article a file"
        raise SourceError(f"has more than {MAX_BYTES // 1_000_000} MB of text, the limit", where, mend)
    return data


def _decode(data: bytes, where: str) -> str:
    """Text by byte order mark, else UTF-8; a NUL means that this is no text at all."""
    encoding = "utf-16" if data.startswith(_UTF16) else "utf-8-sig"
    if encoding == "utf-8-sig" and b"\0" in data:
        what = "is a binary file (or UTF-16 without a byte order mark): it holds NUL bytes"
        raise SourceError(what, where, _PLAIN)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        name = "UTF-16" if encoding == "utf-16" else "UTF-8"
        what = f"is not {name}: byte {error.start} cannot be decoded"
        raise SourceError(what, where, _CONVERT) from error
    if "\0" in text:
        raise SourceError("is a binary file: it holds NUL characters", where, _PLAIN)
    return text
