"""Imports run one way: ontology and queries know nobody, kg knows them, and the server knows all."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAY_IMPORT = {
    "ontology": set(),
    "queries": set(),
    "kg": {"ontology", "queries"},
    "server": {"ontology", "queries", "kg"},
}


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_a_package_imports_only_those_below_it(package: str) -> None:
    """No module of the package names one of ours that it may not know."""
    allowed = MAY_IMPORT[package] | {package}
    broken = {
        f"{file.relative_to(ROOT)} imports {name}"
        for file in (ROOT / package).rglob("*.py")
        for name in _imported(file)
        if name.partition(".")[0] in MAY_IMPORT.keys() - allowed
    }
    assert not broken


def test_only_the_commands_see_both_sides() -> None:
    """Outside the command line, nothing in the server builds: no import of the pipeline or the reader."""
    building = ("kg.pipeline", "kg.reading", "kg.assembly")
    broken = {
        f"{file.relative_to(ROOT)} imports {name}"
        for file in (ROOT / "server").rglob("*.py")
        if "commands" not in file.parts
        for name in _imported(file)
        if name.startswith(building)
    }
    assert not broken


def _imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
