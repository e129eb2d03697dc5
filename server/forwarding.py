"""Who asks, and under which address the world knows us: behind a reverse proxy, and without one.

A header that names the client counts only where the connection comes from a proxy that the settings trust,
since anybody can send one. Which family of headers counts is a setting too: a proxy that sets
X-Forwarded-For and hands on a visitor's own `Forwarded` would let that visitor be whoever they like.

The proxy may hand the prefix on or take it off: `/parley/sparql` and `/sparql` are the same below `/parley/`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import quote, urlsplit

from server.messages import Headers
from server.quantities import PREFIX, Network
from server.setting_sections import Public

Address = IPv4Address | IPv6Address
_HOST = re.compile(r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?")
_PAIR = re.compile(r'\s*([A-Za-z]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*))\s*')
_ELEMENT = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*")+')
_SAFE = "/:@!$&'()*+,;=~-._"  # characters of a path that stand for themselves (RFC 3986, section 3.3)


@dataclass(frozen=True)
class Arrival:
    """Where a request comes from and what it asks for, as the world sees it.

    `prefix` has no slash at its end (`/parley`, or nothing); `path` is what comes after it, decoded.
    """

    client: str
    scheme: str
    host: str
    prefix: str
    path: str

    @property
    def url(self) -> str:
        """The address under which the world asks for this path."""
        return f"{self.scheme}://{self.host}{self.prefix}{quote(self.path, safe=_SAFE)}"


class Forwarding:
    """Reads requests by the settings `[public]`; made once for a worker."""

    def __init__(self, public: Public) -> None:
        self._trusted = public.trusted_proxies
        self._read = _SPEAKERS[public.proxy_headers]
        self._prefix = public.prefix.rstrip("/")
        self._scheme = self._host = ""
        if public.url:
            site = urlsplit(public.url)
            self._scheme, self._host, self._prefix = site.scheme, site.netloc, site.path.rstrip("/")

    def arrival(self, peer: str, scheme: str, path: str, headers: Headers) -> Arrival:
        """The request of a connection from `peer`; `scheme` is that of the connection, `path` is decoded."""
        given: dict[str, str] = {}
        for name, value in headers:
            if name in _READ:
                given[name] = f"{given[name]}, {value}" if name in given else value
        client, prefix, host = peer, self._prefix, given.get("host", "")
        if self._trusted and (sender := _address(peer)) and _within(sender, self._trusted):
            said = self._read(given, peer, self._trusted)
            client, scheme = said.client, said.scheme or scheme
            host, prefix = said.host or host, prefix or said.prefix
        scheme, host = self._scheme or scheme, self._host or (host if _HOST.fullmatch(host) else "localhost")
        return Arrival(client, scheme, host, prefix, _below(prefix, path))


def counted(client: str) -> str:
    """Whom a share is counted for: an address of IPv4, or the network of 64 bits that one household has."""
    return _household(client) if ":" in client else client


def truncated(client: str) -> str:
    """A client's network, which says where a request came from and not from whom: /24, of IPv6 /48."""
    address = _address(client)
    if address is None:
        return ""
    kept, size = (24, 32) if address.version == 4 else (48, 128)
    base = int(address) >> (size - kept) << (size - kept)
    return f"{type(address)(base)}/{kept}"


@dataclass(frozen=True)
class _Said:
    """What a proxy says of a request; nothing where it does not."""

    client: str
    scheme: str = ""
    host: str = ""
    prefix: str = ""


def _by_x_forwarded(given: Mapping[str, str], peer: str, trusted: tuple[Network, ...]) -> _Said:
    """X-Forwarded-For, -Proto, -Host, -Prefix; where proxies added to each other's, the last word counts."""
    clients = given.get("x-forwarded-for", "").split(",")
    scheme, host = _last(given.get("x-forwarded-proto")).lower(), _last(given.get("x-forwarded-host"))
    return _Said(
        _client(map(str.strip, clients), peer, trusted),
        scheme if scheme in ("http", "https") else "",
        host if _HOST.fullmatch(host) else "",
        _prefix(_last(given.get("x-forwarded-prefix"))),
    )


def _by_forwarded(given: Mapping[str, str], peer: str, trusted: tuple[Network, ...]) -> _Said:
    """Forwarded (RFC 7239), whose last element the nearest proxy wrote."""
    elements = [_pairs(element) for element in _ELEMENT.findall(given.get("forwarded", ""))]
    nearest = elements[-1] if elements else {}
    scheme, host = nearest.get("proto", "").lower(), nearest.get("host", "")
    return _Said(
        _client((pairs.get("for", "") for pairs in elements), peer, trusted),
        scheme if scheme in ("http", "https") else "",
        host if _HOST.fullmatch(host) else "",
    )


_SPEAKERS = {"x-forwarded": _by_x_forwarded, "forwarded": _by_forwarded}
_READ = {
    "host",
    "forwarded",
    "x-forwarded-for",
    "x-forwarded-proto",
    "x-forwarded-host",
    "x-forwarded-prefix",
}


def _client(named: Iterable[str], peer: str, trusted: tuple[Network, ...]) -> str:
    """The last address that no trusted proxy has, of those that each proxy wrote of whom it talked to."""
    found = peer
    for name in reversed(list(named)):
        address = _address(_without_port(name))
        if address is None:  # "unknown", or made up: whoever wrote it is the last that we know
            break
        found = str(address)
        if not _within(address, trusted):
            break
    return found


def _pairs(element: str) -> dict[str, str]:
    return {
        name.lower(): re.sub(r"\\(.)", r"\1", quoted) or bare for name, quoted, bare in _PAIR.findall(element)
    }


def _without_port(name: str) -> str:
    if name.startswith("["):
        return name[1:].partition("]")[0]
    return name.partition(":")[0] if name.count(":") == 1 else name


def _last(value: str | None) -> str:
    return (value or "").rpartition(",")[2].strip()


def _prefix(text: str) -> str:
    try:
        return PREFIX.read(text).rstrip("/") if text else ""
    except ValueError:
        return ""


def _below(prefix: str, path: str) -> str:
    if prefix and (path == prefix or path.startswith(f"{prefix}/")):
        path = path[len(prefix) :]
    return path or "/"


def _within(address: Address, networks: tuple[Network, ...]) -> bool:
    return any(address.version == network.version and address in network for network in networks)


@lru_cache(4096)
def _address(text: str) -> Address | None:
    """An address; one of IPv4 that IPv6 carries is one of IPv4."""
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address


@lru_cache(4096)
def _household(client: str) -> str:
    address = _address(client)
    if not isinstance(address, IPv6Address):
        return str(address or client)
    return f"{IPv6Address(int(address) >> 64 << 64)}/64"
