"""What a check finds wrong: the rule, the node, a line for a person, and the words that the node rests on."""

from dataclasses import dataclass, replace
from typing import Literal, cast

import pyoxigraph as ox

from kg.vocab import NS

Severity = Literal["violation", "warning", "info"]

_QUOTED = 60  # characters of a span that a line shows
_SPANS = f"""
PREFIX parley: <{NS}>
SELECT ?node ?text ?start ?end ?source WHERE {{
    {{ ?node parley:evidence ?span }} UNION {{ ?node parley:exactText ?text . BIND(?node AS ?span) }}
    ?span parley:exactText ?text ; parley:startOffset ?start ; parley:endOffset ?end ; parley:spanOf ?source .
}}
ORDER BY ?source ?start ?end ?text LIMIT 1
"""


@dataclass(frozen=True, order=True)
class Violation:
    """One fault; `node` is an IRI, `span` the first words that the node rests on, with source and offsets."""

    rule: str
    severity: Severity
    node: str
    message: str
    span: str | None = None


def with_words(found: Violation, store: ox.Store) -> Violation:
    """The violation with the words of its node, where the store knows any."""
    return replace(found, span=_words(found.node, store))


def _words(node: str, store: ox.Store) -> str | None:
    try:
        bound: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]
        bound = {ox.Variable("node"): ox.NamedNode(node)}
    except ValueError:  # a blank node has no IRI and no words of its own
        return None
    rows = store.query(_SPANS, substitutions=bound)
    for row in cast(ox.QuerySolutions, rows):
        text, start, end, source = (
            str(getattr(row[name], "value", "")) for name in ("text", "start", "end", "source")
        )
        shown = text if len(text) <= _QUOTED else text[: _QUOTED - 1] + "…"
        return f"“{shown}” [{start}–{end}] in {source}"
    return None
