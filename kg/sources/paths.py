"""What a path leads to, how it is shown, and which parts of its name mean something."""

import stat
from pathlib import Path

PACKED = ".gz"


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


def is_packed(path: Path) -> bool:
    """Whether the file is compressed with gzip, by its name."""
    return path.suffix.lower() == PACKED


def unpacked(path: Path) -> Path:
    """The path without the .gz at its end."""
    return path.with_suffix("") if is_packed(path) else path


def form_of(path: Path) -> str:
    """The suffix that tells what is in the file, in lower case: `.html` for TALKS.HTML.gz."""
    return unpacked(path).suffix.lower()
