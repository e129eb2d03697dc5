"""/assets/: third-party scripts and styles from our own origin, kept for ever by who got them."""

from flask import Blueprint, Response, send_from_directory, url_for
from werkzeug.exceptions import NotFound

from server import assets
from server.problems import Problem

blueprint = Blueprint("assets", __name__)

_FOR_EVER = "public, max-age=31536000, immutable"  # RFC 8246; the mark in the address changes with the file
_FOR_NOW = "public, no-cache"


def asset(name: str, file: str) -> str | None:
    """The address of a file of a package, for templates; None where it is not there."""
    mark = assets.mark(name, file)
    return mark and url_for("assets.file", name=name, mark=mark, path=file)


@blueprint.get("/assets/<name>/<mark>/<path:path>")
def file(name: str, mark: str, path: str) -> Response:
    """A file of a package. Under an old mark, as on a page from before an update, it is what is there now.

    Raises Problem 404.
    """
    held = assets.there().get(name)
    if held is None or path not in held["files"]:
        raise Problem(404, f"There is no such file here. Third-party scripts come with `{assets.MEND}`.")
    try:
        response = send_from_directory(assets.VENDOR / name, path)
    except NotFound:
        raise Problem(404, f"This file is gone. `{assets.MEND}` brings it back.") from None
    response.headers["Cache-Control"] = _FOR_EVER if mark == held["mark"] else _FOR_NOW
    return response
