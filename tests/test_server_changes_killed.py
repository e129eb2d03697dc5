"""Tests of a writable server whose processes are killed in the middle of a change, or with the store."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest
from command_line import Answering, answering
from running_server import Server, busy, kill, until

TRIPLES = 1000
ENDLESS = """INSERT { <http://e/x> <http://e/n> ?n }
             WHERE { SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } }"""
COUNT = {"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "format": "csv"}


@dataclass(frozen=True)
class Site:
    """A server with a store that changes."""

    running: Answering
    client: httpx.Client

    @property
    def server(self) -> Server:
        return Server(self.running.url, self.running.process.pid)

    def change(self, text: str) -> httpx.Response:
        kind = {"Content-Type": "application/sparql-update", "Accept": "application/json"}
        return self.client.post("/sparql", content=text, headers=kind)

    def count(self) -> tuple[int, str | None]:
        """How many triples there are, and in which version."""
        answer = self.client.get("/sparql", params=COUNT)
        assert answer.status_code == 200, answer.text
        return int(answer.text.split()[1]), answer.headers["Parley-Data-Version"]


@pytest.fixture(scope="module", params=[":memory:", "folder"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One with some triples, in memory or in a folder."""
    store = request.param if request.param == ":memory:" else str(tmp_path_factory.mktemp("killed") / "store")
    headers = {"Authorization": "Bearer sesame"}
    with (
        answering("--store", store, "--update-timeout", "10m", PARLEY_UPDATE_TOKEN="sesame") as running,
        httpx.Client(base_url=running.url, headers=headers, timeout=60) as client,
    ):
        site = Site(running, client)
        triples = "".join(f"<http://e/{n}> <http://e/p> {n} . " for n in range(TRIPLES))
        assert site.change(f"INSERT DATA {{ {triples} }}").status_code == 204
        yield site


def test_a_change_whose_process_is_killed(site: Site) -> None:
    """It is answered 503 with the reason, nothing has changed, and the next one is made."""
    before = site.count()
    answers: list[httpx.Response] = []
    changing = threading.Thread(target=lambda: answers.append(site.change(ENDLESS)))
    changing.start()
    until(lambda: any(map(busy, site.server.readers())))
    for process in filter(busy, site.server.readers()):
        kill(process)
    changing.join()
    assert answers[0].status_code == 503
    told = json.loads(answers[0].text)
    assert told["type"].endswith("#engine-lost")
    assert "nothing has changed" in told["detail"]
    assert site.count() == before
    assert site.change("INSERT DATA { <http://e/next> <http://e/p> 1 }").status_code == 204
    assert site.count()[0] == TRIPLES + 1


def test_the_holder_of_a_store_is_killed(site: Site) -> None:
    """In a folder all is there again; in memory all is gone, and the log says that."""
    (before, _), (nursery,) = site.count(), site.server.nurseries()
    kill(nursery)
    until(lambda: "parley_nurseries_started_total 2" in site.client.get("/metrics").text)
    in_memory = "in memory" in site.running.said
    until(lambda: not in_memory or site.client.get("/health").json()["version"].startswith("0-"))
    until(lambda: site.client.get("/ready").status_code == 200)
    assert site.count()[0] == (0 if in_memory else before)
    site.running.process.terminate()
    assert site.running.process.stdout
    said = site.running.process.stdout.read()
    assert "the process that held the graph ended (-9)" in said
    assert ("all that was in it is lost" in said) is in_memory
