"""Linked data: whether IRIs lead somewhere, in all syntaxes alike, and out of this site."""

from collections.abc import Iterator
from typing import cast

from pyoxigraph import CanonicalizationAlgorithm, Dataset, NamedNode, Quad, RdfFormat, parse

from kg.formats import RDF_FORMATS
from kg.pitfalls import Check
from kg.published import Fetched
from server import lookups
from server.engine.contract import Engine, Row
from server.quality.outcome import Outcome, Section
from server.quality.visitor import Fetch

_STARS = "https://www.w3.org/DesignIssues/LinkedData"
_COOL = "https://www.w3.org/TR/cooluris/"
_VOID = "https://www.w3.org/TR/void/"
_LINKED = Check("five-stars", "important", "At least 80 % of actors and places link to other data.", _STARS)
_PLACES = Check("dereferencing", "critical", "One thing of each kind has a page and data.", _COOL)
_SAME = Check("same-triples", "important", "Its data are the same triples in every syntax.", _COOL)
_COUNTED = Check("void-counts", "important", "Counts in the description are those of queries.", _VOID)
_WANTED = 0.8
_PAGE = "text/html"


def section(engine: Engine, fetch: Fetch) -> Section:
    """What is found by following IRIs of the graph, and by counting."""
    things = [_iri(row, "thing") for row in lookups.select(engine, "one-of-each-kind")]
    return Section(
        "linked",
        "Linked data",
        "After the five stars of linked data, Cool URIs, and VoID.",
        (_links(engine), *_addresses(things, fetch), _counts(engine)),
    )


def _links(engine: Engine) -> Outcome:
    (row,) = lookups.select(engine, "outside-links")
    linked, all_of_them = _number(row, "linked"), _number(row, "things")
    share = linked / all_of_them if all_of_them else 0
    seen = f"{linked:,} of {all_of_them:,}, {share:.1%}"
    return Outcome(_LINKED, () if share >= _WANTED else (f"{seen} link to other data",), seen)


def _addresses(things: list[str], fetch: Fetch) -> tuple[Outcome, Outcome]:
    seen = f"{len(things)} things, {len(RDF_FORMATS) + 1} types each"
    missing, differing = [], []
    for iri in things:
        answers = {kind: fetch(iri, kind) for kind in (_PAGE, *(row.media_type for row in RDF_FORMATS))}
        wrong = [
            kind for kind, answer in answers.items() if (answer.status, answer.media_type) != (200, kind)
        ]
        if wrong:
            missing.append(f"{iri} is not there in {', '.join(wrong)}")
        elif len({frozenset(_triples(answers[row.media_type], row.writer)) for row in RDF_FORMATS}) > 1:
            differing.append(f"{iri} differs from syntax to syntax")
    return Outcome(_PLACES, tuple(missing), seen), Outcome(_SAME, tuple(differing), seen)


def _triples(answer: Fetched, syntax: RdfFormat) -> Iterator[str]:
    """The triples with canonical names for blank nodes, whatever graph they are in."""
    dataset = Dataset(Quad(q.subject, q.predicate, q.object) for q in parse(answer.body, syntax))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return map(str, dataset)


def _counts(engine: Engine) -> Outcome:
    rows = lookups.select(engine, "described-counts")
    told = [(_iri(row, "graph"), _number(row, "counted"), _number(row, "said")) for row in rows]
    wrong = [f"{graph} has {n:,} triples, and {said:,} are described" for graph, n, said in told if n != said]
    return Outcome(_COUNTED, tuple(wrong), f"{len(rows):,} graphs")


def _iri(row: Row, name: str) -> str:
    return cast(NamedNode, row[name]).value


def _number(row: Row, name: str) -> int:
    return int(getattr(row[name], "value", 0))
