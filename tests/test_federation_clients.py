"""Other engines that ask Parley: Comunica in several ways, and Oxigraph by SERVICE.

SPARQLWrapper and rdflib ask in test_server_process.py.
"""

import json
import shutil
import socket
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from command_line import answering
from running_server import until
from server_graph import CASES, put

from kg.store import DataFolder
from kg.vocab import PREFIXES

NODE = Path(__file__).parent / "node"
COMUNICA = tomllib.loads((CASES / "comunica.toml").read_text("utf-8"))["case"]
PROLOGUE = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in ("parley", "rdfs", "dcterms"))


def _free_port() -> int:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real server of the small graph, whose things have addresses on that very server."""
    address = f"http://127.0.0.1:{_free_port()}"
    text = (CASES / "server.trig").read_text("utf-8")
    for part in ("id", "graph"):
        text = text.replace(f"https://w3id.org/parley/{part}/", f"{address}/{part}/")
    folder = DataFolder(tmp_path_factory.mktemp("here"))
    put(folder, "one", text, base=f"{address}/")
    with answering("--port", address.rpartition(":")[2], data=folder.path) as server:
        assert server.url == address
        yield address


@pytest.fixture(scope="module")
def answers(site: str) -> list[dict[str, Any]]:
    """What Comunica answers in each case; one process for all, as it takes a second to start."""
    node = shutil.which("node", path=str(Path(sys.executable).parent)) or shutil.which("node")
    if not node or not (NODE / "node_modules").is_dir():
        pytest.skip(
            "Comunica is not there: `make test` fetches it, or `npm ci` in tests/node, with node on PATH"
        )
    jobs = [
        {
            "engine": case["engine"],
            "sources": [_source(source.replace("{site}", site)) for source in case["sources"]],
            "query": PROLOGUE + case["query"].replace("{site}", site),
            "only": site,
        }
        for case in COMUNICA
    ]
    done = subprocess.run(
        [node, "ask.mjs"],
        cwd=NODE,
        input=json.dumps(jobs),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: list[dict[str, Any]] = json.loads(done.stdout)
    return told


def _source(written: str) -> str | dict[str, str]:
    """An address, or data that stand in the case."""
    text = written.removeprefix("turtle:")
    if text == written:
        return written
    return {"type": "serialized", "value": text, "mediaType": "text/turtle", "baseIRI": "http://e/"}


def test_comunica_is_asked_in_every_way() -> None:
    """Seven cases: as an endpoint, beside other data, by SERVICE, by both kinds of fragments, by links."""
    assert len(COMUNICA) == 7


@pytest.mark.parametrize("number", range(len(COMUNICA)), ids=[case["name"] for case in COMUNICA])
def test_comunica_finds_what_is_there(number: int, site: str, answers: list[dict[str, Any]]) -> None:
    """Whichever way it goes, the rows are the same, and it asks nothing but what that way needs."""
    case, answer = COMUNICA[number], answers[number]
    rows = [{name: value.replace("{site}", site) for name, value in row.items()} for row in case["rows"]]
    assert answer.get("rows") == rows, answer
    paths = {address.removeprefix(site).partition("?")[0] for address in answer["asked"]}
    assert paths
    assert all(path.startswith(tuple(case["through"])) for path in paths), paths


def test_oxigraph_calls_by_service(site: str) -> None:
    """An Oxigraph server with data of its own joins them with ours."""
    oxigraph = shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    if not oxigraph:
        pytest.skip("Oxigraph's server is not there: pip install oxigraph")
    port = _free_port()
    process = subprocess.Popen(
        [oxigraph, "serve", "--bind", f"127.0.0.1:{port}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
            until(lambda: _answers(client))
            data = f"<{site}/id/state/france> <http://e/capital> 'Paris' ."
            client.post(
                "/store?default", content=data, headers={"Content-Type": "text/turtle"}
            ).raise_for_status()
            query = (
                f"{PROLOGUE}SELECT ?name ?capital {{ ?state <http://e/capital> ?capital . "
                f"SERVICE <{site}/sparql> {{ ?state rdfs:label ?name ; a parley:ContestedMediator }} }}"
            )
            answer = client.post("/query", data={"query": query}, headers={"Accept": "text/csv"})
    finally:
        process.kill()
        process.wait()
    assert answer.text.split() == ["name,capital", "France,Paris"], answer.text


def _answers(client: httpx.Client) -> bool:
    try:
        return client.get("/query").status_code < 500
    except httpx.TransportError:
        return False
