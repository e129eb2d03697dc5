"""What docs/operations.md says is so: settings, service, proxy, logs, figures, with real server and nginx."""

import json
import re
import shlex
import shutil
import socket
import subprocess
import time
import tomllib
from collections.abc import Iterator
from configparser import ConfigParser
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urljoin
from urllib.request import Request, urlopen

import click
import pytest
import renew_settings_table
from command_line import serving
from lxml import html
from prometheus_client.parser import text_string_to_metric_families
from running_server import until
from server_graph import CASES, put
from test_docs import agrees, steps

from kg.store import DataFolder
from server.cli import main
from server.setting_sources import load

TEXT = renew_settings_table.DOCUMENT.read_text("utf-8")
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
PUBLIC = "https://example.org/parley/"
ADDRESS = "http://127.0.0.1:8000"  # where the document has the server
_PATIENCE = 20.0  # seconds
_ASKED = "SELECT ?s ?p { ?s ?p 'in no log' }"


def block(language: str) -> str:
    """The one block in a language."""
    (found,) = re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    return str(found)


def fields(heading: str) -> set[str]:
    """The names in the first column of a table."""
    rows = TEXT.partition(f"| {heading} |")[2].partition("\n\n")[0]
    return set(re.findall(r"^\| `(\w+)` \|", rows, re.MULTILINE))


@dataclass(frozen=True)
class Site:
    """A server as the document sets it up; `direct` is its own address, `folder` where its logs are."""

    direct: str
    folder: Path

    def logged(self, name: str, request: str) -> dict[str, Any]:
        """The line of a request in a log, once it is there."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            whole, _, _ = (self.folder / f"{name}.jsonl").read_text("utf-8").rpartition("\n")
            for line in whole.splitlines():
                told: dict[str, Any] = json.loads(line)
                if told["id"] == request:
                    return told
            time.sleep(0.02)
        raise AssertionError(f"no line of {request}")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Two workers with the settings that the document shows, in a folder of this test."""
    folder = tmp_path_factory.mktemp("site")
    put(DataFolder(folder / "data"), "one", (CASES / "server.trig").read_text("utf-8"))
    config = folder / "parley.toml"
    text = block("toml").replace("/var/lib/parley", "data").replace("/var/log/parley/", "")
    config.write_text(text.replace('slow_after = "2s"', 'slow_after = "0s"'), "utf-8")
    flags = ("--config", str(config), "--workers", "2", "--log-client", "full")
    with serving(folder / "data", *flags) as url:
        until(lambda: figure(url, "parley_workers_started_total") == 2)
        yield Site(url, folder)


@contextmanager
def nginx(folder: Path, location: str) -> Iterator[str]:
    """A proxy with this configuration of one place; gives its address."""
    if NGINX is None:
        pytest.skip("install nginx to try the configuration of the proxy")
    folder.mkdir(exist_ok=True)
    port = _free_port()
    config = folder / "nginx.conf"
    spools = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("proxy", "client_body", "fastcgi", "uwsgi", "scgi")
    )
    config.write_text(
        f"daemon off; master_process off; pid {folder}/pid; error_log {folder}/errors;\nevents {{}}\n"
        f"http {{ access_log off;\n{spools}server {{ listen 127.0.0.1:{port};\n{location}}} }}\n"
    )
    process = subprocess.Popen([NGINX, "-p", str(folder), "-c", str(config), "-e", str(folder / "errors")])
    try:
        _wait_for(port, process, folder / "errors")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(_PATIENCE)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, process: "subprocess.Popen[bytes]", errors: Path) -> None:
    end = time.monotonic() + _PATIENCE
    while process.poll() is None and time.monotonic() < end:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.02)
    raise AssertionError(errors.read_text())


@pytest.fixture(scope="module")
def proxy(site: Site) -> Iterator[str]:
    """The address of nginx, set up as the document shows, before that server."""
    with nginx(site.folder / "proxy", block("nginx").replace(ADDRESS, site.direct)) as url:
        yield url


