"""What the page of the editor is made of, beside a query and its answer."""

from typing import Any

from kg.vocab import PREFIXES
from server import assets, cookbook, urls
from server.assets.routes import asset
from server.context import base
from server.editor.examples import title

# What each part of the page is drawn with: the script that sets the global, then what it needs.
_DRAWN_WITH = {
    "timeline": (("vis-timeline", "vis-timeline.js"), ("vis-timeline", "vis-timeline.css")),
    "map": (
        ("leaflet", "leaflet.js"),
        ("leaflet", "leaflet.css"),
        ("topojson-client", "topojson-client.js"),
        ("world-atlas", "countries-50m.json"),
    ),
    "graph": (("cytoscape", "cytoscape.js"),),
}
_EDITOR = "yasqe"


def context() -> dict[str, Any]:
    """For the template: the examples, what scripts are told, and the third-party parts that are missing."""
    parts = (_EDITOR, *(name for files in _DRAWN_WITH.values() for name, _ in files))
    return {
        "topics": cookbook.grouped(""),
        "title": title,
        "told": _told(),
        "missing": assets.missing(dict.fromkeys(parts)),
        "mend": assets.MEND,
    }


def _told() -> dict[str, Any]:
    present = base()
    return {
        "base": present.iri,
        "places": urls.places(present),
        "prefixes": PREFIXES,
        "endpoint": urls.sparql(),
        "completion": urls.completion(),
        "examples": urls.examples(),
        "suggestions": urls.suggestions(),
        "drawnWith": {view: _addresses(view) for view in _DRAWN_WITH},
    }


def _addresses(view: str) -> list[str]:
    """The files of a view, or none where one is missing, as then it cannot be drawn."""
    found = [asset(name, file) for name, file in _DRAWN_WITH[view]]
    return [address for address in found if address] if all(found) else []
