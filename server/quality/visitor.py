"""A client of this site that is inside it: what it gets is what a client outside gets from the pages."""

from collections.abc import Callable

from flask import current_app

from kg.published import Fetched
from kg.vocab import NS, Base
from server import urls

Fetch = Callable[[str, str], Fetched]  # an IRI or an address here, and what to accept
_MOST = 5  # redirects


def visitor(base: Base) -> Fetch:
    """Fetches what IRIs of ours stand for, and addresses of this site; 404 for anything elsewhere."""

    def fetch(address: str, accept: str) -> Fetched:
        place = address if address.startswith("/") else _here(address, base)
        if place is None:
            return Fetched(404, "", b"")
        client = current_app.test_client()
        answer = client.get(place, headers={"Accept": accept, "Accept-Encoding": "identity"})
        for _ in range(_MOST):
            if answer.status_code not in (301, 302, 303, 307, 308):
                break
            answer = client.get(answer.location, headers={"Accept": accept, "Accept-Encoding": "identity"})
        return Fetched(answer.status_code, answer.mimetype or "", answer.get_data())

    return fetch


def _here(iri: str, base: Base) -> str | None:
    """Where this site has what the IRI stands for; the ontology's own has no fragment."""
    namespace = str(NS).rstrip("#")
    if iri == namespace or iri.startswith(f"{namespace}/"):
        return urls.vocabulary() + iri.removeprefix(namespace)
    found = urls.of(iri, base)
    return found.partition("#")[0] if found and found.startswith("/") else None
