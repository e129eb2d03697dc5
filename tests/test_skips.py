"""Skips are for those who lack the shared files; where these are promised, a skip is a failure."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SKIPPING = {
    "a test": 'import pytest\ndef test_it():\n    pytest.skip("because")\n',
    "a file": 'import pytest\npytest.skip("because", allow_module_level=True)\n',
    "a fixture": "def test_it(shared):\n    pass\n",
}


@pytest.mark.parametrize("workers", ["0", "2"])
@pytest.mark.parametrize("where", ["a test", "a file"])
def test_with_the_shared_files_a_skip_fails(where: str, workers: str, tmp_path: Path) -> None:
    """With PARLEY_SHARED set, a skipped test or file ends the run, of several workers too, and says why."""
    done = run(tmp_path, SKIPPING[where], workers, PARLEY_SHARED=str(tmp_path))
    assert done.returncode != 0
    assert "nothing may be skipped" in done.stdout
    assert "because" in done.stdout


@pytest.mark.parametrize("where", SKIPPING)
def test_without_the_shared_files_a_skip_is_a_skip(where: str, tmp_path: Path) -> None:
    """Without it the run succeeds, and the fixture says what to set."""
    done = run(tmp_path, SKIPPING[where])
    assert done.returncode in (0, 5)  # 5: pytest found no test in the file that skips
    assert ("PARLEY_SHARED" if where == "a fixture" else "because") in done.stdout


def run(folder: Path, test: str, workers: str = "0", **more: str) -> subprocess.CompletedProcess[str]:
    """These tests alone, under the project's own fixtures and hooks."""
    (folder / "test_it.py").write_text(test)
    env = {name: value for name, value in os.environ.items() if name != "PARLEY_SHARED"} | more
    tests = Path(__file__).parent
    options = ("-p", "conftest", "-rs", "--numprocesses", workers, "--rootdir", str(folder))
    command = [sys.executable, "-m", "pytest", *options, str(folder)]
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
