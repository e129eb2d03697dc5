"""`parley serve`: answer HTTP until told to stop."""

import logging
import os
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import click

from kg.errors import ParleyError
from server import observation
from server.commands import options, setting_options
from server.engine import rlimits
from server.engine.holding import Spec
from server.engine.keeper import Keeper
from server.listener import Listener, block_stops
from server.logs import Logs
from server.machine import FORKED, SPAWNED
from server.run_folder import run_folder
from server.setting_sources import RUN, hand_on
from server.settings import Settings
from server.stores import Served, served

_HELP = """Serve the graph over HTTP: pages, SPARQL at /sparql, dumps at /dumps/. Stop it with Ctrl-C.

A graph that is built meanwhile is served as soon as it is complete.

Each setting has a flag, a variable and a key of a TOML file: --query-timeout 10s, PARLEY_QUERY_TIMEOUT=10s
and timeout = "10s" below [query] are the same. A flag wins over a variable, that over the file.

\b
Examples:
  parley serve
  parley serve --host 0.0.0.0 --port 8080 --workers 4
  parley serve --query-timeout 10s --log-access access.jsonl
"""

_log = logging.getLogger("parley")


@click.command(cls=setting_options.Sectioned, help=_HELP, short_help="Serve the graph over HTTP.")
@setting_options.every
def serve(settings: Settings) -> None:
    start = _start(settings)
    block_stops()  # before anything can start a thread that would take them
    store = served(settings.data)
    host, port = settings.listen.host, _free(settings.listen.host, settings.listen.port)
    line = f"Parley serves {_what(store)} at http://{_shown(host)}:{port}/ (Ctrl-C stops it)"
    Logs(settings.log).close()  # what workers could not open or read is told here
    settings.update.secret()
    _check(settings.data.spool)
    hand_on(settings)  # the workers are processes of their own
    with run_folder() as run:
        os.environ[RUN] = str(run)
        observation.attach(run / observation.FILE)
        with _kept(settings, str(run), store) if start == FORKED else nullcontext():
            Listener(host, port, settings.listen.workers, start, ready=lambda: click.echo(line)).run()


def _start(settings: Settings) -> str:
    """How query processes start. Raises ParleyError where they cannot, or not for what is to be served."""
    start = settings.pool.start
    if start == FORKED and sys.platform != "linux":
        raise ParleyError("processes can be forked on Linux only", "pool.start", "Leave it at auto")
    if start == SPAWNED and settings.data.store:
        what = "a store that changes needs query processes that are forked"
        raise ParleyError(what, "pool.start", "Serve it on Linux, with pool.start at auto")
    if start == SPAWNED:
        limits = "" if rlimits.limits_memory() else ", and memory has no limit"
        _log.warning("query processes are spawned: SERVICE is kept in by the text of queries alone%s", limits)
    return start


@contextmanager
def _kept(settings: Settings, run: str, store: Served) -> Iterator[None]:
    """A process that holds the graph, and forks query processes."""
    keeper = Keeper(_spec(settings, run), store.wanted)
    keeper.start()
    try:
        yield
    finally:
        keeper.stop()


def _what(store: Served) -> str:
    version = store.wanted()
    if version is None:
        return "an empty store in memory"
    return options.plural(store.generation(version).manifest["triples"], "triple")


def _spec(settings: Settings, run: str) -> Spec:
    """What nurseries are to hold."""
    return Spec(
        run=run,
        spool=str(settings.data.spool or tempfile.gettempdir()),
        data=str(settings.data.folder.resolve()),
        store=str(settings.data.store) if settings.data.store else None,
        in_memory=settings.data.in_memory,
        memory=settings.query.memory,
        kept=settings.data.kept,
    )


def _check(spool: Path | None) -> None:
    """Raises ParleyError where answers cannot be laid down."""
    if spool and not (spool.is_dir() and os.access(spool, os.W_OK | os.X_OK)):
        raise ParleyError("is no folder that one can write to", str(spool), "Name another with --spool")


def _free(host: str, port: int) -> int:
    """The port, if one can listen there, or a free one for 0; raises ParleyError if it is taken."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
            return int(probe.getsockname()[1])
    except OSError as error:
        where = f"{_shown(host)}:{port}"
        raise ParleyError(
            f"cannot listen there: {error.strerror}", where, "Name another --port or --host"
        ) from error


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
