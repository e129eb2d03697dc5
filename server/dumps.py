"""/dumps/: every kept version of the graph as files, whole and graph by graph, resumable, never changing."""

import json
from itertools import islice

from flask import Blueprint, Response, redirect, render_template, request

from kg.dumps import CHECKSUMS, MANIFEST
from kg.dumps.listing import Listing
from queries.parameters import Parameter
from server import file_answers, urls
from server.context import generation
from server.interface import FOUND, MADE, Answer, Interface, form_of, offered, record, several, tells
from server.kept_dumps import document as document_of
from server.kept_dumps import kept, special
from server.negotiation import HTML, Page
from server.offers import asked
from server.problems import Problem
from server.responses import answered, refuse_known
from server.stretches import Body, Stretch

blueprint = Blueprint("dumps", __name__)

_LATEST = "latest"
_GRAPHS = 100  # on one page

_JSON = Page("json", "JSON", "application/json", "application/json", "json")
_OFFERS = (_JSON, HTML)
_KEPT = record(
    current="string",
    versions=several(record(version="string", triples="integer", manifest="string", checksums="string")),
)
_FILE = Answer("The file.", ("*/*",), headers={"ETag": "The checksum of the file."})
_VERSION = Parameter("version", "string", "A version of the data, or `latest`.", example="latest")
_FILE_NAME = Parameter("name", "string", "The name of a file in the list.", example=CHECKSUMS)


@blueprint.get("/dumps/")
@tells(
    Interface(
        "The versions that are kept.",
        "Data set",
        (offered(_OFFERS, "Each with its manifest, the current one first.", _KEPT),),
        (form_of(_OFFERS),),
        faults=MADE,
    )
)
def index() -> Response:
    """The files of the current version, and where those of earlier ones are. Raises Problem 406."""
    return _page(generation().version) if asked(_OFFERS) is HTML else _versions()


def _versions() -> Response:
    present = generation()
    told = [
        {
            "version": version,
            "triples": listed.about["triples"],
            "manifest": urls.dump(version, MANIFEST),
            "checksums": urls.dump(version, CHECKSUMS),
        }
        for version, listed in kept(present).items()
    ]
    body = json.dumps({"current": present.version, "versions": told}, indent=1) + "\n"
    return answered(body, _JSON.content_type, present.version)


@blueprint.get("/dumps/<version>/")
def version(version: str) -> Response:
    """The files of one version. Raises Problem 404."""
    return _moving(urls.dumps_of(_current().version)) if version == _LATEST else _page(version)


@blueprint.get("/dumps/<version>/<name>")
@tells(
    Interface(
        "A file of a version, whole or in ranges.",
        "Data set",
        (_FILE, FOUND),
        within=(_VERSION, _FILE_NAME),
        faults=(*MADE, 404, 416),
    )
)
def file(version: str, name: str) -> Response:
    """One file, whole or in ranges. Only names in the list are served, so no path leads elsewhere."""
    listed = _listed(version)
    found = listed.file(name) or special(listed, name)
    if found is None:
        place = urls.dumps_of(listed.version)
        raise Problem(404, f"This version has no dump {name!r}. The list is at {place}")
    if version == _LATEST:
        return _moving(urls.dump(listed.version, name))
    body = Body((Stretch(0, found.size),))
    sent = file_answers.answer(listed.folder / name, body, found.content_type, found.sha256)
    return _of(listed, sent)


@blueprint.get("/dumps/<version>/graphs/")
def graphs(version: str) -> Response:
    """The graphs of one version, each in every syntax. Raises Problem 404."""
    listed = _listed(version)
    if version == _LATEST:
        return _moving(urls.graph_dumps(listed.version))
    refuse_known(HTML.content_type)
    total, part = len(listed.about.get("graphs", ())), request.args.get("part", 1, type=int)
    pages = max(-(-total // _GRAPHS), 1)
    if not 1 <= part <= pages:
        raise Problem(404, f"There are {pages} pages of graphs, numbered from 1.")
    shown = list(islice(listed.graphs(), (part - 1) * _GRAPHS, part * _GRAPHS))
    told = {"listed": listed, "graphs": shown, "part": part, "pages": pages, "total": total}
    html = render_template("graph-dumps.html", **told)
    return answered(html, HTML.content_type, generation().version)


@blueprint.get("/dumps/<version>/graphs/<path:name>")
def document(version: str, name: str) -> Response:
    """One graph in the syntax of its ending, whole or in ranges. Raises Problem 404."""
    listed = _listed(version)
    ending = next((one for one in sorted(listed.endings, key=len)[::-1] if name.endswith(f".{one}")), None)
    graph = listed.graph(name.removesuffix(f".{ending}")) if ending else None
    found = document_of(listed, graph, ending) if graph and ending else None
    if found is None:
        endings = ", ".join(listed.endings)
        place = urls.graph_dumps(listed.version)
        raise Problem(
            404, f"This version has no graph {name!r}; endings are {endings}. The list is at {place}"
        )
    if version == _LATEST:
        return _moving(urls.graph_dump(listed.version, *_split(name, ending)))
    file, body, sha256 = found
    return _of(listed, file_answers.answer(listed.folder / file.name, body, file.content_type, sha256))


@blueprint.get("/dumps/<name>")
def unversioned(name: str) -> Response:
    """Where a file of the current version is; files had no version in their address once."""
    if name in kept(generation()):
        return _moving(urls.dumps_of(name))
    if name == _LATEST:
        return _moving(urls.dumps_of(_current().version))
    listed = _current()
    if not (listed.file(name) or special(listed, name)):
        raise Problem(404, f"There is no dump {name!r}. The list is at {urls.dumps()}")
    return _moving(urls.dump(listed.version, name))


def _split(name: str, ending: str | None) -> tuple[str, str]:
    return name.removesuffix(f".{ending}"), ending or ""


def _page(version: str) -> Response:
    refuse_known(HTML.content_type)
    present = generation()
    every = kept(present)
    if version != present.version and version not in every:
        raise _unknown(version)
    html = render_template(
        "dumps.html", listed=every.get(version), every=every, generation=present, checksums=CHECKSUMS
    )
    return answered(html, HTML.content_type, present.version)


def _current() -> Listing:
    """The dumps of the current version. Raises Problem 404 where there are none."""
    present = generation()
    found = kept(present).get(present.version)
    if found is None:
        raise Problem(404, "There are no dumps here: they are written when a graph is built.")
    return found


def _listed(version: str) -> Listing:
    """The dumps of a version. Raises Problem 404."""
    if version == _LATEST:
        return _current()
    found = kept(generation()).get(version)
    if found is None:
        raise _unknown(version)
    return found


def _unknown(version: str) -> Problem:
    return Problem(404, f"Version {version[:40]!r} is not kept here. What is, is listed at {urls.dumps()}")


def _moving(place: str) -> Response:
    """A redirect that is asked for again each time, since the current version changes."""
    response = redirect(place, 302, Response)
    response.headers["Cache-Control"] = "no-cache"
    assert isinstance(response, Response)
    return response


def _of(listed: Listing, response: Response) -> Response:
    response.headers["Parley-Data-Version"] = listed.version
    return response
