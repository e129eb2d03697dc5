"""Whom queries and updates may have us call, and what one call may take."""

from dataclasses import dataclass
from functools import cached_property

from server.federation.addresses import Address, parse
from server.quantities import Target
from server.setting_sections import Federation as Settings


@dataclass(frozen=True)
class Allowed:
    """An address that may be called, as it was asked for; `private`: it may lie in a private network."""

    iri: str
    address: Address
    private: bool


@dataclass(frozen=True)
class Policy:
    """The allow-list, empty by default, and the limits of one call: seconds, bytes and rows of its answer.

    An entry is the IRI of an endpoint, or with a `*` at its end what the path of an IRI begins with; scheme,
    host and port are never open. `calls` is how many one query may make, `queries` how many of one client may
    wait for endpoints at a time.
    """

    allow: tuple[Target, ...] = ()
    seconds: float = 10
    size: int = 16 * 2**20
    rows: int = 10_000
    calls: int = 10
    queries: int = 4

    def allowed(self, iri: str) -> Allowed | None:
        """The address of this IRI where an entry has it, else None. Raises ValueError for an odd entry."""
        try:
            address = parse(iri)
        except ValueError:
            return None
        entry = next((target for target, listed in self._entries if _covers(target, listed, address)), None)
        return Allowed(iri, address, entry.private) if entry else None

    @cached_property
    def _entries(self) -> tuple[tuple[Target, Address], ...]:
        return tuple((target, parse(target.iri.removesuffix("*"))) for target in self.allow)


def policy(settings: Settings) -> Policy:
    """What the settings allow."""
    return Policy(settings.allow, settings.timeout, settings.size, settings.rows)


def _covers(target: Target, listed: Address, asked: Address) -> bool:
    if (listed.scheme, listed.host, listed.port) != (asked.scheme, asked.host, asked.port):
        return False
    return (
        asked.target.startswith(listed.target) if target.iri.endswith("*") else asked.target == listed.target
    )
