"""Tests of a writable server that is changed and asked by many at once."""

import threading

import httpx
from server_process import writable

_CLIENTS, _TURNS = 8, 8
_UP = """DELETE { <urn:c> <urn:n> ?x } INSERT { <urn:c> <urn:n> ?y }
         WHERE { <urn:c> <urn:n> ?x BIND (?x + 1 AS ?y) }"""
_ASKED = {"query": "SELECT ?n { <urn:c> <urn:n> ?n }", "format": "csv"}


def _counting(address: str, token: str, seen: list[httpx.Response]) -> None:
    """Count up and look, in turns."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/sparql-update"}
    with httpx.Client(base_url=address, timeout=60) as client:
        for _ in range(_TURNS):
            changed = client.post("/sparql", content=_UP, headers=headers)
            assert changed.status_code == 204, changed.text
            seen.append(client.get("/sparql", params=_ASKED))


def test_queries_beside_changes_are_answered() -> None:
    """No update is lost, no query fails because of them, and one version has one answer."""
    with writable("--workers", "2") as server:
        headers = {"Authorization": f"Bearer {server.token}", "Content-Type": "text/turtle"}
        begun = httpx.put(
            f"{server.address}/graph-store?default", content="<urn:c> <urn:n> 0 .", headers=headers
        )
        assert begun.status_code < 300
        seen: list[httpx.Response] = []
        arguments = (server.address, server.token, seen)
        threads = [threading.Thread(target=_counting, args=arguments) for _ in range(_CLIENTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [answer.text for answer in seen if answer.status_code != 200] == []
        answers = {(answer.headers["Parley-Data-Version"], answer.text) for answer in seen}
        assert len({version for version, _ in answers}) == len(answers)
        last = httpx.get(f"{server.address}/sparql", params=_ASKED)
        assert last.text.split() == ["n", str(_CLIENTS * _TURNS)]
