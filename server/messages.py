"""What comes in and goes out over HTTP, free of any framework: SPARQL takes a short way past the pages."""

import os
from dataclasses import dataclass
from functools import cached_property

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
        return self._named.get(name)

    @cached_property
    def _named(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for name, value in self.headers:
            found[name] = f"{found[name]}, {value}" if name in found else value
        return found


@dataclass(frozen=True)
class Spooled:
    """A body that lies in an open file, which whoever sends it closes; size and first place in bytes."""

    descriptor: int
    size: int
    start: int = 0

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

    def with_headers(self, more: Headers) -> "HttpAnswer":
        """The same answer with headers that it does not have yet."""
        return HttpAnswer(self.status, self.headers + more, self.body)

    def without_body(self) -> "HttpAnswer":
        """The answer to HEAD: the same headers and length. A file that was its body is still to be closed."""
        size = len(self.body) if isinstance(self.body, bytes) else self.body.size
        return HttpAnswer(self.status, (*self.headers, ("Content-Length", str(size))))
