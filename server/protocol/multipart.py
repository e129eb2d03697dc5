"""The parts of a multipart/form-data body (RFC 7578), as a form with files sends them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from server.problems import Problem
from server.protocol.fields import MediaType, content_type

NAME = "multipart/form-data"
_BOUNDARY = re.compile(r"[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]")  # RFC 2046, section 5.1.1
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_MOST = 1000  # parts of one body


@dataclass(frozen=True)
class Part:
    """One part: the name of its field, of its file if it is one, its type, and what it holds."""

    name: str
    filename: str | None
    type: str | None
    body: bytes


def parts(body: bytes, media: MediaType) -> tuple[Part, ...]:
    """The parts in their order. Raises Problem 400 for a body that is not what its type says."""
    boundary = media.parameter("boundary") or ""
    if not _BOUNDARY.fullmatch(boundary):
        raise Problem(400, f"The Content-Type of a {NAME} has to name its boundary.")
    return tuple(_part(piece) for piece in _pieces(body, boundary.encode("ascii")))


def _pieces(body: bytes, boundary: bytes) -> Iterator[bytes]:
    """What stands between the boundaries; the line breaks around each belong to the boundary."""
    line = re.compile(rb"(?:\A|\r?\n)--" + re.escape(boundary) + rb"(--)?[ \t]*(?=\r?\n|\Z)")
    start = -1
    for count, found in enumerate(line.finditer(body)):
        if start >= 0:
            yield body[start : found.start()]
        if found[1]:
            return
        if count == _MOST:
            raise Problem(400, f"The body has more than {_MOST} parts.")
        start = found.end()
    raise Problem(400, f"The body ends before the boundary {boundary.decode()!r} closes it.")


def _part(piece: bytes) -> Part:
    """A part: header lines, an empty line, and the rest."""
    piece = re.sub(rb"\A\r?\n", b"", piece)
    end = _HEAD_END.search(piece) if not piece.startswith((b"\r\n", b"\n")) else None
    if end is None:
        raise Problem(400, "A part of the body has no headers. Each needs a Content-Disposition.")
    headers = dict(_headers(piece[: end.start()]))
    disposition = content_type(headers.get("content-disposition"))
    if disposition.name != "form-data":
        raise Problem(400, "A part of the body has no Content-Disposition of form-data.")
    return Part(
        name=disposition.parameter("name") or "",
        filename=disposition.parameter("filename"),
        type=headers.get("content-type"),
        body=piece[end.end() :],
    )


def _headers(head: bytes) -> Iterator[tuple[str, str]]:
    for line in head.decode("utf-8", "replace").splitlines():
        name, colon, value = line.partition(":")
        if colon:
            yield name.strip().lower(), value.strip()
