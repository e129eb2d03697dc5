"""What a process may take and what it has taken, as far as the system counts: memory, and bytes of a file.

Windows has no module `resource` and only Linux has /proc: where nobody counts, nothing is limited, or known.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

STACK = 64 * 2**20  # bytes, for a thread: the usual 8 MiB is too little for what server.nesting lets pass
_STATM, _SMAPS = Path("/proc/self/statm"), Path("/proc/self/smaps_rollup")
_UNTOLD = 2**30  # bytes of address space that Python and the engine are taken to have, where nothing tells


def memory() -> int:
    """Bytes of memory that this process has at the moment, shared or not."""
    return _pages()[1] * resource.getpagesize()


def own_memory() -> int:
    """Bytes of memory that this process shares with no other; takes milliseconds for each gigabyte."""
    lines = _SMAPS.read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) * 1024


def fetched() -> int:
    """Bytes of the pages that this process got since it began, whether it has them still or not."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt * resource.getpagesize()


def limits_memory() -> bool:
    """Whether `limit_memory` does anything here."""
    return resource is not None and hasattr(resource, "RLIMIT_AS")


def limit_memory(size: int) -> None:
    """Let this process grow by so many bytes of address space from what it has now; more fails to allocate.

    Can be called again for each query. Never leaves a core file, which would hold the store.
    """
    if not limits_memory():
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    has = _pages()[0] * resource.getpagesize() if _STATM.exists() else _UNTOLD
    soft = has + size if hard == resource.RLIM_INFINITY else min(has + size, hard)
    with suppress(*() if _STATM.exists() else (OSError, ValueError)):  # macOS may refuse the first
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@contextmanager
def files_of(size: int) -> Iterator[None]:
    """No file of this process grows over this size meanwhile; who writes further meets an OSError."""
    if resource is None:
        yield
        return
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def _pages() -> tuple[int, int]:
    """Pages of address space, and of those in memory (proc(5), statm)."""
    size, resident, *_ = map(int, _STATM.read_text().split())
    return size, resident
