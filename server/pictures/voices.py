"""/voices: whose words fill the texts, in own words or through whom, and whose are missing."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from pyoxigraph import Literal

from kg.vocab import Base
from queries.parameters import Parameter
from server import lookups
from server.engine.contract import Engine, Question, Row, rows
from server.headers import SCRIPTED
from server.on_behalf import Ends, standing
from server.pictures.cutting import core
from server.pictures.matrix import Matrix, Silence, matrix, silences
from server.pictures.passages import labelled, passages
from server.pictures.picture import Column, Contents, Option, Picture, Shown, View
from server.tables import Cell, compact
from server.words import named, value

_MOST = 700  # passages that one page looks at
_PROCESSES = 4  # whose texts are looked through for who is heard, where none is chosen
_TEXTS = 9  # of one process
_BY = {
    "stance": "what they do by it",
    "about": "of whom or what they speak",
    "contested": "of which contested thing they speak",
    "relation": "what they say of it",
    "addressee": "to whom they speak",
    "outlet": "in which outlet",
}
_COLUMNS = Parameter(
    "by",
    "enumeration",
    "What the columns of the table of speakers are.",
    default="stance",
    example="about",
    choices=tuple(_BY),
)
# Fields of the list of statements that have the same values, so that a cell leads to what it counts.
_LISTED = {
    "stance": "stance",
    "about": "about",
    "contested": "about",
    "addressee": "addressee",
    "outlet": "outlet",
}


@dataclass(frozen=True)
class Drawn:
    """The matrix, who is heard in which texts, and what columns are; `listed` is their field of the list."""

    matrix: Matrix
    silences: tuple[Silence, ...]
    by: str
    title: str
    listed: str | None
    passages: int
    base: Base
    _keys: dict[str, str] = field(default_factory=dict)

    def key(self, iri: str) -> str:
        """What to write to choose a thing or a value; each cell of the matrix asks for two."""
        if iri not in self._keys:
            self._keys[iri] = compact(iri, self.base).removeprefix("val:stance-")
        return self._keys[iri]


def read(engine: Engine, view: View, limit: int) -> Contents:
    """The statements that fit what was chosen: all counted, those of one part with words."""
    base = engine.generation().base
    found = list(rows(engine.ask(Question(core(view.text, _MOST + 1)))))
    more, found = len(found) > _MOST, sorted(found[:_MOST], key=_order)
    told = lookups.cited(engine, labelled(engine, found, ("speaker", "stance", "form", "relayedFor")))
    parts, texts = _processes(engine, view, base)
    ends = Ends(standing(engine, [*told, *parts], ("speaker", "who")), base)
    by = view.values.get(_COLUMNS.name) or "stance"
    drawing = Drawn(
        matrix(told, _values(engine, told, by, base), ends, base),
        silences(told, parts, texts, ends, base),
        by,
        _BY[by],
        _LISTED.get(by),
        len(told),
        base,
    )
    part = told[view.offset : view.offset + limit]
    options = tuple(Option(key, label) for key, label in _BY.items())
    return Contents(_shown(engine, part, base), drawing, len(told), more, options={_COLUMNS.name: options})


def _order(row: Row) -> tuple[str, ...]:
    return tuple(value(row, column) for column in ("source", "speaker", "statement", "stance", "span"))


def _values(engine: Engine, told: Sequence[Row], by: str, base: Base) -> dict[str, list[tuple[str, Cell]]]:
    """By statement, the values that have a column."""
    held: defaultdict[str, list[tuple[str, Cell]]] = defaultdict(list)
    if by == "stance":
        for row in told:
            held[value(row, "statement")].append((value(row, "stance"), named(row, "stance", base)))
        return held
    statements = sorted({value(row, "statement") for row in told})
    there = lookups.select(engine, "said-about", these=statements, by=Literal(by)) if statements else []
    for row in lookups.labelled(engine, there):
        held[value(row, "statement")].append((value(row, "value"), named(row, "value", base)))
    return held


def _processes(engine: Engine, view: View, base: Base) -> tuple[list[Row], list[Row]]:
    """Who has a part in the process that was chosen, or in those that most texts tell of, and its texts."""
    if "process" in view.values:
        chosen = [_PROCESS.term(view.values["process"], base.iri).value]
    else:
        listed = lookups.select(engine, "told-processes", limit=_PROCESSES)
        chosen = [value(row, "process") for row in listed]
    if not chosen:
        return [], []
    parts = lookups.select(engine, "process-parts", these=chosen)
    texts = lookups.cited(engine, lookups.select(engine, "process-texts", these=chosen))
    named = lookups.labelled(engine, [*parts, *texts])
    parts, texts = named[: len(parts)], named[len(parts) :]
    by_process: defaultdict[str, list[Row]] = defaultdict(list)
    for row in texts:
        by_process[value(row, "process")].append(row)
    return parts, [row for own in by_process.values() for row in own[:_TEXTS]]


_PROCESS = Parameter("process", "iri", "")


def _shown(engine: Engine, part: Sequence[Row], base: Base) -> tuple[Shown, ...]:
    said = passages(engine, (value(row, "span") for row in part), base)
    columns = ("speaker", "stance", "form", "relayedFor", "statement")
    return tuple(
        Shown(
            (row,),
            {column: (named(row, column, base),) if column in row else () for column in columns},
            tuple(filter(None, (said.get(value(row, "span")),))),
        )
        for row in labelled(engine, part, ("statement",))
    )


VOICES = Picture(
    name="voices",
    title="Voices",
    question="Whose words fill the texts, in own words or through whom, and whose are missing?",
    lead="Whose words the texts carry, how and through whom; who has a part in a process and is not heard.",
    query="voices",
    filters=(
        ("by", "Columns"),
        ("process", "Process"),
        ("outlet", "Outlet"),
        ("speaker", "Speaker"),
        ("stance", "Does what"),
        ("form", "Quoted"),
        ("from", "Texts from"),
        ("to", "Texts to"),
    ),
    columns=(
        Column("speaker", "Speaker"),
        Column("stance", "Does what"),
        Column("form", "Speech"),
        Column("relayedFor", "Through the office of"),
        Column("statement", "Statement"),
    ),
    options="network-options",
    read=read,
    display=(_COLUMNS,),
    policy=SCRIPTED,
    on_a_page=16,
    empty="No text that was read has a statement that fits what was chosen.",
)
