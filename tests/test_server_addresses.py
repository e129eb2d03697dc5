"""Which addresses may be called: parts of an IRI, entries of the allow-list, places of the internet."""

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.federation.addresses import Address, leads_to, parse
from server.federation.policy import Policy
from server.quantities import Target

PARTS = {
    "http://e.example": Address("http", "e.example", 80, "/"),
    "HTTPS://E.Example/Sparql?a=b&c": Address("https", "e.example", 443, "/Sparql?a=b&c"),
    "http://e.example:8080/": Address("http", "e.example", 8080, "/"),
    "http://127.0.0.1:3030/ds": Address("http", "127.0.0.1", 3030, "/ds"),
    "http://[::1]/x": Address("http", "::1", 80, "/x"),
    "http://[::FFFF:127.0.0.1]/": Address("http", "::ffff:7f00:1", 80, "/"),
    "http://xn--bcher-kva.example/": Address("http", "xn--bcher-kva.example", 80, "/"),
    "http://e.example./": Address("http", "e.example.", 80, "/"),
    "http://e.example/größe?ü=%C3%BC": Address("http", "e.example", 80, "/gr%C3%B6%C3%9Fe?%C3%BC=%C3%BC"),
    "http://e.example/a..b/...": Address("http", "e.example", 80, "/a..b/..."),
}
NO_ADDRESSES = [
    "",
    "e.example",
    "//e.example/",
    "file:///etc/passwd",
    "ftp://e.example/",
    "gopher://e.example/",
    "http:/e.example/",
    "http:///sparql",
    "http://user@e.example/",
    "http://user:secret@e.example/",
    "http://allowed.example@evil.example/",
    "http://allowed.example%40evil.example/",
    "http://allowed.example\\@evil.example/",
    "http://allowed.example/\\..\\evil",
    "http://allowed.example#@evil.example/",
    "http://e.example/#part",
    "http://e%2eexample/",
    "http://127%2e0.0.1/",
    "http://bücher.example/",
    "http://ｅ.example/",
    "http://127。0。0。1/",
    "http://e..example/",
    "http://.example/",
    "http://e.example:0/",
    "http://e.example:65536/",
    "http://e.example:80x/",
    "http://e.example:/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://0177.0.0.1/",
    "http://127.1/",
    "http://127.0.0.01/",
    "http://127.0.0.1./",
    "http://1.2.3.4.5/",
    "http://[::1/",
    "http://[fe80::1%25eth0]/",
    "http://[::ffff:1.2.3]/",
    "http://e.example/a/../b",
    "http://e.example/a/%2E%2e/b",
    "http://e.example/a%2f..%2fb",
    "http://e.example/./",
    "http://e.example/ x",
    "http://e.example/\n",
    "http://e.example\n/",
]
# an entry of the list, an IRI that is asked for, whether it is allowed
ENTRIES = [
    ("http://e.example/sparql", "http://e.example/sparql", True),
    ("http://e.example/sparql", "http://E.example:80/sparql", True),
    ("http://e.example/sparql", "https://e.example/sparql", False),
    ("http://e.example/sparql", "http://e.example:8080/sparql", False),
    ("http://e.example/sparql", "http://e.example./sparql", False),
    ("http://e.example/sparql", "http://e.example/sparql/", False),
    ("http://e.example/sparql", "http://e.example/sparql?x=1", False),
    ("http://e.example/sparql", "http://e.example/SPARQL", False),
    ("http://e.example/sparql", "http://e.example/sparq%6C", False),
    ("http://e.example/sparql", "http://e.example@127.0.0.1/sparql", False),
    ("http://e.example/sparql", "http://sub.e.example/sparql", False),
    ("http://e.example", "http://e.example/", True),
    ("http://e.example/*", "http://e.example/any/thing?x", True),
    ("http://e.example/*", "http://e.example.evil.example/", False),
    ("http://e.example/*", "http://e.example@evil.example/", False),
    ("http://e.example/open/*", "http://e.example/open/../shut", False),
    ("http://e.example/open/*", "http://e.example/open/%2e%2e/shut", False),
    ("http://e.example/open/*", "http://e.example/open", False),
    ("http://127.0.0.1/", "http://2130706433/", False),
    ("http://127.0.0.1/", "http://[::ffff:127.0.0.1]/", False),
    ("http://127.0.0.1/", "http://localhost/", False),
]
PUBLIC = ["8.8.8.8", "1.1.1.1", "172.15.0.1", "172.32.0.1", "100.63.0.1", "100.128.0.1", "2606:4700::1111"]
NOT_PUBLIC = {
    "127.0.0.1": "this machine",
    "127.255.255.254": "this machine",
    "0.0.0.0": "this network",
    "10.1.2.3": "private",
    "172.16.0.1": "private",
    "172.31.255.255": "private",
    "192.168.1.1": "private",
    "169.254.169.254": "metadata",
    "168.63.129.16": "cloud",
    "100.64.0.1": "carrier",
    "100.100.100.200": "carrier",
    "192.0.0.192": "IETF",
    "198.18.0.1": "measurements",
    "224.0.0.1": "multicast",
    "239.255.255.250": "multicast",
    "255.255.255.255": "reserved",
    "::": "no address",
    "::1": "this machine",
    "::ffff:8.8.8.8": "disguise",
    "::ffff:127.0.0.1": "disguise",
    "::127.0.0.1": "not assigned",
    "64:ff9b::7f00:1": "NAT64",
    "2002:7f00:1::": "6to4",
    "2001::1": "Teredo",
    "fd00:ec2::254": "private",
    "fe80::1": "this link",
    "fec0::1": "private",
    "ff02::1": "multicast",
}


