"""Tests of whom a request is from and under which address it came, by settings, peer and headers."""

import tomllib
from typing import Any

import pytest
from server_graph import CASES

from server.forwarding import Forwarding, counted, truncated
from server.request_ids import request_id
from server.setting_sources import load

_CASES = tomllib.loads((CASES / "forwarding.toml").read_text("utf-8"))["case"]


def test_no_case_is_lost() -> None:
    """The file holds the cases that it held."""
    assert len(_CASES) == 22


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case["says"])
def test_a_case(case: dict[str, Any]) -> None:
    """Client, address and the path below the prefix are those of the case."""
    settings = load({f"public.{name}": value for name, value in case.get("settings", {}).items()}, {})
    path = case.get("path", "/sparql")
    arrival = Forwarding(settings.public).arrival(
        case.get("peer", "127.0.0.1"), "http", path, tuple(case["headers"].items())
    )
    assert (arrival.client, arrival.url) == (case["client"], case["url"])
    assert arrival.path == case.get("below", path)


def test_lines_of_one_header_are_one_list() -> None:
    """A proxy that adds a line of its own to a visitor's is heard last."""
    settings = load({"public.trusted_proxies": "127.0.0.1"}, {})
    lines = (("host", "h"), ("x-forwarded-for", "198.51.100.7"), ("x-forwarded-for", "192.0.2.1"))
    assert Forwarding(settings.public).arrival("127.0.0.1", "http", "/", lines).client == "192.0.2.1"


@pytest.mark.parametrize(
    ("client", "household", "network"),
    [
        ("192.0.2.77", "192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", "2001:db8:1::/48"),
        ("::ffff:192.0.2.77", "192.0.2.77", "192.0.2.0/24"),
        ("", "", ""),
        ("unix:", "unix:", ""),
    ],
)
def test_networks_of_a_client(client: str, household: str, network: str) -> None:
    """A share is counted for a household, and a truncated address says no more than a network."""
    assert (counted(client), truncated(client)) == (household, network)


@pytest.mark.parametrize(
    "given", ["7f3a", "a" * 128, "Root=1-67891233-abcdef012345678912345678", "00-4bf9-00f0-01"]
)
def test_a_sane_id_is_kept(given: str) -> None:
    """What proxies usually send names the request."""
    assert request_id(given) == given


@pytest.mark.parametrize("given", [None, "", "a" * 129, "a b", 'a"b', "a\nb", "é", "a\x00"])
def test_another_id_is_replaced(given: str | None) -> None:
    """Nothing that could break a log line gets into one; each request has an id of its own."""
    made = {request_id(given) for _ in range(100)}
    assert len(made) == 100
    assert all(len(name) == 16 and int(name, 16) >= 0 for name in made)
