"""What begins as somebody types: things, classes and properties; and a few words on each, to fly out."""

from collections.abc import Sequence
from html import escape
from typing import Any

from kg.names import candidates, folding, keys
from kg.names.index import Index
from kg.names.things import Known, Thing
from server.problems import Problem

PAGE = 20  # suggestions
_FURTHEST = 10_000  # suggestions that may be skipped


def entities(index: Index, prefix: str, cursor: int) -> dict[str, Any]:
    """Things with a name of words that begin so; where there are none, those with a name like it."""
    found = index.complete(prefix, PAGE + 1, cursor)
    if not found and not cursor:
        found = [one.thing for one in candidates.find(index, prefix, (), PAGE)]
    named = {known.key: known.label for known in index.classes()}
    return _page([_entity(thing, named) for thing in found], cursor)


def types(index: Index, prefix: str, cursor: int) -> dict[str, Any]:
    """Classes with a name that begins so, each with the next broader ones."""
    return _page(
        [
            _known(known) | {"broader": [_known(broader) for broader in index.broader(known.key)]}
            for known in _beginning(index.classes(), prefix)[cursor : cursor + PAGE + 1]
        ],
        cursor,
    )


def properties(index: Index, prefix: str, cursor: int) -> dict[str, Any]:
    """Properties with a name that begins so."""
    found = _beginning(index.properties(), prefix)[cursor : cursor + PAGE + 1]
    return _page([_known(known) for known in found], cursor)


def flyout(index: Index, what: str, key: str) -> dict[str, Any]:
    """A few words in HTML. Raises Problem 404 for what there is none of."""
    if what == "entity":
        thing = one(index, key)
        return _flyout(thing.key, thing.label, thing.description)
    known = index.classes() if what == "type" else index.properties()
    found = next((one for one in known if one.key == keys.of_term(keys.term(key))), None)
    if found is None:
        raise Problem(404, f"No {what} here is called {key[:60]!r}.")
    return _flyout(key, found.label, found.description)


def one(index: Index, key: str) -> Thing:
    """The thing of a key. Raises Problem 404."""
    found = index.things(index.by_identifier(key))
    if not found:
        raise Problem(404, f"Nothing in this graph with a name is called {key[:100]!r}.")
    return next(iter(found.values()))


def start(cursor: str | None) -> int:
    """How many suggestions to skip. Raises Problem 400."""
    if not cursor:
        return 0
    if not cursor.isascii() or not cursor.isdecimal() or int(cursor[:9]) > _FURTHEST:
        raise Problem(400, f"The cursor is how many suggestions to skip, from 0 to {_FURTHEST:,}.")
    return int(cursor)


def _page(found: list[dict[str, Any]], cursor: int) -> dict[str, Any]:
    """One page; a cursor only where more follows, since clients offer more wherever there is one."""
    more = {"cursor": cursor + PAGE} if len(found) > PAGE else {}
    return {"result": found[:PAGE], **more}


def _entity(thing: Thing, named: dict[str, str]) -> dict[str, Any]:
    notable = [{"id": key, "name": named.get(key, keys.spelled(key))} for key in thing.types[:1]]
    told = {"description": thing.description} if thing.description else {}
    return {"id": thing.key, "name": thing.label, **told, "notable": notable}


def _known(known: Known) -> dict[str, Any]:
    told = {"description": known.description} if known.description else {}
    return {"id": known.key, "name": known.label, **told}


def _beginning(known: Sequence[Known], prefix: str) -> list[Known]:
    """Those whose name or key has words that begin with all of the prefix; those first that begin with it."""
    wanted = folding.words(prefix)

    def fits(one: Known) -> bool:
        there = folding.words(one.label) + folding.words(keys.spelled(one.key)) + folding.words(one.key)
        return all(any(word.startswith(part) for word in there) for part in wanted)

    def later(one: Known) -> bool:
        return not " ".join(folding.words(one.label)).startswith(" ".join(wanted))

    return sorted(filter(fits, known), key=later)


def _flyout(key: str, name: str, description: str) -> dict[str, Any]:
    told = f"<p>{escape(description)}</p>" if description else ""
    return {"id": key, "html": f"<div><p><b>{escape(name)}</b> <code>{escape(key)}</code></p>{told}</div>"}
