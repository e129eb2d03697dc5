"""HermiT, the OWL 2 DL reasoner that comes with owlready2, run as a Java process of its own.

owlready2 itself is not imported: its reasoner call writes to the terminal, has no time limit and leaves its
file behind when it fails. Nothing is fetched: HermiT gets one local file, and imports are no part of it.
"""

import os
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from rdflib import OWL, Graph

from kg.errors import CheckError

TIME_LIMIT = 300  # seconds
QUICK = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")  # most runs are over before more pays
_MEMORY = "-Xmx2000M"
_MAIN = "org.semanticweb.HermiT.cli.CommandLine"
_CONSISTENCY, _UNSATISFIABLE = ("--consistency",), ("--unsatisfiable",)
_REALISATION, _VALUES = ("--classify", "--classifyIs"), ("--classifyPVs",)
_CLASS = re.compile(r"^\t<([^>]+)>$", re.MULTILINE)


def available() -> bool:
    """Whether there is a Java to run HermiT with; the `java` of a bare macOS only offers to fetch one."""
    java = shutil.which("java")
    return java is not None and subprocess.run([java, "-version"], capture_output=True).returncode == 0


def is_consistent(graph: Graph) -> bool:
    """Whether the graph, read as an OWL 2 DL ontology, has a model.

    Raises:
        CheckError: if HermiT cannot be run, cannot read the graph, or needs more than TIME_LIMIT seconds.
    """
    return _run(_CONSISTENCY, graph) is not None


def empty_classes(graph: Graph) -> list[str]:
    """The IRIs of the classes that nothing can belong to, sorted; the graph has to be consistent.

    Raises:
        CheckError: as in is_consistent, and if the graph has no model at all.
    """
    output = _run(_UNSATISFIABLE, graph)
    if output is None:
        raise CheckError("the ontology contradicts itself before any individual is in it")
    return sorted(iri for iri in _CLASS.findall(output) if iri != str(OWL.Nothing))


def realisation(graph: Graph, values: bool = False) -> str:
    """What HermiT prints of the classes and their members, and of the values of properties if wanted.

    For a consistent graph. Values take it several times as long as all the rest.

    Raises:
        CheckError: as in empty_classes.
    """
    output = _run((*_REALISATION, *(_VALUES if values else ())), graph)
    if output is None:
        raise CheckError("the graph contradicts itself, so that anything would follow from it")
    return output


def _run(action: tuple[str, ...], graph: Graph) -> str | None:
    """What HermiT prints, or None where it finds the graph inconsistent."""
    with TemporaryDirectory(prefix="parley-hermit-") as folder:
        file = Path(folder) / "graph.nt"
        graph.serialize(file, format="nt", encoding="utf-8")
        done = java(_MAIN, *action, file.as_uri())
    if done.returncode == 0:
        return done.stdout
    if "Inconsistent ontology" in done.stderr:
        return None
    raise CheckError(f"HermiT could not check the graph: {reason(done)}")


def reason(done: subprocess.CompletedProcess[str]) -> str:
    """Why a program of Java failed, in a line; Java may tell of its own options first."""
    lines = [line for line in done.stderr.splitlines() if "Exception" in line or "Error" in line]
    return next(iter(lines), f"it ended with status {done.returncode}")


def java(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a class of HermiT's archive, or a file of Java that uses such.

    Raises:
        CheckError: if there is no Java, or TIME_LIMIT is over.
    """
    found = shutil.which("java")
    if found is None:
        raise CheckError("HermiT needs Java", mend="Install a Java runtime, version 8 or later")
    command = [found, _MEMORY, *QUICK, "-cp", _class_path(), program, *arguments]
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=TIME_LIMIT, check=False)
    except subprocess.TimeoutExpired:
        raise CheckError(f"HermiT needed more than {TIME_LIMIT} seconds") from None


def _class_path() -> str:
    """Where owlready2 keeps HermiT: a folder of classes that come before those of the archive in it."""
    spec = find_spec("owlready2")
    if spec is None or spec.origin is None:
        raise CheckError("owlready2 is not installed", mend="Install Parley with its dependencies")
    folder = Path(spec.origin).parent / "hermit"
    return f"{folder}{os.pathsep}{folder / 'HermiT.jar'}"
