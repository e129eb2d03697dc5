"""A generation on its way to disk: the graphs of single texts, then what joins them, then the files."""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache, cached_property
from itertools import chain
from pathlib import Path
from typing import Any

from pyoxigraph import RdfFormat, Store, parse
from rdflib import Graph

import ontology
from kg import __version__, authority, closure, fingerprint, links, retired, runs, texts, triples, union, void
from kg.dumps import graphs, listing, nanopublications, tables, things, triple_terms
from kg.dumps.earlier import Earlier
from kg.library import Stored
from kg.on_demand import OnDemand
from kg.store import LAYOUT
from kg.vocab import Base


class Draft:
    """The named graphs as sorted lines of N-Triples, by the names that `Base.graph` takes."""

    def __init__(
        self,
        folder: Path,
        version: str,
        texts: tuple[Stored, ...],
        read: Mapping[str, list[str]],
        base: Base,
        before: Path | None = None,
    ) -> None:
        """`read` has the graphs of the texts; it may fetch each when it is asked for.

        `before` is the folder of dumps of an earlier build by the same code, if there is one.
        """
        self._folder, self._version = folder, version
        self._texts = texts
        self._read = read
        self._joint: dict[str, list[str]] = {}
        self._base = base
        self._before = before
        self._counts: dict[str, int] = {}

    @property
    def steps(self) -> tuple[Callable[[], None], ...]:
        """What to do, in this order, to have the generation whole in its folder."""
        return (
            self._add_what_ships,
            self._link,
            self._infer,
            self._write_store,
            self._describe,
            self._write_dumps,
            self._keep_texts,
            self._write_manifest,
        )

    @property
    def _graphs(self) -> Mapping[str, list[str]]:
        """All graphs so far, by name."""
        joint = self._joint
        return OnDemand(
            [*self._read, *joint], lambda name: joint[name] if name in joint else self._read[name]
        )

    def _account(self, name: str) -> Graph:
        """What the graph of one text tells of events."""
        return triples.from_lines(filter(links.matters, self._read[name]))

    @cached_property
    def _known(self) -> Graph:
        """The authority data."""
        return authority.shared(self._base)

    def _add_what_ships(self) -> None:
        self._joint |= shipped(self._base)

    def _link(self) -> None:
        accounts = OnDemand(self._read, self._account)
        self._joint["links"] = triples.to_lines(links.link(accounts, self._base, self._known))

    def _infer(self) -> None:
        asserted = [name for name in self._graphs if name != "ontology"]  # the closure adds it
        self._joint["inferred"] = closure.infer_lines(self._graphs[name] for name in asserted)

    def _write_store(self) -> None:
        """The quads, and their union as default graph; in one file, so that blank nodes stay the same."""
        both = self._folder / "both.nq"
        held = self._graphs
        named = (line for name in held for line in triples.in_graph(held[name], self._base.graph(name)))
        single = union.of(runs.in_order((held[name] for name in held), self._folder))
        runs.write(chain(named, single), both)
        self._store = Store(str(self._folder / "store"))
        self._store.bulk_load(path=both, format=RdfFormat.N_QUADS)
        both.unlink()

    def _describe(self) -> None:
        """Count what the store holds so far; the description joins it, and counts nothing of itself."""
        self._counts = {name: len(lines) for name, lines in self._graphs.items()}
        counted = void.count(self._store, self._base, self._counts)
        sources = [text.source.key for text in self._texts]
        told = void.describe(counted, self._base, sources, self._version)
        self._joint["void"] = lines = triples.to_lines(told)
        self._counts["void"] = len(lines)
        named = triples.in_graph(lines, self._base.graph("void"))
        self._store.bulk_extend(parse("\n".join([*lines, *named]), RdfFormat.N_QUADS))
        self._store.flush()

    def _write_dumps(self) -> None:
        names = {str(self._base.graph(name)): name for name in self._graphs}
        by_iri = OnDemand(names, lambda iri: self._graphs[names[iri]])
        folder = self._folder / "dumps"
        folder.mkdir()
        listing.write(folder, self._dumps(folder, by_iri), self._stated() | self._dumped())

    def _dumps(self, folder: Path, by_iri: Mapping[str, list[str]]) -> Iterator[listing.File]:
        """Write one file after another; the store is closed at the end."""
        yield from graphs.write(folder, by_iri, self._base, Earlier(self._before))
        for kind in (tables, triple_terms, nanopublications, things):
            yield from kind.write(folder, self._store, self._base)
        del self._store

    def _dumped(self) -> dict[str, Any]:
        return {"version": self._version, "licence": str(void.LICENCE), "graph_endings": graphs.endings()}

    def _keep_texts(self) -> None:
        texts.write(self._folder, (text.source for text in self._texts))

    def _write_manifest(self) -> None:
        content = json.dumps({"layout": LAYOUT} | self._stated(), ensure_ascii=False, indent=1)
        (self._folder / "manifest.json").write_text(f"{content}\n", "utf-8")

    def _stated(self) -> dict[str, Any]:
        """What the graph is made of, and how large it is."""
        counts = {str(self._base.graph(name)): count for name, count in sorted(self._counts.items())}
        return {
            "parley": __version__,
            "code": fingerprint.code(),
            "base": self._base.iri,
            "triples": sum(counts.values()),
            "graphs": counts,
            "built_from": [_cited(text) for text in self._texts],
        }


@cache
def shipped(base: Base) -> dict[str, list[str]]:
    """The graphs that are the same in every generation of one version of the code; not to be changed."""
    ended = triples.to_lines(retired.graph(retired.shipped(), base))
    return ({"retired": ended} if ended else {}) | {
        "authority": triples.to_lines(authority.shared(base)),
        "ontology": triples.to_lines(ontology.shared()),
    }


def _cited(text: Stored) -> dict[str, Any]:
    source, citation = text.source, text.source.citation
    return {
        "key": source.key,
        "title": citation.title,
        "publisher": citation.publisher,
        "date": citation.date.isoformat() if citation.date else None,
        "sha256": source.sha256,
    }
