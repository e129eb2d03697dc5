"""The engines that are compared, each run alone in a process: seconds, memory, and what it drew.

    python -m bench.closure.engines ENGINE GRAPH.nt OUT.nt

Prints seconds of the processor from the graph on disk to the new triples, and the most memory held, in MB.
"""

import resource
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from time import process_time

import ontology
from bench.closure import reference
from kg import closure, consistency
from kg.entailment import Fact


def parley(path: Path) -> Iterable[str]:
    """The served closure."""
    with path.open(encoding="utf-8", newline="\n") as lines:
        return closure.infer_lines([(line.removesuffix("\n") for line in lines)])


def sparql(path: Path) -> Iterable[str]:
    """The same rules as SPARQL in pyoxigraph, run until nothing new comes."""
    return reference.by_sparql(path.read_text("utf-8"), ontology.load())


def reasonable(path: Path) -> Iterable[str]:
    """A reasoner for OWL 2 RL in Rust."""
    from reasonable import PyReasoner

    terms = ontology.load()
    engine = PyReasoner()
    engine.load_file(str(_as_turtle(path)))
    engine.from_graph(terms)
    return _new(([*map(_word, triple)] for triple in engine.reason()), path)


def owlrl(path: Path) -> Iterable[str]:
    """The rules of OWL 2 RL in Python, over rdflib."""
    from owlrl import DeductiveClosure, OWLRL_Semantics

    graph = ontology.load().parse(path, format="nt")
    DeductiveClosure(OWLRL_Semantics).expand(graph)
    return _new(([*map(_word, triple)] for triple in graph), path)


def hermit(path: Path) -> Iterable[str]:
    """HermiT, for types: the measure of correctness."""
    from rdflib import Graph

    terms = ontology.load()
    facts = consistency.individuals(Graph().parse(path, format="nt"), terms)
    return reference.by_hermit(facts, terms, values=False)


ENGINES: dict[str, Callable[[Path], Iterable[str]]] = {
    "parley": parley,
    "sparql": sparql,
    "reasonable": reasonable,
    "owlrl": owlrl,
    "hermit": hermit,
}


def _as_turtle(path: Path) -> Path:
    """reasonable goes by the name of the file; N-Triples are Turtle."""
    turtle = path.with_suffix(".ttl")
    if not turtle.exists():
        turtle.symlink_to(path)
    return turtle


def _word(term: object) -> str:
    """A term as N-Triples have it; what is no IRI is not compared, so its kind is enough."""
    from rdflib import URIRef

    return f"<{term}>" if isinstance(term, URIRef) else '"'


def _new(drawn: Iterable[list[str]], path: Path) -> set[str]:
    facts: Iterable[Fact] = ((one, two, three) for one, two, three in drawn)
    found = closure.about_individuals(facts, ontology.load())
    return {f"{' '.join(fact)} ." for fact in found} - set(path.read_text("utf-8").split("\n"))


def _peak() -> float:
    """The most memory that this program held, in MB; ru_maxrss counts what its parent held, too."""
    (line,) = (one for one in Path("/proc/self/status").read_text("utf-8").split("\n") if "VmHWM" in one)
    return int(line.split()[1]) / 1024


def _main(name: str, given: str, out: str) -> None:
    start = process_time()
    found = ENGINES[name](Path(given))
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = process_time() - start + children.ru_utime + children.ru_stime
    memory = max(_peak(), children.ru_maxrss / 1024)
    Path(out).write_text("\n".join(sorted(found)), "utf-8")
    print(seconds, memory)


if __name__ == "__main__":
    _main(*sys.argv[1:])
