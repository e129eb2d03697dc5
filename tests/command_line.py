"""Runs `parley` as a user does: as a process of its own, whose output and exit code count.

Where the environment does not matter that process is forked from one that has imported everything already
(warm_commands.py), which spares most of the time that the tests of commands would take.
"""

import atexit
import json
import os
import pty
import re
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO

from warm_commands import ANSWER

PARLEY = (sys.executable, "-m", "server.cli")
ROOT = Path(__file__).parent.parent
WARM = Path(__file__).with_name("warm_commands.py")
_BEFORE_IMPORTS = {"PYTHONHASHSEED", "TZ"}  # what takes effect when Python starts
_PATIENCE = 180  # seconds, for what takes ten on an idle machine


def environment(**more: str) -> dict[str, str]:
    """The environment of these processes: the checkout's code, wherever they run."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PARLEY_")}
    return kept | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"} | more


def parley(
    *arguments: str | Path, data: Path | None = None, stdin: bytes | None = None, **more: str
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end; `data` is its data folder, `more` goes into its environment."""
    command = [*PARLEY, *map(str, arguments)]
    env = environment(**more) | ({"PARLEY_DATA": str(data)} if data else {})
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as err:
        given.write(stdin or b"")
        given.seek(0)
        code = _begin(command, env, given.fileno(), said.fileno(), err.fileno())()
        said.seek(0)
        err.seek(0)
        return subprocess.CompletedProcess(command, code, said.read().decode(), err.read().decode())


def on_terminal(
    *arguments: str | Path, data: Path | None = None, **more: str
) -> subprocess.CompletedProcess[str]:
    """Run a command whose output and errors go to one terminal, and give what a person sees there."""
    ours, theirs = pty.openpty()
    command = [*PARLEY, *map(str, arguments)]
    env = environment(TERM="xterm", **more) | ({"PARLEY_DATA": str(data)} if data else {})
    with Path(os.devnull).open("rb") as given:
        end = _begin(command, env, given.fileno(), theirs, theirs)
    os.close(theirs)
    said = b"".join(_until_closed(ours))
    return subprocess.CompletedProcess(command, end(), said.decode().replace("\r\n", "\n"), "")


def _begin(command: list[str], env: dict[str, str], *streams: int) -> Callable[[], int]:
    """Start a command; what comes back waits for its end and gives its exit code."""
    if _BEFORE_IMPORTS & (env.keys() - os.environ.keys()):
        given, said, err = streams
        process = subprocess.Popen(command, env=env, stdin=given, stdout=said, stderr=err)
        return lambda: _waited(process)
    return _forked(command[len(PARLEY) :], env, *streams).end


@dataclass(frozen=True)
class Forked:
    """A command that runs in a process of its own, which may be killed; no other may begin before its end."""

    process: int

    def has_ended(self) -> bool:
        return bool(select.select([_warm()], [], [], 0)[0])

    def end(self) -> int:
        """Wait for it; its exit code, or the negative number of the signal that ended it."""
        try:
            return _answer()
        except TimeoutError:
            os.kill(self.process, signal.SIGKILL)
            _warm.cache_clear()
            raise


@contextmanager
def begun(*arguments: str | Path, data: Path) -> Iterator[tuple[Forked, IO[bytes]]]:
    """A command that runs meanwhile, and the file of what it says on standard error."""
    env = environment(PARLEY_DATA=str(data))
    with Path(os.devnull).open("r+b") as null, tempfile.TemporaryFile() as err:
        yield _forked([*map(str, arguments)], env, null.fileno(), null.fileno(), err.fileno()), err


def _forked(arguments: list[str], env: dict[str, str], *streams: int) -> Forked:
    request = {"arguments": arguments, "environment": env, "folder": str(Path.cwd())}
    socket.send_fds(_warm(), [json.dumps(request).encode()], streams)
    return Forked(_answer())


def _waited(process: subprocess.Popen[bytes]) -> int:
    try:
        return process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        raise


def _answer() -> int:
    (number,) = ANSWER.unpack(_warm().recv(ANSWER.size, socket.MSG_WAITALL))
    return int(number)


@cache
def _warm() -> socket.socket:
    """The other end of the process that forks; it ends when this one does."""
    ours, theirs = socket.socketpair()
    ours.settimeout(_PATIENCE)
    command = [sys.executable, str(WARM), str(theirs.fileno())]
    process = subprocess.Popen(command, env=environment(), pass_fds=[theirs.fileno()])
    theirs.close()
    atexit.register(process.wait)
    atexit.register(ours.close)
    return ours


def _until_closed(terminal: int) -> Iterator[bytes]:
    try:
        while chunk := os.read(terminal, 4096):
            yield chunk
    except OSError:  # how Linux says that the other end was closed
        pass
    finally:
        os.close(terminal)


def start(*arguments: str | Path, data: Path | None = None, **more: str) -> subprocess.Popen[str]:
    """Start a command and leave it running; its output can be read line by line."""
    env = environment(PYTHONUNBUFFERED="1", **more) | ({"PARLEY_DATA": str(data)} if data else {})
    command = [*PARLEY, *map(str, arguments)]
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


@dataclass(frozen=True)
class Answering:
    """A server that answers: its address, without a slash at its end, what it said, and its process."""

    url: str
    said: str
    process: subprocess.Popen[str]


@contextmanager
def answering(*options: str, data: Path | None = None, **more: str) -> Iterator[Answering]:
    """A server of one worker on a free port of the loopback interface; `more` goes into its environment."""
    process = start("serve", "--port", "0", *options, data=data, **({"PARLEY_WORKERS": "1"} | more))
    assert process.stdout
    try:
        said, found = "", None
        while not found:
            line = process.stdout.readline()
            assert line, said  # it has ended
            said += line
            found = re.search(r"http://[^/\s]+", line)
        yield Answering(found[0], said, process)
    finally:
        process.terminate()
        process.wait(_PATIENCE)
        process.stdout.close()


@contextmanager
def serving(data: Path, *options: str) -> Iterator[str]:
    """The address of a server of this data folder."""
    with answering(*options, data=data) as server:
        yield server.url
