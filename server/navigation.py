"""The ways through the site: sections with their pages, but for those that this server does not have."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import current_app, request
from werkzeug.exceptions import HTTPException

from server import urls
from server.context import described

_DOORS = ("/sparql", "/graph-store")  # answered before Flask: see server.asgi


@dataclass(frozen=True)
class Entry:
    """One page: its path, its name, and in a few words what it is for.

    `described`: it is there where the served graph describes itself; `here`: the reader is on it.
    """

    path: str
    title: str
    hint: str
    described: bool = False
    here: bool = False

    @property
    def address(self) -> str:
        return urls.below_root(self.path)


@dataclass(frozen=True)
class Section:
    """Pages that belong together; `prefixes` are the beginnings of other paths that belong to them, too."""

    title: str
    entries: Sequence[Entry]
    prefixes: Sequence[str] = ()
    here: bool = False

    @property
    def address(self) -> str:
        return self.entries[0].address


_SECTIONS = (
    Section(
        "Browse",
        (
            Entry("/statements", "Statements", "who said what, in which words"),
            Entry("/actors", "Actors", "states, persons, organisations"),
            Entry("/formats", "Tracks", "formats of negotiation and how they stand"),
            Entry("/mediators", "Mediators", "planned, actual, contested"),
            Entry("/events", "Events", "what is reported, and by whom"),
            Entry("/corridors", "Corridors", "routes, members, rival names"),
            Entry("/reports", "Sources", "the texts that were read"),
        ),
        ("/page/", "/search", "/graph/"),
    ),
    Section(
        "Pictures",
        (
            Entry("/timeline", "Timeline", "what happened when, track by track"),
            Entry("/network", "Network", "who mediates, accuses, supports, refuses whom"),
            Entry("/map", "Map", "places and corridors"),
            Entry("/voices", "Voices", "who is heard, and who is not"),
            Entry("/wording", "Wording", "one thing, each side’s term for it"),
        ),
    ),
    Section(
        "Questions",
        (
            Entry("/cookbook", "Cookbook", "recipes for people without SPARQL"),
            Entry("/queries/", "All questions", "each as a page, CSV and JSON"),
        ),
        ("/queries/", "/cookbook"),
    ),
    Section("SPARQL", (Entry("/sparql", "SPARQL", "ask anything"),)),
    Section(
        "Data",
        (
            Entry("/dataset", "The data", "what it is, licence, limits, how to cite", described=True),
            Entry("/dumps/", "Files", "every syntax, and tables"),
            Entry("/ns", "Vocabulary", "classes, properties, modules"),
            Entry("/reconcile/about", "Reconciliation", "match the names of a spreadsheet"),
            Entry("/quality", "Quality", "what others ask of data, tried live"),
            Entry("/openapi.json", "For programs", "OpenAPI"),
        ),
        ("/ns", "/shapes", "/dumps", "/dataset", "/fragments", "/reconcile"),
    ),
)


def sections() -> tuple[Section, ...]:
    """The sections that have a page here, with where the reader is."""
    found = (replace(one, entries=tuple(map(_placed, filter(_there, one.entries)))) for one in _SECTIONS)
    return tuple(replace(one, here=_within(one)) for one in found if one.entries)


def _within(section: Section) -> bool:
    return any(entry.here for entry in section.entries) or request.path.startswith(tuple(section.prefixes))


def _placed(entry: Entry) -> Entry:
    return replace(entry, here=request.path.rstrip("/") == entry.path.rstrip("/"))


def _there(entry: Entry) -> bool:
    """Whether this server answers there."""
    if entry.described and not described():
        return False
    if entry.path in _DOORS:
        return True
    try:
        current_app.url_map.bind("localhost").match(entry.path)
    except HTTPException:
        return False
    return True
