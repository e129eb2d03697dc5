"""Who may run a query now: so many at once, so many for each client, and in turn for those who wait.

Waiting clients are served round robin, so that a client with fifty queries delays the one of another by as
little as possible; and no client has all the places, so that there is always one that frees soon.
"""

import asyncio
from collections import Counter, OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from server.engine.contract import Busy

Waiting = deque[asyncio.Future[None]]


@dataclass(frozen=True)
class Room:
    """How many queries run at once, in all and for one client; how many wait, likewise; and how long (s)."""

    places: int
    share: int
    queue: int
    queue_share: int
    patience: float


class Admission:
    """The places of one worker."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._running: Counter[str] = Counter()
        self._waiting: OrderedDict[str, Waiting] = OrderedDict()

    @property
    def running(self) -> int:
        return self._running.total()

    @property
    def waiting(self) -> int:
        return sum(map(len, self._waiting.values()))

    @asynccontextmanager
    async def place(self, client: str) -> AsyncIterator[None]:
        """A place to run one query, when it is this client's turn. Raises Busy."""
        if not self._waiting and self._fits(client):
            self._running[client] += 1
        else:
            await self._turn(client)
        try:
            yield
        finally:
            self._leave(client)

    def _fits(self, client: str) -> bool:
        return self.running < self._room.places and self._running[client] < self._room.share

    async def _turn(self, client: str) -> None:
        room, own = self._room, self._waiting.get(client, deque())
        if len(own) >= room.queue_share:
            raise Busy(f"{len(own)} queries of yours wait already", _retry(room), own=True)
        if self.waiting >= room.queue:
            raise Busy(f"{self.waiting} queries wait already", _retry(room), own=False)
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(client, own).append(turn)
        self._admit()
        try:
            async with asyncio.timeout(room.patience):
                await turn
        except TimeoutError:
            if self._given_up(client, turn):
                what = f"no place came free within {room.patience:g} s"
                raise Busy(what, _retry(room), own=self._running[client] >= room.share) from None
        except asyncio.CancelledError:
            if not self._given_up(client, turn):
                self._leave(client)
            raise

    def _given_up(self, client: str, turn: "asyncio.Future[None]") -> bool:
        """Take a turn out of the queue; False where it had come by then."""
        if turn.done() and not turn.cancelled():
            return False
        own = self._waiting.get(client)
        if own and turn in own:
            own.remove(turn)
            if not own:
                del self._waiting[client]
        return True

    def _leave(self, client: str) -> None:
        self._running[client] -= 1
        if not self._running[client]:
            del self._running[client]
        self._admit()

    def _admit(self) -> None:
        """Give the free places away, one to each client before a second to any."""
        while client := next(filter(self._fits, self._waiting), None):
            own = self._waiting.pop(client)
            own.popleft().set_result(None)
            self._running[client] += 1
            if own:
                self._waiting[client] = own  # behind all others


def _retry(room: Room) -> int:
    return max(1, round(room.patience))
