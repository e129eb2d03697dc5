"""Short names of things, classes and properties, such as people put into addresses and spreadsheets.

A thing of the graph is called by what comes after `id/`, a term of our vocabulary by what comes after `ns#`,
any other by its prefix. None of these has a `#` or a `?`: OpenRefine puts them into addresses as they are.
"""

import re

from kg.vocab import NS, PREFIXES, Base

_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def of_thing(iri: str, base: Base) -> str | None:
    """`state/france`; None for what is no thing of the graph."""
    start = f"{base.iri}id/"
    return iri.removeprefix(start) if iri.startswith(start) else None


def thing(key: str, base: Base) -> str:
    """The IRI of a thing by its key; an IRI stands for itself."""
    return key if "://" in key else f"{base.iri}id/{key}"


def of_term(iri: str) -> str:
    """`Person`, `skos:altLabel`; an IRI of a vocabulary that has no prefix here stays as it is."""
    if iri.startswith(str(NS)):
        return iri.removeprefix(str(NS))
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def term(key: str) -> str:
    """The IRI of a class or property by its key, its prefixed name or its IRI."""
    prefix, colon, local = key.partition(":")
    if colon and prefix in PREFIXES:
        return f"{PREFIXES[prefix]}{local}"
    return key if colon else f"{NS}{key}"


def spelled(key: str) -> str:
    """A key as words, for a term that nobody has named: `skos:altLabel` gives `alt label`."""
    return _WORDS.sub(" ", key.rpartition(":")[2].rpartition("/")[2].rpartition("#")[2]).lower()
