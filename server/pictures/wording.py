"""/wording: what each party and each outlet calls what is contested."""

from server import lookups
from server.engine.contract import Engine, Formats, Question
from server.pictures import question
from server.pictures.contents import shown, total
from server.pictures.picture import Column, Contents, Picture, View
from server.pictures.terms import things
from server.words import value


def _read(engine: Engine, view: View, limit: int) -> Contents:
    """Some of the things, each with all its terms."""
    answer = engine.ask(Question(question.part(view.text, limit, view.offset), Formats()))
    found = shown(engine, view.picture, answer)
    known = [value(one.rows[0], "thing") for one in found]
    neutral = lookups.select(engine, "wording-neutral", these=known) if known else []
    accounts = lookups.select(engine, "wording-kin", these=known) if known else []
    full = view.offset or len(found) == limit
    return Contents(
        rows=found,
        drawing=things(found, neutral, lookups.cited(engine, accounts), engine.generation().base),
        total=total(engine, view) if full else len(found),
    )


WORDING = Picture(
    name="wording",
    title="Wording",
    question="Which terms are used for a contested thing, and by whom?",
    lead="What is contested has more than one name. Each stands here under its neutral label, with who uses "
    "which.",
    query="wording",
    filters=(("thing", "Thing"), ("kind", "Kind"), ("who", "Called something by")),
    columns=(
        Column("thing", "Neutral label"),
        Column("term", "Term"),
        Column("user", "Used by"),
        Column("side", "Side"),
        Column("neutral", "Takes a side: reads neutrally"),
        Column("passages", "Passages"),
    ),
    key="thing",
    options="wording-options",
    read=_read,
    on_a_page=25,
    empty="No source that was read, and no record, gives a term of somebody’s own for what was chosen.",
)
