"""Cases of SERVICE: their endpoints are on this machine, and are called through the guard of the server."""

import asyncio
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from urllib.parse import quote, urlsplit

import pyoxigraph as ox
from local_endpoint import Answering, Endpoint, Received, endpoint, from_store, send

from server.engine.contract import Question
from server.federation.guard import Guard
from server.federation.policy import Policy
from server.federation.service import Federation
from server.quantities import Target

from . import checkout, queries
from .manifest import Case, Node

# An address of the suite that nobody answers at; it is allowed, so that its silence is what is tested.
_UNREACHABLE = "http://invalid.endpoint.org/sparql"


def answers(case: Case) -> None:
    """The query gives the result of the manifest. Raises AssertionError, ServiceRefused."""
    stores = {data.one("qt:endpoint").value: _store(data) for data in _services(case)}
    with endpoint(_answering({_path(iri): from_store(store) for iri, store in stores.items()})) as server:
        queries.answers(case, lambda question: _resolved(question, server, [*stores, _UNREACHABLE]))


def _services(case: Case) -> list[Node]:
    return case.node.one("mf:action").all("qt:serviceData")


def _store(service: Node) -> ox.Store:
    store = ox.Store()
    for data in service.all("qt:data"):
        store.extend(checkout.quads(data.value))
    return store


def _path(iri: str) -> str:
    """Where an endpoint of the suite lies on the local server."""
    return f"/{quote(urlsplit(iri).netloc)}"


def _answering(places: dict[str, Answering]) -> Answering:
    def answering(handler: BaseHTTPRequestHandler, received: Received) -> None:
        if received.target in places:
            places[received.target](handler, received)
        else:
            send(handler, b"nothing is here", "text/plain", 404)

    return answering


def _resolved(question: Question, server: Endpoint, named: list[str]) -> Question:
    """The question with local addresses, once the endpoints have answered."""
    local, text = f"http://127.0.0.1:{server.port}", question.text
    for iri in named:
        text = text.replace(f"<{iri}>", f"<{local}{_path(iri)}>")

    async def resolve() -> Question:
        federation = Federation(Policy((Target(f"{local}/*", private=True),)), Guard())
        try:
            return await federation.resolve(replace(question, text=text))
        finally:
            await federation.close()

    return asyncio.run(resolve())
