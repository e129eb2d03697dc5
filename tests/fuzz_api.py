"""Schemathesis against a server of the small graph: requests that /openapi.json allows, and odd ones.

python tests/fuzz_api.py --seconds 600 --seed 1
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from command_line import serving
from server_graph import CASES, put

from kg.store import DataFolder

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "response_headers_conformance",
)
# As its own command is; a module of that name that could be run there is not.
_RUN = (sys.executable, "-c", "from schemathesis.cli import schemathesis; schemathesis()", "run")


def asked(url: str, *options: str, folder: str) -> subprocess.CompletedProcess[str]:
    """Have Schemathesis ask a server; what it keeps for another time goes into the folder."""
    always = ("--checks", ",".join(CHECKS), "--no-shrink", "--request-timeout", "120")
    command = [*_RUN, f"{url}/openapi.json", *always, *options]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def told(done: subprocess.CompletedProcess[str], width: int = 400) -> str:
    """What it says, in lines that can be read: it repeats addresses of any length."""
    return "\n".join(line[:width] for line in (done.stdout + done.stderr).splitlines())


def main() -> int:
    """Ask for as long as one likes; the exit code is that of Schemathesis."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--seed", default="1")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = DataFolder(Path(folder) / "data")
        put(data, "one", (CASES / "server.trig").read_text("utf-8"))
        with serving(data.path) as url:
            options = ("--continue-on-failure", "--max-time", str(given.seconds), "--seed", given.seed)
            done = asked(url, "--phases", "examples,coverage,fuzzing", *options, folder=folder)
    print(told(done))
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
