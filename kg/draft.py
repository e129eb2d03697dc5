"""A generation on its way to disk: the graphs of single texts, then what joins them, then the files."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pyoxigraph import RdfFormat, Store

import ontology
from kg import __version__, authority, closure, dumps, fingerprint, links, triples, union, void
from kg.library import Stored
from kg.store import LAYOUT
from kg.vocab import Base


class Draft:
    """The named graphs as sorted lines of N-Triples, by the names that `Base.graph` takes."""

    def __init__(
        self, folder: Path, texts: tuple[Stored, ...], read: dict[str, list[str]], base: Base
    ) -> None:
        self._folder = folder
        self._texts = texts
        self._sources = {name: triples.from_lines(lines) for name, lines in read.items()}
        self._lines = dict(read)
        self._base = base

    @property
    def steps(self) -> tuple[Callable[[], None], ...]:
        """What to do, in this order, to have the generation whole in its folder."""
        return (
            self._add_what_ships,
            self._link,
            self._infer,
            self._describe,
            self._write_dumps,
            self._write_store,
            self._write_manifest,
        )

    def _add_what_ships(self) -> None:
        self._lines["authority"] = triples.to_lines(authority.load(self._base))
        self._lines["ontology"] = triples.to_lines(ontology.load())

    def _link(self) -> None:
        self._lines["links"] = triples.to_lines(links.link(self._sources, self._base))

    def _infer(self) -> None:
        asserted = (lines for name, lines in self._lines.items() if name != "ontology")  # the closure adds it
        self._lines["inferred"] = triples.to_lines(closure.infer(triples.from_lines(*asserted)))

    def _describe(self) -> None:
        counts = {name: len(lines) for name, lines in self._lines.items()}
        self._lines["void"] = triples.to_lines(void.describe(counts, self._base))

    def _write_dumps(self) -> None:
        graphs = ((self._base.graph(name), lines) for name, lines in self._lines.items())
        quads = sorted(line for graph, lines in graphs for line in triples.in_graph(lines, graph))
        dumps.write(self._folder / "dumps", quads)

    def _write_store(self) -> None:
        store = Store(str(self._folder / "store"))
        store.bulk_load(path=self._folder / "dumps" / f"{dumps.NAME}.nq", format=RdfFormat.N_QUADS)
        union.add(store)
        store.flush()

    def _write_manifest(self) -> None:
        counts = {str(self._base.graph(name)): len(lines) for name, lines in sorted(self._lines.items())}
        manifest = {
            "layout": LAYOUT,
            "parley": __version__,
            "code": fingerprint.code(),
            "base": self._base.iri,
            "triples": sum(counts.values()),
            "graphs": counts,
            "built_from": [_cited(text) for text in self._texts],
        }
        content = json.dumps(manifest, ensure_ascii=False, indent=1)
        (self._folder / "manifest.json").write_text(f"{content}\n", "utf-8")


def _cited(text: Stored) -> dict[str, Any]:
    source, citation = text.source, text.source.citation
    return {
        "key": source.key,
        "title": citation.title,
        "publisher": citation.publisher,
        "date": citation.date.isoformat() if citation.date else None,
        "sha256": source.sha256,
    }
