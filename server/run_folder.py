"""The folder of one run of the server: sockets, counters, the cache. It goes when the run ends.

A run that is killed can take nothing away, so the next one does: what nobody holds any more is nobody's.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg import locks

_PREFIX = "parley-run-"


@contextmanager
def run_folder() -> Iterator[Path]:
    """A folder that is held for the length of the block, then removed; those of killed runs go now."""
    _sweep()
    with tempfile.TemporaryDirectory(prefix=_PREFIX) as folder, locks.held(Path(folder)):
        yield Path(folder)


def _sweep() -> None:
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        try:
            with locks.alone(folder) as left:
                if left:
                    shutil.rmtree(folder)
        except OSError:
            continue  # of another user, or another server was quicker
