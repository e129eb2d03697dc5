"""The lockfiles: everything that is needed, pinned and hashed, and nothing about where it comes from."""

import ast
import json
import re
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements-build.lock", "requirements.lock", "requirements-dev.lock", "requirements-assets.lock")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def pinned(lock: str) -> dict[str, list[str]]:
    """For each distribution its lines: the pin, then its hashes. Several pins where platforms differ."""
    found: dict[str, list[str]] = {}
    for line in (ROOT / lock).read_text("utf-8").splitlines():
        if not line.startswith(" "):
            name = re.split("[=<> ;]", line)[0]
        found.setdefault(name, []).append(line)
    return found


def distribution(requirement: str) -> str:
    return re.split(r"[\[=<> ;]", requirement)[0].lower()


@pytest.mark.parametrize("lock", LOCKS)
def test_everything_is_pinned_and_hashed(lock: str) -> None:
    """Each line is a version, or the SHA-256 of a file; no addresses, no paths, no options."""
    lines = [line for group in pinned(lock).values() for line in group]
    shape = re.compile(r"[a-z0-9.-]+==[\w.]+( ; .+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
    assert not [line for line in lines if not shape.fullmatch(line)]
    assert all(any("--hash" in line for line in group) for group in pinned(lock).values())


def test_what_the_project_asks_for_is_locked() -> None:
    """Build, runtime and development requirements each stand in their lockfile, and development adds only."""
    build, runtime, development, _ = map(pinned, LOCKS)
    asked = PROJECT["project"]
    assert set(map(distribution, PROJECT["build-system"]["requires"])) <= build.keys()
    assert set(map(distribution, asked["dependencies"])) <= runtime.keys()
    assert set(map(distribution, asked["optional-dependencies"]["dev"])) <= development.keys()
    assert all(development[name][0] == lines[0] for name, lines in runtime.items())


@pytest.mark.parametrize("folder", ["server/assets", "tests/node"])
def test_npm_packages_are_pinned_and_hashed(folder: str) -> None:
    """What comes from npm has one version and a SHA-512, and no address that it would come from."""
    lock = json.loads((ROOT / folder / "package-lock.json").read_text("utf-8"))["packages"]
    asked = json.loads((ROOT / folder / "package.json").read_text("utf-8"))["dependencies"]
    assert lock.pop("")["dependencies"] == asked
    assert {name: lock[f"node_modules/{name}"]["version"] for name in asked} == asked
    assert len(lock) > 25
    assert not [name for name, row in lock.items() if not row["integrity"].startswith("sha512-")]
    assert not [name for name, row in lock.items() if "resolved" in row]


def test_node_is_the_same_for_pages_and_tests() -> None:
    """The node that fetches scripts for pages is the one that the tests run, so that one is installed."""
    *_, development, assets = map(pinned, LOCKS)
    assert assets
    assert all(development[name] == lines for name, lines in assets.items())


def test_whatever_is_imported_is_declared() -> None:
    """The packages name in pyproject.toml each library that they import, so that an installation has it."""
    declared = {_normal(distribution(line)) for line in PROJECT["project"]["dependencies"]}
    owners = packages_distributions()
    missing = {
        f"{file.relative_to(ROOT)} imports {name}"
        for package in ("ontology", "queries", "kg", "server")
        for file in (ROOT / package).rglob("*.py")
        for name in _top_level_imports(file)
        if name in owners and not declared & {_normal(owner) for owner in owners[name]}
    }
    assert not missing


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _top_level_imports(file: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(file.read_text("utf-8"))))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    named = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    return {name.partition(".")[0] for name in plain | named} - {"ontology", "queries", "kg", "server"}
