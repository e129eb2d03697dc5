"""Whether an ontology is in OWL 2 DL, the part of OWL that HermiT decides, by the OWL API's checker.

The rules are those of the OWL 2 Structural Specification, sections 3 and 11
(https://www.w3.org/TR/owl2-syntax/): declared terms, no property of two kinds, no counting of transitive
ones. The checker has no command of its own: `Profile.java` calls it, where Java comes with a compiler.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory

from rdflib import Graph

from kg import hermit
from kg.errors import CheckError

_NO_COMPILER = ("jdk.compiler", "Could not find or load main class")  # Java 11 or later; before


@dataclass(frozen=True, order=True)
class Breach:
    """What keeps an ontology out of OWL 2 DL: the checker's name for the rule, and its words."""

    rule: str
    message: str


def breaches(*ontologies: Graph) -> list[list[Breach]] | None:
    """For each graph what breaks the profile, sorted; None where there is no Java that can compile.

    Raises:
        CheckError: if a graph cannot be read as an ontology.
    """
    if not hermit.available():
        return None
    with TemporaryDirectory(prefix="parley-profile-") as folder:
        paths = [Path(folder) / f"{number}.nt" for number in range(len(ontologies))]
        for graph, path in zip(ontologies, paths, strict=True):
            graph.serialize(path, format="nt", encoding="utf-8")
        said = _said(paths)
    return None if said is None else _read(said, len(ontologies))


def _said(paths: Sequence[Path]) -> str | None:
    with as_file(files("kg") / "Profile.java") as program:
        done = hermit.java(str(program), *map(str, paths))
    if done.returncode == 0:
        return done.stdout
    if any(sign in done.stderr for sign in _NO_COMPILER):
        return None
    raise CheckError(f"the OWL 2 DL profile could not be checked: {hermit.reason(done)}")


def _read(said: str, count: int) -> list[list[Breach]]:
    found: list[list[Breach]] = [[] for _ in range(count)]
    for line in said.splitlines():
        number, rule, message = line.split("\t", 2)
        found[int(number)].append(Breach(rule, message))
    return [sorted(set(one)) for one in found]
