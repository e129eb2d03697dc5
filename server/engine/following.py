"""The engine of one worker: asks the processes of whichever version is served when a question comes."""

from server.engine import endings
from server.engine.admission import Admission, Room
from server.engine.births import Source
from server.engine.changes import Change, Outcome
from server.engine.contract import Question, ServiceRefused
from server.engine.pool import Pool
from server.engine.query_process import Reply
from server.federation.service import Federation


class FollowingEngine:
    """Lives in the worker's event loop; a query that runs keeps the version that it began with."""

    def __init__(self, source: Source, room: Room, federation: Federation) -> None:
        self._source = source
        self._federation = federation
        self._room = room
        self._link = ""
        self._pool: Pool | None = None
        self.admission = Admission(room)

    def version(self) -> str:
        """What is served now. Raises EngineLost."""
        return self._source.version(self._text())

    async def ask(self, question: Question) -> tuple[Reply, str]:
        """The answer and the version that gave it; other endpoints are asked before a process is taken.

        Raises the errors of the contract.
        """
        question = await self._federation.resolve(question)
        async with self.admission.place(question.client):
            pool = self.pool()
            try:
                reply = await pool.ask(question)
            except ServiceRefused as refused:
                raise self._federation.reason(question, refused) from None
            return reply, reply.version

    async def change(self, change: Change, seconds: float) -> tuple[Outcome, str]:
        """Make a change to the store; gives the version after it. Raises what it failed for."""
        return await self.pool().change(change, seconds)

    def pool(self) -> Pool:
        """The processes over what is served now. Raises EngineLost."""
        text = self._text()
        if self._pool is None or text != self._link or self._pool.broken:
            fresh = Pool(self._source.births(text), self._room.places)
            self.close()
            self._pool, self._link = fresh, text
        return self._pool

    def follow(self) -> None:
        """Let processes over data of before go, though nobody asks any: all answers may be kept ones."""
        if self._pool and self._source.text() not in (self._link, ""):
            self.close()

    @property
    def busy(self) -> int:
        """Processes over what is served now that answer."""
        return self._pool.busy if self._pool else 0

    @property
    def idle(self) -> int:
        """Those of them that wait for a query."""
        return self._pool.idle if self._pool else 0

    def close(self) -> None:
        """Let the processes go when they have answered."""
        if self._pool:
            self._pool.close()
            self._pool = None

    def _text(self) -> str:
        text = self._source.text()
        if not text:
            raise endings.loading()
        return text
