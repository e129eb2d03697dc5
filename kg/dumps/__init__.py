"""The whole graph as files that people download: each syntax, plain and packed, with counts and checksums.

parley.nq, .trig, .ttl, .nt, .jsonld, .rdf   the graphs one after another, each in one piece
parley-triple-terms, parley-nanopublications statements in RDF 1.2, and each as a publication of its own
statements.csv, events.csv, refusals.csv     tables, which csv-metadata.json describes
NAME.gz                                      each of these, packed
graphs.jsonl                                 for each graph, where its piece lies in the files of the graphs
things.txt                                   what has a page, by kind and slug, for the sitemap
manifest.json, SHA256SUMS                    what all these are, and their checksums
"""

import re
from pathlib import Path

NAME = "parley"
MANIFEST, GRAPHS, CHECKSUMS, THINGS = "manifest.json", "graphs.jsonl", "SHA256SUMS", "things.txt"
_VOID = re.compile(r"<([^<>]+/)graph/void> \.$")


def nquads(folder: Path) -> Path:
    """The dump that holds every quad on a line of its own, graph by graph, sorted within each."""
    return folder / f"{NAME}.nq"


def base(folder: Path) -> str | None:
    """The base that the graphs of a dump are named by, or None where it cannot be told."""
    try:
        with nquads(folder).open(encoding="utf-8") as lines:
            return next((found[1] for found in map(_VOID.search, lines) if found), None)
    except (OSError, UnicodeDecodeError):
        return None
