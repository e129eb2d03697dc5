"""What servers hold while they run: processes, memory, open files, looked at again and again."""

import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from statistics import median

from bench.service import machine

_WARM = 0.25  # of the time, after which a server should hold no more than it does then
_MORE = 1.25  # times as much memory as when it was warm is no leak yet: the allocators keep what they had
_FILES = 8  # descriptors that may be more at the end, of connections that are just open
_COMPARED = 5  # looks that a level is the median of


@dataclass(frozen=True)
class Look:
    """One server at one time: seconds since the start, processes, MB, descriptors.

    The MB are what its lasting processes have allocated: a query process copies what it reads of the store,
    and ends; pages of the cache's file are the system's.
    """

    server: str
    at: float
    processes: int
    zombies: int
    memory: float
    files: int


class Watch:
    """Looks at servers by their sessions."""

    def __init__(self, servers: Mapping[str, int]) -> None:
        self._servers = servers
        self._start = time.monotonic()
        self.looks: list[Look] = []

    def look(self, tell: Callable[[str], None]) -> None:
        """Look at all of them now, and say what there is."""
        at = round(time.monotonic() - self._start, 1)
        for name, session in self._servers.items():
            family = machine.family(session)
            zombies = sum(process.state == "Z" for process in family)
            passing = {process.pid for process in machine.readers(family)}
            lasting = [process.pid for process in family if process.pid not in passing]
            memory = sum(machine.memory(pid, "Anonymous") for pid in lasting)
            files = sum(machine.files(process.pid) for process in family)
            self.looks.append(Look(name, at, len(family), zombies, round(memory, 1), files))
        tell("; ".join(_told(one) for one in self.looks[-len(self._servers) :]))

    def faults(self) -> list[str]:
        """Where a server holds more at its end than when it was warm."""
        return [fault for name in self._servers for fault in self._of(name)]

    def _of(self, name: str) -> list[str]:
        looks = [one for one in self.looks if one.server == name]
        warm = [one for one in looks if one.at >= _WARM * looks[-1].at][:_COMPARED]
        late, last = looks[-_COMPARED - 1 : -1], looks[-1]
        faults = []
        if _level(late, "memory") > _MORE * _level(warm, "memory"):
            faults.append(f"{name}: memory from {_level(warm, 'memory')} to {_level(late, 'memory')} MB")
        if last.files > _level(warm, "files") + _FILES:
            faults.append(f"{name}: open files from {_level(warm, 'files')} to {last.files}")
        if last.processes > max(one.processes for one in warm):
            faults.append(f"{name}: {last.processes} processes at the end")
        return faults + [f"{name}: {last.zombies} zombies at the end"] * bool(last.zombies)

    def table(self) -> list[dict[str, object]]:
        """Every look."""
        return [asdict(one) for one in self.looks]


def _level(looks: list[Look], of: str) -> float:
    return round(median(getattr(one, of) for one in looks), 1)


def _told(one: Look) -> str:
    return (
        f"{one.at:6.0f} s {one.server}: {one.processes} processes ({one.zombies} zombies), "
        f"{one.memory:.0f} MB, {one.files} files"
    )
