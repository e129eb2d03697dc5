"""Runs `parley` as a user does: as a process of its own, whose output and exit code count."""

import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PARLEY = (sys.executable, "-m", "server.cli")
ROOT = Path(__file__).parent.parent
_PATIENCE = 60  # seconds for anything that takes one on an idle machine


def environment(**more: str) -> dict[str, str]:
    """The environment of these processes: the checkout's code, wherever they run."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PARLEY_")}
    return kept | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"} | more


def parley(
    *arguments: str | Path, data: Path | None = None, stdin: bytes | None = None, **more: str
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end; `data` is its data folder, `more` goes into its environment."""
    env = environment(**more) | ({"PARLEY_DATA": str(data)} if data else {})
    done = subprocess.run(
        [*PARLEY, *map(str, arguments)],
        env=env,
        input=stdin,
        capture_output=True,
        timeout=_PATIENCE,
        check=False,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def on_terminal(
    *arguments: str | Path, data: Path | None = None, **more: str
) -> subprocess.CompletedProcess[str]:
    """Run a command whose output and errors go to one terminal, and give what a person sees there."""
    ours, theirs = pty.openpty()
    env = environment(TERM="xterm", **more) | ({"PARLEY_DATA": str(data)} if data else {})
    with subprocess.Popen([*PARLEY, *map(str, arguments)], env=env, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        said = b"".join(_until_closed(ours))
        code = process.wait(_PATIENCE)
    return subprocess.CompletedProcess(process.args, code, said.decode().replace("\r\n", "\n"), "")


def _until_closed(terminal: int) -> Iterator[bytes]:
    try:
        while chunk := os.read(terminal, 4096):
            yield chunk
    except OSError:  # how Linux says that the other end was closed
        pass
    finally:
        os.close(terminal)


def start(*arguments: str | Path, data: Path) -> subprocess.Popen[str]:
    """Start a command and leave it running; its output can be read line by line."""
    env = environment(PARLEY_DATA=str(data), PYTHONUNBUFFERED="1")
    command = [*PARLEY, *map(str, arguments)]
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


@contextmanager
def serving(data: Path) -> Iterator[str]:
    """A server of this data folder on a free port of the loopback interface; gives its address."""
    process = start("serve", "--port", "0", data=data)
    assert process.stdout
    try:
        said = process.stdout.readline()
        found = re.search(r"http://[^/\s]+", said)
        assert found, said + process.stdout.read()
        yield found[0]
    finally:
        process.terminate()
        process.wait(_PATIENCE)
        process.stdout.close()
