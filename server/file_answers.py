"""Files as answers: whole or in ranges, never changing, told apart by their checksum.

RFC 9110, sections 13 and 14; RFC 9530 for Repr-Digest; RFC 8246 for `immutable`.
"""

import os
from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path

from flask import Response, request

from server.handed_files import handover
from server.problems import Problem
from server.protocol import conditions
from server.ranges import Range, ranges
from server.stretches import Body, Opened

_FOR_EVER = ("Cache-Control", "public, max-age=31536000, immutable")


def answer(path: Path, body: Body, content_type: str, sha256: str) -> Response:
    """The body, made of stretches of the file, or the parts of it that are asked for.

    Raises Problem: 404 where the file is gone, 416 for ranges beyond its end.
    """
    tag = f'"{sha256}"'
    kept = [("ETag", tag), _FOR_EVER, ("Accept-Ranges", "bytes"), ("Repr-Digest", _digest(sha256))]
    known = request.headers.get("If-None-Match")
    if conditions.names(known, tag) or conditions.names_anything(known):
        return Response(status=304, headers=[*kept])
    asked = ranges(request.headers.get("Range"), body.size) if _holds(tag) else None
    if asked == []:
        unmet = {"Content-Range": f"bytes */{body.size}"}
        raise Problem(416, f"The file ends after {body.size:,} bytes.", unmet)
    if asked is None:
        return _sent(path, body, 200, content_type, kept)
    if len(asked) == 1:
        kept.append(("Content-Range", _content_range(asked[0], body.size)))
        return _sent(path, body.within(*asked[0]), 206, content_type, kept)
    mark = sha256[:32]
    parts = _multipart(body, asked, content_type, mark)
    return _sent(path, parts, 206, f"multipart/byteranges; boundary={mark}", kept)


def _holds(tag: str) -> bool:
    """Whether ranges are of the file that the client has a part of; a date says too little to tell."""
    condition = request.headers.get("If-Range")
    return request.method == "GET" and (condition is None or condition.strip() == tag)


def _content_range(asked: Range, size: int) -> str:
    return f"bytes {asked[0]}-{asked[1] - 1}/{size}"


def _multipart(body: Body, asked: Sequence[Range], content_type: str, mark: str) -> Body:
    """Each range with headers of its own (RFC 9110, section 14.6)."""
    whole = Body(())
    for one in asked:
        place = _content_range(one, body.size)
        head = f"--{mark}\r\nContent-Type: {content_type}\r\nContent-Range: {place}\r\n\r\n"
        whole = whole.joined(Body((head.encode(),))).joined(body.within(*one)).joined(Body((b"\r\n",)))
    return whole.joined(Body((f"--{mark}--\r\n".encode(),)))


def _sent(
    path: Path, body: Body, status: int, content_type: str, kept: Sequence[tuple[str, str]]
) -> Response:
    opened = Opened(_open(path), body)
    response = Response(status=status, headers=[*kept], content_type=content_type, direct_passthrough=True)
    response.headers["Content-Length"] = str(body.size)
    waiting = handover(request.environ)
    if waiting:
        waiting.leave(opened)
    elif request.method == "HEAD":
        opened.close()
    else:
        response.response = opened.read()
    return response


def _open(path: Path) -> int:
    try:
        return os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        detail = "This version of the data is no longer kept. The current one is at /dumps/latest/"
        raise Problem(404, detail) from None


def _digest(sha256: str) -> str:
    return f"sha-256=:{b64encode(bytes.fromhex(sha256)).decode()}:"
