"""Processes that a nursery forks: what they leave behind, and where their last words go."""

import os
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from server.engine import rlimits, sandbox

_SAID = 2000  # bytes of what a process wrote on standard error before it ended


@dataclass(frozen=True)
class Child:
    """A forked process, and the file that its standard error goes to."""

    process: int
    errors: int

    def last_words(self) -> str:
        """What it said before it ended; to be asked once."""
        said = os.pread(self.errors, _SAID, 0).decode(errors="replace")
        os.close(self.errors)
        return said

    def kill(self) -> None:
        """End it now; it has not been waited for, so its number is still its own."""
        os.kill(self.process, signal.SIGKILL)


def forked(act: Callable[[], None], kept: int) -> Child:
    """Have a copy of this process do something and end; of its open files it has only `kept`.

    It ends with the thread that forked it.
    """
    errors, parent = os.memfd_create("errors", os.MFD_CLOEXEC), os.getpid()
    process = os.fork()
    if process == 0:
        _become(act, kept, errors, parent)
    return Child(process, errors)


def _become(act: Callable[[], None], kept: int, errors: int, parent: int) -> NoReturn:
    """What the copy does; it never comes back to what it was copied from."""
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGCHLD, signal.SIGALRM):
            signal.signal(number, signal.SIG_DFL)
        os.dup2(errors, 2)
        sandbox.die_with_parent(parent)
        os.closerange(3, kept)
        os.closerange(kept + 1, os.sysconf("SC_OPEN_MAX"))
        code = _with_stack(act)
    finally:
        os._exit(code)


def _with_stack(act: Callable[[], None]) -> int:
    """Run it in a thread with a large stack; gives the exit code."""
    failed = list[BaseException]()

    def run() -> None:
        try:
            act()
        except BaseException as error:
            failed.append(error)
            sys.excepthook(type(error), error, error.__traceback__)

    threading.stack_size(rlimits.STACK)
    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return 1 if failed else 0