@pytest.mark.parametrize(("iri", "address"), PARTS.items())
def test_parts(iri: str, address: Address) -> None:
    """Scheme, host, port and target, as they go into the request."""
    assert parse(iri) == address


@pytest.mark.parametrize("iri", NO_ADDRESSES)
def test_odd_addresses(iri: str) -> None:
    """Users, other schemes, odd hosts, numbers in disguise and paths that go up are no addresses to call."""
    with pytest.raises(ValueError, match=r".+"):
        parse(iri)
    assert Policy((Target("http://e.example/*"), Target("http://127.0.0.1/*"))).allowed(iri) is None


@pytest.mark.parametrize(("entry", "iri", "allowed"), ENTRIES)
def test_entries(entry: str, iri: str, allowed: bool) -> None:
    """An entry is for one address, or with a star for those below a path, never for another host."""
    found = Policy((Target("http://unused.example/"), Target(entry, private=True))).allowed(iri)
    assert (found is not None) == allowed
    assert not found or found.private


def test_an_odd_entry_is_an_error() -> None:
    """An entry that could never hold is told and not passed over."""
    with pytest.raises(ValueError, match="no plain http"):
        Policy((Target("https://*"),)).allowed("https://e.example/")


def test_authority() -> None:
    """The header Host has the port where it is not the usual one, and brackets around IPv6."""
    iris = ("https://e.example:443/", "https://e.example:80/", "http://[::1]:8080/")
    assert [parse(iri).authority for iri in iris] == ["e.example", "e.example:80", "[::1]:8080"]


@pytest.mark.parametrize("ip", PUBLIC)
def test_public_addresses(ip: str) -> None:
    """Addresses beside the special ranges are public."""
    assert leads_to(ip) is None


@pytest.mark.parametrize(("ip", "place"), NOT_PUBLIC.items())
def test_other_addresses(ip: str, place: str) -> None:
    """What is not public is named for what it is."""
    assert place in (leads_to(ip) or "")


@given(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)))
def test_nothing_special_is_public(ip: IPv4Address | IPv6Address) -> None:
    """Whatever Python's own tables call not global is not public here."""
    if not ip.is_global or ip.is_multicast or ip.is_reserved:
        assert leads_to(str(ip_address(ip)))
