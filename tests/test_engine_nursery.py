"""Tests of the process that holds the graph: what it keeps on the disk, and that it serves on any kernel."""

import fcntl
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from command_line import environment
from server_graph import CASES, put

from kg.store import DataFolder
from server.engine import frames, served
from server.engine.holding import Spec

_PATIENCE = 30  # seconds
_NO_FILTER = "from server.engine import sandbox; sandbox.obstacle = lambda: 'no such kernel'; "
_MANY_FILES = (
    "import os, resource; resource.setrlimit(resource.RLIMIT_NOFILE, (4096, 4096)); "
    "[os.dup(0) for _ in range(1100)]; "
)
_MAIN = "import sys; from server.engine import nursery, holding; nursery.main(holding.spec(sys.argv[1]))"


@contextmanager
def _nursery(data: Path, run: Path, before: str = "") -> Iterator[str]:
    """One that serves; gives the version."""
    spec = Spec(str(run), str(run), str(data), None, in_memory=0, memory=2**28, kept=2)
    command = [sys.executable, "-c", before + _MAIN, spec.to_json()]
    with subprocess.Popen(command, stdin=subprocess.PIPE, env=environment()) as process:
        until = time.monotonic() + _PATIENCE
        while not served.link(run):
            assert process.poll() is None
            assert time.monotonic() < until
            time.sleep(0.02)
        yield served.read(run, served.link(run)).version


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with the small graph."""
    put(DataFolder(tmp_path / "data"), "one", (CASES / "server.trig").read_text("utf-8"))
    return tmp_path / "data"


@contextmanager
def _worker(run: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(_PATIENCE)
        connection.connect(served.read(run, served.link(run)).socket)
        yield connection


def _is_held(folder: Path) -> bool:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return False
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)


def test_what_is_served_stays_on_the_disk(data: Path, tmp_path: Path) -> None:
    """The generation is held for as long as it is served, so that no build removes it, and no longer."""
    (tmp_path / "run").mkdir()
    folder = DataFolder(data).current().folder
    with _nursery(data, tmp_path / "run") as version:
        assert version == "one"
        assert _is_held(folder)
    assert not _is_held(folder)


def test_a_kernel_without_filters_is_no_obstacle(data: Path, tmp_path: Path) -> None:
    """Where the network cannot be closed the keeper logs it, and the graph is served all the same."""
    (tmp_path / "run").mkdir()
    with _nursery(data, tmp_path / "run", _NO_FILTER) as version:
        assert version == "one"


def test_workers_are_served_whatever_others_do(data: Path, tmp_path: Path) -> None:
    """A worker that stops in the middle of a message holds nobody up, nor do a thousand open files."""
    (run := tmp_path / "run").mkdir()
    with _nursery(data, run, _MANY_FILES), _worker(run) as stuck, _worker(run) as other:
        order = frames.packed({"want": "reader"})
        stuck.sendall(order[:-3])
        for _ in range(2):
            other.sendall(order)
            head, _, descriptors = frames.receive(other)
            assert (head["version"], len(descriptors)) == ("one", 2)
            for descriptor in descriptors:
                os.close(descriptor)
        stuck.sendall(order[-3:] + order)
        for _ in range(2):
            _, _, descriptors = frames.receive(stuck)
            assert len(descriptors) == 2
            for descriptor in descriptors:
                os.close(descriptor)
