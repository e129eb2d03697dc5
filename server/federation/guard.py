"""The one way out: a request to an address of the list, over a connection to an IP address that was vetted.

The name is resolved here, once for each connection, and the connection goes to the very address that was
found fit: a name that changes its mind in between (DNS rebinding) gains nothing. Nothing is followed, taken
from the environment or sent on: no redirects, proxies, cookies or credentials. One clock runs over all of it,
from resolving the name to the last byte, so that a slow drip ends as well.
"""

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpcore

import kg
from server.engine.contract import ServiceFailed
from server.federation.addresses import leads_to
from server.federation.policy import Allowed

AGENT = f"Parley/{kg.__version__} (SPARQL federation)"
_AT_ONCE = 100  # connections, over all queries of a process
_SAID = 300  # characters of what an endpoint says about a fault
_IDLE = 30  # seconds that a connection is kept for the next call
_FAULTS = (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, OSError)
Resolve = Callable[[str, int], Awaitable[Iterable[str]]]


@dataclass(frozen=True)
class Request:
    """What to send to an address; `accepts` are the media types that an answer may have."""

    accept: str
    accepts: frozenset[str]
    form: bytes | None = None  # the body of a POST; None: a GET


@dataclass(frozen=True)
class Reply:
    """A whole answer with status 200; the media type is in lower case, without parameters."""

    media_type: str
    body: bytes


class _Refused(OSError):
    """A connection that must not be made."""


async def by_system(host: str, port: int) -> Iterable[str]:
    """The addresses of a name, as the machine's resolver tells them."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return dict.fromkeys(str(row[4][0]) for row in found)


class _Vetted(httpcore.AsyncNetworkBackend):
    """Connects to a name by way of addresses that are all fit."""

    def __init__(self, private: bool, resolve: Resolve, network: httpcore.AsyncNetworkBackend) -> None:
        self._private, self._resolve, self._network = private, resolve, network

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        problem: Exception = _Refused("its name has no address")
        for address in await self._addresses(host, port):
            try:
                return await self._network.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                problem = error
        raise problem

    async def _addresses(self, host: str, port: int) -> list[str]:
        addresses = list(await self._resolve(host, port))
        for address in () if self._private else addresses:
            place = leads_to(address)
            if place:
                raise _Refused(f"its name leads to no public address but to {place}")
        return addresses


class Guard:
    """Sends requests to allowed addresses; keeps connections, and so belongs to one event loop."""

    def __init__(
        self,
        resolve: Resolve = by_system,
        network: httpcore.AsyncNetworkBackend | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._resolve, self._network, self._tls = resolve, network or httpcore.AnyIOBackend(), tls
        self._pools: dict[bool, httpcore.AsyncConnectionPool] = {}

    async def send(self, to: Allowed, request: Request, seconds: float, size: int) -> Reply:
        """The answer, within so many seconds and bytes. Raises ServiceFailed."""
        try:
            async with asyncio.timeout(seconds):
                return await self._sent(to, request, size)
        except TimeoutError:
            raise ServiceFailed(
                f"it gave no whole answer within {seconds:g} s", f"<{to.iri}>", "late"
            ) from None
        except _FAULTS as error:
            reason = str(error) or type(error).__name__
            raise ServiceFailed(f"it cannot be reached: {reason}", f"<{to.iri}>", "unreachable") from None

    async def close(self) -> None:
        """Close all connections."""
        for pool in self._pools.values():
            await pool.aclose()

    def _pool(self, private: bool) -> httpcore.AsyncConnectionPool:
        """Connections to private places and to public ones are never mixed up."""
        if private not in self._pools:
            self._pools[private] = httpcore.AsyncConnectionPool(
                ssl_context=self._tls or _trusting(),
                max_connections=_AT_ONCE,
                keepalive_expiry=_IDLE,
                network_backend=_Vetted(private, self._resolve, self._network),
            )
        return self._pools[private]

    async def _sent(self, to: Allowed, request: Request, size: int) -> Reply:
        address = to.address
        url = httpcore.URL(scheme=address.scheme, host=address.host, port=address.port, target=address.target)
        async with self._pool(to.private).stream(
            "GET" if request.form is None else "POST",
            url,
            headers=_headers(address.authority, request),
            content=request.form,
        ) as response:
            headers = {name.lower(): value.decode("latin-1") for name, value in response.headers}
            media_type = _media_type(headers)
            fault = _fault(request, response.status, headers)
            if fault:
                why = "" if to.private else await _reason(response, headers)
                raise ServiceFailed(fault + why, f"<{to.iri}>", "no-answer")
            body = bytearray()
            async for chunk in response.aiter_stream():
                body += chunk
                if len(body) > size:
                    raise ServiceFailed(f"its answer has more than {size} bytes", f"<{to.iri}>", "too-large")
            return Reply(media_type, bytes(body))


def _headers(authority: str, request: Request) -> list[tuple[str, str]]:
    headers = [
        ("Host", authority),
        ("User-Agent", AGENT),
        ("Accept", request.accept),
        ("Accept-Encoding", "identity"),
    ]
    if request.form is not None:
        headers += [
            ("Content-Type", "application/x-www-form-urlencoded"),
            ("Content-Length", str(len(request.form))),
        ]
    return headers


@cache
def _trusting() -> ssl.SSLContext:
    """The usual authorities; made once, since that takes a while."""
    return httpcore.default_ssl_context()


def _media_type(headers: Mapping[bytes, str]) -> str:
    return headers.get(b"content-type", "").partition(";")[0].strip().lower()


def _fault(request: Request, status: int, headers: Mapping[bytes, str]) -> str | None:
    """What is wrong with an answer that is not fit to be read."""
    media_type, wanted = _media_type(headers), " or ".join(sorted(request.accepts))
    coding = headers.get(b"content-encoding", "identity").strip().lower()
    reasons = {
        f"it answered with status {status} and was not followed elsewhere": 300 <= status < 400,
        f"it answered with status {status}": status != 200,
        f"it answered in {media_type or 'no media type'}, not in {wanted}": media_type not in request.accepts,
        f"it answered in the coding {coding}, which it was not asked for": coding != "identity",
    }
    return next((reason for reason, holds in reasons.items() if holds), None)


async def _reason(response: httpcore.Response, headers: Mapping[bytes, str]) -> str:
    """What a public endpoint says about its fault, or where else it points: a few words without controls."""
    said = headers.get(b"location", "").encode("latin-1")
    if not said and _media_type(headers) in ("text/plain", "application/json", "application/problem+json"):
        async for chunk in response.aiter_stream():
            said += chunk
            if len(said) > 4 * _SAID:
                break
    text = "".join(sign if sign.isprintable() else " " for sign in said.decode("utf-8", "replace"))
    words = " ".join(text.split())[:_SAID]
    return f" ({words})" if words else ""
