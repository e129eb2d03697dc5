"""Files and folders that a crash leaves either as they were or as they shall be, never in between."""

import os
from collections.abc import Iterator
from pathlib import Path

PARTIAL = ".partial-"  # what every unfinished file or folder is called at its start


def write(path: Path, content: bytes) -> None:
    """Put `content` in place of whatever is at `path`."""
    temporary = path.with_name(f"{PARTIAL}{path.name}")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    sync(path.parent)


def offer(path: Path, content: bytes) -> None:
    """Put `content` at `path`, where other processes may be doing the same; whole as long as nothing crashes.

    It does not wait for the disk: for what can be made again, and is looked at before it is used.
    """
    temporary = path.with_name(f"{PARTIAL}{os.getpid()}-{path.name}")
    try:
        temporary.write_bytes(content)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def point(link: Path, target: str) -> None:
    """Make `link` a symbolic link to `target`, in one step even where it pointed elsewhere before."""
    temporary = link.with_name(f"{PARTIAL}{link.name}")
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(target)
    temporary.replace(link)
    sync(link.parent)


def sync(path: Path) -> None:
    """Have the system write a file, or the names in a folder, to the disk now."""
    if os.name == "nt" and path.is_dir():
        return  # Windows has no such thing for folders
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(folder: Path) -> None:
    """`sync` for a folder and everything below it."""
    for path in (*folder.rglob("*"), folder):
        sync(path)


def leftovers(folder: Path) -> Iterator[Path]:
    """What writers that were killed left in `folder`; for a caller that holds the lock."""
    return folder.glob(f"{PARTIAL}*")
