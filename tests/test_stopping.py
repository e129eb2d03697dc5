"""`parley serve` says that it answers when it does, says nothing else, and ends when told, at any moment."""

import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPException
from pathlib import Path
from urllib.request import urlopen

import pytest
from command_line import PARLEY, environment
from conftest import Built
from process_tree import descendants, state
from server_graph import CASES, put

from kg.store import DataFolder

_PATIENCE = 30  # seconds for what takes less than one on an idle machine, and at most four on any
_STEPS = 3


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small graph, since how long one takes to be held has no part in most of this."""
    folder = DataFolder(tmp_path_factory.mktemp("data"))
    put(folder, "one", (CASES / "server.trig").read_text("utf-8"))
    return folder.path


@contextmanager
def _server(data: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    """A server on a free port, alone in its process group, of which nothing is left afterwards."""
    process = subprocess.Popen(
        [*PARLEY, "serve", "--port", "0", *options],
        env=environment(PARLEY_DATA=str(data), PYTHONUNBUFFERED="1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline()


def _stopped(process: subprocess.Popen[str]) -> str:
    """What the server still said after a SIGTERM, which ended it as one does."""
    process.send_signal(signal.SIGTERM)
    said, _ = process.communicate(timeout=_PATIENCE)
    assert process.returncode in (0, -signal.SIGTERM)  # a shell shows the second as 143
    return said


@pytest.mark.parametrize("workers", ["1", "12"])
def test_one_line_when_the_port_answers(data: Path, workers: str) -> None:
    """The address answers as soon as it is printed, and nothing else is, however many workers there are."""
    with _server(data, "--workers", workers) as process:
        line = _line(process)
        assert line.startswith("Parley serves "), line
        (url,) = re.findall(r"http://[^/\s]+", line)
        with urlopen(f"{url}/health", timeout=_PATIENCE) as answer:
            assert answer.status == 200
        assert _stopped(process) == ""


def test_a_worker_that_dies_is_replaced(data: Path) -> None:
    """After its only worker was killed, the server answers again, and still ends when told."""
    with _server(data) as process:
        (url,) = re.findall(r"http://[^/\s]+", _line(process))
        killed = _workers(process)
        for worker in killed:
            os.kill(worker, signal.SIGKILL)
        assert _answers_within(url, _PATIENCE)
        assert killed
        assert process.poll() is None
        assert not set(killed) & set(_workers(process))
        _stopped(process)


def _workers(process: subprocess.Popen[str]) -> list[int]:
    """The processes that answer: the children of the one that was started, without Python's own trackers."""
    children = Path(f"/proc/{process.pid}/task").glob("*/children")
    pids = [int(pid) for listed in children for pid in listed.read_text().split()]
    return [pid for pid in pids if b"resource_tracker" not in Path(f"/proc/{pid}/cmdline").read_bytes()]


def _answers_within(url: str, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with suppress(OSError, HTTPException), urlopen(f"{url}/health", timeout=2) as answer:
            return bool(answer.status == 200)
        time.sleep(0.1)
    return False


@pytest.mark.parametrize("delay", [0, 0.02])
def test_it_ends_right_after_its_line(data: Path, delay: float) -> None:
    """A SIGTERM any time after the line ends the server."""
    with _server(data) as process:
        assert "http://" in _line(process)
        time.sleep(delay)
        assert _stopped(process) == ""


@pytest.mark.parametrize(("workers", "large"), [("1", True), ("3", False)])
def test_it_ends_while_it_starts(lone: Built, data: Path, workers: str, large: bool) -> None:
    """A SIGTERM at any moment before the line ends it too; nothing but that line can have been said."""
    data = lone.folder.path if large else data
    began = time.monotonic()
    with _server(data, "--workers", workers) as process:
        _line(process)
        needed = time.monotonic() - began
        _stopped(process)
    for step in range(_STEPS):
        with _server(data, "--workers", workers) as process:
            time.sleep(needed * (step + 0.5) / _STEPS)
            assert re.fullmatch(r"(Parley serves .*\n)?", _stopped(process))


def test_nothing_outlives_a_main_process_that_is_killed(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After kill -9 of the first process all others end; the next server takes its files away."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with _server(data, "--workers", "2") as process:
        assert "http://" in _line(process)
        left = descendants(process.pid)
        assert len(left) >= 3
        process.kill()
        process.wait()
        until = time.monotonic() + _PATIENCE
        while any(state(one) not in ("", "Z") for one in left) and time.monotonic() < until:
            time.sleep(0.05)
        survivors = [one for one in left if state(one) not in ("", "Z")]
        for one in survivors:
            os.kill(one, signal.SIGKILL)
        assert survivors == []
    (left_over,) = tmp_path.iterdir()
    with _server(data) as process:
        assert "http://" in _line(process)
        assert not left_over.exists()
        assert len(list(tmp_path.iterdir())) == 1
        _stopped(process)
    assert list(tmp_path.iterdir()) == []
