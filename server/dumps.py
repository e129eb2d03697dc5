"""/dumps/: the whole graph as files, with sizes and checksums, resumable."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import cast
from urllib.parse import quote

from flask import Blueprint, Response, current_app, render_template, request
from werkzeug.utils import send_file

from kg.formats import RDF_FORMATS
from kg.store import Generation
from server import urls
from server.context import generation
from server.handed_files import HEADER
from server.negotiation import HTML
from server.problems import Problem
from server.responses import answered, refuse_known

blueprint = Blueprint("dumps", __name__)

HANDED_OVER = "DUMPS_HANDED_OVER"  # in the configuration: whether another sends the bytes of files
_CHECKSUMS = "SHA256SUMS"
# Explicit types: guessing would mark `.gz` files as encoded, and clients would unpack what they are to check.
_TYPES = {f".{row.extension}": row.content_type for row in RDF_FORMATS} | {".gz": "application/gzip"}


@dataclass(frozen=True)
class Dump:
    """One file of the graph; size in bytes."""

    name: str
    size: int
    sha256: str


@blueprint.get("/dumps/")
def index() -> Response:
    """The list of files."""
    refuse_known(HTML.content_type)
    present = generation()
    page = render_template("dumps.html", dumps=_dumps(present), generation=present, checksums=_CHECKSUMS)
    return answered(page, HTML.content_type, present.version)


@blueprint.get("/dumps/<name>")
def file(name: str) -> Response:
    """One file, whole or a range of it. Only names in the list are served, so no path leads elsewhere."""
    present = generation()
    listed = {dump.name: dump.sha256 for dump in _dumps(present)}
    if name != _CHECKSUMS and name not in listed:
        raise Problem(404, f"There is no dump {name!r}. The list is at {urls.dumps()}")
    mimetype = _TYPES.get(Path(name).suffix, "text/plain; charset=utf-8")
    etag = listed.get(name, f"{present.version}-{name}")
    sent = send_file(
        present.dumps / name,
        mimetype=mimetype,
        environ=request.environ,
        response_class=Response,
        conditional=True,
        etag=etag,
        max_age=0,
        use_x_sendfile=current_app.config[HANDED_OVER],
    )
    sent.headers["Parley-Data-Version"] = present.version
    if HEADER in sent.headers:
        sent.headers[HEADER] = quote(os.fsencode(sent.headers[HEADER]))
    return cast(Response, sent)


def _dumps(present: Generation) -> list[Dump]:
    lines = (present.dumps / _CHECKSUMS).read_text("utf-8").splitlines()
    sums = (line.split("  ", 1) for line in lines)
    return [Dump(name, (present.dumps / name).stat().st_size, sha256) for sha256, name in sums]
