"""`python -m bench.extraction` where some texts, or all of them, are not here."""

import subprocess
import sys

from command_line import ROOT, environment


def bench(*sets: str, module: str = "bench.extraction") -> subprocess.CompletedProcess[str]:
    """The bench on these sets without any text besides those that ship."""
    command = [sys.executable, "-m", module, *sets]
    return subprocess.run(
        command, env=environment(), cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )


def test_a_set_without_its_texts_is_named_and_the_others_are_scored() -> None:
    """The end says which sets are not scored, how many texts they lack, and how to give them."""
    done = bench("government", "seed-report")
    assert (done.returncode, done.stderr) == (0, "")
    assert "0 texts scored; 8 with gold only" in done.stdout
    assert "1 text scored\n" in done.stdout
    assert "set PARLEY_TEXTS to it" in done.stdout
    assert done.stdout.endswith("\n  government: scored not at all, 8 texts not here\n")


def test_without_any_text_the_bench_fails_in_one_line() -> None:
    """What measured nothing does not look like success."""
    done = bench("government")
    assert (done.returncode, done.stderr) == (1, "No text of these sets could be scored\n")
    assert "  government: scored not at all, 8 texts not here\n" in done.stdout


def test_with_all_texts_nothing_is_said_of_missing_ones() -> None:
    """The hint is for those who need it."""
    done = bench("seed-report")
    assert done.returncode == 0
    assert "PARLEY_TEXTS" not in done.stdout


def test_without_its_texts_two_annotators_are_not_compared() -> None:
    """What has nothing to measure says what it lacks, in one line, and fails."""
    done = bench(module="bench.agreement")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "None of these texts is here: set PARLEY_TEXTS to a folder that has them\n"
