"""How well accounts of one happening in different reports are joined: precision and recall over pairs.

    .venv/bin/python -m bench.identity

`identity/happenings.tsv` says which events of the gold are of one happening, by where their evidence starts;
an event that it leaves out has a happening of its own. A name that ends in "?" is one on which two people
may differ: its pairs count neither way. `as marked` links the events of the gold, which is how far the
linking goes by itself; `as read` links what the reader finds, matched to the gold by its words.
Kept-aside reports have no part in it.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product
from pathlib import Path

from rdflib import Graph
from rdflib.term import Node

from bench import marked
from bench.marked import Told
from kg import authority
from kg.assembly import assemble
from kg.links import link
from kg.reading import Index, read
from kg.sources import load, shipped_reports
from kg.vocab import NS, Base

GOLD = Path(__file__).with_name("identity") / "happenings.tsv"
BASE = Base()
Pairs = set[frozenset[str]]


@dataclass(frozen=True)
class Score:
    """How many pairs were found, are so, and both."""

    found: int
    so: int
    both: int

    def line(self, name: str) -> str:
        precision = f"{self.both / self.found:.3f}" if self.found else "    –"
        return f"{name:28} {precision:>9} {self.both / self.so:7.3f} {self.found:6} {self.so:4}"


def main() -> None:
    """Print the scores as a table."""
    print(f"{'pairs of accounts':28} {'precision':>9} {'recall':>7} {'found':>6} {'so':>4}")
    for name, score in scores().items():
        print(score.line(name))


def scores() -> dict[str, Score]:
    """For certain links alone and with the possible ones, as marked and as read."""
    told = list(marked.tellings(happenings()))
    found: dict[str, Score] = {}
    for name, (graph, stands_for) in {"as marked": _marked(told), "as read": _read(told)}.items():
        same, possible = _pairs(graph, stands_for, told)
        found[f"{name}: same"] = _score(same, told)
        found[f"{name}: same or possible"] = _score(same | possible, told)
    return found


def happenings() -> dict[tuple[str, int], str]:
    """The happening of each event of the gold that is told more than once, by report and start."""
    with GOLD.open(encoding="utf-8", newline="") as lines:
        return {
            (row["report"], int(row["start"])): row["happening"]
            for row in csv.DictReader(lines, delimiter="\t")
        }


def _marked(told: list[Told]) -> tuple[Graph, dict[Node, set[str]]]:
    """The links between the events of the gold."""
    index = authority.lexicon(BASE)
    graphs = {one.source.key: Graph() for one in told}
    for one in told:
        graphs[one.source.key] += assemble(marked.reading(one, index), BASE)
    return link(graphs, BASE, authority.load(BASE)), {BASE.id(one.key): {one.key} for one in told}


def _read(told: list[Told]) -> tuple[Graph, dict[Node, set[str]]]:
    """The links between the events that the reader finds, and the accounts that share words with each."""
    index = Index.of(authority.lexicon(BASE))
    names = {one.report for one in told}
    graphs: dict[str, Graph] = {}
    stands_for: defaultdict[Node, set[str]] = defaultdict(set)
    for path in shipped_reports():
        if path.stem in names:
            reading = read(load(path).source, index)
            graphs[reading.source.key] = assemble(reading, BASE)
            here = [one for one in told if one.report == path.stem]
            words = {event.key: event.evidence for event in reading.events}
            words |= {sitting.key: sitting.evidence for sitting in reading.rounds}
            for key, evidence in words.items():
                stands_for[BASE.id(key)] |= {one.key for one in here if one.shares(evidence)}
    return link(graphs, BASE, authority.load(BASE)), stands_for


def _pairs(graph: Graph, stands_for: Mapping[Node, set[str]], told: list[Told]) -> tuple[Pairs, Pairs]:
    """Accounts that the links say are, and may be, of one happening; those of one report are no pair."""
    first: dict[Node, Node] = {}
    for one, other in graph.subject_objects(NS.sameEventAs):
        first[other] = one
    alike: defaultdict[Node, set[str]] = defaultdict(set)
    for node, keys in stands_for.items():
        alike[first.get(node, node)] |= keys
    report = {one.key: one.report for one in told}

    def apart(pairs: Iterator[tuple[str, str]]) -> Pairs:
        return {frozenset(pair) for pair in pairs if report[pair[0]] != report[pair[1]]}

    same = (pair for keys in alike.values() for pair in combinations(sorted(keys), 2))
    links = graph.subject_objects(NS.possiblySameEventAs)
    groups = ((alike[first.get(one, one)], alike[first.get(other, other)]) for one, other in links)
    return apart(same), apart(pair for ones, others in groups for pair in product(ones, others))


def _score(found: Pairs, told: list[Told]) -> Score:
    """Against the pairs of accounts of one happening, without those on which people may differ."""
    happening = {one.key: one.happening for one in told}
    report = {one.key: one.report for one in told}
    pairs = [
        frozenset(pair) for pair in combinations(sorted(happening), 2) if report[pair[0]] != report[pair[1]]
    ]
    so = {pair for pair in pairs if len({happening[key] for key in pair}) == 1}
    unsure = {pair for pair in pairs if len({happening[key].rstrip("?") for key in pair}) == 1}
    unsure -= {pair for pair in so if not any(happening[key].endswith("?") for key in pair)}
    return Score(len(found - unsure), len(so - unsure), len(found & (so - unsure)))


if __name__ == "__main__":
    main()
