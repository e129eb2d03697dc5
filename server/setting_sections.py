"""Every setting of the server, section by section: what it means, its default, its bounds and its names.

A setting `query.timeout` is `timeout` of `[query]` in the TOML file, the environment variable
PARLEY_QUERY_TIMEOUT and the flag `--query-timeout`. `server.setting_sources` reads them; code that needs one
takes the section (`settings.query.timeout`), whose values are typed: seconds, bytes, paths, …
"""

# ruff: noqa: RUF009 - the defaults are values that never change

from dataclasses import dataclass
from pathlib import Path

from server import machine
from server import quantities as kind
from server.quantities import Network, Target
from server.setting import SettingsError, setting

_KB, _MB, _GB, _TB = 2**10, 2**20, 2**30, 2**40
_DAY = 86400.0  # seconds


@dataclass(frozen=True)
class Listen:
    """Where and how the server listens."""

    host: str = setting(kind.TEXT, "127.0.0.1", "The address to listen on.", "host")
    port: int = setting(kind.count(0, 65535), "8000", "The port to listen on; 0: any free one.", "port")
    workers: int = setting(
        kind.automatic(kind.count(1, machine.MOST_WORKERS), machine.workers),
        "auto",
        "Processes that speak HTTP; auto: one for each core.",
        "workers",
    )
    stall: float = setting(
        kind.duration(0.1, _DAY), "60s", "The longest that a client may take over 256 KiB of a large answer."
    )


@dataclass(frozen=True)
class Data:
    """What is served, and where files lie."""

    folder: Path = setting(kind.PATH, "data", "Where texts and graph are kept.", "data")
    store: Path | None = setting(
        kind.optional(kind.PATH, "built"),
        "built",
        "What to serve: the built graph, a writable store in a folder, or :memory:, an empty one.",
        "store",
    )
    in_memory: int = setting(
        kind.size(0, _TB),
        "256MiB",
        "A store of up to this size on disk is held in memory, a larger one read from disk.",
    )
    kept: int = setting(kind.count(2, 1000), "3", "Generations of the graph that are kept.", "kept")
    articles: str = setting(
        kind.choice("said", "cited", "whole"),
        "said",
        "What pages show of articles: what is said in them, all that is cited, or, where you may, the whole.",
        "articles",
    )
    spool: Path | None = setting(
        kind.optional(kind.PATH, "system"),
        "system",
        "Where answers wait to be sent; the system's temporary folder.",
        "spool",
    )


@dataclass(frozen=True)
class Public:
    """How the world reaches the server, where a reverse proxy stands before it."""

    url: str | None = setting(
        kind.optional(kind.SITE, "none"),
        "none",
        "The address of the start page for the world, such as https://example.org/parley/.",
    )
    prefix: str = setting(
        kind.PREFIX,
        "/",
        "The path below which the world finds the server; that of public.url if it is given.",
    )
    trusted_proxies: tuple[Network, ...] = setting(
        kind.listed(kind.NETWORK),
        "none",
        "Proxies whose word on client, host and scheme counts.",
    )
    proxy_headers: str = setting(
        kind.choice("x-forwarded", "forwarded"),
        "x-forwarded",
        "The headers in which they say it: X-Forwarded-For, -Proto, -Host and -Prefix, or Forwarded.",
    )


@dataclass(frozen=True)
class Query:
    """What one query may take."""

    timeout: float = setting(kind.duration(0.1, _DAY), "30s", "Time for a query that asks for no other.")
    timeout_cap: float = setting(
        kind.duration(0.1, _DAY), "2m", "The longest time that a query may ask for with timeout=."
    )
    rows: int = setting(kind.count(1, 10**9), "1_000_000", "Rows, or triples, of one answer.")
    size: int = setting(kind.size(_KB, _TB), "256MiB", "Bytes of one answer, before it is compressed.")
    memory: int = setting(
        kind.size(16 * _MB, _TB), "2GiB", "Memory that one query may take beside the store."
    )


