"""Clients that ask a server one thing after another, and remember what each answer said of itself."""

import http.client
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

_PATIENCE = 30  # seconds


@dataclass(frozen=True)
class Seen:
    """One answer: what it says of itself, and the generation that its content comes from."""

    path: str
    status: int
    version: str | None
    tag: str | None
    sent: str | None
    content: str
    body: bytes = b""
    began: float = 0.0
    ended: float = 0.0


class Client(threading.Thread):
    """Asks one thing after another over a connection that stays open, with the tag that it got last."""

    def __init__(self, url: str, paths: tuple[str, ...], stop: threading.Event) -> None:
        super().__init__()
        self._place, self._paths, self._stopping = urlsplit(url).netloc, paths, stop
        self.seen = list[Seen]()
        self.broken = 0

    def run(self) -> None:
        connection = http.client.HTTPConnection(self._place, timeout=_PATIENCE)
        tags: dict[str, str] = {}
        while not self._stopping.is_set():
            for path in self._paths:
                try:
                    self._ask(connection, path, tags)
                except (OSError, http.client.HTTPException):
                    self.broken += 1
                    connection.close()
        connection.close()

    def _ask(self, connection: http.client.HTTPConnection, path: str, tags: dict[str, str]) -> None:
        sent = tags.get(path) if len(self.seen) % 2 else None
        began = time.monotonic()
        connection.request("GET", path, headers={"If-None-Match": sent} if sent else {})
        answer = connection.getresponse()
        body = answer.read()
        tag, version = answer.headers["ETag"], answer.headers["Parley-Data-Version"]
        mark = re.search(rb"mark of ([a-z0-9-]+)", body)
        content = mark[1].decode() if mark else ""
        ended = time.monotonic()
        self.seen.append(Seen(path, answer.status, version, tag, sent, content, body, began, ended))
        if answer.status == 200 and tag:
            tags[path] = tag


@contextmanager
def hammering(url: str, paths: tuple[str, ...], clients: int = 4) -> Iterator[list[Client]]:
    """Clients that ask for these paths until the end of the block; then each has what it has `seen`."""
    stop = threading.Event()
    asking = [Client(url, paths[n % len(paths) :] + paths[: n % len(paths)], stop) for n in range(clients)]
    for client in asking:
        client.start()
    try:
        yield asking
    finally:
        stop.set()
        for client in asking:
            client.join(_PATIENCE)
