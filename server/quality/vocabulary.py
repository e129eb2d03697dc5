"""The ontology, by the tests of FOOPS! and the pitfalls of OOPS! that can be decided here."""

from functools import cache

import ontology
from kg import pitfalls, published
from kg.pitfalls import Finding
from kg.vocab import NS
from server.quality.outcome import Section, graded
from server.quality.visitor import Fetch


def sections(fetch: Fetch) -> tuple[Section, Section]:
    """FOOPS!, then OOPS!."""
    found = [*_pitfalls(), *published.find(str(NS).rstrip("#"), fetch)]
    checks = sorted((*pitfalls.checks(), *published.TESTS), key=lambda check: check.name)
    fair = [check for check in checks if check.principle]
    avoided = [check for check in checks if not check.principle]
    return (
        Section(
            "ontology",
            "The ontology: FAIR",
            "After the tests of FOOPS!, those that need no outside registry.",
            graded(fair, found),
        ),
        Section(
            "pitfalls",
            "The ontology: pitfalls",
            "After the catalogue of OOPS!, those that a query can find.",
            graded(avoided, found),
        ),
    )


@cache
def _pitfalls() -> list[Finding]:
    """The ontology stays the same while a program runs."""
    return pitfalls.find(ontology.shared())
