"""The wheel: it carries all the data, and its `parley` works from an empty folder."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from command_line import ROOT, environment

from server.assets import VENDOR, served

PACKAGES = ("kg", "ontology", "queries", "server")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy, so that no older build in the checkout has a part in it."""
    copy = tmp_path_factory.mktemp("checkout") / "parley"
    for package in PACKAGES:
        shutil.copytree(ROOT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("pyproject.toml", "README.md", "LICENSE", "LICENSE-DATA"):
        shutil.copy(ROOT / file, copy)
    pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(copy / "dist"), str(copy))
    (built,) = (copy / "dist").glob("parley_kg-*.whl")
    return built


def pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_wheel_carries_every_file_of_the_packages(wheel: Path) -> None:
    """Ontology, queries, reports, authority data, templates: what is in the packages is in the wheel."""
    with zipfile.ZipFile(wheel) as packed:
        carried = {name for name in packed.namelist() if not name.startswith("parley_kg-")}
    files = (path for package in PACKAGES for path in (ROOT / package).rglob("*") if path.is_file())
    wanted = {path.relative_to(ROOT).as_posix() for path in files if "__pycache__" not in path.parts}
    assert carried == wanted


def test_the_wheel_carries_third_party_scripts_with_their_licences(wheel: Path) -> None:
    """Every file that pages may load is in the wheel, with the terms of all that is bundled in it."""
    with zipfile.ZipFile(wheel) as packed:
        carried = set(packed.namelist())
    place = VENDOR.relative_to(ROOT).as_posix()
    assert {f"{place}/{row.name}/{row.served}" for row in served()} <= carried
    assert {f"{place}/{row.name}/LICENCES.txt" for row in served()} <= carried


def test_the_installed_command_builds_and_answers(wheel: Path, tmp_path: Path) -> None:
    """From an empty folder `parley build` and a shipped question work, by the code that was installed."""
    site, empty = tmp_path / "site", tmp_path / "empty"
    empty.mkdir()
    pip("install", "--no-deps", "--target", str(site), str(wheel))
    env = environment() | {"PYTHONPATH": str(site)}

    def run(*command: str) -> str:
        return subprocess.run(
            command, cwd=empty, env=env, capture_output=True, text=True, timeout=120, check=True
        ).stdout

    assert run(sys.executable, "-c", "import kg; print(kg.__file__)").startswith(str(site))
    parley = str(site / "bin" / "parley")
    assert run(parley, "build").startswith("Read report/")
    assert run(parley, "query", "refused-rounds").count("\n") > 1
    assert [made.name for made in empty.iterdir()] == ["data"]
