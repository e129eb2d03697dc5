"""Tests of what surrounds each request: public addresses in all that is written, ids, log lines, figures."""

import asyncio
import json
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from contextvars import copy_context
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import httpx
import pytest
from a2wsgi import WSGIMiddleware
from lxml import html
from server_graph import CASES, put

from kg.store import DataFolder
from server import observation
from server.app import create_app
from server.condition import Condition, health, ready
from server.engine.local import StoreEngine
from server.entrance import Entrance, Followed
from server.messages import HttpAnswer
from server.notes import note
from server.setting_sources import load

PUBLIC = "https://example.org/kg/parley/"
BROWSER = {"Accept": "text/html"}
_ALIKE = 6  # addresses with the same first part, and with or without fields
Ask = Callable[..., httpx.Response]


class Site:
    """The pages behind an entrance, as a worker has them."""

    def __init__(self, folder: DataFolder, flags: dict[str, str]) -> None:
        self.entrance = Entrance(load(flags, {}))
        self._pages: Any = WSGIMiddleware(create_app(StoreEngine(folder)).wsgi_app)  # type: ignore[arg-type]

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        visit = self.entrance.enter(scope)
        followed = Followed(send, visit)
        await self._pages(visit.scope(scope), receive, followed)
        self.entrance.leave(visit, followed.answer())

    def ask(self, path: str, headers: dict[str, str] | None = None, method: str = "GET") -> httpx.Response:
        """The answer to a request of a proxy at 127.0.0.1 that hands the whole path on."""

        async def asked() -> httpx.Response:
            door = httpx.ASGITransport(self, client=("127.0.0.1", 4711))
            async with httpx.AsyncClient(transport=door, base_url="http://127.0.0.1:8000") as client:
                return await client.request(method, path, headers=headers)

        return _run(asked())


def _run(work: Coroutine[Any, Any, httpx.Response]) -> httpx.Response:
    with asyncio.Runner() as runner:
        return runner.run(work)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """A data folder with the small graph."""
    folder = DataFolder(tmp_path_factory.mktemp("data"))
    put(folder, "one", (CASES / "server.trig").read_text("utf-8"))
    return folder


@pytest.fixture
def site(folder: DataFolder, tmp_path: Path) -> Iterator[Site]:
    """A site below a prefix, behind a proxy, that logs and counts."""
    observation.attach(None)
    flags = {
        "public.url": PUBLIC,
        "public.trusted_proxies": "127.0.0.1",
        "log.access": str(tmp_path / "access.jsonl"),
        "log.client": "full",
    }
    site = Site(folder, flags)
    yield site
    site.entrance.close()


def test_every_link_stays_below_the_prefix(site: Site) -> None:
    """From the start page on, links, forms and files are below the public address, and are there.

    Facets and patterns can be joined without an end, so of addresses that are made alike some are followed.
    """
    seen, found, alike = set[str](), [PUBLIC], Counter[tuple[str, bool]]()
    while found:
        address = found.pop()
        place = urlsplit(address)
        made = place.path.removeprefix(urlsplit(PUBLIC).path).partition("/")[0], bool(place.query)
        if address in seen or alike[made] >= _ALIKE:
            continue
        seen.add(address)
        alike[made] += 1
        answer = site.ask(place.path + (f"?{place.query}" if place.query else ""), BROWSER)
        assert answer.status_code in (200, 303), address
        if answer.status_code == 303:
            found.append(urljoin(address, answer.headers["Location"]))
        if answer.headers["Content-Type"].startswith("text/html"):
            found += [link for link in _links(address, answer.text) if link not in seen]
    assert len(seen) > 30
    assert {f"{PUBLIC}static/parley.css", f"{PUBLIC}sparql", f"{PUBLIC}queries/"} <= seen


def _links(address: str, page: str) -> list[str]:
    """Where a page leads on this host; all of that has to lie below the prefix."""
    told = [urldefrag(urljoin(address, link))[0] for _, _, link, _ in html.fromstring(page).iterlinks()]
    ours = [link for link in told if urlsplit(link).netloc == "example.org" or link.startswith("/")]
    assert [link for link in ours if not link.startswith(PUBLIC)] == []
    return ours


