"""Which version of the graph is served now, and by which nursery: one link that is replaced in one step.

Its target is no path but text, since reading a link is the cheapest thing that is atomic.
"""

import os
from dataclasses import dataclass
from pathlib import Path

_LINK = "served"


@dataclass(frozen=True)
class Served:
    """A version, and the socket of the nursery that holds it."""

    socket: str
    version: str


def socket_name(process: int) -> str:
    """What the socket of a nursery is called, in the folder of the server that runs."""
    return f"nursery-{process}"


def publish(run: Path, name: str, version: str) -> None:
    """Say that the nursery with the socket `name` in the folder serves this version from now on."""
    temporary = run / f".{_LINK}-{os.getpid()}"
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(f"{name} {version}")
    temporary.replace(run / _LINK)


def link(run: Path) -> str:
    """The text that changes when what is served does; empty while nothing is. Takes about a microsecond."""
    try:
        return os.readlink(f"{run}/{_LINK}")  # noqa: PTH115 (Path.readlink takes five times as long)
    except FileNotFoundError:
        return ""


def version(text: str) -> str:
    """The version that such a text names."""
    return text.partition(" ")[2]


def read(run: Path, text: str) -> Served:
    """What such a text means."""
    name, _, version = text.partition(" ")
    return Served(str(run / name), version)
