"""Where a call goes: the parts of an http address, read strictly, and whether an IP address is a public one.

What is compared with the allow-list is what is connected to: the address is taken apart once, and nothing
parses it again. IP ranges: IANA's registries of special-purpose addresses for IPv4 and IPv6.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from ipaddress import IPv4Address, IPv4Network, IPv6Network, ip_address, ip_network
from urllib.parse import quote, unquote

_PORTS = {"http": 80, "https": 443}
_ADDRESS = re.compile(
    r"(?P<scheme>https?)://(?P<host>[a-z0-9_](?:[a-z0-9_.-]*)|\[[0-9a-f:.]+\])(?::(?P<port>[0-9]{1,5}))?"
    r"(?P<path>/[^?#\\\x00-\x20]*)?(?P<query>\?[^#\\\x00-\x20]*)?",
    re.IGNORECASE | re.ASCII,
)
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*", re.ASCII)


@dataclass(frozen=True)
class Address:
    """The parts of an http or https address; `target` is path and query, `host` without brackets."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """Host and, where it is not the usual one, port: the header Host (RFC 9110, section 7.2)."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def parse(iri: str) -> Address:
    """The parts of an address. Raises ValueError for other schemes, users, fragments, odd hosts and paths.

    Hosts are ASCII: a name in other letters is written in Punycode, and an IPv4 address as four numbers.
    """
    match = _ADDRESS.fullmatch(iri)
    if match is None:
        raise ValueError("it is no plain http or https address, without user and fragment")
    port = int(match["port"] or _PORTS[match["scheme"].lower()])
    path = match["path"] or "/"
    if not 0 < port < 65536:
        raise ValueError(f"there is no port {port}")
    if {".", ".."} & set(re.split(r"[/\\]", unquote(path))):
        raise ValueError("its path goes up")
    return Address(match["scheme"].lower(), _host(match["host"]), port, _ascii(path + (match["query"] or "")))


def leads_to(ip: str) -> str | None:
    """What an IP address leads to where that is no public place, in words; None for a public address."""
    address = ip_address(ip)
    return next((place for network, place in _special() if address in network), None)


def _host(written: str) -> str:
    host = written.lower()
    if host.startswith("["):
        return str(ip_address(host[1:-1]))
    labels = host.removesuffix(".").split(".")
    if _NUMBER.fullmatch(labels[-1]):
        return str(IPv4Address(host))  # not 127.1, 0x7f.1 or 2130706433, which some resolvers would take
    if not all(labels):
        raise ValueError("its host has an empty part")
    return host


def _ascii(target: str) -> str:
    """IRIs as addresses (RFC 3987, section 3.1): other letters as UTF-8 in percent signs."""
    return "".join(sign if "!" <= sign <= "~" else quote(sign) for sign in target)


@cache
def _special() -> tuple[tuple[IPv4Network | IPv6Network, str], ...]:
    text = resources.files(__package__).joinpath("special-addresses.tsv").read_text("utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t")
    return tuple((ip_network(row["network"]), row["leads to"]) for row in rows)
