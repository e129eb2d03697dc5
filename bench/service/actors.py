"""Those who take part in the soak: each asks in its own way, and knows what has to come of it."""

import asyncio
import random
from collections import Counter, defaultdict
from collections.abc import Coroutine, Iterator, Mapping

import pyoxigraph as ox

from bench.service import answers, clients, data, endless, expected, rude, shapes
from bench.service.clients import Client, Reply
from kg.store import DataFolder

_BUSY = frozenset({429, 503})  # may be said to anybody while others fill the server
_PATIENCE = 20  # seconds after which a killing query that waited for its turn is late
_LORIS = 4.0  # seconds that a body may take to arrive, as the soak sets it
_PAGES = ("/", "/health", "/ready", "/metrics", "/queries/", "/id/state/france", "/void", "/ns", "/sparql")


class Soak:
    """The actors, and what they found."""

    def __init__(
        self,
        ports: Mapping[str, int],
        token: str,
        built: DataFolder,
        graphs: list[data.Made],
        draw: random.Random,
    ) -> None:
        self._ports = ports
        self._reads, self._token = ports["reads"], token
        self._built, self._graphs, self._draw = built, graphs, draw
        self._right = expected.Expected(graphs)
        self._asked: defaultdict[str, Counter[int]] = defaultdict(Counter)
        self.stopping = asyncio.Event()
        self.faults: list[str] = []
        self.notes: list[str] = []
        self.swaps = 0
        self.compared = 0

    def counts(self) -> dict[str, dict[int, int]]:
        """How often which status was the answer, by actor."""
        return {name: dict(sorted(found.items())) for name, found in sorted(self._asked.items())}

    def all(self) -> Iterator[Coroutine[object, object, None]]:
        """Everybody but the one who swaps the data."""
        yield from (self._good(f"127.0.1.{number}") for number in range(1, 5))
        yield from (self._kill(f"127.0.2.{number}") for number in range(1, 3))
        yield from (self._loris(f"127.0.3.{number}") for number in range(1, 4))
        yield from (self._leave("127.0.4.1"), self._half("127.0.4.2"), self._silent("127.0.4.3"))
        yield from (self._rude("127.0.5.1"), self._pages("127.0.5.2"))
        if "writes" in self._ports:
            yield self._write("127.0.6.1", self._ports["writes"])

    async def swap(self, every: float) -> None:
        """Build the other graph beside the server, again and again."""
        while not await self._stopped(every):
            self.swaps += 1
            graph = self._graphs[self.swaps % 2]
            await asyncio.to_thread(data.publish, self._built, graph.nquads, f"soak-{self.swaps}")

    async def last_words(self) -> None:
        """After all that, both servers answer, and rightly."""
        for port in self._ports.values():
            reply = await Client(port).send(clients.get("ASK {}"))
            if (reply.status, reply.body.replace(b" ", b"")) != (200, b'{"head":{},"boolean":true}'):
                self._fault("last words", f"{reply.status} {reply.body[:200]!r}")

    def _fault(self, who: str, what: str) -> None:
        self.faults.append(f"{who}: {what}")
        print(f"FAULT {who}: {what}", flush=True)

    def _note(self, who: str, reply: Reply, statuses: frozenset[int], about: str) -> bool:
        """Count a reply; gives whether its status is one that may be."""
        self._asked[who][reply.status] += 1
        if reply.status not in statuses:
            self._fault(who, f"{reply.status} after {reply.seconds:.1f} s, {reply.body[:200]!r}; {about}")
        if reply.status in _BUSY and who == "good" and "retry-after" not in reply.headers:
            self._fault(who, f"{reply.status} without Retry-After: {reply.body[:200]!r}")
        return reply.status in statuses

    async def _stopped(self, seconds: float) -> bool:
        """Wait so long, or until all stop."""
        try:
            await asyncio.wait_for(self.stopping.wait(), seconds)
        except TimeoutError:
            return False
        return True

    async def _good(self, address: str) -> None:
        """Right queries, new ones and old ones, plain and conditional, compared each time."""
        client = Client(self._reads, address)
        kinds = shapes.load()
        tags: dict[str, str] = {}
        while not await self._stopped(self._draw.random() / 10):
            shape = self._draw.choice(kinds)
            text = shape.text(self._graphs[0].pools, random.Random(self._draw.randrange(40)))
            if self._draw.random() < 0.3:
                text += f"# {self._draw.random()}"
            more = {"If_None_Match": tags[text]} if text in tags and self._draw.random() < 0.5 else {}
            reply = await client.send(clients.get(text, answers.accept(shape), **more))
            fine = self._note(
                "good", reply, frozenset({200, 304}) | _BUSY if more else frozenset({200}) | _BUSY, text
            )
            if fine and reply.status == 200:
                tags[text] = reply.headers.get("etag", '"none"')
                await self._compare(shape, text, reply)

    async def _compare(self, shape: shapes.Shape, text: str, reply: Reply) -> None:
        version = reply.headers.get("parley-data-version", "")
        number = int(version.rpartition("-")[2]) if version.startswith("soak-") else -1
        if not 0 <= number <= self.swaps:
            return self._fault("good", f"an answer from version {version!r}")
        fault = await asyncio.to_thread(self._right.differs, number % 2, shape, text, reply.body)
        self.compared += 1
        return self._fault("good", f"{fault}; version {version}; {text}") if fault else None

    async def _kill(self, address: str) -> None:
        """Queries that never end."""
        while not await self._stopped(self._draw.random()):
            one = self._draw.choice(endless.load())
            client = Client(self._reads, address)
            reply = await client.send(clients.post(one.text.encode()))
            client.close()
            self._note("killing", reply, endless.HONEST, one.name)
            if reply.seconds > _PATIENCE:
                self._fault("killing", f"{one.name} took {reply.seconds:.1f} s")

    async def _loris(self, address: str) -> None:
        """Bodies that arrive a byte at a time; the server has to lose its patience."""
        head = clients.post(b"x" * 1000)[:-1000]
        while not await self._stopped(1):
            client = Client(self._reads, address)
            reply = await client.send_slowly(head, b"x" * 1000, every=0.5, patience=_LORIS + 4)
            client.close()
            self._note("slow body", reply, frozenset({408, 0}), f"after {reply.seconds:.1f} s")
            if reply.seconds > _LORIS + 3:
                self._fault("slow body", f"was waited for for {reply.seconds:.1f} s")

    async def _leave(self, address: str) -> None:
        """Ask for what takes long, and go."""
        while not await self._stopped(self._draw.random() / 2):
            client = Client(self._reads, address)
            text = self._draw.choice(endless.load()).text
            await client.begin(clients.post(text.encode()))
            await self._stopped(self._draw.random())
            client.close()
            self._asked["leaving"][0] += 1

    async def _half(self, address: str) -> None:
        """Read the beginning of a large answer, and go."""
        rows = next(shape for shape in shapes.load() if shape.any_rows)
        while not await self._stopped(self._draw.random() * 2):
            client = Client(self._reads, address)
            text = rows.text(self._graphs[0].pools, self._draw)
            await client.begin(clients.get(f"{text}# {self._draw.random()}"))
            await client.some(10_000)
            await self._stopped(self._draw.random())
            client.close()
            self._asked["reading half"][0] += 1

    async def _silent(self, address: str) -> None:
        """Connections on which nothing, or half a head, comes."""
        while not await self._stopped(self._draw.random()):
            client = Client(self._reads, address)
            await client.begin(
                self._draw.choice((b"", b"GET /sparql?query=ASK", b"GET / HTTP/1.1\r\nHost: x\r\n"))
            )
            await self._stopped(3)
            client.close()
            self._asked["silent"][0] += 1

    async def _rude(self, address: str) -> None:
        """Wrong requests, one after another."""
        number = 0
        while not await self._stopped(0.05):
            one = rude.load()[number % len(rude.load())]
            number += 1
            client = Client(self._reads, address)
            reply = await client.send(one.wire, timeout=20)
            client.close()
            self._asked["wrong"][reply.status] += 1
            if (fault := one.fault(reply)) and reply.status not in _BUSY:
                self._fault("wrong", f"{one.name}: {fault}, {reply.body[:200]!r}")

    async def _pages(self, address: str) -> None:
        """What people and monitors look at."""
        client = Client(self._reads, address)
        while not await self._stopped(self._draw.random() / 2):
            path = self._draw.choice(_PAGES)
            request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/html, */*;q=0.1\r\n\r\n"
            reply = await client.send(request.encode())
            self._note(
                "pages",
                reply,
                frozenset({200, 303, 404} if path == "/void" else {200, 302, 303}) | _BUSY,
                path,
            )

    async def _write(self, address: str, port: int) -> None:
        """Updates on the writable server, done here too; then both have to hold the same."""
        client = Client(port, address)
        own = ox.Store()
        number = 0
        while not await self._stopped(0.1):
            number += 1
            text, may = expected.update(number, self._draw)
            token = {} if "401" in may else {"Authorization": f"Bearer {self._token}"}
            kind = "application/sparql-update"
            reply = await client.send(clients.post(text.encode(), kind, **token))
            fine = self._note("updates", reply, frozenset(map(int, may.split())), text)
            if fine and reply.status < 300:
                own.update(text)
            held = await client.send(clients.get("SELECT * { ?s ?p ?o }"))
            if self._note("updates read", held, frozenset({200}), text):
                self.compared += 1
                fault = expected.holds(own, held.body)
                if fault:
                    self._fault("updates", f"{fault} after {text}")
                    own = expected.copy(held.body)
