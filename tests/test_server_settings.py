"""Tests of settings: what file, environment and flags come to, what is refused, what travels to workers."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import renew_settings_table
from command_line import environment, parley
from server_graph import CASES, put

from kg.store import DataFolder
from server.machine import cores
from server.setting import SettingsError
from server.setting_sources import hand_on, load
from server.settings import TABLE, Settings

_CASES = tomllib.loads((CASES / "settings.toml").read_text("utf-8"))["case"]
_BY_KEY = {row.key: row for row in TABLE}


def test_no_case_is_lost() -> None:
    """The file holds the cases that it held."""
    assert len(_CASES) == 45


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case["says"])
def test_a_case(case: dict[str, dict[str, str]], tmp_path: Path) -> None:
    """The values of the case, or its error."""
    file = tmp_path / "parley.toml"
    file.write_text(str(case.get("file", "")), "utf-8")
    given = case.get("environment", {}) | {"PARLEY_CONFIG": str(file)}
    if "error" in case:
        with pytest.raises(SettingsError) as raised:
            load(case.get("flags"), given)
        assert str(raised.value) == str(case["error"]).replace("{file}", str(file))
    else:
        settings = load(case.get("flags"), given)
        written = {key: _BY_KEY[key].kind.write(settings.value(_BY_KEY[key])) for key in case["gives"]}
        assert written == {
            key: text.replace("{folder}", str(tmp_path)) for key, text in case["gives"].items()
        }


def test_each_setting_has_names_of_its_own() -> None:
    """No key, variable or flag stands for two settings; meanings are sentences."""
    for names in ([row.key for row in TABLE], [row.variable for row in TABLE], [row.name for row in TABLE]):
        assert len(set(names)) == len(names)
    assert all(row.meaning.endswith(".") for row in TABLE)
    assert [row.key for row in TABLE if row.flag is None] == ["update.token"]


def test_a_value_that_is_written_is_read_again() -> None:
    """Whatever the defaults and the cases come to can be written and read without a change."""
    sound = [load(case.get("flags"), case.get("environment", {})) for case in _CASES if "gives" in case]
    for settings in (Settings(), *sound):
        for row in TABLE:
            value = settings.value(row)
            assert row.kind.read(row.kind.write(value)) == value, row.key


@pytest.mark.parametrize(
    ("flags", "workers", "places", "share"),
    [
        ({"listen.workers": "1"}, 1, 2 * cores(), max(1, 6 * cores() // 4)),
        ({"listen.workers": str(2 * cores())}, 2 * cores(), 2, 1),
        ({"pool.processes": "8", "pool.share": "50%"}, cores(), 8, 4),
    ],
    ids=["one", "many", "told"],
)
def test_workers_share_out_the_processes(
    flags: dict[str, str], workers: int, places: int, share: int
) -> None:
    """A worker for each core; all together have two query processes a core, and each has at least two."""
    settings = load(flags, {})
    assert settings.listen.workers == workers
    assert (settings.pool.places(workers), settings.pool.client_places(workers)) == (places, share)


def test_settings_travel_to_workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that is started afterwards has the settings, the secret too, whatever it was set by."""
    for name in [name for name in os.environ if name.startswith("PARLEY_")]:
        monkeypatch.delenv(name)
    file = tmp_path / "parley.toml"
    file.write_text('[log]\naccess = "access.jsonl"\n[public]\nurl = "https://example.org/p/"\n', "utf-8")
    monkeypatch.setenv("PARLEY_CONFIG", str(file))
    monkeypatch.setenv("PARLEY_UPDATE_TOKEN", "secret")
    monkeypatch.setenv("PARLEY_QUERY_TIMEOUT", "7s")
    settings = load({"query.timeout": "30s", "pool.processes": "5"})
    try:
        hand_on(settings)
        code = "from server.setting_sources import load; s = load(); print(s, s.update.token)"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    finally:
        for name in [name for name in os.environ if name.startswith("PARLEY_")]:
            del os.environ[name]
    assert done.stdout == f"{settings} secret\n"
    assert "secret" not in str(settings)


def test_a_token_from_a_file(tmp_path: Path) -> None:
    """The token is the word in the file; a file without one, or none, is an error that shows no content."""
    file = tmp_path / "token"
    update = load({"update.token_file": str(file)}, {}).update
    for content, reason in (
        ("two words\n", "holds no token"),
        ("", "holds no token"),
        (None, "cannot be read"),
    ):
        if content is not None:
            file.write_text(content)
        else:
            file.unlink()
        with pytest.raises(SettingsError, match=reason) as raised:
            update.secret()
        assert "words" not in str(raised.value)
    file.write_text("s3cret\n")
    assert update.secret() == "s3cret"
    assert load({}, {}).update.secret() is None


@pytest.mark.parametrize(
    ("arguments", "variables", "said"),
    [
        (("--query-timeout", "soon"), {}, "--query-timeout: 'soon' is not a duration"),
        ((), {"PARLEY_QUERY_TIMEOT": "1s"}, "Did you mean PARLEY_QUERY_TIMEOUT?"),
        (("--config", "nowhere.toml"), {}, "nowhere.toml: cannot be read: No such file"),
    ],
    ids=["flag", "variable", "file"],
)
def test_the_command_refuses(
    tmp_path: Path, arguments: tuple[str, ...], variables: dict[str, str], said: str
) -> None:
    """A faulty setting ends `parley serve` at once, in one line, with exit code 2."""
    put(DataFolder(tmp_path), "one", (CASES / "server.trig").read_text("utf-8"))
    done = parley("serve", *arguments, data=tmp_path, **variables)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("parley: ")
    assert done.stderr.count("\n") == 1
    assert said in done.stderr


def test_help_tells_each_setting() -> None:
    """`parley serve --help` has every flag with its meaning and default."""
    env = environment(COLUMNS="200")
    done = subprocess.run(
        [sys.executable, "-m", "server.cli", "serve", "--help"],
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    told = " ".join(done.stdout.split())
    for row in TABLE:
        if row.flag:
            assert f"{row.flag} {row.kind.name} {row.meaning} [{row.default}]" in told
    assert len(re.findall(r"^  --", done.stdout, re.MULTILINE)) == len(
        TABLE
    )  # the secret has none, --config is no setting


def test_the_table_of_settings() -> None:
    """The document has the table that the server reads; tests/renew_settings_table.py writes it."""
    assert renew_settings_table.written() == renew_settings_table.table()
