"""Tests of a writable store that is asked while it changes: each answer is of the version that it names."""

import http.client
from pathlib import Path
from urllib.parse import quote, urlsplit

from asking_clients import hammering
from running_server import kill, running

CHANGE = "DELETE WHERE {{ <http://e/a> ?p ?o }} ; INSERT DATA {{ <http://e/a> <http://e/p> 'mark of {0}' }}"
ASKED = (
    f"/sparql?query={quote('SELECT ?v { ?s ?p ?v }')}",
    f"/sparql?query={quote('SELECT ?v (NOW() AS ?t) { ?s ?p ?v }')}",
    f"/sparql?query={quote('CONSTRUCT WHERE { ?s ?p ?v }')}",
    "/graph-store?default&format=turtle",
)
CHANGES = 30


def test_answers_are_of_the_version_that_they_name(tmp_path: Path) -> None:
    """Changes come while clients ask and query processes are killed: no answer is of another version."""
    (tmp_path / "token").write_text("open-sesame")
    options = ("--store", ":memory:", "--update-token-file", str(tmp_path / "token"), "--workers", "2")
    truth: dict[str | None, str] = {}
    with running(tmp_path / "data", *options) as server:
        truth[_change(server.url, "start")] = "start"
        with hammering(server.url, ASKED) as clients:
            for number in range(CHANGES):
                truth[_change(server.url, str(number))] = str(number)
                for reader in server.readers() if number % 3 == 0 else ():
                    kill(reader)
        seen = [answer for client in clients for answer in client.seen]
    assert len(truth) == CHANGES + 1
    told = [answer for answer in seen if answer.status == 200]
    assert {answer.version for answer in told} <= truth.keys()
    assert [
        (answer.version, answer.content) for answer in told if truth[answer.version] != answer.content
    ] == []
    assert {answer.status for answer in seen} <= {200, 304, 503}
    by_tag = {answer.tag: answer.version for answer in told if answer.tag}
    assert all(by_tag[answer.sent] == answer.version for answer in seen if answer.status == 304)
    assert len(told) > len(seen) / 2 > CHANGES


def _change(url: str, name: str) -> str | None:
    """Make a change; the version after it."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    headers = {"Content-Type": "application/sparql-update", "Authorization": "Bearer open-sesame"}
    connection.request("POST", "/sparql", CHANGE.format(name), headers)
    answer = connection.getresponse()
    assert answer.status == 204, answer.read()
    version = answer.headers["Parley-Data-Version"]
    connection.close()
    return version
