"""All checks of a built graph: shapes, queries whose rows are failures, spans, consistency, the ontology."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import cast

import pyoxigraph as ox
from rdflib import Graph

import ontology
import queries
from kg import consistency, evolution, pitfalls, profile, retired, triples
from kg.errors import CheckError
from kg.profile import Breach
from kg.shapes import validate
from kg.violations import Severity, Violation, with_words
from kg.vocab import NS, Base

_UNCOMPILED = "the OWL 2 DL profile was not checked: this Java runs without a compiler; install a JDK"
_NOT_ASSERTED = ("ontology", "inferred", "void", "retired")
_COLUMNS = {ox.Variable("node"), ox.Variable("message")}
_SEVERITIES: tuple[Severity, ...] = ("violation", "warning", "info")
_GRAVITY: dict[pitfalls.Severity, Severity] = {"critical": "violation", "important": "warning"}


@dataclass(frozen=True)
class Checked:
    """What is wrong with a graph, the gravest first, and what was looked at, in lines for a person."""

    violations: list[Violation]
    covered: tuple[str, ...]


def run_checks(store: ox.Store, base: Base, texts: Mapping[str, str] | None = None) -> Checked:
    """Everything that is wrong with the graph, and what was checked to find out.

    `texts` gives the text of a source by its IRI: where it is given, the words of its spans are held against
    it. A proof that had to be skipped is an `info`, so that a run says what it did not do.

    The default graph of the store holds the union of its named graphs, as in `kg.union`.

    Raises:
        CheckError: if a check cannot be carried out.
        AuthorityError: if the table of retired things breaks its rules.
    """
    retired.shipped()
    data = asserted(store, base)
    logic, proved = _logic(data, base)
    found = [
        *validate(data),
        *run_queries(store),
        *span_texts(store, texts or {}),
        *logic,
        *_of_the_shipped_ontology(),
    ]
    by_gravity = sorted(found, key=lambda one: (_SEVERITIES.index(one.severity), one))
    covered = f"the shapes and {len(queries.checks())} check queries, on {len(data):,} asserted triples"
    return Checked([with_words(one, store) for one in by_gravity], (covered, *proved))


def asserted(store: ox.Store, base: Base) -> Graph:
    """The union of the source graphs, the authority data and the links: all but what is derived from them."""
    apart = {str(base.graph(name)) for name in _NOT_ASSERTED}
    kept = (name for name in store.named_graphs() if name.value not in apart)
    found = Graph()
    for name in kept:
        triples.read_into(found, store.quads_for_pattern(None, None, None, name))
    return found


def of_the_ontology(terms: Graph) -> list[Violation]:
    """What is wrong with the ontology itself, short of what is minor.

    Raises:
        CheckError: as `run_checks`.
    """
    found = [*pitfalls.find(terms), *evolution.broken_promises(ontology.versions(), terms)]
    return [
        Violation(f"ontology {one.check}", _GRAVITY[one.severity], one.node, one.message)
        for one in found
        if one.severity in _GRAVITY
    ]


@cache
def _of_the_shipped_ontology() -> tuple[Violation, ...]:
    """It stays the same while a program runs."""
    return tuple(of_the_ontology(ontology.shared()))


def run_queries(store: ox.Store) -> list[Violation]:
    """The rows of the queries in `queries/checks`: ?node, ?message, and ?severity where it is no violation.

    Raises:
        CheckError: if a query cannot be run.
    """
    return [row for name, query in queries.checks().items() for row in rows_of(name, query.text, store)]


def rows_of(name: str, text: str, store: ox.Store) -> list[Violation]:
    """The rows of one check query as violations, without double ones; raises CheckError as `run_queries`."""
    where = f"queries/checks/{name}.rq"
    try:
        rows = store.query(text)
    except SyntaxError as error:
        raise CheckError(f"the check cannot be run: {error}", where) from error
    if not isinstance(rows, ox.QuerySolutions) or not set(rows.variables) >= _COLUMNS:
        raise CheckError(
            "the check has no rows with a node and a message", where, "SELECT ?node and ?message"
        )
    return sorted({_from_row(name, row, rows.variables) for row in rows})


def span_texts(store: ox.Store, texts: Mapping[str, str]) -> list[Violation]:
    """The spans whose exact text is not what the text of their source has at their offsets."""
    query = f"""PREFIX parley: <{NS}> SELECT ?span ?source ?start ?end ?text WHERE {{
        ?span parley:spanOf ?source ; parley:exactText ?text ;
            parley:startOffset ?start ; parley:endOffset ?end }}"""
    message = "the words of the span are not those of its source at its offsets: build the source again"
    found = []
    for row in cast(ox.QuerySolutions, store.query(query)):
        span, source, start, end, text = (
            _value(row, name) for name in ("span", "source", "start", "end", "text")
        )
        if source in texts and texts[source][int(start) : int(end)] != text:
            found.append(Violation("span-text", "violation", span, message))
    return found


def _from_row(name: str, row: ox.QuerySolution, variables: Iterable[ox.Variable]) -> Violation:
    severity: Severity = "violation"
    if ox.Variable("severity") in variables:
        severity = cast(Severity, _value(row, "severity"))
    return Violation(name, severity, _value(row, "node"), _value(row, "message"))


def _value(row: ox.QuerySolution, name: str) -> str:
    """The text of a term: the IRI, the label of a blank node, or the lexical form."""
    return str(getattr(row[name], "value", ""))


def _logic(data: Graph, base: Base) -> tuple[list[Violation], list[str]]:
    """What breaks the profile of the ontology, or contradicts it; and what was proved."""
    result, broken = consistency.check(data), _profile()
    node = str(base.graph("ontology"))
    found = [Violation(f"profile {one.rule}", "violation", node, one.message) for one in broken or ()]
    found += map(_clash, result.clashes)
    if result.outcome != "consistent" and not result.clashes:
        gravity: Severity = "info" if result.outcome == "skipped" else "violation"
        found.append(Violation("consistency", gravity, node, result.message))
    if broken is None and result.outcome != "skipped":
        found.append(Violation("profile", "info", node, _UNCOMPILED))
    proved = ["the ontology is in OWL 2 DL"] if broken == [] else []
    return found, proved + ([result.message] if result.outcome == "consistent" else [])


@cache
def _profile() -> list[Breach] | None:
    """What keeps the shipped ontology out of OWL 2 DL; it stays the same while a program runs."""
    found = profile.breaches(ontology.shared())
    return None if found is None else found[0]


def _clash(clash: consistency.Clash) -> Violation:
    one, other = (iri.removeprefix(str(NS)) for iri in (clash.one, clash.other))
    message = f"cannot be {one} and {other} at once"
    if clash.rule == "prp-asyp":
        message = f"stands in {one} with {other} both ways, and that property holds one way only"
    return Violation(f"consistency {clash.rule}", "violation", clash.node, message)
