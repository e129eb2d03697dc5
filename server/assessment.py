"""/quality: the checks of `server.quality`, run on what is served, as a page and as JSON."""

import json
from dataclasses import asdict
from threading import Lock

from flask import Blueprint, Response, render_template

from kg.errors import StoreError
from server.code_version import code_version
from server.context import engine, generation
from server.interface import Interface, form_of, offered, record, several, tells
from server.negotiation import HTML, Page
from server.offers import asked
from server.problems import Problem
from server.quality import dataset, linked, vocabulary
from server.quality.outcome import Section
from server.quality.visitor import visitor
from server.responses import answered

blueprint = Blueprint("assessment", __name__)

_JSON = Page("json", "JSON", "application/json", "application/json", "json")
_OFFERS = (HTML, _JSON)
_CHECK = record(name="string", severity="string", passed="boolean", minor="boolean", seen="string")
_SECTION = record(name="string", title="string", about="string", checks=several(_CHECK))
_TOLD = record(code="string", version="string", sections=several(_SECTION))
_one_at_a_time = Lock()  # it takes seconds, in which no other thread is to wait for it
_SOON = 10  # seconds
_last: dict[str, tuple[Section, ...]] = {}


@blueprint.get("/quality")
@tells(
    Interface(
        "What FOOPS!, OOPS!, F-UJI and linked data ask, tried on what is served now.",
        "Data set",
        (offered(_OFFERS, "Each check with what it found.", _TOLD),),
        (form_of(_OFFERS),),
    )
)
def quality() -> Response:
    """What each check found in the version that is served now."""
    offer = asked(_OFFERS)
    version = generation().version
    sections = _last.get(version) or _looked_at(version)
    if offer is _JSON:
        return answered(
            json.dumps(_told(sections, version), ensure_ascii=False, indent=1), offer.content_type, version
        )
    return answered(render_template("quality.html", sections=sections), offer.content_type, version)


def _looked_at(version: str) -> tuple[Section, ...]:
    """What is found in this version. Raises Problem 503 while another request finds it, StoreError."""
    if not _one_at_a_time.acquire(blocking=False):
        detail = "The checks are being run on this version of the data, which takes some seconds. Ask again."
        raise Problem(503, detail, {"Retry-After": str(_SOON)})
    try:
        found = _last.get(version) or _computed()
    finally:
        _one_at_a_time.release()
    if generation().version != version:  # of two versions: the page is made again, over the newer one
        raise StoreError("the graph changed while it was looked at", None, "Ask again")
    _last.clear()
    _last[version] = found
    return found


def _computed() -> tuple[Section, ...]:
    fetch = visitor(generation().base)
    return (linked.section(engine(), fetch), dataset.section(fetch), *vocabulary.sections(fetch))


def _told(sections: tuple[Section, ...], version: str) -> dict[str, object]:
    return {
        "code": code_version(),
        "version": version,
        "sections": [
            {
                "name": section.name,
                "title": section.title,
                "about": section.about,
                "checks": [
                    {
                        **asdict(one.check),
                        "passed": one.passed,
                        "minor": one.minor,
                        "seen": one.seen,
                        "faults": one.told,
                    }
                    for one in section.outcomes
                ],
            }
            for section in sections
        ],
    }
