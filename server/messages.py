"""What comes in and goes out over HTTP, free of any framework: SPARQL takes a short way past the pages."""

import os
from collections.abc import Iterable
from dataclasses import dataclass

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class HttpRequest:
    """A whole request. `query` is the raw text after `?`; header names are in lower case.

    `url` is the address under which the public asks for this path, without the query; `client` is whom a
    share of the engine is counted for; `id` goes into logs and the answer.
    """

    method: str
    path: str
    query: str = ""
    headers: Headers = ()
    body: bytes = b""
    client: str = ""
    url: str = ""
    id: str = ""

    def header(self, name: str) -> str | None:
        """The value of a header, its lines joined (RFC 9110, section 5.3); None where it is missing."""
        found = [value for key, value in self.headers if key == name]
        return ", ".join(found) if found else None


@dataclass(frozen=True)
class Spooled:
    """A body that lies in an open file, which whoever sends it closes; size in bytes."""

    descriptor: int
    size: int

    def piece(self, place: int, most: int) -> bytes:
        """So many bytes from a place on."""
        if hasattr(os, "pread"):
            return os.pread(self.descriptor, most, place)
        os.lseek(self.descriptor, place, os.SEEK_SET)  # Windows
        return os.read(self.descriptor, most)


@dataclass(frozen=True)
class HttpAnswer:
    """A whole answer; a body that is a file comes from the engine as it is."""

    status: int
    headers: Headers = ()
    body: bytes | Spooled = b""

    def with_headers(self, more: Iterable[tuple[str, str]]) -> "HttpAnswer":
        """The same answer with headers that it does not have yet."""
        held = {name.lower() for name, _ in self.headers}
        added = tuple((name, value) for name, value in more if name.lower() not in held)
        return HttpAnswer(self.status, self.headers + added, self.body)

    def without_body(self) -> "HttpAnswer":
        """The answer to HEAD: the same headers and length. A file that was its body is still to be closed."""
        size = len(self.body) if isinstance(self.body, bytes) else self.body.size
        return HttpAnswer(self.status, (*self.headers, ("Content-Length", str(size))))