@dataclass(frozen=True)
class Pool:
    """The query processes of each worker, and who waits for them."""

    processes: int | None = setting(
        kind.optional(kind.count(1, 256), "auto"),
        "auto",
        "Query processes of each worker; auto: two for each core, shared out among workers, at least two.",
    )
    start: str = setting(
        kind.automatic(kind.choice(machine.FORKED, machine.SPAWNED), machine.start),
        "auto",
        "How they start: forked from one that holds the graph, on Linux alone, or spawned to read the disk.",
    )
    share: float = setting(
        kind.share(), "75%", "The part of them that one client may hold in a worker at a time; at least one."
    )
    queue: int = setting(kind.count(0, 10**6), "1000", "Queries that may wait for a process in each worker.")
    client_queue: int = setting(kind.count(0, 10**6), "100", "Those of one client.")
    wait: float = setting(kind.duration(0, _DAY), "30s", "The longest that a query waits for a process.")

    def places(self, workers: int) -> int:
        """How many queries each of so many workers runs at a time.

        More than there are cores, so that these have work while answers travel; and more than one, so that a
        client with long queries, which give way to short ones, leaves a place to others.
        """
        return self.processes or max(2, 2 * machine.cores() // workers)

    def client_places(self, workers: int) -> int:
        """How many of these may be those of one client."""
        return max(1, int(self.places(workers) * self.share))


@dataclass(frozen=True)
class Cache:
    """Answers that are kept to be given again; all workers share them."""

    size: int = setting(kind.size(0, _TB), "256MiB", "Bytes of all kept answers; 0 keeps none.")
    entry: int = setting(kind.size(0, _TB), "32MiB", "Bytes of the largest answer that is kept.")
    cheap: float = setting(
        kind.duration(0, _DAY), "5ms", "An answer that took less is kept only once it is asked for again."
    )


@dataclass(frozen=True)
class Request:
    """What one request may be."""

    size: int = setting(kind.size(_KB, _TB), "4MiB", "Bytes of the body of a query.")
    update_size: int = setting(
        kind.size(_KB, _TB), "256MiB", "Bytes of the body of an update or of a graph that is sent."
    )
    bodies: int = setting(
        kind.size(_KB, _TB), "512MiB", "Bytes of all bodies that a worker holds at a time; past it, 503."
    )
    timeout: float = setting(kind.duration(0.1, _DAY), "30s", "The longest that a body may take to arrive.")


@dataclass(frozen=True)
class Update:
    """Who may change a writable store."""

    token: str | None = setting(
        kind.optional(kind.TEXT, "none"),
        "none",
        "The bearer token that updates need; without one there are none.",
        secret=True,
    )
    token_file: Path | None = setting(kind.optional(kind.PATH, "none"), "none", "A file with that token.")
    timeout: float = setting(kind.duration(0.1, _DAY), "1m", "Time for one update.")

    def secret(self) -> str | None:
        """The token, from the variable or the file; None: no updates. Raises SettingsError."""
        if self.token_file is None:
            return self.token
        try:
            token = self.token_file.read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "is not text in UTF-8"
            raise SettingsError(f"update.token_file cannot be read: {reason}", str(self.token_file)) from None
        if not token.isascii() or not token.isprintable() or not token or " " in token:
            raise SettingsError(
                "update.token_file holds no token", str(self.token_file), "Write one word of ASCII into it"
            )
        return token


@dataclass(frozen=True)
class Federation:
    """Which other endpoints SERVICE may reach, and what one call may take."""

    allow: tuple[Target, ...] = setting(
        kind.listed(kind.TARGET),
        "none",
        "Endpoints for SERVICE; URL* opens all below it, private:URL one in a private network.",
    )
    timeout: float = setting(kind.duration(0.1, _DAY), "10s", "Time for one call.")
    size: int = setting(kind.size(_KB, _GB), "16MiB", "Bytes of one answer.")
    rows: int = setting(kind.count(1, 10**7), "10_000", "Rows of one answer.")


@dataclass(frozen=True)
class Log:
    """What is written down about requests: PATH is a file, - standard output."""

    access: Path | None = setting(kind.optional(kind.PATH, "off"), "off", "A line of JSON for each request.")
    client: str = setting(
        kind.choice("truncated", "full", "none"),
        "truncated",
        "Addresses of clients in logs: their network only, whole, or not.",
    )
    slow: Path | None = setting(
        kind.optional(kind.PATH, "off"), "off", "A line of JSON, with its text, for each slow query."
    )
    slow_after: float = setting(kind.duration(0, _DAY), "5s", "From when on a query is slow.")
    slow_text: int = setting(kind.size(0, _MB), "8KiB", "Bytes of a slow query's text that are written.")
