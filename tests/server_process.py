"""Starts a writable server as a user does, empty and in memory, for tests that talk to it over HTTP."""

import re
import secrets
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from command_line import PARLEY, environment
from w3c.over_http import Server

_PATIENCE = 60  # seconds


@contextmanager
def writable(*options: str) -> Iterator[Server]:
    """`parley serve --store :memory:` on a free port of the loopback interface, with a token of its own."""
    token = secrets.token_urlsafe()
    command = [*PARLEY, "serve", "--store", ":memory:", "--port", "0", *options]
    process = subprocess.Popen(
        command,
        env=environment(PARLEY_UPDATE_TOKEN=token, PYTHONUNBUFFERED="1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout
    try:
        said = process.stdout.readline()
        found = re.search(r"http://[^/\s]+", said)
        assert found, said + process.stdout.read()
        yield Server(found[0], token)
    finally:
        process.terminate()
        process.wait(_PATIENCE)
        process.stdout.close()
