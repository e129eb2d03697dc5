"""Runs a module of ours, or imports some, as if Python had nothing that only Linux, or only POSIX, has.

    python tests/elsewhere.py import NAME…
    python tests/elsewhere.py run MODULE ARGUMENT…

Other people's modules are loaded first, with what they found on this system; then the names go, and ours are
loaded again without them. It shows that nothing of ours reaches for such a name, and no more.
"""

import builtins
import importlib
import os
import runpy
import signal
import socket
import sys
from types import ModuleType
from typing import Any

OURS = ("kg", "server", "ontology", "queries")
MODULES = {"fcntl", "resource", "uvloop", "pwd", "grp", "termios", "pty"}
NAMES: dict[ModuleType, str] = {
    os: "fork memfd_create MFD_CLOEXEC pidfd_open sendfile posix_fallocate pread pwrite O_DIRECTORY O_CLOEXEC"
    " setpriority sched_getaffinity sysconf waitstatus_to_exitcode eventfd mkfifo getuid geteuid",
    signal: "pidfd_send_signal pthread_sigmask sigwait setitimer ITIMER_REAL SIGALRM SIGCHLD SIGKILL SIGHUP",
    socket: "AF_UNIX CMSG_LEN CMSG_SPACE SCM_RIGHTS send_fds recv_fds",
}
_import = builtins.__import__


def strip() -> None:
    """Take the names away, and have our modules loaded anew."""
    for name in [name for name in sys.modules if name.partition(".")[0] in OURS]:
        del sys.modules[name]
    for module, names in NAMES.items():
        for name in names.split():
            if hasattr(module, name):
                delattr(module, name)
    windows: Any = ModuleType("msvcrt")
    windows.LK_LOCK = windows.LK_NBLCK = windows.LK_UNLCK = 0
    windows.locking = lambda *_: None
    sys.modules["msvcrt"] = windows
    sys.platform = "win32"
    builtins.__import__ = _imported


def _imported(name: str, *told: Any, **named: Any) -> Any:
    by = str((told[0] if told else None or {}).get("__name__", ""))
    if name in MODULES and by.partition(".")[0] in OURS:
        raise ModuleNotFoundError(f"No module named {name!r}, for {by}")
    return _import(name, *told, **named)


def main(how: str, *names: str) -> None:
    wanted = names if how == "import" else names[:1]
    for name in wanted:
        importlib.import_module(name)
    strip()
    if how == "import":
        for name in wanted:
            importlib.import_module(name)
    else:
        sys.argv = list(names)
        runpy.run_module(names[0], run_name="__main__")


if __name__ == "__main__":
    main(*sys.argv[1:])
