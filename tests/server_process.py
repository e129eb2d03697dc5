"""Starts a writable server as a user does, empty and in memory, for tests that talk to it over HTTP."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from command_line import answering
from w3c.over_http import Server


@contextmanager
def writable(*options: str) -> Iterator[Server]:
    """`parley serve --store :memory:` on a free port of the loopback interface, with a token of its own."""
    token = secrets.token_urlsafe()
    with answering("--store", ":memory:", *options, PARLEY_UPDATE_TOKEN=token) as server:
        yield Server(server.url, token)
