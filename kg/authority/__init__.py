"""The names, types, codes, seats and coordinates of what news names: the files of this package.

They never say who mediated or refused what, who is on a corridor, or how a track stands: only texts do. They
say who held which office when, so that a text's "the Armenian prime minister" leads to somebody.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import pyoxigraph as ox
from rdflib import Graph

from kg.authority import naming, offices, outside, rules, tables
from kg.errors import AuthorityError
from kg.facts import Facts, Triple
from kg.lexicon import Lexicon, Title
from kg.vocab import Base
from ontology import nodes, turtle_files

_TITLES = "titles.toml"
_TITLE_FIELDS = frozenset({"forms", "category", "of", "office"})


def load(base: Base, folder: Traversable | None = None) -> Graph:
    """Every authority file as one graph, its relative IRIs under `{base}id/`.

    `folder` replaces the shipped files. Raises AuthorityError, naming the file or the thing, where the data
    break the rules of `kg.authority.rules`.
    """
    place, things = folder or files(__package__), _things(folder, base)
    whole = nodes.graph()
    for table in (tables, offices, outside):
        for triple in table.triples(place, things, base):
            whole.add(triple)
    for triple in things:
        whole.add(triple)
    return whole


@cache
def shared(base: Base) -> Graph:
    """What `load` makes of the files that ship, once, for who only reads it: do not change the graph."""
    return load(base)


def titles(folder: Traversable | None = None) -> tuple[Title, ...]:
    """The titles of `titles.toml`, longest first; raises AuthorityError where an entry is malformed."""
    file = (folder or files(__package__)) / _TITLES
    try:
        entries = tomllib.loads(file.read_text(encoding="utf-8"))["title"]
    except tomllib.TOMLDecodeError as fault:
        raise AuthorityError(f"not TOML: {fault}", file.name, "Mend the line named.") from None
    found = [title for entry in entries for title in _titles(entry)]
    repeated = sorted(form for form, count in Counter(title.form for title in found).items() if count > 1)
    if repeated:
        raise AuthorityError(
            f"listed twice: {', '.join(repeated)}", file.name, "Keep one entry for each form."
        )
    return tuple(sorted(found, key=lambda title: (-len(title.form), title.form)))


def lexicon(base: Base, folder: Traversable | None = None) -> Lexicon:
    """What the reader needs of the authority data; raises AuthorityError as `load` and `titles` do."""
    return _lexicon(folder, base) if folder else _shipped_lexicon(base)


# What ships does not change while a program runs.
@cache
def _shipped_lexicon(base: Base) -> Lexicon:
    return _lexicon(None, base)


@cache
def _shipped_things(base: Base) -> Facts:
    return _checked(files(__package__), base)


def _lexicon(folder: Traversable | None, base: Base) -> Lexicon:
    things, known = _things(folder, base), titles(folder)
    for title in known:
        rules.check_known(things, base, title.of, _TITLES)
    return naming.lexicon(things, known, offices.tenures(folder or files(__package__), things, base))


def _things(folder: Traversable | None, base: Base) -> Facts:
    """What the Turtle files list; nobody may add to it."""
    return _checked(folder, base) if folder else _shipped_things(base)


def _checked(folder: Traversable, base: Base) -> Facts:
    """What the Turtle files list, checked; the tables only add to it what the reader has no use for."""
    whole = Facts()
    for file in turtle_files(folder):
        rules.check_things(_parse(file, base), base, file.name, into=whole)
    rules.check_together(whole, base)
    return whole


def _parse(file: Traversable, base: Base) -> Iterator[Triple]:
    """The triples of one file; by Oxigraph, which reads Turtle many times faster than rdflib."""
    try:
        yield from nodes.of(ox.parse(file.read_bytes(), ox.RdfFormat.TURTLE, base_iri=f"{base.iri}id/"))
    except SyntaxError as fault:
        where = f"{file.name}, line {fault.lineno}"
        raise AuthorityError("not Turtle", where, "Mend what stands there or just before it.") from None


def _titles(entry: dict[str, Any]) -> Iterator[Title]:
    if not {"forms", "category"} <= set(entry) <= _TITLE_FIELDS:
        what = f"an entry has the fields {', '.join(sorted(entry)) or 'none'}"
        raise AuthorityError(what, _TITLES, "Give `forms` and `category`, and at most `of` and `office`.")
    for form in entry["forms"]:
        yield Title(form, entry.get("of"), entry["category"], entry.get("office", form))
