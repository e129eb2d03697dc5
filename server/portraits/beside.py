"""What stands beside a portrait: its own sections, and the pictures that can be narrowed to the thing."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from html import unescape

from server import urls
from server.pictures.shown import PICTURES

# Filters of pictures that take a thing, by the kind in its IRI; a picture is narrowed by the first it has.
_AGENTS = ("actor", "speaker", "party")
_FILTERS = {
    "state": _AGENTS,
    "person": _AGENTS,
    "organisation": (*_AGENTS, "outlet"),
    "group": _AGENTS,
    "format": ("track", "actor"),
    "corridor": ("corridor", "thing", "actor"),
    "event": ("event", "thing", "actor"),
    "round": ("round", "event", "thing", "actor"),
    "process": ("process",),
    "place": ("place", "thing"),
}
_TAG = re.compile(r"<[^<>]*>")
_HEADING = re.compile(r'<h2 id="([\w-]+)">(.*?)</h2>', re.DOTALL)


@dataclass(frozen=True)
class Link:
    """Where something is, by its title."""

    title: str
    place: str


def pictured(kind: str, key: str, without: Container[str] = ()) -> tuple[Link, ...]:
    """The pictures that can show this thing alone, each so narrowed, without some that have nothing of it."""
    return tuple(_narrowed(kind, key, without))


def _narrowed(kind: str, key: str, without: Container[str]) -> Iterator[Link]:
    for picture in PICTURES.values():
        if picture.name in without:
            continue
        taken = {name for name, _ in picture.filters}
        fitting = next((name for name in _FILTERS.get(kind, ()) if name in taken), None)
        if fitting:
            yield Link(picture.title, urls.picture(picture.name, values={fitting: key}))


def headings(drawn: str) -> tuple[Link, ...]:
    """The sections of what a template made, by the headings that have a place of their own."""
    found = _HEADING.findall(drawn)
    return tuple(Link(unescape(_TAG.sub("", title)), f"#{place}") for place, title in found)
