"""What the system tells of this machine and of the processes that are measured; Linux alone."""

import os
import platform
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
_PROC = Path("/proc")
_QUIET = 0.05  # of a core, below which a server is at rest


@dataclass(frozen=True)
class Process:
    """What /proc tells of one process: seconds of a core that it took, and open files."""

    pid: int
    parent: int
    state: str
    session: int
    busy: float


def about() -> dict[str, object]:
    """The machine, in what may matter to figures."""
    model = next(
        (line.split(": ")[1] for line in _lines(_PROC / "cpuinfo") if line.startswith("model name")), "?"
    )
    memory = int(_lines(_PROC / "meminfo")[0].split()[1]) / 2**20
    return {
        "processor": model,
        "cores": os.cpu_count(),
        "memory_gib": round(memory, 1),
        "system": platform.release(),
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 2),
        "when": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()),
    }


def family(session: int) -> list[Process]:
    """The processes that a server started in a session of its own, itself among them."""
    return [process for process in processes() if process.session == session]


def processes() -> Iterator[Process]:
    """All that run now."""
    for folder in _PROC.iterdir():
        if folder.name.isdecimal():
            with suppress(OSError):  # it may have ended meanwhile
                yield _process(int(folder.name), (folder / "stat").read_text("utf-8"))


def readers(found: Iterable[Process]) -> list[Process]:
    """Parley's query processes: forked by another process than the first, and without any of their own."""
    by_pid = {process.pid: process for process in found}
    parents = {process.parent for process in by_pid.values()}
    inner = (one for one in by_pid.values() if one.parent in by_pid and by_pid[one.parent].parent in by_pid)
    return [process for process in inner if process.pid not in parents]


def _process(pid: int, stat: str) -> Process:
    fields = stat[stat.rindex(")") + 2 :].split()  # proc(5): from the third on
    busy = (int(fields[11]) + int(fields[12])) / _TICK
    return Process(pid, int(fields[1]), fields[0], int(fields[3]), busy)


def memory(pid: int, *fields: str) -> float:
    """MB of the named fields of smaps_rollup together, such as Pss, Private_Dirty; 0 for one that ended."""
    lines = _lines(_PROC / str(pid) / "smaps_rollup")
    return sum(int(line.split()[1]) for line in lines if line.partition(":")[0] in fields) / 1024


def files(pid: int) -> int:
    """Open file descriptors; 0 for a process that ended."""
    with suppress(OSError):
        return len(list((_PROC / str(pid) / "fd").iterdir()))
    return 0


def settle(session: int, patience: float = 120) -> None:
    """Wait until a server is at rest: what was asked before may be worked on long after its client went."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        before = sum(process.busy for process in family(session))
        time.sleep(0.25)
        if sum(process.busy for process in family(session)) - before <= _QUIET * 0.25:
            return


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8").splitlines()
    except OSError:
        return []
