"""Skips are for those who lack the shared files; where these are promised, a skip is a failure. Order too."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import LONG

SKIPPING = {
    "a_test": 'import pytest\ndef test_it():\n    pytest.skip("because of it")\n',
    "a_file": 'import pytest\npytest.skip("because of all", allow_module_level=True)\n',
    "a_fixture": "def test_it(shared):\n    pass\n",
}


@pytest.mark.parametrize("workers", ["0", "2"])
def test_with_the_shared_files_a_skip_fails(workers: str, tmp_path: Path) -> None:
    """With PARLEY_SHARED set, a skipped test or file ends the run, of several workers too, and says why."""
    done = run(tmp_path, ("a_test", "a_file"), workers, PARLEY_SHARED=str(tmp_path))
    assert done.returncode != 0
    assert "FAILED test_a_test.py::test_it" in done.stdout
    assert "ERROR test_a_file.py" in done.stdout
    for reason in ("because of it", "because of all"):
        assert f"nothing may be skipped. Skipped: {reason}" in done.stdout


def test_without_the_shared_files_a_skip_is_a_skip(tmp_path: Path) -> None:
    """Without it the run succeeds, and the fixture says what to set."""
    done = run(tmp_path, tuple(SKIPPING))
    assert done.returncode == 0
    assert "3 skipped" in done.stdout
    skipped = [line for line in done.stdout.splitlines() if line.startswith("SKIPPED")]
    for reason in ("because of it", "because of all", "set PARLEY_SHARED to"):
        assert any(reason in line for line in skipped), reason


def test_long_files_that_go_first_are_there() -> None:
    """None of their names is one of before."""
    assert [name for name in LONG if not Path(__file__).with_name(name).exists()] == []


def run(
    folder: Path, wheres: tuple[str, ...], workers: str = "0", **more: str
) -> subprocess.CompletedProcess[str]:
    """These tests alone, under the project's own fixtures and hooks."""
    for where in wheres:
        (folder / f"test_{where}.py").write_text(SKIPPING[where])
    env = {name: value for name, value in os.environ.items() if name != "PARLEY_SHARED"} | more
    tests = Path(__file__).parent
    shown = ("-p", "conftest", "-rsfE", "--continue-on-collection-errors", "--rootdir", str(folder))
    command = [sys.executable, "-m", "pytest", *shown, "--numprocesses", workers, str(folder)]
    path = os.pathsep.join(map(str, (tests, tests.parent)))
    return subprocess.run(
        command,
        env=env | {"PYTHONPATH": path},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
