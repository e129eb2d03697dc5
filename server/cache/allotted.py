"""A small file that all processes of a server have in memory: what one writes the others see."""

import os
from errno import ENOSPC
from mmap import mmap
from pathlib import Path


def allotted(path: Path, size: int) -> mmap:
    """Its bytes, zero at first; they are allotted, since a hole on a full disk would kill. Raises OSError."""
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if os.fstat(file).st_size < size and os.write(file, bytes(size)) < size:
            raise OSError(ENOSPC, os.strerror(ENOSPC), str(path))
        return mmap(file, size)
    finally:
        os.close(file)
