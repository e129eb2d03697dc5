"""Builds that are killed, or find no room on the disk, at one point after another."""

import json
import subprocess
import sys
from pathlib import Path

from command_line import environment
from conftest import Built


def test_whatever_stops_a_build_the_last_good_one_stays_and_the_next_succeeds(
    lone: Built, tmp_path: Path
) -> None:
    """A full disk is one line and leaves nothing behind; what a kill left is gone after the next build."""
    article = tmp_path / "2024-03-05-talks.txt"
    article.write_text("Talks\n\nNorway hosted talks in Oslo.\n", "utf-8")
    base = lone.copied(tmp_path / "base")
    script = Path(__file__).with_name("stopped_builds.py")
    done = subprocess.run(
        [sys.executable, script, base, article], env=environment(), capture_output=True, text=True, check=True
    )
    *stopped, last = json.loads(done.stdout)
    full = [one for one in stopped if one["stop"] == "no_file_over"]
    killed = [one for one in stopped if one["stop"] == "kill_at_event"]
    assert len(full) == 4
    assert len(killed) >= 3
    for one in full:
        assert (one["ended"], one["found"], one["left"]) == (1, 0, []), one
        assert len(one["said"]) == 1, one
        assert "cannot be written (File too large); what was there before is unchanged" in one["said"][0]
    assert all(one["ended"] == -9 and one["found"] in (0, 1) for one in killed), killed
    assert (last["ended"], last["found"], last["left"]) == (0, 1, [])
