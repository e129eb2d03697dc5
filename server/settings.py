"""Every setting of the server, in one place: what it means, its default, its bounds and its names.

A setting `query.timeout` is `timeout` of `[query]` in the TOML file, the environment variable
PARLEY_QUERY_TIMEOUT and the flag `--query-timeout`. `server.setting_sources` reads them; code that needs one
takes the section (`settings.query.timeout`), whose values are typed: seconds, bytes, paths, …
"""

# ruff: noqa: RUF009 - the defaults are values that never change

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, cast

from kg.errors import ParleyError
from server import quantities as kind
from server.quantities import FORKED, SPAWNED, AnyKind, Kind, Network, Target, Value

MEMORY = Path(":memory:")  # as `data.store`: a store that no file holds
STDOUT = Path("-")  # as a log: standard output

_KB, _MB, _GB, _TB = 2**10, 2**20, 2**30, 2**40
_DAY = 86400.0  # seconds


class SettingsError(ParleyError):
    """A setting that does not exist, or a value that it cannot have."""

    exit_code = 2


@dataclass(frozen=True)
class Setting:
    """One row of the table; `name` is what its flag and its variable are made of."""

    section: str
    field: str
    name: str
    kind: AnyKind
    default: str
    meaning: str
    secret: bool = False

    @property
    def key(self) -> str:
        """Its place in the TOML file: section and key."""
        return f"{self.section}.{self.field}"

    @property
    def variable(self) -> str:
        """The environment variable."""
        return f"PARLEY_{self.name.replace('-', '_').upper()}"

    @property
    def flag(self) -> str | None:
        """The flag of `parley serve`; None for secrets, since others see what is on a command line."""
        return None if self.secret else f"--{self.name}"


def _setting(
    of: Kind[Value], default: str, meaning: str, name: str | None = None, secret: bool = False
) -> Value:
    facts = {"kind": of, "default": default, "meaning": meaning, "name": name, "secret": secret}
    return field(default=of.read(default), metadata=facts, repr=not secret)


@dataclass(frozen=True)
class Listen:
    """Where and how the server listens."""

    host: str = _setting(kind.TEXT, "127.0.0.1", "The address to listen on.", "host")
    port: int = _setting(kind.count(0, 65535), "8000", "The port to listen on; 0: any free one.", "port")
    workers: int = _setting(
        kind.automatic(kind.count(1, kind.MOST_WORKERS), kind.workers),
        "auto",
        "Processes that speak HTTP; auto: one for each core.",
        "workers",
    )


@dataclass(frozen=True)
class Data:
    """What is served, and where files lie."""

    folder: Path = _setting(kind.PATH, "data", "Where texts and graph are kept.", "data")
    store: Path | None = _setting(
        kind.optional(kind.PATH, "built"),
        "built",
        "What to serve: the built graph, a writable store in a folder, or :memory:, an empty one.",
        "store",
    )
    in_memory: int = _setting(
        kind.size(0, _TB),
        "256MiB",
        "A store of up to this size on disk is held in memory, a larger one read from disk.",
    )
    kept: int = _setting(kind.count(2, 1000), "3", "Generations of the graph that are kept.", "kept")
    spool: Path | None = _setting(
        kind.optional(kind.PATH, "system"),
        "system",
        "Where answers wait to be sent; the system's temporary folder.",
        "spool",
    )


@dataclass(frozen=True)
class Public:
    """How the world reaches the server, where a reverse proxy stands before it."""

    url: str | None = _setting(
        kind.optional(kind.SITE, "none"),
        "none",
        "The address of the start page for the world, such as https://example.org/parley/.",
    )
    prefix: str = _setting(
        kind.PREFIX,
        "/",
        "The path below which the world finds the server; that of public.url if it is given.",
    )
    trusted_proxies: tuple[Network, ...] = _setting(
        kind.listed(kind.NETWORK),
        "none",
        "Proxies whose word on client, host and scheme counts.",
    )
    proxy_headers: str = _setting(
        kind.choice("x-forwarded", "forwarded"),
        "x-forwarded",
        "The headers in which they say it: X-Forwarded-For, -Proto, -Host and -Prefix, or Forwarded.",
    )


@dataclass(frozen=True)
class Query:
    """What one query may take."""

    timeout: float = _setting(kind.duration(0.1, _DAY), "30s", "Time for a query that asks for no other.")
    timeout_cap: float = _setting(
        kind.duration(0.1, _DAY), "2m", "The longest time that a query may ask for with timeout=."
    )
    rows: int = _setting(kind.count(1, 10**9), "1_000_000", "Rows, or triples, of one answer.")
    size: int = _setting(kind.size(_KB, _TB), "256MiB", "Bytes of one answer, before it is compressed.")
    memory: int = _setting(
        kind.size(16 * _MB, _TB), "2GiB", "Memory that one query may take beside the store."
    )


