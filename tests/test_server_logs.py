"""Tests of the logs: what a line says and never says, lines of several processes, moved and full files."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from server.logs import Facts, LineFile, Logs
from server.messages import HttpAnswer, HttpRequest, Spooled
from server.setting import SettingsError
from server.setting_sections import Log

QUERY = "SELECT * { ?secret ?of 'somebody' }"
REQUEST = HttpRequest(
    method="POST",
    path="/sparql",
    query="query=ASK+%7B%7D&token=abc",
    headers=(("authorization", "Bearer abc"), ("cookie", "abc")),
    body=QUERY.encode(),
    client="192.0.2.77",
    id="7f3a",
)
ANSWER = HttpAnswer(200, (("Content-Type", "text/csv"),), b"x,y\n")
FACTS = Facts(seconds=0.01234567, version="3cab", cache="miss", rows=7, outcome="whole")


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_an_access_line(tmp_path: Path) -> None:
    """A line says when, who, what and how it went, and holds no query, body, header or token."""
    path = tmp_path / "access.jsonl"
    Logs(Log(access=path, client="full")).access(REQUEST, ANSWER, FACTS)
    (line,) = _lines(path)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line.pop("time"))
    assert line == {
        "id": "7f3a",
        "client": "192.0.2.77",
        "method": "POST",
        "path": "/sparql",
        "status": 200,
        "bytes": 4,
        "seconds": 0.012346,
        "version": "3cab",
        "cache": "miss",
        "rows": 7,
        "outcome": "whole",
    }
    assert not re.search("secret|ASK|abc|Bearer", path.read_text("utf-8"))


@pytest.mark.parametrize(
    ("kept", "shown"), [("full", "192.0.2.77"), ("truncated", "192.0.2.0/24"), ("none", None)]
)
def test_how_much_of_a_client_is_kept(tmp_path: Path, kept: str, shown: str | None) -> None:
    """The address, its network, or nothing."""
    path = tmp_path / "access.jsonl"
    Logs(Log(access=path, client=kept)).access(REQUEST, HttpAnswer(200, (), Spooled(0, 99)), FACTS)
    (line,) = _lines(path)
    assert (line["client"], line["bytes"]) == (shown, 99)


def test_a_path_cannot_break_a_line(tmp_path: Path) -> None:
    """Line breaks and long paths stay within one line that a pipe takes whole."""
    path = tmp_path / "access.jsonl"
    odd = HttpRequest(method="GET" * 100, path="/\n\u2028\x00\ud800" + "\U0001f54a" * 5000, id="i" * 128)
    Logs(Log(access=path)).access(odd, ANSWER, FACTS)
    written = path.read_bytes()
    assert written.count(b"\n") == 1
    assert len(written) < 4096
    assert _lines(path)[0]["path"].startswith("/\n\u2028\x00")


def test_the_log_of_slow_queries(tmp_path: Path) -> None:
    """Only queries that took long are in it, each with its text up to a size, cut between characters."""
    path = tmp_path / "slow.jsonl"
    logs = Logs(Log(slow=path, slow_after=5.0, slow_text=20))
    logs.slow(REQUEST, QUERY, Facts(4.9))
    assert path.read_bytes() == b""
    logs.slow(REQUEST, QUERY, Facts(5.0, "3cab", "miss", 7, "deadline-passed"))
    logs.slow(REQUEST, "ASK { 'éééééééééééé' }", Facts(6.0))
    first, second = _lines(path)
    assert (first["query"], first["query_bytes"], first["outcome"]) == (QUERY[:20], 35, "deadline-passed")
    assert (first["id"], first["seconds"], first["rows"]) == ("7f3a", 5.0, 7)
    assert second["query"] == "ASK { 'éééééé"
    assert "client" not in first


def test_logs_that_are_off_write_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """By default nothing is written anywhere."""
    logs = Logs(Log())
    logs.access(REQUEST, ANSWER, FACTS)
    logs.slow(REQUEST, QUERY, Facts(1000.0))
    assert capfd.readouterr() == ("", "")


def test_standard_output(capfd: pytest.CaptureFixture[str]) -> None:
    """`-` is standard output, and closing the log does not close that."""
    logs = Logs(Log(access=Path("-")))
    logs.access(REQUEST, ANSWER, FACTS)
    logs.close()
    print("still there")
    line, last = capfd.readouterr().out.splitlines()
    assert (json.loads(line)["id"], last) == ("7f3a", "still there")


def test_lines_of_several_processes_stay_whole(tmp_path: Path) -> None:
    """Four processes that write at once lose and mix nothing."""
    path = tmp_path / "access.jsonl"
    code = (
        "import sys; from pathlib import Path; from server.logs import LineFile\n"
        "log, name = LineFile(Path(sys.argv[1])), sys.argv[2].encode()\n"
        "for number in range(2000): log.write(name * (number % 900 + 1) + b'\\n')"
    )
    writers = [subprocess.Popen([sys.executable, "-c", code, str(path), name]) for name in "abcd"]
    assert [writer.wait(60) for writer in writers] == [0] * 4
    lines = path.read_text().splitlines()
    assert len(lines) == 8000
    assert all(len(set(line)) == 1 for line in lines)


def test_a_file_that_was_moved_or_emptied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What logrotate does, either way, needs no signal: lines go to the file of that name, from its start."""
    now = [0.0]
    monkeypatch.setattr("server.logs.time.monotonic", lambda: now[0])
    path, moved = tmp_path / "access.jsonl", tmp_path / "access.jsonl.1"
    log = LineFile(path)
    log.write(b"one\n")
    path.rename(moved)
    log.write(b"two\n")
    now[0] += 2
    log.write(b"three\n")
    assert (moved.read_bytes(), path.read_bytes()) == (b"one\ntwo\n", b"three\n")
    path.write_bytes(b"")
    log.write(b"four\n")
    assert path.read_bytes() == b"four\n"


def test_a_full_disk_stops_nobody() -> None:
    """A line that cannot be written is told to be lost."""
    lost: list[int] = []
    LineFile(Path("/dev/full"), lambda: lost.append(1)).write(b"line\n")
    assert lost == [1]


def test_a_log_that_cannot_be_opened(tmp_path: Path) -> None:
    """A folder that is missing is told at the start."""
    with pytest.raises(SettingsError, match="the log cannot be opened: No such file or directory"):
        Logs(Log(access=tmp_path / "missing" / "access.jsonl"))
