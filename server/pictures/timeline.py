"""/timeline: what happened, was planned or is claimed, when, on which track."""

from dataclasses import replace

from server import lookups
from server.engine.contract import Answer, Engine, Formats, Question
from server.pictures import question
from server.pictures.contents import shown, total
from server.pictures.lanes import Lanes, lanes, when
from server.pictures.picture import Column, Contents, Picture, Shown, View
from server.tables import Cell
from server.words import value


def _read(engine: Engine, view: View, limit: int) -> Contents:
    """Some of the things, with the lanes that they are drawn in."""
    answer: Answer = engine.ask(Question(question.part(view.text, limit, view.offset), Formats()))
    base = engine.generation().base
    found = tuple(
        replace(one, cells={**one.cells, "edtf": (Cell(when(one.rows[0], base)),)})
        for one in shown(engine, view.picture, answer)
    )
    full = view.offset or len(found) == limit
    return Contents(
        rows=found,
        drawing=_drawn(engine, found) if found else None,
        total=total(engine, view) if full else len(found),
    )


def _drawn(engine: Engine, found: tuple[Shown, ...]) -> Lanes | None:
    loose = [value(one.rows[0], "item") for one in found if not value(one.rows[0], "onTrack")]
    beside = lookups.select(engine, "timeline-lanes", these=loose) if loose else []
    return lanes(found, beside, engine.generation().base)


TIMELINE = Picture(
    name="timeline",
    title="Timeline",
    question="What happened, was planned or is claimed, when, and how exactly is that known?",
    lead="Talks, agreements, fighting and what else happened, was planned or is only claimed: when, and how "
    "exactly that is known.",
    query="timeline",
    filters=(
        ("process", "Process"),
        ("track", "Track"),
        ("kind", "Kind"),
        ("outlet", "Told by"),
        ("claimant", "Claimed by"),
        ("from", "From"),
        ("to", "To"),
        ("statements", "Statements too"),
    ),
    columns=(
        Column("item", "What"),
        Column("what", "Kind"),
        Column("edtf", "When"),
        Column("status", "Status"),
        Column("factuality", "How sure"),
        Column("by", "Claimed or said by"),
        Column("onTrack", "Track"),
    ),
    key="item",
    options="timeline-options",
    read=_read,
    on_a_page=36,
    empty="No source that was read tells a time for anything that fits what was chosen.",
)
