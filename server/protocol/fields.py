"""The fields of a request: names and values after `?` or in a form, and what its body claims to be.

URL standard, section 5.1, but strict: what does not decode is an error, never a replacement character.
"""

import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from server.messages import HttpRequest
from server.problems import Problem

FORM = "application/x-www-form-urlencoded"
_STRAY_PERCENT = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_PARAMETER = re.compile(r';\s*([^\s=;]+)\s*=\s*(?:"((?:[^"\\]|\\.)*+)"|([^;]*))')
_MOST = 5000  # fields of one request; reading more would keep others waiting
Fields = dict[str, list[str]]


@dataclass(frozen=True)
class MediaType:
    """A Content-Type; the type and the names of its parameters are in lower case."""

    name: str
    parameters: tuple[tuple[str, str], ...] = ()

    def parameter(self, name: str) -> str | None:
        """The value of a parameter, or None."""
        return dict(self.parameters).get(name)


def content_type(header: str | None) -> MediaType:
    """What a Content-Type header says; a missing one has the empty name."""
    name, _, _ = (header or "").partition(";")
    found = _PARAMETER.findall((header or "")[len(name) :])
    return MediaType(
        name.strip().lower(),
        tuple(
            (key.lower(), re.sub(r"\\(.)", r"\1", quoted) or plain.strip()) for key, quoted, plain in found
        ),
    )


def refuse_unreadable(request: HttpRequest) -> None:
    """Raises Problem 415 for a body that is compressed, or in a charset other than UTF-8."""
    coding = (request.header("content-encoding") or "identity").strip().lower()
    if coding != "identity":
        raise Problem(
            415, f"The body is coded as {coding[:40]!r}. Send it as it is.", {"Accept-Encoding": "identity"}
        )
    refuse_charset(content_type(request.header("content-type")))


def refuse_charset(media: MediaType) -> None:
    """Raises Problem 415 for a body in a charset other than UTF-8."""
    charset = media.parameter("charset")
    if charset is not None and charset.lower() not in ("utf-8", "utf8"):
        raise Problem(415, f"The body is in {charset[:40]!r}, but only UTF-8 is read. Send it so.")


def of_address(request: HttpRequest) -> Fields:
    """The fields after `?`. Raises Problem 400."""
    return _fields(_bytes(request.query), "the address")


def of_form(request: HttpRequest) -> Fields:
    """The fields of a posted form. Raises Problem 400."""
    return _fields(request.body, "the form")


def text(body: bytes, what: str) -> str:
    """A body as text. Raises Problem 400 that says which byte is no UTF-8."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Problem(400, f"{what} is not UTF-8: byte {error.start} breaks it.") from None


def only(fields: Fields, name: str) -> str | None:
    """The one value of a field, or None. Raises Problem 400 where the request has several."""
    values = fields.get(name, [])
    if len(values) > 1:
        raise Problem(400, f"The field {name!r} stands {len(values)} times in the request. Send it once.")
    return values[0] if values else None


def _bytes(raw: str) -> bytes:
    """The bytes of an address: a server reads them one by one, and may have decoded them before."""
    try:
        return raw.encode("latin-1")
    except UnicodeEncodeError:
        return raw.encode("utf-8", "surrogateescape")


def _fields(raw: bytes, place: str) -> Fields:
    if raw.count(b"&") >= _MOST:
        raise Problem(400, f"There are more than {_MOST} fields in {place}.")
    found: Fields = {}
    for pair in filter(None, raw.split(b"&")):
        name, _, value = (_decoded(part, place) for part in pair.partition(b"="))
        found.setdefault(name, []).append(value)
    return found


def _decoded(part: bytes, place: str) -> str:
    stray = _STRAY_PERCENT.search(part)
    if stray:
        near = part[stray.start() : stray.start() + 3].decode("ascii", "replace")
        raise Problem(400, f"Percent-encoding is broken in {place} at {near!r}. Write % itself as %25.")
    return text(unquote_to_bytes(part.replace(b"+", b" ")), f"A field of {place}")
