"""Requests that are wrong, from `rude.toml`, as bytes on the wire, and what has to come of them."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bench.service.clients import Reply

_LONG = re.compile(r"@(\d+)")


@dataclass(frozen=True)
class Rude:
    """One such request."""

    name: str
    wire: bytes
    statuses: frozenset[int]

    def fault(self, reply: Reply) -> str | None:
        """What is wrong with a reply; None where it is as it has to be."""
        if reply.status not in self.statuses:
            return f"{reply.status} instead of {sorted(self.statuses)}"
        garbled = 0 in self.statuses
        if reply.status >= 400 and not reply.body and not garbled:
            return f"{reply.status} without a reason"
        return None


@cache
def load() -> tuple[Rude, ...]:
    """All of them, in the order of the file."""
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return tuple(Rude(row["name"], _wire(row), frozenset(row["status"])) for row in table["request"])


def _wire(row: dict[str, Any]) -> bytes:
    if "raw" in row:
        return str(row["raw"]).encode("latin-1")
    body = str(row.get("body", "")).encode() * row.get("repeated", 1)
    headers = {"Host": "localhost"} | ({"Content-Length": str(len(body))} if body else {})
    headers |= row.get("headers", {})
    lines = "".join(f"{name}: {_stretched(value)}\r\n" for name, value in headers.items())
    first = f"{row.get('method', 'GET')} {_stretched(row['target'])} HTTP/1.1\r\n"
    return f"{first}{lines}\r\n".encode("latin-1") + body


def _stretched(text: str) -> str:
    return _LONG.sub(lambda found: "x" * int(found[1]), text)
