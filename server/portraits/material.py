"""What portraits are made of: rows of a lookup by the section that they are for, statements, passages."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from pyoxigraph import NamedNode

from kg.vocab import NS, Base
from server import lookups
from server.engine.contract import Engine, Row
from server.portraits.utterances import Utterance, rows_of, utterances
from server.tables import Cell
from server.words import Words, named, value, words

Sections = Mapping[str, Sequence[Row]]
Column = tuple[str, str]  # a section and a column of it
_NAMELESS = frozenset(("statement", "content", "property"))  # columns of things that are not shown by name
_NOBODY = (str(NS),)  # has no passages; where VALUES is empty the engine goes through all that there are
_BETWEEN = " … "  # words that stand apart in one source


@dataclass(frozen=True)
class Material:
    """Rows by their section, with names; statements in them as lines; passages that support others."""

    sections: Sections
    heard: Mapping[str, Utterance]
    passages: Mapping[str, tuple[Words, ...]]
    base: Base

    def rows(self, section: str) -> Sequence[Row]:
        return self.sections.get(section, ())

    def ordered(self, section: str, *columns: str, back: bool = False) -> list[Row]:
        """The rows of a section sorted by columns, in either direction."""
        return sorted(
            self.rows(section), key=lambda row: [value(row, column) for column in columns], reverse=back
        )

    def lines(self, section: str, column: str = "item") -> tuple[Utterance, ...]:
        """The statements of a section, in its order."""
        return tuple(self.heard[iri] for iri in iris(self.rows(section), column) if iri in self.heard)

    def latest(self, section: str) -> tuple[Utterance, ...]:
        """The statements of a section, those of the latest source first and as they stand in it."""
        told = sorted(self.lines(section), key=_place)
        return tuple(sorted(told, key=lambda one: one.date, reverse=True))

    def words(self, row: Row, column: str = "item") -> tuple[Words, ...]:
        """The passages that support what is in a column."""
        return self.passages.get(value(row, column), ())

    def cells(self, section: str, column: str = "thing") -> tuple[Cell, ...]:
        """The different things in a column, in their order."""
        told = (named(row, column, self.base) for row in self.rows(section))
        return tuple(dict.fromkeys(cell for cell in told if cell.text))


def _place(one: Utterance) -> tuple[str, int]:
    return (one.words[0].source.text, one.words[0].start) if one.words else ("", 0)


def gather(
    engine: Engine, lookup: str, iri: str, said: Sequence[Column], supported: Sequence[Column] = ()
) -> Material:
    """All that one lookup finds of a thing.

    `said` are the columns with statements, `supported` those with things of which passages are wanted.
    """
    base, found = engine.generation().base, sections(engine, lookup, this=iri)
    statements = _in(found, said)
    known, spoken = with_names(engine, found, rows_of(engine, statements))
    shown = passages(engine, statements, _in(found, supported))
    return Material(known, utterances(spoken, shown, base), shown, base)


def day(engine: Engine) -> str:
    """The day of the data: when what is served became current."""
    return datetime.fromtimestamp(engine.generation().since, UTC).date().isoformat()


def iris(rows: Iterable[Row], column: str) -> list[str]:
    """The things in a column, each once, in their order."""
    terms = (row.get(column) for row in rows)
    return [*dict.fromkeys(term.value for term in terms if isinstance(term, NamedNode))]


def _in(found: Sections, columns: Sequence[Column]) -> list[str]:
    return [
        *dict.fromkeys(iri for section, column in columns for iri in iris(found.get(section, ()), column))
    ]


def sections(engine: Engine, lookup: str, **places: lookups.Place) -> Sections:
    """The rows of a lookup by what stands in their column `section`, in their order."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in lookups.select(engine, lookup, **places):
        found[value(row, "section")].append(row)
    return found


def with_names(engine: Engine, found: Sections, spoken: Sequence[Row]) -> tuple[Sections, list[Row]]:
    """The same rows, with the names of all things in them beside these; asked for at once."""
    rows = [*(row for rows in found.values() for row in rows), *spoken]
    bare = [{name: term for name, term in row.items() if name not in _NAMELESS} for row in rows]
    told = ({**row, **named} for row, named in zip(rows, lookups.labelled(engine, bare), strict=True))
    return {section: [next(told) for _ in rows] for section, rows in found.items()}, [*told]


def passages(engine: Engine, said: Sequence[str], told: Sequence[str]) -> Mapping[str, tuple[Words, ...]]:
    """The words of these statements, and the first ones in each source that tell of these other things."""
    base = engine.generation().base
    found: dict[str, dict[str, dict[int, Words]]] = defaultdict(lambda: defaultdict(dict))
    places = {"said": said or _NOBODY, "told": told or _NOBODY}
    rows = lookups.select(engine, "passages", **places) if said or told else []
    for row in sorted(rows, key=_where):
        passage = words(row, base)
        if passage:  # a source may have two outlets: the first by name is shown
            found[value(row, "item")][value(row, "source")].setdefault(passage.start, passage)
    return {
        item: tuple(_joined([*ones.values()]) for ones in by_source.values())
        for item, by_source in found.items()
    }


def _where(row: Row) -> tuple[str, int, int, str]:
    start, end = value(row, "start"), value(row, "end")
    return value(row, "source"), int(start or 0), int(end or 0), value(row, "publisher")


def _joined(ones: Sequence[Words]) -> Words:
    """Passages of one source, in their order, as one with a sign where something between them is left out."""
    return replace(ones[0], text=_BETWEEN.join(one.text for one in ones), end=ones[-1].end)
