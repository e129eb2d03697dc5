"""The engines that are compared, each as a process of its own on this machine, over the same quads."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

from bench.service.data import Made, cache

HERE = Path(__file__).parent
LOCK = HERE / "requirements.lock"
_DEFAULT = "urn:parley:default"  # Virtuoso has no default graph: this one is named in each request
_READY = 900  # seconds; rdflib reads a million quads in minutes
_STOP = 20  # seconds until a server that was asked to end is killed
MEASURED = {  # settings that differ from Parley's defaults, and are told with the figures
    "PARLEY_POOL_SHARE": "100%",  # wrk is one client, and stands for many
    "PARLEY_CACHE_SIZE": "1GiB",
    "PARLEY_CACHE_ENTRY": "64MiB",  # so that 100,000 rows are kept
}
Started = tuple[subprocess.Popen[bytes], str]  # and the address that answers queries


@dataclass(frozen=True)
class Peer:
    """An engine that answers at `url`."""

    name: str
    url: str
    process: subprocess.Popen[bytes] = field(repr=False)


@dataclass(frozen=True)
class Kind:
    """A row of the table below."""

    title: str
    start: Callable[[Made, Path], Started]  # the graph, and a folder for what the engine writes


@contextmanager
def running(name: str, made: Made) -> Iterator[Peer]:
    """Start an engine, load the graph, wait for its first answer; ends it afterwards."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that whoever ends us ends the engines, too
    with TemporaryDirectory(prefix="parley-bench-") as folder:
        process, url = KINDS[name].start(made, Path(folder))
        try:
            _wait(url, process)
            yield Peer(name, url, process)
        finally:
            stop(process)


@dataclass(frozen=True)
class Server:
    """A `parley serve` that runs."""

    port: int
    process: subprocess.Popen[bytes] = field(repr=False)
    log: Path


@contextmanager
def parley(data: Path, folder: Path, *words: str, **more: str) -> Iterator[Server]:
    """`parley serve` over a data folder with more options and environment; its output goes to FOLDER/log."""
    port = free_port()
    process = serve(data, folder / "log", port, *words, **more)
    try:
        try:
            _wait(f"http://127.0.0.1:{port}/sparql", process)
        except RuntimeError as error:
            raise RuntimeError(f"{error}: {(folder / 'log').read_text('utf-8')[-2000:]}") from None
        yield Server(port, process, folder / "log")
    finally:
        stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """SIGTERM to the process group, then SIGKILL."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
            process.wait(_STOP)
            return
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue


def ask(url: str, query: str, accept: str, timeout: float = 120) -> tuple[int, bytes]:
    """Status and body of one query by GET."""
    joint = "&" if "?" in url else "?"
    request = Request(f"{url}{joint}query={quote(query)}", headers={"Accept": accept})
    try:
        with urlopen(request, timeout=timeout) as answer:
            return answer.status, answer.read()
    except HTTPError as error:
        with error:
            return error.code, error.read()


def free_port() -> int:
    """One that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def spawn(command: list[str], log: Path, cwd: Path | None = None, **more: str) -> subprocess.Popen[bytes]:
    """A process in a group of its own, whose output goes to a file."""
    with log.open("ab") as out:
        return subprocess.Popen(
            command, stdout=out, stderr=out, cwd=cwd, env=os.environ | more, start_new_session=True
        )


def programs(lock: Path = LOCK, name: str = "peers") -> Path:
    """The folder with the peers' programs: a venv of its own from the lockfile, made once."""
    folder = cache() / name
    if not (folder / "ready").exists() or (folder / "ready").read_bytes() != lock.read_bytes():
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--require-hashes"]
        subprocess.run([*pip, "-r", str(lock)], check=True)
        shutil.copy(lock, folder / "ready")
    return folder / "bin"


def missing(name: str) -> str | None:
    """Why an engine cannot be had on this machine, and how to mend it; None where it can."""
    if name == "virtuoso" and not shutil.which("virtuoso-t"):
        return "virtuoso-t is not installed: apt-get install --no-install-recommends virtuoso-opensource-7"
    return None


def _oxigraph(*words: str, log: Path) -> subprocess.Popen[bytes]:
    return spawn([str(programs() / "oxigraph"), *words], log)


