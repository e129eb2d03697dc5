"""Values as people write them in settings: durations, sizes, counts, paths, addresses, networks.

Each kind reads a value from text and writes it back; numbers and lists of TOML become text first.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit

from server.federation.addresses import parse

Value = TypeVar("Value")
Network = IPv4Network | IPv6Network

_SECONDS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400}
_BYTES = {"B": 1} | {
    unit: base**power
    for power, letter in enumerate("kMGT", start=1)
    for unit, base in ((f"{letter}B", 1000), (f"{letter.upper()}iB", 1024))
}
_NUMBER = re.compile(r"(?P<number>\d+(?:\.\d+)?) ?(?P<unit>[A-Za-z]*)")


@dataclass(frozen=True)
class Kind(Generic[Value]):
    """How values of one kind are written; `read` raises ValueError that says what is wrong with a text."""

    name: str
    read: Callable[[str], Value]
    write: Callable[[Value], str] = str
    is_list: bool = False


@dataclass(frozen=True)
class Target:
    """A SPARQL endpoint that queries may call; `private` where it may lie in a private network."""

    iri: str
    private: bool = False

    def __str__(self) -> str:
        return f"private:{self.iri}" if self.private else self.iri


def count(low: int, high: int) -> Kind[int]:
    """A whole number within bounds; `_` and `,` may separate its thousands."""

    def read(text: str) -> int:
        digits = re.sub("[_,]", "", text)
        if not digits.isascii() or not digits.isdigit():
            raise ValueError(f"{text!r} is not a whole number")
        return int(_within(int(digits), low, high, str))

    return Kind("N", read)


def duration(low: float, high: float) -> Kind[float]:
    """Seconds, written `500ms`, `30s`, `2m`, `1h` or `1d`; a number alone is seconds."""

    def read(text: str) -> float:
        number, unit = _measured(text, _SECONDS, "s", "a duration: write it as 500ms, 30s, 2m or 1h")
        return _within(number * _SECONDS[unit], low, high, in_seconds)

    return Kind("DURATION", read, in_seconds)


def size(low: int, high: int) -> Kind[int]:
    """Bytes, written `256MiB` or `256MB` (units of 1024 or 1000); a number alone is bytes."""

    def read(text: str) -> int:
        number, unit = _measured(text, _BYTES, "B", "a size: write it as 512KiB, 256MB or 2GiB")
        return int(_within(number * _BYTES[unit], low, high, lambda bound: in_bytes(int(bound))))

    return Kind("SIZE", read, in_bytes)


def share() -> Kind[float]:
    """A part of something, written `50%`; 0 is not one."""

    def read(text: str) -> float:
        digits = text.removesuffix("%")
        if not text.endswith("%") or not digits.isdigit() or not 1 <= int(digits) <= 100:
            raise ValueError(f"{text!r} is not a share: write it as 50%, from 1% to 100%")
        return int(digits) / 100

    return Kind("SHARE", read, lambda part: f"{round(part * 100)}%")


def choice(*names: str) -> Kind[str]:
    """One of these words."""

    def read(text: str) -> str:
        if text not in names:
            raise ValueError(f"{text!r} is not one of {', '.join(names)}")
        return text

    return Kind("|".join(names), read)


def optional(kind: Kind[Value], absent: str) -> Kind[Value | None]:
    """The kind, or the word that says there is none (None)."""

    def read(text: str) -> Value | None:
        return None if text == absent else kind.read(text)

    return Kind(
        f"{kind.name}|{absent}",
        read,
        lambda value: absent if value is None else kind.write(value),
        kind.is_list,
    )


def listed(kind: Kind[Value], none: str = "none") -> Kind[tuple[Value, ...]]:
    """Several of the kind, with commas or spaces between them, or the word for none."""

    def read(text: str) -> tuple[Value, ...]:
        parts = [] if text == none else re.split(r"[\s,]+", text.strip(" ,"))
        return tuple(dict.fromkeys(kind.read(part) for part in parts if part))

    return Kind(
        f"{kind.name},…", read, lambda values: ",".join(map(kind.write, values)) or none, is_list=True
    )


def _filled(text: str) -> str:
    if not text or not text.isprintable():
        raise ValueError(f"{text!r} is empty or has characters that cannot be seen")
    return text


def _network(text: str) -> Network:
    try:
        return ip_network(text)
    except ValueError:
        raise ValueError(f"{text!r} is not an address or network, such as 10.0.0.7 or 10.0.0.0/8") from None


def _web_address(text: str) -> str:
    try:
        parts = urlsplit(text)
        sound = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        sound = False
    if not sound or not re.fullmatch(r"[!-~]+", text) or re.search(r'[<>"{}|\\^`]', text):
        raise ValueError(f"{text!r} is not an http or https address")
    return text


def _site(text: str) -> str:
    """An address that others are put below: without query and fragment; a slash at its end is added."""
    if set("?#@") & set(_web_address(text)):
        raise ValueError(f"{text!r} is to have no user, query or fragment")
    return text if text.endswith("/") else f"{text}/"


def _prefix(text: str) -> str:
    """The path below which a site lies: slashes around it and none twice."""
    if not re.fullmatch(r"/?(?:[\w.~-]+/)*(?:[\w.~-]+/?)?", text, re.ASCII) or ".." in text.split("/"):
        raise ValueError(f"{text!r} is not a path such as /parley/")
    return f"/{text.strip('/')}/".replace("//", "/")


def _target(text: str) -> Target:
    iri = text.removeprefix("private:")
    _web_address(iri)
    try:
        parse(iri.removesuffix("*"))
    except ValueError as error:
        raise ValueError(f"{text!r} cannot be allowed: {error}") from None
    return Target(iri, private=iri != text)


def automatic(kind: Kind[Value], value: Callable[[], Value]) -> Kind[Value]:
    """The kind, or `auto` for what suits this machine."""
    return Kind(f"{kind.name}|auto", lambda text: value() if text == "auto" else kind.read(text), kind.write)


TEXT = Kind("TEXT", _filled)
PATH: Kind[Path] = Kind("PATH", lambda text: Path(_filled(text)))
NETWORK: Kind[Network] = Kind("NETWORK", _network)
SITE = Kind("URL", _site)
PREFIX = Kind("/PATH/", _prefix)
TARGET = Kind("URL", _target)
AnyKind = Kind[Any]


def in_seconds(seconds: float) -> str:
    """A duration in the largest unit that gives a whole number: `2m`, `90s`, `500ms`."""
    for unit in ("d", "h", "m", "s"):
        if seconds and seconds % _SECONDS[unit] == 0:
            return f"{int(seconds / _SECONDS[unit])}{unit}"
    return f"{round(seconds * 1000)}ms" if seconds else "0s"


def in_bytes(size: int) -> str:
    """A size in the largest unit that gives a whole number: `256MiB`, `1MB`, `1500B`."""
    for unit, factor in sorted(_BYTES.items(), key=lambda row: -row[1]):
        if size and size % factor == 0:
            return f"{size // factor}{unit}"
    return "0B"


def _measured(
    text: str, units: dict[str, float] | dict[str, int], default: str, form: str
) -> tuple[float, str]:
    found = _NUMBER.fullmatch(text)
    unit = (found["unit"] or default) if found else ""
    if found is None or unit not in units:
        raise ValueError(f"{text!r} is not {form}")
    return float(found["number"]), unit


def _within(number: float, low: float, high: float, shown: Callable[[Any], str]) -> float:
    if not low <= number <= high:
        upper = f" and {shown(high)}" if math.isfinite(high) else " or more"
        raise ValueError(f"{shown(number)} is not between {shown(low)}{upper}")
    return number
