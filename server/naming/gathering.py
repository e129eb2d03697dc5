"""What an index of names is made of, asked of the graph like any other question."""

from collections import Counter
from collections.abc import Iterable

from kg.names.facts import Facts, Term, Texts
from server import lookups
from server.engine.contract import Engine, Row
from server.words import value


def facts(engine: Engine) -> Facts:
    """The facts of the version that is served now. Raises the errors of the engine."""
    return Facts(
        names=[
            (value(row, "thing"), value(row, "text"), value(row, "role"))
            for row in lookups.select(engine, "names")
        ],
        types=_types(lookups.select(engine, "names-types")),
        identifiers=_texts(lookups.select(engine, "names-identifiers")),
        descriptions=_texts(lookups.select(engine, "names-descriptions")),
        said=_texts(lookups.select(engine, "names-said")),
        mentions={value(row, "thing"): _count(row) for row in lookups.select(engine, "names-mentions")},
        classes=_terms(lookups.select(engine, "names-classes")),
        broader=[
            (value(row, "term"), value(row, "broader")) for row in lookups.select(engine, "names-broader")
        ],
        properties=_terms(lookups.select(engine, "names-properties")),
    )


def _texts(rows: Iterable[Row]) -> Texts:
    return [(value(row, "thing"), value(row, "text")) for row in rows]


def _types(rows: list[Row]) -> Texts:
    """What sources say comes first; of that, and of the rest, the class that fewest things have."""
    sizes = Counter(value(row, "type") for row in rows)
    ordered = sorted(rows, key=lambda row: (value(row, "asserted") != "1", sizes[value(row, "type")]))
    return [(value(row, "thing"), value(row, "type")) for row in ordered]


def _terms(rows: Iterable[Row]) -> list[Term]:
    return [
        Term(value(row, "term"), value(row, "label"), value(row, "description"), _count(row)) for row in rows
    ]


def _count(row: Row) -> int:
    return int(value(row, "n") or 0)
