"""The start page: a peace process at a glance, with the words behind it, and the ways on from there."""

from flask import Blueprint, Response, render_template, request

from server import cookbook, headers
from server.context import engine, generation
from server.glance.whole import glance
from server.negotiation import HTML
from server.pictures.shown import PICTURES
from server.responses import answered, refuse_known

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
@headers.under(headers.SCRIPTED)
def start() -> Response:
    """The process with the key in `process`, or the fullest. Raises Problem 404."""
    refuse_known(HTML.content_type)
    first = [cookbook.of_group(group.name)[:1] for group in cookbook.groups()]
    html = render_template(
        "start.html",
        told=glance(engine(), request.args.get("process")),
        recipes=[recipe for found in first for recipe in found],
        pictures=[name for name, one in PICTURES.items() if "process" in dict(one.filters)],
    )
    return answered(html, HTML.content_type, generation().version)
