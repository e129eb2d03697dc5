"""Who held which office when: the table `holders.tsv`, for the reader and as triples."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources.abc import Traversable

from rdflib import DCTERMS, RDF, RDFS, Literal, URIRef

from kg.authority import rules, tables
from kg.errors import AuthorityError
from kg.facts import Facts, Triple
from kg.identifiers import time_key
from kg.lexicon import Tenure
from kg.model import TimeSpan
from kg.posts import capitalised, post_key, post_label
from kg.time_triples import time_triples
from kg.vocab import NS, Base

_HOLDERS = "holders.tsv"
_SOURCE = URIRef("https://www.wikidata.org/wiki/Property:P39")  # "position held", with its start and end
_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(\+?)")


@dataclass(frozen=True)
class Day:
    """A day as the table gives it: the first and last day that it may be, and whether it is a lower bound.

    `2018-05` is some day of that month; `2025-09-30+` is a day on which the person was still in office.
    """

    text: str
    first: date
    last: date
    open: bool


def tenures(folder: Traversable, things: Facts, base: Base) -> list[Tenure]:
    """The rows, each with the days on which the holder is sure to be in office; none without the table.

    Raises AuthorityError where a row is malformed or speaks of what is not listed.
    """
    return [_tenure(row, things, base) for row in tables.rows(folder, _HOLDERS)]


def triples(folder: Traversable, things: Facts, base: Base) -> Iterator[Triple]:
    """Each office as a post of what it serves, and each row as a tenure: who held it, and in which time."""
    for row in tables.rows(folder, _HOLDERS):
        tenure = _tenure(row, things, base)
        title = capitalised(tenure.names[0])
        post, label = post_key(title, tenure.of), post_label(title, _label(things, base, tenure.of))
        yield base.id(post), RDF.type, NS.Post
        yield base.id(post), RDFS.label, Literal(label, lang="en")
        yield base.id(post), NS.title, Literal(title)
        yield base.id(post), NS.postOf, base.id(tenure.of)
        yield base.id(post), DCTERMS.source, _SOURCE
        key = f"{post.replace('post/', 'tenure/')}-{row['holder'].partition('/')[2]}-{row['from']}"
        yield base.id(key), NS.tenureOf, base.id(post)
        yield base.id(key), NS.tenureBy, base.id(tenure.holder)
        named = f"{_label(things, base, tenure.holder)}, {label}, from {row['from']}"
        yield base.id(key), RDFS.label, Literal(named, lang="en")
        yield base.id(key), RDF.type, NS.Tenure
        yield base.id(key), DCTERMS.source, _SOURCE
        time = _time(_day(row, "from"), _day(row, "until"))
        yield base.id(key), NS.hasTime, base.id(time_key(time))
        yield from time_triples(base.id(time_key(time)), time)


def _time(start: Day, end: Day) -> TimeSpan:
    """From one day to another, or to no day that is known."""
    last = None if end.open else end.last
    precision = "open" if end.open else "interval"
    return TimeSpan(start.first, last, precision, f"{start.text}/{'..' if end.open else end.text}")


def _tenure(row: dict[str, str], things: Facts, base: Base) -> Tenure:
    for cell in ("of", "holder"):
        rules.check_known(things, base, row[cell], _HOLDERS)
    start, end = _day(row, "from"), _day(row, "until")
    if start.last > end.first:
        where = f"{_HOLDERS}, {row['holder']}"
        raise AuthorityError(f"in office from {start.text} until {end.text}", where, "Mend the days.")
    names = tuple(name.strip() for name in row["office"].split(","))
    return Tenure(row["of"], names, row["holder"], start.last, end.first)


def _day(row: dict[str, str], cell: str) -> Day:
    match = _DAY.fullmatch(row[cell])
    try:
        if match is None:
            raise ValueError
        year, month, day = (int(part) if part else None for part in match.groups()[:3])
        first = date(year or 0, month or 1, day or 1)
        last = date(year or 0, month or 12, day or calendar.monthrange(year or 0, month or 12)[1])
    except ValueError:
        where = f"{_HOLDERS}, {row['holder']}"
        mend = "Write 2018, 2018-05 or 2018-05-08, with + behind a day on which it had not ended."
        raise AuthorityError(f"{row[cell] or 'nothing'} is no day", where, mend) from None
    return Day(row[cell].removesuffix("+"), first, last, bool(match[4]))


def _label(things: Facts, base: Base, key: str) -> str:
    return str(next(things.objects(base.id(key), RDFS.label)))
