"""Locks between processes, which the system takes back however a process ends; POSIX's, and those of Windows.

On Windows a folder cannot be held, and need not be: files that somebody has open are not removed there.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_BEYOND = 2**30  # a byte for the whole file: on Windows nobody else could read one that has something in it


def lock(file: int, wait: bool) -> None:
    """Be the one who has a file, until it is closed. Raises BlockingIOError for another, unless we wait."""
    if sys.platform != "win32":
        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    elif not take(file, _BEYOND, wait):
        raise BlockingIOError


def take(file: int, byte: int, wait: bool = False) -> bool:
    """Be the one process that has a byte of a file, until it is given back or the process ends."""
    try:
        if sys.platform != "win32":
            fcntl.lockf(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB), 1, byte)
        else:
            os.lseek(file, byte, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
    except OSError:
        return False
    return True


def give(file: int, byte: int) -> None:
    """Give back a byte that was taken."""
    if sys.platform != "win32":
        fcntl.lockf(file, fcntl.LOCK_UN, 1, byte)
    else:
        os.lseek(file, byte, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_UNLCK, 1)


@contextmanager
def held(folder: Path) -> Iterator[bool]:
    """Hold a folder together with others for the length of the block; False where it is gone by then.

    Processes that are forked within hold it too, until they end. Raises FileNotFoundError.
    """
    if sys.platform == "win32":
        yield folder.exists()
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        yield _is_still(descriptor, folder)
    finally:
        os.close(descriptor)


@contextmanager
def alone(folder: Path) -> Iterator[bool]:
    """Whether nobody holds a folder, and nobody can for the length of the block."""
    if sys.platform == "win32":
        yield True
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield _free(descriptor)
    finally:
        os.close(descriptor)


def _free(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_still(descriptor: int, folder: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), folder.stat())
    except FileNotFoundError:
        return False
