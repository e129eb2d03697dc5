"""How much of all requests a worker holds at a time: each has a limit, and all together have one too."""

from types import TracebackType

from server.problems import Problem

_RETRY = 2  # seconds


class Bodies:
    """Room for the bodies of one worker, which lives in its event loop; `most` in bytes."""

    def __init__(self, most: int) -> None:
        self._most, self.held = most, 0

    def of_one(self) -> "Room":
        """Room for one request; to be used as a context, which gives back what was taken."""
        return Room(self)

    def take(self, size: int) -> None:
        """Hold so many bytes more. Raises Problem 503 where there is no room for them."""
        if self.held + size > self._most:
            raise Problem(
                503,
                "Many large requests are on their way. Send yours again.",
                {"Retry-After": str(_RETRY), "Connection": "close"},
                "busy",
            )
        self.held += size


class Room:
    """What one request has taken, until it is answered."""

    __slots__ = ("_bodies", "_size")

    def __init__(self, bodies: Bodies) -> None:
        self._bodies, self._size = bodies, 0

    def take(self, size: int) -> None:
        """Hold so many bytes more. Raises Problem 503."""
        self._bodies.take(size)
        self._size += size

    def __enter__(self) -> "Room":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bodies.held -= self._size
