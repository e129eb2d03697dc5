"""A query process that has closed its network reaches nobody, by no way that the kernel has."""

import csv
import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from local_endpoint import endpoint

from server.engine import sandbox

ROOT = Path(__file__).parent.parent
WAYS_OUT = (
    "tcp",
    "tcp over ipv6",
    "udp",
    "unix socket",
    "inherited socket to another address",
    "socket pair",
    "netlink",
    "listen",
    "io_uring",
    "in a thread",
    "in an older thread",
    "in a fork",
    "SERVICE",
    "SERVICE SILENT",
    "LOAD",
    "another program",
    "another program in place of a fork",
)
# Linux, arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h
NUMBERS = {
    "x86_64": {"socket": 41, "connect": 42, "bind": 49, "socketpair": 53, "execve": 59, "execveat": 322},
    "aarch64": {
        "socket": 198,
        "connect": 203,
        "bind": 200,
        "socketpair": 199,
        "execve": 221,
        "execveat": 281,
    },
}


@pytest.fixture(scope="module", params=["open", "answering", "closed"])
def state(request: pytest.FixtureRequest) -> str:
    """How much of its network the process closed."""
    return str(request.param)


@pytest.fixture(scope="module")
def attempts(state: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What came of every attempt."""
    path = tmp_path_factory.mktemp("sockets") / "s"
    with endpoint() as server, _unix_sockets(path):
        done = _python("tests/sandbox_probe.py", state, str(server.port), str(path))
        assert (done.returncode, done.stderr) == (0, b"")
        assert (server.connections > 0) == (state == "open")
    return dict(json.loads(done.stdout))


@pytest.mark.parametrize("way", WAYS_OUT)
def test_ways_out(state: str, attempts: dict[str, str], way: str) -> None:
    """Each way works in a process whose network is open, and is not permitted in one that closed it."""
    if state == "open" or (state, way) == ("answering", "socket pair"):
        assert attempts[way] == "ok"
    else:
        assert re.search(r"PermissionError|not permitted|errno 1\b", attempts[way], re.IGNORECASE)


def test_what_stays(attempts: dict[str, str]) -> None:
    """An inherited socket carries bytes both ways, and descriptors; threads and forks still start."""
    assert attempts.keys() - WAYS_OUT == {"inherited"}
    assert attempts["inherited"] == "ok"


def test_numbers_of_system_calls() -> None:
    """The table of closed calls holds the kernel's own numbers, for both architectures."""
    text = (ROOT / "server/engine/closed-calls.tsv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines(), delimiter="\t"))
    assert len(rows) == 27
    for machine, known in NUMBERS.items():
        assert {row["call"]: int(row[machine]) for row in rows if row["call"] in known} == known


def test_foreign_kernels_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no filter is known, that is said, and a process is not left to believe that it is shut."""
    assert sandbox.obstacle() is None
    monkeypatch.setattr("platform.machine", lambda: "riscv64")
    assert "riscv64" in (sandbox.obstacle() or "")
    with pytest.raises(sandbox.NoSandbox, match="riscv64"):
        sandbox.close_network()


# What a process does under a limit, and how it ends.
LIMITS = {
    "memory": ("limit_memory(50 * 2**20); bytes(200 * 2**20)", 1, b"MemoryError"),
    "memory, twice": ("limit_memory(2**20); limit_memory(500 * 2**20); bytes(200 * 2**20)", 0, b""),
    "memory of the engine": (
        "import pyoxigraph as ox; limit_memory(50 * 2**20); "
        "each = ' '.join(f'VALUES ?{name} {{ {\" \".join(map(str, range(200)))} }}' for name in 'abc'); "
        "next(ox.Store().query('SELECT DISTINCT * { ' + each + ' } ORDER BY ?a'))",
        -signal.SIGABRT,
        b"memory allocation of",
    ),
}


@pytest.mark.parametrize("limit", LIMITS)
def test_limits(limit: str) -> None:
    """A process that goes past a limit fails or is ended, and leaves no core file."""
    work, code, said = LIMITS[limit]
    done = _python("-c", f"from server.engine.sandbox import *; from server.engine.rlimits import *\n{work}")
    assert done.returncode == code
    assert said in done.stderr


def test_no_orphans() -> None:
    """A child ends when its parent does, though nobody tells it, and also when the parent had gone before."""
    for parent in ("os.getppid()", "1 + os.getppid()"):
        child = f"sandbox.die_with_parent({parent}); os.write(1, b'set'); signal.pause()"
        code = (
            f"import os, signal\nfrom server.engine import sandbox\nif not os.fork(): {child}\nos.read(0, 1)"
        )
        with subprocess.Popen(
            [sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as process:
            assert process.stdin
            assert process.stdout
            if parent == "os.getppid()":
                assert process.stdout.read(3) == b"set"
            process.stdin.close()
            assert process.stdout.read() == b""  # comes when the last process that holds the pipe has ended


@contextmanager
def _unix_sockets(path: Path) -> Iterator[None]:
    with (
        closing(socket.socket(socket.AF_UNIX)) as stream,
        closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as datagram,
    ):
        stream.bind(str(path))
        stream.listen()
        datagram.bind(f"{path}.datagram")
        yield


def _python(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True)