def _oxigraph_disk(made: Made, folder: Path) -> Started:
    """Loaded once for each graph: read-only, the files stay as they are."""
    stored = made.folder / "oxigraph"
    if not stored.exists():
        unfinished = folder / "oxigraph"
        words = ("load", "--location", str(unfinished), "--file", str(made.nquads))
        if _oxigraph(*words, log=folder / "log").wait() != 0:
            raise RuntimeError((folder / "log").read_text("utf-8"))
        optimize = ("optimize", "--location", str(unfinished))
        _oxigraph(*optimize, log=folder / "log").wait()
        shutil.move(unfinished, stored)
    port = free_port()
    words = ("serve-read-only", "--location", str(stored), "--bind", f"127.0.0.1:{port}")
    return _oxigraph(*words, log=folder / "log"), f"http://127.0.0.1:{port}/query"


def _oxigraph_memory(made: Made, folder: Path) -> Started:
    port = free_port()
    process = _oxigraph("serve", "--bind", f"127.0.0.1:{port}", log=folder / "log")
    _wait(f"http://127.0.0.1:{port}/query", process)
    connection = HTTPConnection("127.0.0.1", port, timeout=_READY)
    with made.nquads.open("rb") as quads:
        size = str(made.nquads.stat().st_size)
        headers = {"Content-Type": "application/n-quads", "Content-Length": size}
        connection.request("POST", "/store?no_transaction", quads, headers)
    answer = connection.getresponse()
    if answer.status >= 300:
        raise RuntimeError(f"the graph was not loaded: {answer.status} {answer.read()[:200]!r}")
    connection.close()
    return process, f"http://127.0.0.1:{port}/query"


def _rdflib(store: str) -> Callable[[Made, Path], Started]:
    def start(made: Made, folder: Path) -> Started:
        port = free_port()
        command = [
            str(programs() / "python"),
            str(HERE / "rdflib_peer.py"),
            str(port),
            store,
            str(made.nquads),
        ]
        return spawn(command, folder / "log"), f"http://127.0.0.1:{port}/"

    return start


def _virtuoso(made: Made, folder: Path) -> Started:
    http, sql = free_port(), free_port()
    values = {"http": str(http), "sql": str(sql), "folder": str(made.folder)}
    plan = (HERE / "virtuoso.ini").read_text("utf-8")
    (folder / "virtuoso.ini").write_text(re.sub(r"@(\w+)@", lambda found: values[found[1]], plan), "utf-8")
    command = ["virtuoso-t", "+configfile", "virtuoso.ini", "+foreground"]
    process = spawn(command, folder / "log", cwd=folder)
    url = f"http://127.0.0.1:{http}/sparql/?default-graph-uri={quote(_DEFAULT, safe='')}"
    _wait(url, process)
    load = f"DB.DBA.TTLP_MT(file_open('{made.nquads}'), '', '{_DEFAULT}', 512); checkpoint;"  # 512: N-Quads
    done = subprocess.run(
        ["isql-vt", f"127.0.0.1:{sql}", "dba", "dba", f"exec={load}"],
        capture_output=True,
        text=True,
        check=True,
    )
    if "Error" in done.stdout + done.stderr:
        raise RuntimeError(done.stdout + done.stderr)
    return process, url


def _parley(made: Made, folder: Path) -> Started:
    port = free_port()
    return serve(made.data, folder / "log", port, **MEASURED), f"http://127.0.0.1:{port}/sparql"


def serve(data: Path | str, log: Path, port: int, *words: str, **more: str) -> subprocess.Popen[bytes]:
    """`parley serve` over a data folder, with more options and environment."""
    command = [sys.executable, "-m", "server.cli", "serve", "--port", str(port), *words]
    return spawn([*command, "--data", str(data)], log, **more)


KINDS = {
    "oxigraph-disk": Kind("Oxigraph server, on disk", _oxigraph_disk),
    "oxigraph-memory": Kind("Oxigraph server, in memory", _oxigraph_memory),
    "virtuoso": Kind("Virtuoso", _virtuoso),
    "oxrdflib": Kind("rdflib-endpoint, oxrdflib", _rdflib("Oxigraph")),
    "rdflib": Kind("rdflib-endpoint, rdflib", _rdflib("default")),
    "parley": Kind("Parley", _parley),
}


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    """Until a query is answered; raises where the process ends before."""
    until = time.monotonic() + _READY
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args!r} ended with {process.returncode}")
        try:
            if ask(url, "ASK {}", "application/sparql-results+json", 5)[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise RuntimeError(f"no answer at {url} within {_READY} s")
