"""`parley serve`: answer HTTP until told to stop."""

import os
import socket

import click

from kg.errors import ParleyError
from kg.store import DataFolder
from server.commands import options
from server.listener import Listener

_HELP = """Serve the graph over HTTP: pages, SPARQL at /sparql, dumps at /dumps/. Stop it with Ctrl-C.

A graph that is built meanwhile is served as soon as it is complete.

\b
Examples:
  parley serve
  parley serve --host 0.0.0.0 --port 8080 --workers 4
"""


@click.command(help=_HELP, short_help="Serve the graph over HTTP.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0: any free one."
)
@click.option(
    "--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Processes that answer."
)
@options.data
def serve(host: str, port: int, workers: int, folder: DataFolder) -> None:
    generation = folder.current()
    port = _free(host, port)
    os.environ["PARLEY_DATA"] = str(folder.path.resolve())  # the workers are processes of their own
    triples = options.plural(generation.manifest["triples"], "triple")
    line = f"Parley serves {triples} at http://{_shown(host)}:{port}/ (Ctrl-C stops it)"
    Listener(host, port, workers, ready=lambda: click.echo(line)).run()


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
