"""HTTP clients that are many, rude or patient, each from an address of its own: 127.0.0.1, 127.0.0.2, …"""

import asyncio
import random
import socket
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPResponse
from itertools import count
from urllib.parse import quote

from bench.service import data, shapes

_HEAD = b"\r\n\r\n"
_LARGE = 2**18  # bytes of a request to which the answer may come before it is whole


@dataclass(frozen=True)
class Reply:
    """Status, headers in lower case, body, and the seconds from the request to its last byte.

    Status 0: the connection ended without an answer.
    """

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    seconds: float = 0.0


def get(
    query: str, accept: str = "application/sparql-results+json", path: str = "/sparql", **more: str
) -> bytes:
    """A query by GET, as bytes on the wire; `more` are further headers, with _ for -."""
    headers = {"Host": "localhost", "Accept": accept} | {name.replace("_", "-"): more[name] for name in more}
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"GET {path}?query={quote(query, safe='')} HTTP/1.1\r\n{lines}\r\n".encode()


def post(body: bytes, kind: str = "application/sparql-query", path: str = "/sparql", **more: str) -> bytes:
    """A body by POST, as bytes on the wire."""
    headers = {"Host": "localhost", "Content-Type": kind, "Content-Length": str(len(body))}
    headers |= {name.replace("_", "-"): value for name, value in more.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST {path} HTTP/1.1\r\n{lines}\r\n".encode() + body


class Client:
    """One client with one connection, opened when needed and kept open while the server keeps it."""

    def __init__(self, port: int, address: str = "127.0.0.1") -> None:
        self.port = port
        self.address = address
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def send(self, request: bytes, timeout: float = 60) -> Reply:
        """Give the whole reply, or status 0."""
        start = time.perf_counter()
        try:
            async with asyncio.timeout(timeout):
                if len(request) > _LARGE:
                    return await asyncio.to_thread(self._at_once, request, timeout)
                status, headers, body = await self._exchange(request)
        except (OSError, EOFError, TimeoutError, ValueError):
            self.close()
            return Reply(0, seconds=time.perf_counter() - start)
        return Reply(status, headers, body, time.perf_counter() - start)

    async def begin(self, request: bytes) -> None:
        """Send a request, or a part of one, and wait for nothing."""
        with suppress(OSError):
            _, writer = await self._open()
            writer.write(request)
            await writer.drain()

    async def send_slowly(self, head: bytes, body: bytes, every: float, patience: float) -> Reply:
        """Send a body a byte at a time until there is an answer, or none within the patience."""
        start = time.perf_counter()
        try:
            await self.begin(head)
            reading = asyncio.ensure_future(self._reply(head))
            for number in range(len(body)):
                done, _ = await asyncio.wait([reading], timeout=every)
                if done or time.perf_counter() - start > patience:
                    break
                await self.begin(body[number : number + 1])
            status, headers, content = await asyncio.wait_for(reading, 0.1)
        except (OSError, EOFError, TimeoutError, ValueError):
            return Reply(0, seconds=time.perf_counter() - start)
        return Reply(status, headers, content, time.perf_counter() - start)

    async def some(self, size: int) -> None:
        """Read so many bytes of what comes, or less where the connection ends."""
        reader, _ = await self._open()
        with suppress(OSError, EOFError, TimeoutError):
            async with asyncio.timeout(20):
                await reader.readexactly(size)

    def close(self) -> None:
        """Leave, at once."""
        if self._streams is not None:
            self._streams[1].transport.abort()
            self._streams = None

    async def _open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._streams is None:
            self._streams = await asyncio.open_connection(
                "127.0.0.1", self.port, local_addr=(self.address, 0), limit=2**20
            )
        return self._streams

    async def _exchange(self, request: bytes) -> tuple[int, dict[str, str], bytes]:
        _, writer = await self._open()
        writer.write(request)
        await writer.drain()
        return await self._reply(request)

    def _at_once(self, request: bytes, timeout: float) -> Reply:
        """A request on a connection of its own, the answer to which is read even where sending broke off.

        asyncio throws away what was received once it cannot send.
        """
        start = time.perf_counter()
        with socket.create_connection(
            ("127.0.0.1", self.port), timeout, source_address=(self.address, 0)
        ) as connection:
            with suppress(OSError):
                connection.sendall(request)
            answer = HTTPResponse(connection)
            try:
                answer.begin()
                body = answer.read()
            except (OSError, HTTPException):
                return Reply(0, seconds=time.perf_counter() - start)
        headers = {name.lower(): value for name, value in answer.getheaders()}
        return Reply(answer.status, headers, body, time.perf_counter() - start)

    async def _reply(self, request: bytes) -> tuple[int, dict[str, str], bytes]:
        reader, _ = await self._open()
        status, headers = _head(await reader.readuntil(_HEAD))
        bodiless = request.startswith(b"HEAD ") or status in (204, 304)
        body = b"" if bodiless else await _body(reader, headers)
        if headers.get("connection") == "close":
            self.close()
        return status, headers, body


def _head(block: bytes) -> tuple[int, dict[str, str]]:
    first, *lines = block.decode("latin-1").split("\r\n")
    pairs = (line.split(":", 1) for line in lines if line)
    return int(first.split()[1]), {name.strip().lower(): value.strip() for name, value in pairs}


async def _body(reader: asyncio.StreamReader, headers: Mapping[str, str]) -> bytes:
    if "content-length" in headers:
        return await reader.readexactly(int(headers["content-length"]))
    if headers.get("transfer-encoding") != "chunked":
        return await reader.read()
    parts = []
    while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
        parts.append((await reader.readexactly(size + 2))[:-2])
    await reader.readuntil(b"\r\n")
    return b"".join(parts)


async def steady(
    client: Client, requests: Iterator[bytes], every: float, stop: asyncio.Event, taken: list[Reply]
) -> None:
    """One request each `every` seconds, be the last one answered or late, until told to stop."""
    due = time.perf_counter()
    while not stop.is_set():
        await asyncio.sleep(max(0, due - time.perf_counter()))
        taken.append(await client.send(next(requests)))
        due = max(due + every, time.perf_counter())
    client.close()


def small(made: data.Made, *names: str) -> Iterator[bytes]:
    """Queries of these shapes in turn, as long as they are wanted, none of which is in a cache."""
    draw = random.Random(11)
    kinds = [shape for shape in shapes.load() if shape.name in names]
    for number in count(1):
        for shape in kinds:
            text = shape.text(made.pools, draw)
            yield get(text.replace(shape.number, str(int(shape.number) + number)))


def quantile(taken: Sequence[Reply], part: float) -> float:
    """Seconds within which that part of the replies came."""
    seconds = sorted(reply.seconds for reply in taken)
    return seconds[min(len(seconds) - 1, int(part * len(seconds)))]
