"""The start page: what the graph holds, shown as real rows with the words behind them."""

from flask import Blueprint, Response, render_template, request

import queries
from server.context import engine, generation
from server.negotiation import HTML
from server.overview import overview
from server.responses import answered, refuse_known

blueprint = Blueprint("pages", __name__)

_ASKED = ("refused-rounds", "statements-by-speaker", "corridor-members")


@blueprint.get("/")
def start() -> Response:
    """What is here, and where to go on."""
    refuse_known(HTML.content_type)
    present = generation()
    asked = [queries.load()[name] for name in _ASKED]
    html = render_template(
        "start.html",
        told=overview(engine()),
        generation=present,
        asked=asked,
        host=request.host_url.rstrip("/"),
    )
    return answered(html, HTML.content_type, present.version)