@dataclass(frozen=True)
class Pool:
    """The query processes of each worker, and who waits for them."""

    processes: int | None = _setting(
        kind.optional(kind.count(1, 256), "auto"),
        "auto",
        "Query processes of each worker; auto: two for each core, shared out among workers, at least two.",
    )
    start: str = _setting(
        kind.automatic(kind.choice(FORKED, SPAWNED), kind.start),
        "auto",
        "How they start: forked from one that holds the graph, on Linux alone, or spawned to read the disk.",
    )
    share: float = _setting(
        kind.share(), "75%", "The part of them that one client may hold in a worker at a time; at least one."
    )
    queue: int = _setting(kind.count(0, 10**6), "1000", "Queries that may wait for a process in each worker.")
    client_queue: int = _setting(kind.count(0, 10**6), "100", "Those of one client.")
    wait: float = _setting(kind.duration(0, _DAY), "30s", "The longest that a query waits for a process.")

    def places(self, workers: int) -> int:
        """How many queries each of so many workers runs at a time.

        More than there are cores, so that these have work while answers travel; and more than one, so that a
        client with long queries, which give way to short ones, leaves a place to others.
        """
        return self.processes or max(2, 2 * kind.cores() // workers)

    def client_places(self, workers: int) -> int:
        """How many of these may be those of one client."""
        return max(1, int(self.places(workers) * self.share))


@dataclass(frozen=True)
class Cache:
    """Answers that are kept to be given again; all workers share them."""

    size: int = _setting(kind.size(0, _TB), "256MiB", "Bytes of all kept answers; 0 keeps none.")
    entry: int = _setting(kind.size(0, _TB), "32MiB", "Bytes of the largest answer that is kept.")
    cheap: float = _setting(
        kind.duration(0, _DAY), "5ms", "An answer that took less is kept only once it is asked for again."
    )


@dataclass(frozen=True)
class Request:
    """What one request may be."""

    size: int = _setting(kind.size(_KB, _TB), "4MiB", "Bytes of the body of a query.")
    update_size: int = _setting(
        kind.size(_KB, _TB), "256MiB", "Bytes of the body of an update or of a graph that is sent."
    )
    bodies: int = _setting(
        kind.size(_KB, _TB), "512MiB", "Bytes of all bodies that a worker holds at a time; past it, 503."
    )
    timeout: float = _setting(kind.duration(0.1, _DAY), "30s", "The longest that a body may take to arrive.")


@dataclass(frozen=True)
class Update:
    """Who may change a writable store."""

    token: str | None = _setting(
        kind.optional(kind.TEXT, "none"),
        "none",
        "The bearer token that updates need; without one there are none.",
        secret=True,
    )
    token_file: Path | None = _setting(kind.optional(kind.PATH, "none"), "none", "A file with that token.")
    timeout: float = _setting(kind.duration(0.1, _DAY), "1m", "Time for one update.")

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

    allow: tuple[Target, ...] = _setting(
        kind.listed(kind.TARGET),
        "none",
        "Endpoints for SERVICE; URL* opens all below it, private:URL one in a private network.",
    )
    timeout: float = _setting(kind.duration(0.1, _DAY), "10s", "Time for one call.")
    size: int = _setting(kind.size(_KB, _GB), "16MiB", "Bytes of one answer.")
    rows: int = _setting(kind.count(1, 10**7), "10_000", "Rows of one answer.")


@dataclass(frozen=True)
class Log:
    """What is written down about requests: PATH is a file, - standard output."""

    access: Path | None = _setting(kind.optional(kind.PATH, "off"), "off", "A line of JSON for each request.")
    client: str = _setting(
        kind.choice("truncated", "full", "none"),
        "truncated",
        "Addresses of clients in logs: their network only, whole, or not.",
    )
    slow: Path | None = _setting(
        kind.optional(kind.PATH, "off"), "off", "A line of JSON, with its text, for each slow query."
    )
    slow_after: float = _setting(kind.duration(0, _DAY), "5s", "From when on a query is slow.")
    slow_text: int = _setting(kind.size(0, _MB), "8KiB", "Bytes of a slow query's text that are written.")


@dataclass(frozen=True)
class Settings:
    """All of them, checked."""

    listen: Listen = Listen()
    data: Data = Data()
    public: Public = Public()
    query: Query = Query()
    pool: Pool = Pool()
    cache: Cache = Cache()
    request: Request = Request()
    update: Update = Update()
    federation: Federation = Federation()
    log: Log = Log()

    def variables(self) -> dict[str, str]:
        """Those that differ from the defaults, as environment variables; paths are absolute."""
        values = {row: self.value(row) for row in TABLE}
        return {
            row.variable: _written(row, value)
            for row, value in values.items()
            if value != _DEFAULT.value(row)
        }

    def value(self, row: Setting) -> Any:
        """The value of one setting."""
        return getattr(getattr(self, row.section), row.field)


def _written(row: Setting, value: Any) -> str:
    is_place = isinstance(value, Path) and value not in (MEMORY, STDOUT)
    return str(value.absolute()) if is_place else str(row.kind.write(value))


def _table() -> Iterator[Setting]:
    for section in fields(Settings):
        for column in fields(cast(Any, section.default)):
            facts = dict(column.metadata)
            name = facts.pop("name") or f"{section.name}-{column.name}".replace("_", "-")
            yield Setting(section.name, column.name, name, **facts)


_DEFAULT = Settings()
TABLE = tuple(_table())
SECTIONS = {section.name: str(type(section.default).__doc__) for section in fields(Settings)}
