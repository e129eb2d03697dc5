"""Headers of every page: read from any origin, framed by none, and scripts only where a page has some."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, Response, current_app, request

from server import cross_origin

View = TypeVar("View", bound=Callable[..., Any])
_KEPT = "parley_policy"


@dataclass(frozen=True)
class Policy:
    """What a page may load and who may frame it (Content Security Policy 3); nothing ever from elsewhere."""

    scripts: str = ""
    connections: str = ""
    images: str = "'self'"
    styles: str = "'self'"
    framing: str = "'none'"

    def text(self) -> str:
        """The header's value."""
        rules = (
            *("default-src 'none'", f"style-src {self.styles}", f"img-src {self.images}", "font-src 'self'"),
            *("form-action 'self'", "base-uri 'none'", f"frame-ancestors {self.framing}"),
            *([f"script-src {self.scripts}"] if self.scripts else []),
            *([f"connect-src {self.connections}"] if self.connections else []),
        )
        return "; ".join(rules)


# A page without scripts, which is every page that says nothing else.
PLAIN = Policy()
# Scripts of ours that ask this server, and pictures that they draw.
SCRIPTED = Policy(scripts="'self'", connections="'self'", images="'self' data:")
# Libraries that write style elements or attributes: vis-timeline and Cytoscape, but not Leaflet or Yasqe.
STYLED = Policy(
    scripts="'self'", connections="'self'", images="'self' data:", styles="'self' 'unsafe-inline'"
)
# An answer within a page of others, be it a file on their disk, which `*` does not cover.
EMBEDDED = Policy(
    scripts="'self'",
    connections="'self'",
    images="'self' data:",
    styles="'self' 'unsafe-inline'",
    framing="* file:",
)

_ALWAYS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
)


def under(policy: Policy | Callable[[], Policy]) -> Callable[[View], View]:
    """Have all answers of a view, 304 included, carry this policy, or the one that the request asks for.

    @blueprint.get("/timeline")
    @headers.under(headers.STYLED)
    def timeline() -> Response: …
    """

    def carry(view: View) -> View:
        setattr(view, _KEPT, policy)
        return view

    return carry


def register(app: Flask) -> None:
    """Put the headers on every answer, errors included."""
    app.after_request(_add)


def _add(response: Response) -> Response:
    policy = ("Content-Security-Policy", _policy().text())
    for name, value in (policy, *_ALWAYS, *cross_origin.headers(request.method)):
        response.headers.setdefault(name, value)
    return response


def _policy() -> Policy:
    view = current_app.view_functions.get(request.endpoint or "")
    found = getattr(view, _KEPT, PLAIN)
    return found() if callable(found) else found
