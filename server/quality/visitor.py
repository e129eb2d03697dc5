"""A client of this site that is inside it: what it gets is what a client outside gets from the pages."""

from collections.abc import Callable
from urllib.parse import urlsplit

from flask import current_app, request

from kg.published import Fetched
from kg.vocab import NS, Base
from server import urls

Fetch = Callable[[str, str], Fetched]  # an IRI or an address here, and what to accept
_REDIRECTS = (301, 302, 303, 307, 308)
_MOST = 5  # of them, one after another


def visitor(base: Base) -> Fetch:
    """Fetches what IRIs of ours stand for, and addresses of this site; 404 for anything elsewhere."""

    def fetch(address: str, accept: str) -> Fetched:
        place: str | None = address
        for _ in range(_MOST):
            place = _here(place or "", base)
            if place is None:
                return Fetched(404, "", b"")
            answer = current_app.test_client().get(
                place, base_url=request.url_root, headers={"Accept": accept, "Accept-Encoding": "identity"}
            )
            if answer.status_code not in _REDIRECTS:
                break
            place = answer.location
        return Fetched(answer.status_code, answer.mimetype or "", answer.get_data())

    return fetch


def _here(address: str, base: Base) -> str | None:
    """Where this site has it, below its root; the ontology's own IRI has no fragment."""
    namespace = str(NS).rstrip("#")
    if address == namespace or address.startswith(f"{namespace}/"):
        address = urls.vocabulary() + address.removeprefix(namespace)
    elif not address.startswith(("/", request.url_root)):
        address = urls.of(address, base) or ""
    path = urlsplit(address)._replace(scheme="", netloc="", fragment="").geturl()
    below = path.removeprefix(request.script_root)
    return below if address.startswith(("/", request.url_root)) and below.startswith("/") else None
