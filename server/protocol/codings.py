"""Content codings (RFC 9110, section 8.4.1): which one a client takes, and how to write it piece by piece."""

import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import brotli
import zstandard

from server.messages import HttpAnswer
from server.negotiation import weighted
from server.problems import Problem

IDENTITY = "identity"
WORTH = 1000  # bytes; below, headers and the packet around weigh more than what is saved


class Compressor(Protocol):
    """Takes pieces and gives pieces; `flush` ends the stream."""

    def compress(self, data: bytes, /) -> bytes: ...
    def flush(self) -> bytes: ...


@dataclass(frozen=True)
class Coding:
    """One coding; `aliases` are other names that a client may know it by."""

    name: str
    start: Callable[[], Compressor]
    aliases: tuple[str, ...] = ()


class _Brotli:
    """brotli's compressor under the names that zlib and zstandard use."""

    def __init__(self) -> None:
        self._stream = brotli.Compressor(quality=4)

    def compress(self, data: bytes, /) -> bytes:
        return bytes(self._stream.process(data))

    def flush(self) -> bytes:
        return bytes(self._stream.finish())


def _zstd() -> Compressor:
    return zstandard.ZstdCompressor(level=1).compressobj()  # its window is far below RFC 9659's 8 MB


def _gzip() -> Compressor:
    return zlib.compressobj(level=5, wbits=31)  # 31: gzip's frame, without a time, so that bytes are stable


# Best first among those a client likes equally. 15 MB of results in JSON took zstd 25 ms, brotli 98 ms and
# gzip 136 ms at these levels, each for about a tenth of the size; more effort gained next to nothing.
CODINGS = (
    Coding("zstd", _zstd),
    Coding("br", _Brotli),
    Coding("gzip", _gzip, ("x-gzip",)),
)
_BY_NAME = {coding.name: coding for coding in CODINGS}


@lru_cache(maxsize=64)  # there are few different headers
def choose(accept_encoding: str | None) -> str | None:
    """The name of the coding to send, or None where the client refuses all, identity too.

    Without a header the answer stays as it is: clients that do not ask often cannot read a coding.
    """
    if accept_encoding is None:
        return IDENTITY
    likings = dict(reversed([*weighted(accept_encoding)]))  # the first mention counts
    rest = likings.get("*")
    ranked = [(_liking(coding, likings, rest), coding.name) for coding in CODINGS]
    best, name = max(ranked, key=lambda row: row[0])
    as_it_is = likings.get(IDENTITY, 1.0 if rest is None else rest)
    if best > 0 and (IDENTITY not in likings or best >= as_it_is):
        return name
    return IDENTITY if as_it_is > 0 else None


@lru_cache(maxsize=64)
def refuses_identity(accept_encoding: str | None) -> bool:
    """Whether a client takes no answer as it is, however short (RFC 9110, section 12.5.3)."""
    likings = dict(reversed([*weighted(accept_encoding or "")]))
    return likings.get(IDENTITY, likings.get("*", 1.0)) == 0


def nothing_fits() -> Problem:
    """406 for a client that takes nothing there is."""
    return Problem(406, "Nothing here fits the Accept-Encoding header, which refuses identity too.")


def worth(size: int, accept_encoding: str | None) -> bool:
    """Whether an answer of so many bytes is coded for a client that takes a coding."""
    return size >= WORTH or refuses_identity(accept_encoding)


def packed(answer: HttpAnswer, accept_encoding: str | None) -> HttpAnswer:
    """A whole answer in the coding that the client likes best, if it has none yet and that is worth it.

    Its tag becomes weak where it was not: the same tag stands for the bytes as they are.
    """
    body, coding = answer.body, choose(accept_encoding) or IDENTITY
    if coding == IDENTITY or not isinstance(body, bytes) or not worth(len(body), accept_encoding):
        return answer
    if answer.status != 200 or any(name == "Content-Encoding" for name, _ in answer.headers):
        return answer
    headers = tuple((name, _weak(value) if name == "ETag" else value) for name, value in answer.headers)
    return HttpAnswer(
        answer.status, (*headers, ("Content-Encoding", coding)), b"".join(compressed(coding, [body]))
    )


def _weak(tag: str) -> str:
    return tag if tag.startswith("W/") else f"W/{tag}"


def _liking(coding: Coding, likings: dict[str, float], rest: float | None) -> float:
    named = [likings[name] for name in (coding.name, *coding.aliases) if name in likings]
    return max(named, default=rest or 0.0)


def compressor(coding: str) -> Compressor:
    """A new stream of a coding of the table. Raises KeyError for identity and unknown names."""
    return _BY_NAME[coding].start()


def compressed(coding: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces in a coding of the table, or as they are; memory does not grow with their number."""
    if coding == IDENTITY:
        yield from pieces
        return
    stream = compressor(coding)
    for piece in pieces:
        yield from filter(None, (stream.compress(piece),))
    yield stream.flush()