def ask(url: str, **headers: str) -> tuple[int, dict[str, str], str]:
    """Status, headers by their name in lower case, and text; `X_Y` is sent as `X-Y`."""
    request = Request(url, headers={name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with urlopen(request, timeout=_PATIENCE) as answer:
            return answer.status, _lower(answer.headers), answer.read().decode()
    except HTTPError as error:
        with error:
            return error.code, _lower(error.headers), error.read().decode()


def _lower(headers: Message) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def test_the_file_of_settings(tmp_path: Path) -> None:
    """The file in the document is read without complaint, and each line of it changes something."""
    file = tmp_path / "parley.toml"
    file.write_text(block("toml"), "utf-8")
    changed = load({}, {}, file).variables()
    assert len(changed) == sum(map(len, tomllib.loads(block("toml")).values())) == 9


def test_the_service() -> None:
    """The unit of systemd starts a command that exists, and sets variables that are read."""
    unit = ConfigParser(interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(block("ini"))
    program, *words = shlex.split(unit["Service"]["ExecStart"])
    assert Path(program).name == "parley"
    command = main.get_command(click.Context(main), words[0])
    assert command
    assert command.make_context(words[0], words[1:]).params["config"] == Path("/etc/parley/parley.toml")
    (name, value) = re.findall(r"Environment=(\w+)=([^`]+)`", TEXT)[0]
    assert load({}, {name: value}).update.token_file == Path("%d/token")


def test_how_it_is(site: Site) -> None:
    """The commands for health, readiness and figures print what is shown."""
    asked = list(steps(block("console")))
    assert len(asked) == 3
    for step in asked:
        command = step.command.replace(ADDRESS, site.direct)
        done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True)
        assert agrees(step.shown, done.stdout), done.stdout


def test_everything_behind_the_proxy(site: Site, proxy: str) -> None:
    """Pages, files, answers and redirects through nginx lie below the public address, and are there."""
    status, _, page = ask(f"{proxy}/parley/", Accept="text/html")
    assert status == 200
    links = {urljoin(PUBLIC, link) for _, _, link, _ in html.fromstring(page).iterlinks() if "#" not in link}
    ours = {link for link in links if "creativecommons" not in link}
    assert len(ours) > 10
    for link in ours:
        assert link.startswith(PUBLIC)
        assert ask(link.replace("https://example.org", proxy), Accept="text/html")[0] == 200, link
    description = ask(f"{proxy}/parley/sparql", Accept="application/n-triples")[2]
    assert f"<{PUBLIC}sparql>" in description
    assert site.direct not in description
    answer = ask(f"{proxy}/parley/sparql?query={quote(_ASKED)}", Accept="text/csv")
    assert (answer[0], answer[2]) == (200, "s,p\r\n")


def test_the_proxy_may_take_the_prefix_off(site: Site, proxy: str) -> None:
    """The other way to write `proxy_pass` gives the same pages."""
    bare = block("nginx").replace(ADDRESS, f"{site.direct}/")
    with nginx(site.folder / "bare", bare) as url:
        for path in ("/parley/queries/", "/parley/ns"):
            assert ask(url + path, Accept="text/html")[::2] == ask(proxy + path, Accept="text/html")[::2]


def test_who_asks_behind_the_proxy(site: Site, proxy: str) -> None:
    """The log has the address that nginx saw, whatever the visitor claims, and the name that nginx gave."""
    claims = {
        "X_Forwarded_For": "192.0.2.1",
        "Forwarded": "for=192.0.2.2",
        "X_Forwarded_Host": "evil.example",
    }
    _, headers, page = ask(f"{proxy}/parley/queries/", Accept="text/html", **claims)
    line = site.logged("access", headers["x-request-id"])
    assert re.fullmatch(r"[0-9a-f]{32}", line["id"])  # nginx makes 32 digits, Parley 16
    assert (line["client"], line["path"]) == ("127.0.0.1", "/queries/")
    assert "evil.example" not in page
    _, headers, _ = ask(f"{site.direct}/queries/", Accept="text/html", X_Forwarded_For="192.0.2.1")
    assert site.logged("access", headers["x-request-id"])["client"] == "192.0.2.1"


def test_figures_are_not_for_the_world(site: Site, proxy: str) -> None:
    """nginx keeps /metrics to itself; /health is for everybody."""
    assert ask(f"{proxy}/parley/metrics")[0] == 404
    assert ask(f"{site.direct}/metrics")[0] == 200
    assert ask(f"{proxy}/parley/health")[0] == 200


def test_the_fields_of_the_logs(site: Site) -> None:
    """Lines have the fields of the document; a query is in the log of slow ones alone."""
    _, headers, _ = ask(f"{site.direct}/sparql?query={quote(_ASKED)}", Accept="text/csv")
    access, slow = (site.logged(name, headers["x-request-id"]) for name in ("access", "slow"))
    assert set(access) == fields("field of the access log")
    assert set(slow) == (set(access) & set(slow)) | fields("field of the slow log")
    assert set(access) - set(slow) == {"client", "method", "path", "status", "bytes"}
    assert (access["outcome"], access["version"], slow["query"]) == ("whole", "one", _ASKED)
    assert "in no log" not in (site.folder / "access.jsonl").read_text("utf-8")
    _, headers, body = ask(f"{site.direct}/sparql?query=SELECT", Accept="application/json")
    line = site.logged("access", json.loads(body)["request_id"])
    assert (line["status"], line["outcome"]) == (400, "syntax-error")


def test_the_figures(site: Site) -> None:
    """Every figure that the document names is there, and every one that is there is named."""
    families = list(text_string_to_metric_families(ask(f"{site.direct}/metrics")[2]))
    named = set(re.findall(r"\bparley_\w+", TEXT))
    there = {family.name for family in families}
    bare = {re.sub(r"_(?:total|bucket|count|sum)$", "", name) for name in named}
    assert bare == there


def figure(url: str, name: str, **labels: str) -> float:
    """One figure of a server."""
    for family in text_string_to_metric_families(ask(f"{url}/metrics")[2]):
        for sample in family.samples:
            if (sample.name, sample.labels) == (name, labels):
                return sample.value
    return 0.0


def test_workers_count_together(site: Site) -> None:
    """Whichever of the workers is asked, the figures are those of both."""
    name = "parley_query_seconds_count"
    before = figure(site.direct, name, outcome="whole")
    for _ in range(20):
        ask(f"{site.direct}/sparql?query=ASK%7B%7D")
    # a query is counted once its answer is out, so the last one may come after it
    until(lambda: figure(site.direct, name, outcome="whole") == before + 20)
    assert {figure(site.direct, name, outcome="whole") for _ in range(10)} == {before + 20}


def test_kept_answers_are_told(site: Site) -> None:
    """A cheap answer is a miss twice, then a hit; each look is counted once and told in its line."""
    url = f"{site.direct}/sparql?query={quote('SELECT ?told { ?told a ?kept }')}"

    def counted() -> dict[str, float]:
        looks = ("hit", "miss")
        return {look: figure(site.direct, "parley_cache_requests_total", result=look) for look in looks}

    def look() -> str:
        before = counted()
        told = site.logged("access", ask(url, Accept="text/csv")[1]["x-request-id"])["cache"]
        assert counted() == before | {told: before[told] + 1}
        return str(told)

    assert [look(), look()] == ["miss", "miss"]
    until(lambda: look() == "hit")  # it is stored after it was sent


def test_a_writable_store(tmp_path: Path) -> None:
    """Updates are counted by how they ended; what each of them changes is no figure and no label."""
    (tmp_path / "token").write_text("s3cret\n")
    with serving(tmp_path, "--store", ":memory:", "--update-token-file", str(tmp_path / "token")) as url:
        for token, text in (
            ("s3cret", "INSERT DATA { <s:s> <p:p> 1 }"),
            ("s3cret", "INSERT"),
            ("x", "CLEAR ALL"),
        ):
            sent = {"Authorization": f"Bearer {token}", "Content-Type": "application/sparql-update"}
            with (
                suppress(HTTPError),
                urlopen(Request(f"{url}/sparql", text.encode(), sent), timeout=_PATIENCE),
            ):
                pass
        outcomes = [
            figure(url, "parley_updates_total", outcome=name) for name in ("done", "failed", "refused")
        ]
        assert outcomes == [1, 1, 1]
        assert figure(url, "parley_graph_triples") == 0
        assert "parley_graph" not in ask(f"{url}/metrics")[2]
        assert set(json.loads(ask(f"{url}/health")[2])) == {"status", "version"}


@pytest.mark.parametrize("path", ["/queries/?x=é", "/sparql?query=ASKé"])
def test_letters_that_are_not_written_in_percent(site: Site, path: str) -> None:
    """A client that sends bare UTF-8 after `?` gets a page, as one that writes it in percent does."""
    lines = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nConnection: close\r\n\r\n"
    port = int(site.direct.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), _PATIENCE) as connection:
        connection.sendall(lines.encode())
        bare = int(connection.makefile("rb").readline().split()[1])
    assert bare == ask(site.direct + quote(path, safe="/?="), Accept="text/html")[0] < 500
