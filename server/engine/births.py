"""Where the query processes of a pool come from, and what a worker holds of each: two interfaces.

`forked` has processes that a nursery forks, for Linux; `spawned` has processes that start from nothing and
open the store on disk, for wherever Python runs.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from server.engine.frames import Head
from server.messages import Spooled

Heard = Callable[[dict[str, Any], bytes], None]


class Line(Protocol):
    """The connection to one process, and the means to end it."""

    def send(self, message: bytes) -> None:
        """Send without waiting."""

    def close(self) -> None:
        """Let it go: it ends when it has nothing more to answer."""

    def kill(self) -> None:
        """End it now."""

    def prioritize(self, nice: int) -> bool:
        """Have it be so nice to others; False where the system does not let us."""

    def spooled(self, head: Head) -> Spooled | None:
        """The file that came along with a message; None where its body is in it."""


Joined = Callable[[Heard, Callable[[], None]], Line]  # with whom to call for messages, and at its end


@dataclass(frozen=True)
class Told:
    """Whom to call: for a process that has `come` (number, version, line), with the last words of one that
    `ended` (number, what it said), with what came of a change, and when no process can come any more.
    """

    come: Callable[[int, str, Joined], None]
    ended: Callable[[int, str], None]
    changed: Callable[[Head], None]
    lost: Callable[[], None]


class Births(Protocol):
    """Makes processes over one version of a graph, or one version after another."""

    version: str

    def order(self) -> None:
        """Have one more process made."""

    def change(self, head: Head, body: bytes) -> None:
        """Have the graph changed."""

    def close(self) -> None:
        """Make no more; those that there are may come to their end."""


Begun = Callable[[Told], Births]


class Source(Protocol):
    """What is served now, for one worker."""

    def text(self) -> str:
        """Text that changes when what is served does; empty while nothing is. Takes microseconds."""

    def version(self, text: str) -> str:
        """The version that such a text names."""

    def births(self, text: str) -> Begun:
        """Processes over it. Raises EngineLost where none can be had now."""
