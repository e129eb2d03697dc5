"""Tests of the service while it is hammered: queries that never end, a greedy client, rude requests.

They are the short form of `make bench-service` and `make soak`, and hold the server to limits, not to speed.
"""

import asyncio
import time
from collections.abc import Iterator
from statistics import median

import pytest
from process_tree import descendants, state
from server_graph import put

from bench.service import clients, endless, hanging, peers, rude
from bench.service.clients import Client, Reply
from kg.store import DataFolder

DEADLINE = 0.5  # seconds
SLACK = 0.5  # seconds that a query may take after its deadline
BUSY_MACHINE = 1.5  # seconds more, since tests run beside others
TRIPLES = 3000
SMALL = [clients.get(f"SELECT ?o {{ <urn:s:{number}> ?p ?o }}") for number in range(TRIPLES)]
SLOW = 50
LIMITS = {
    "PARLEY_QUERY_TIMEOUT": f"{DEADLINE}s",
    "PARLEY_REQUEST_SIZE": "2MiB",
    "PARLEY_REQUEST_TIMEOUT": "3s",
}
NAMES = [one.name for one in endless.load()]
TRIED, STOPPED = 33, 18  # queries that never end, and those that do not on a small graph either


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[peers.Server]:
    """A server over a graph that is large enough for products that never end."""
    folder = tmp_path_factory.mktemp("load")
    quads = (f"<urn:s:{number}> <urn:p:{number % 7}> {number} ." for number in range(TRIPLES))
    data = DataFolder(folder / "data")
    put(data, "one", f"<urn:g> {{ {' '.join(quads)} }}")
    with peers.parley(data.path, folder, **LIMITS) as server:
        yield server


def test_queries_that_never_end(server: peers.Server) -> None:
    """Each ends in time and says why, others are answered meanwhile, and nothing stays busy."""
    ended, others = asyncio.run(_attacked(server.port))
    assert sorted(one.name for one in ended) == sorted(NAMES)
    assert len(NAMES) == TRIED
    late = DEADLINE + SLACK + BUSY_MACHINE
    may = endless.HONEST | {200}  # some do end on a small graph
    assert not [one for one in ended if one.status not in may or one.seconds > late]
    assert sum(one.status == 503 for one in ended) >= STOPPED
    assert {reply.status for reply in others} == {200}
    assert _at_rest(server.process.pid)


def test_one_greedy_client_does_not_slow_another(server: peers.Server) -> None:
    """Beside fifty slow queries of one client the small ones of another do not wait for them."""
    idle, beside = asyncio.run(_beside_slow(server.port))
    assert {reply.status for reply in beside} == {200}
    assert median(reply.seconds for reply in beside) < max(2 * median(reply.seconds for reply in idle), 0.25)
    assert clients.quantile(beside, 0.9) < DEADLINE


@pytest.mark.parametrize("one", rude.load(), ids=lambda one: one.name)
def test_rude_requests(server: peers.Server, one: rude.Rude) -> None:
    """What is wrong with a request is said, with a status of 4xx; the server goes on."""
    reply, after = asyncio.run(_rude(server.port, one))
    assert one.fault(reply) is None
    assert after.status == 200


def test_a_body_that_never_comes(server: peers.Server) -> None:
    """A body that arrives a byte at a time is given up, and the client is told."""
    head = clients.post(b"x" * 1000)[:-1000]
    reply = asyncio.run(Client(server.port).send_slowly(head, b"x" * 1000, every=0.3, patience=8))
    assert reply.status == 408
    assert reply.seconds < 3 + SLACK + BUSY_MACHINE


async def _attacked(port: int) -> tuple[list[hanging.Ended], list[Reply]]:
    stop, taken = asyncio.Event(), list[Reply]()
    asking = asyncio.ensure_future(clients.steady(Client(port, "127.0.0.2"), _small(), 0.1, stop, taken))
    ended = await hanging.attack(port, endless.load(), ["127.0.0.3", "127.0.0.4"])
    stop.set()
    await asking
    return ended, taken


async def _beside_slow(port: int) -> tuple[list[Reply], list[Reply]]:
    """Replies to small queries on an idle server, and while another client has many slow ones."""
    small, slow = Client(port, "127.0.0.2"), [Client(port) for _ in range(SLOW)]
    requests = _small()
    idle = [await small.send(next(requests)) for _ in range(30)]
    text = next(one.text for one in endless.load() if one.name == "cross-product")
    waiting = [asyncio.ensure_future(client.send(clients.get(text))) for client in slow]
    await asyncio.sleep(DEADLINE / 2)  # until they have arrived, and still run
    beside = [await small.send(next(requests)) for _ in range(60)]
    for client in (small, *slow):
        client.close()
    await asyncio.gather(*waiting)
    return idle, beside


async def _rude(port: int, one: rude.Rude) -> tuple[Reply, Reply]:
    client, other = Client(port), Client(port)
    replies = await client.send(one.wire, timeout=15), await other.send(clients.get("ASK {}"))
    client.close()
    other.close()
    return replies


def _small() -> Iterator[bytes]:
    return iter(SMALL)


def _at_rest(process: int) -> bool:
    """Whether all below a process sleep within some seconds; none of them may be dead and unburied."""
    until = time.monotonic() + 5
    while time.monotonic() < until:
        if {state(one) for one in descendants(process)} <= {"S", "I"}:
            return True
        time.sleep(0.1)
    return False
