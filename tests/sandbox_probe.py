"""A process that tries every way out it knows and prints what came of it: "ok" or the error, as JSON.

    python tests/sandbox_probe.py open|answering|closed PORT UNIX-SOCKET

It closes its network first, or leaves open what others need to connect to it, or leaves all open. PORT
listens on 127.0.0.1 and on ::1.
"""

import array
import ctypes
import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyoxigraph as ox

from server.engine.sandbox import ANSWERING, close_network

STATE, PORT, UNIX = sys.argv[1], int(sys.argv[2]), sys.argv[3]
ENDPOINT = f"http://127.0.0.1:{PORT}/sparql"
OLDER = ThreadPoolExecutor(1)
PROGRAM = [shutil.which("true") or "/bin/true"]  # as good as curl: it is the start of it that is refused
_LIBC = ctypes.CDLL(None, use_errno=True)
_IO_URING_SETUP = 425  # on every architecture

inherited, other_end = socket.socketpair()
loose, loose_end = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)


def _connect(family: int, address: object) -> None:
    with socket.socket(family, socket.SOCK_STREAM) as client:
        client.settimeout(5)
        client.connect(address)


def _udp() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.sendto(b"x", ("127.0.0.1", PORT))


def _listen() -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()


def _ring() -> None:
    ring = _LIBC.syscall(_IO_URING_SETUP, 1, (ctypes.c_char * 120)())
    if ring < 0:
        raise OSError(ctypes.get_errno(), "io_uring_setup")
    os.close(ring)


def _service() -> None:
    list(ox.Store().query(f"SELECT * {{ SERVICE <{ENDPOINT}> {{ ?s ?p ?o }} }}"))


def _load() -> None:
    ox.Store().update(f"LOAD <{ENDPOINT}>")


def _silent() -> None:
    """SILENT hides the error, so success is an answer that holds something."""
    (row,) = ox.Store().query(f"SELECT * {{ SERVICE SILENT <{ENDPOINT}> {{ ?s ?p ?o }} }}")
    if row["s"] is None:
        raise PermissionError("the answer is empty")


def _in_a_thread() -> None:
    with ThreadPoolExecutor(1) as threads:
        threads.submit(_connect, socket.AF_INET, ("127.0.0.1", PORT)).result()


def _in_a_fork() -> None:
    _fork(lambda: _connect(socket.AF_INET, ("127.0.0.1", PORT)))


def _older_thread() -> None:
    """The pool's one thread was there before the network was closed."""
    OLDER.submit(_connect, socket.AF_INET, ("127.0.0.1", PORT)).result()


def _fork(attempt: Callable[[], object]) -> None:
    child = os.fork()
    if not child:
        try:
            attempt()
        except OSError as error:
            os._exit(error.errno or 255)
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status:
        raise OSError(status, "in the child")


def _inherited() -> None:
    """What a query process needs: bytes both ways, and a descriptor by a message."""
    inherited.sendall(b"question")
    assert other_end.recv(8) == b"question"
    with Path(os.devnull).open("rb") as file:
        rights = (socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [file.fileno()]))
        other_end.sendmsg([b"answer"], [rights])
    data, ancillary, _, _ = inherited.recvmsg(6, socket.CMSG_LEN(4))
    assert data == b"answer"
    os.close(array.array("i", ancillary[0][2])[0])


ATTEMPTS: dict[str, Callable[[], object]] = {
    "tcp": lambda: _connect(socket.AF_INET, ("127.0.0.1", PORT)),
    "tcp over ipv6": lambda: _connect(socket.AF_INET6, ("::1", PORT)),
    "udp": _udp,
    "unix socket": lambda: _connect(socket.AF_UNIX, UNIX),
    "inherited socket to another address": lambda: loose.sendto(b"x", UNIX + ".datagram"),
    "socket pair": lambda: [end.close() for end in socket.socketpair()],
    "netlink": lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW).close(),
    "listen": _listen,
    "io_uring": _ring,
    "in a thread": _in_a_thread,
    "in an older thread": _older_thread,
    "in a fork": _in_a_fork,
    "SERVICE": _service,
    "SERVICE SILENT": _silent,
    "LOAD": _load,
    "another program": lambda: subprocess.run(PROGRAM, check=True, capture_output=True),
    "another program in place of a fork": lambda: _fork(lambda: os.execv(PROGRAM[0], PROGRAM)),
    "inherited": _inherited,
}


def _outcome(attempt: Callable[[], object]) -> str:
    try:
        attempt()
    except (OSError, RuntimeError) as error:
        return f"{type(error).__name__}: {error}"
    return "ok"


if __name__ == "__main__":
    OLDER.submit(int).result()
    if STATE != "open":
        close_network(ANSWERING if STATE == "answering" else ())
    print(json.dumps({name: _outcome(attempt) for name, attempt in ATTEMPTS.items()}))
