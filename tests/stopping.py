"""Work in forked processes that are killed at a point of our choice, or find no room to write."""

import os
import resource
import signal
import sys
import threading
from collections.abc import Callable
from typing import Any

_WATCHED = {"os.mkdir", "os.rmdir", "os.remove", "os.rename", "os.symlink", "os.utime", "os.truncate"}
_WRITES = os.O_WRONLY | os.O_RDWR


def kill_at_event(number: int) -> None:
    """Kill this process when it does the n-th thing to files from now on."""
    seen = 0

    def watch(event: str, about: tuple[Any, ...]) -> None:
        nonlocal seen
        if event in _WATCHED or (event == "open" and about[2] & _WRITES):
            seen += 1
            if seen > number:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)


def kill_after(seconds: float) -> None:
    threading.Timer(seconds, lambda: os.kill(os.getpid(), signal.SIGKILL)).start()


def no_file_over(size: int) -> None:
    """Let every write fail that would make a file longer than this, as on a full disk."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def forked(work: Callable[[], Any]) -> int:
    """How a process ended that did the work."""
    process = os.fork()
    if process == 0:
        code = 1
        try:
            code = int(work() or 0)
        except SystemExit as ended:
            code = int(ended.code or 0)
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
