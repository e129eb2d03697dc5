"""A process that has imported everything and forks for each command, so that no test waits for imports.

    python warm_commands.py SOCKET

What it is sent on the socket are arguments, environment and folder of one command, with its three streams;
it answers with the process and, when that has ended, its exit code. The command runs as `python -m
server.cli` does, in a process of its own: only what is imported, and the tables that are kept once loaded,
are there before it begins.
"""

import atexit
import gc
import importlib
import json
import os
import pkgutil
import runpy
import signal
import socket
import struct
import sys
import traceback
from contextlib import suppress
from typing import Any

COMMAND = "server.cli"
ANSWER = struct.Struct("i")
_MOST = 1 << 20  # bytes of one request
_STREAMS = {0: ("stdin", "r", "strict"), 1: ("stdout", "w", "strict"), 2: ("stderr", "w", "backslashreplace")}


def main(requests: socket.socket) -> None:
    """Serve until the other end closes; in the process of a command, return and leave the rest to it."""
    load()
    while True:
        request, streams, _, _ = socket.recv_fds(requests, _MOST, len(_STREAMS))
        if not request:
            raise SystemExit
        process = os.fork()
        if not process:
            requests.close()
            return become(json.loads(request), streams)
        for stream in streams:
            os.close(stream)
        requests.sendall(ANSWER.pack(process))
        _, status = os.waitpid(process, 0)
        requests.sendall(ANSWER.pack(os.waitstatus_to_exitcode(status)))


def load() -> None:
    """Import what commands import, and load what the reader knows."""
    gc.disable()
    for package in ("kg", "server"):
        for module in pkgutil.walk_packages([package], f"{package}."):
            importlib.import_module(module.name)
    del sys.modules[COMMAND]  # which runs as the main module

    from kg.draft import shipped
    from kg.known import index
    from kg.vocab import DEFAULT_BASE, Base

    index()
    shipped(Base(DEFAULT_BASE))
    gc.freeze()
    gc.enable()


def become(request: dict[str, Any], streams: list[int]) -> None:
    """Take over the arguments, environment, folder and streams of the command."""
    os.environ.clear()
    os.environ.update(request["environment"])
    os.chdir(request["folder"])
    signal.signal(signal.SIGINT, signal.default_int_handler)  # CI runners start processes that ignore it
    sys.argv = [COMMAND, *request["arguments"]]
    for number, (name, mode, errors) in _STREAMS.items():
        os.dup2(streams[number], number)
        os.close(streams[number])
        stream = os.fdopen(number, mode, encoding="utf-8", errors=errors, closefd=False)
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)


def run() -> int:
    """Run the command as the main module; its exit code. What it raises is shown as Python shows it."""
    try:
        runpy.run_module(COMMAND, run_name="__main__", alter_sys=True)
    except SystemExit as end:
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])))
    code = run()
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):
            stream.flush()
    os._exit(code)  # without taking apart what was imported, which would take longer than most commands
