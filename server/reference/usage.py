"""Which of the shipped questions use which term of the ontology."""

import re
from collections import defaultdict
from functools import cache

import queries
from kg.vocab import PREFIXES
from queries import Query

_OURS = ("parley", "rel", "val", "plover", "pax")
_NAMED = re.compile(rf"\b(?P<prefix>{'|'.join(_OURS)}):(?P<name>[\w-]+)")


def questions(iri: str) -> tuple[Query, ...]:
    """The questions whose text names the term, by name."""
    return _by_term().get(iri, ())


@cache
def _by_term() -> dict[str, tuple[Query, ...]]:
    found: defaultdict[str, list[Query]] = defaultdict(list)
    for query in queries.load().values():
        named = {PREFIXES[use["prefix"]] + use["name"] for use in _NAMED.finditer(query.text)}
        for iri in sorted(named):
            found[iri].append(query)
    return {iri: tuple(told) for iri, told in found.items()}