def test_absolute_addresses(site: Site) -> None:
    """Relative IRIs in queries, the line for a terminal and redirects name the public address."""
    resolved = site.ask("/kg/parley/sparql?query=CONSTRUCT{<a> <b> <c>}{}", BROWSER).text
    assert f"&lt;{PUBLIC}a&gt; &lt;{PUBLIC}b&gt; &lt;{PUBLIC}c&gt;" in resolved
    told = html.fromstring(site.ask("/kg/parley/cookbook/one-thing-as-data", BROWSER).text).text_content()
    assert f'curl -L -H "Accept: text/turtle" {PUBLIC}id/' in told
    moved = site.ask("/kg/parley/queries")
    assert (moved.status_code, moved.headers["Location"]) == (308, f"{PUBLIC}queries/")
    thing = site.ask("/kg/parley/id/state/france", {"Accept": "text/turtle"})
    assert urljoin(PUBLIC, thing.headers["Location"]) == f"{PUBLIC}data/state/france.ttl"


def test_the_proxy_may_take_the_prefix_off(site: Site) -> None:
    """With or without the prefix a path leads to the same page, with the same links."""
    assert site.ask("/queries/", BROWSER).text == site.ask("/kg/parley/queries/", BROWSER).text


@pytest.mark.parametrize(
    ("given", "kept"), [("7f3a-1", True), (None, False), ("x y", False)], ids=["sane", "none", "odd"]
)
def test_a_request_has_one_name(site: Site, given: str | None, kept: bool) -> None:
    """The answer, the problem report and the log line name the request alike."""
    answer = site.ask(
        "/kg/parley/id/state/nowhere",
        {"Accept": "application/json"} | ({"X-Request-Id": given} if given else {}),
    )
    name = answer.headers["X-Request-Id"]
    assert (name == given) == kept
    assert answer.json()["request_id"] == name
    assert _logged(site)["id"] == name
    page = site.ask("/kg/parley/nowhere", BROWSER | {"X-Request-Id": "7f3a-2"})
    assert "<code>7f3a-2</code>" in page.text


def _logged(site: Site) -> dict[str, Any]:
    path = site.entrance._logs._settings.access
    assert path
    logged: dict[str, Any] = json.loads(path.read_text("utf-8").splitlines()[-1])
    return logged


def test_a_visit_is_logged_and_counted(site: Site) -> None:
    """The line has the visitor's address, the path below the prefix and the size that was sent."""
    answer = site.ask("/kg/parley/ns?secret=x", {"X-Forwarded-For": "192.0.2.7", "Accept": "text/html"})
    line = _logged(site)
    assert (line["client"], line["path"], line["status"]) == ("192.0.2.7", "/ns", 200)
    assert line["bytes"] == answer.num_bytes_downloaded > 0
    assert "secret" not in str(line)
    assert sum(observation.totals()[: observation.REQUESTS.width]) == 1


def test_what_is_noted_while_a_query_is_answered(tmp_path: Path) -> None:
    """Notes from anywhere below a request end in its lines; those outside of one go nowhere."""
    copy_context().run(_noted, tmp_path)


def _noted(tmp_path: Path) -> None:
    slow = tmp_path / "slow.jsonl"
    entrance = Entrance(load({"log.slow": str(slow), "log.slow_after": "0"}, {}))
    note(query="ASK {}", outcome="whole")
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/sparql",
        "query_string": b"",
        "headers": [],
        "scheme": "http",
    }
    visit = entrance.enter(scope)
    note(query="SELECT 1", outcome="deadline-passed", rows=3, cache="miss", version="one")
    entrance.leave(visit, HttpAnswer(503))
    (line,) = map(json.loads, slow.read_text("utf-8").splitlines())
    assert (line["query"], line["outcome"], line["rows"], line["id"]) == (
        "SELECT 1",
        "deadline-passed",
        3,
        visit.request.id,
    )
    entrance.gone(entrance.enter(scope))
    entrance.close()


@pytest.mark.parametrize(
    ("now", "healthy", "is_ready", "told"),
    [
        (Condition("one", 7), 200, 200, {"version": "one", "triples": 7}),
        (
            Condition("one", 7, unready="the server is stopping"),
            200,
            503,
            {"reason": "the server is stopping"},
        ),
        (Condition(missing="no graph has been built"), 503, 503, {"reason": "no graph has been built"}),
    ],
    ids=["serving", "draining", "missing"],
)
def test_what_a_load_balancer_hears(
    now: Condition, healthy: int, is_ready: int, told: dict[str, Any]
) -> None:
    """Alive with a graph, and able to answer, are two questions; neither answer is ever stored."""
    answers = health(now), ready(now)
    assert [answer.status for answer in answers] == [healthy, is_ready]
    assert all(dict(answer.headers)["Cache-Control"] == "no-store" for answer in answers)
    assert [dict(answer.headers).get("Retry-After") for answer in answers] == [
        "5" if status == 503 else None for status in (healthy, is_ready)
    ]
    body = answers[1].body
    assert isinstance(body, bytes)
    assert told.items() <= json.loads(body).items()
