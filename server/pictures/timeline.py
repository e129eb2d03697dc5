"""/timeline: what happened, was planned or is claimed, when, on which track."""

from server.pictures.picture import Column, Picture

TIMELINE = Picture(
    name="timeline",
    title="Timeline",
    question="What happened, was planned or is claimed, when, and how exactly is that known?",
    lead="Events, rounds and agreements whose time a source tells.",
    query="timeline",
    filters=(("track", "Track"), ("status", "Status"), ("from", "From"), ("to", "To")),
    columns=(
        Column("item", "What"),
        Column("edtf", "When"),
        Column("status", "Status"),
        Column("lane", "Track"),
    ),
    key="item",
    options="timeline-options",
    empty="No source that was read tells a time for anything that fits what was chosen.",
)
