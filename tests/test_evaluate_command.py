"""`parley evaluate` as a user meets it: a real process on folders of texts, gold and mistakes."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from command_line import parley

TEXT = """Envoys of Norland and Sudria meet

Norlandian President Ada Berg met Sudrian President Omar Diaz in Geneva on Tuesday.

"We want peace," Berg said in a statement.
"""
KINDS = (
    *("mentions", "entities", "types", "statements", "stance", "modality", "events", "status", "dates"),
    *("formats", "mediators", "corridors", "corridor_members"),
)


def span(words: str, text: str = TEXT) -> list[int]:
    """Where the words stand first, in code points."""
    start = text.index(words)
    return [start, start + len(words)]


def gold(text: str = TEXT) -> dict[str, Any]:
    """What the text tells."""
    berg = [span("President Ada Berg", text), [text.rindex("Berg"), text.rindex("Berg") + 4]]
    return {
        "entities": [
            {"id": "berg", "name": "Ada Berg", "type": "Person", "mentions": berg},
            {"id": "diaz", "name": "Omar Diaz", "type": "Person", "mentions": [span("Omar Diaz", text)]},
        ],
        "statements": [
            {
                "speaker": "berg",
                "stance": "assert",
                "modality": "asserted",
                "kind": "direct",
                "cue": span("said", text),
                "content": [span("We want peace", text)],
                "addressee": None,
                "via": None,
            }
        ],
        "events": [
            {
                "type": "meeting",
                "plover": "CONSULT",
                "participants": ["berg", "diaz"],
                "date": "2024-03-05",
                "status": "occurred",
                "evidence": [span("Ada Berg met Sudrian President Omar Diaz in Geneva on Tuesday", text)],
            }
        ],
        "formats": [],
        "corridors": [],
        "traps": [{"span": span("Norland", text), "reason": "a country that does not exist"}],
    }


def write(folder: Path, name: str = "a", text: str | None = TEXT, told: Any = None, **meta: Any) -> Path:
    """A text with its gold, `told` instead of the right one, and a sidecar."""
    folder.mkdir(exist_ok=True)
    if text is not None:
        (folder / f"{name}.txt").write_bytes(text.encode())
    told = gold(text or TEXT) if told is None else told
    (folder / f"{name}.gold.json").write_text(told if isinstance(told, str) else json.dumps(told), "utf-8")
    if meta:
        (folder / f"{name}.meta.json").write_text(json.dumps(meta), "utf-8")
    return folder


def figures(folder: Path) -> dict[str, dict[str, float]]:
    done = parley("evaluate", folder, "--json")
    assert done.returncode == 0, done.stderr
    found: dict[str, dict[str, float]] = json.loads(done.stdout)
    return found


def test_figures_of_every_kind_as_json(tmp_path: Path) -> None:
    """Standard output is one object of kinds with their figures; the rest is on standard error."""
    done = parley("evaluate", write(tmp_path, publisher="The Example", date="2024-03-07"), "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert tuple(found) == KINDS
    assert all(one.keys() == {"precision", "recall", "f1", "n"} for one in found.values())
    assert found["statements"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "n": 1}
    assert found["events"]["n"] == found["events"]["recall"] == 1
    assert found["dates"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "n": 1}
    assert "1 text scored" in done.stderr
    assert "of 1 trap hit" in done.stderr
    assert "MB of memory" in done.stderr


def test_the_date_of_publication_comes_from_the_sidecar(tmp_path: Path) -> None:
    """Without it "Tuesday" is no date, and the date of the event is missed."""
    assert figures(write(tmp_path))["dates"]["recall"] == 0
    assert figures(write(tmp_path, date="2024-03-07"))["dates"]["recall"] == 1


def test_a_table_and_the_misses(tmp_path: Path) -> None:
    """Without --json there is a table; --misses shows what was missed and what is spurious."""
    told = gold()
    told["statements"].append({"speaker": "diaz", "content": [span("Envoys of Norland")]})
    told["corridors"].append({"name": "Northern Corridor"})
    del told["entities"][0]["mentions"][1]
    done = parley("evaluate", write(tmp_path, told=told), "--misses", "3")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0].split() == ["kind", "precision", "recall", "F1", "n"]
    assert ["statements", "1.000", "0.500", "0.667", "2"] in [line.split() for line in lines]
    assert "statements: 1 missed" in lines
    assert "  a: diaz: ?, ? “Envoys of Norland” [0–17]" in lines
    assert "corridors: 1 missed" in lines
    assert any(line.startswith("  a: person/ada-berg") and "“Berg”" in line for line in lines)


def test_several_texts_are_counted_together(tmp_path: Path) -> None:
    """Figures are micro-averaged: one statement of one text and none of three of another are one of four."""
    other = "Weather\n\nIt rains in Geneva. It will rain again. It will stop.\n"
    told = [{"speaker": "?", "content": [span(part, other)]} for part in ("It rains", "rain again", "stop")]
    write(tmp_path, "b", other, {"statements": told})
    assert figures(write(tmp_path))["statements"] == {"precision": 1, "recall": 0.25, "f1": 0.4, "n": 4}


def test_a_report_with_a_header_is_scored_by_its_body(tmp_path: Path) -> None:
    """Offsets count from the character after the header of a Markdown file."""
    write(tmp_path, "r", None, gold())
    (tmp_path / "r.md").write_text(f'+++\ntitle = "A meeting"\ndate = 2024-03-07\n+++\n{TEXT}', "utf-8")
    assert figures(tmp_path)["dates"]["recall"] == figures(tmp_path)["statements"]["f1"] == 1


TEXTS = {
    "CRLF": TEXT.replace("\n", "\r\n"),
    "beyond the BMP": f"🕊️𝔘 {TEXT}",
    "soft hyphens and zero-width spaces": "\u200b" + TEXT.replace("Envoys", "En\u00advo\u00adys\u200b"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_offsets_are_code_points_of_the_file(tmp_path: Path, name: str) -> None:
    """Two for a line end of two, one beyond the basic plane, one for what nobody sees and nothing stores."""
    text = TEXTS[name]
    for meta in ({}, {"sha256": hashlib.sha256(text.encode()).hexdigest()}):
        found = figures(write(tmp_path, text=text, **meta))
        assert found["mentions"]["recall"] == found["statements"]["f1"] == found["events"]["recall"] == 1


def test_offsets_into_the_text_as_parley_stores_it(tmp_path: Path) -> None:
    """They count where the sidecar has the sha256 of that text and not of the file."""
    stored = hashlib.sha256(TEXT.encode()).hexdigest()
    write(tmp_path, text=TEXT.replace("Envoys", "En\u00advo\u00adys"), told=gold(), sha256=stored)
    assert figures(tmp_path)["statements"]["f1"] == 1


def test_gold_without_a_text_and_texts_without_gold(tmp_path: Path) -> None:
    """Neither is an error: the summary names the first, a line the second, and both are left out."""
    write(write(tmp_path), "elsewhere", None)
    (tmp_path / "alone.txt").write_text(TEXT)
    done = parley("evaluate", tmp_path)
    assert done.returncode == 0
    assert "1 text scored; 1 with gold only, text not here: elsewhere" in done.stdout
    assert done.stderr == "1 text without gold left out: alone.txt\n"


def test_unknown_values_are_told_in_one_line(tmp_path: Path) -> None:
    """A stance that no table has is counted where it stands, and not scored."""
    told = gold()
    told["statements"][0]["stance"] = "mumble"
    done = parley("evaluate", write(tmp_path, told=told), "--json")
    assert "values that stand for none of ours, not scored: stance 'mumble' (1×)" in done.stderr
    assert json.loads(done.stdout)["stance"]["n"] == 0


def test_null_and_missing_fields(tmp_path: Path) -> None:
    """Null is nothing given: a kind that is null is not scored, a speaker that is null is unnamed."""
    told: dict[str, Any] = {
        "entities": None,
        "statements": [
            {"speaker": None, "stance": None, "modality": None, "content": [span("We want peace")]}
        ],
        "events": [{"plover": None, "participants": None, "date": None, "evidence": span("Ada Berg met")}],
        "formats": [{"name": None, "members": None, "mediators": None, "evidence": None}],
        "corridors": [{"name": "Northern Corridor", "aliases": None, "members": None, "evidence": None}],
        "traps": None,
    }
    found = figures(write(tmp_path, told=told))
    assert "entities" not in found
    assert found["statements"] == {"precision": 0, "recall": 0, "f1": 0, "n": 1}


def with_part(key: str, value: Any) -> dict[str, Any]:
    return {**gold(), key: value}


SAID = {"speaker": "berg", "content": [[0, 5]]}
FAULTS = {
    "not JSON": ('{"entities": [', "a.gold.json, line 1: is not JSON"),
    "not an object": ("[]", "a.gold.json: is not a JSON object"),
    "not an array": (with_part("events", {"type": "visit"}), "a.gold.json, events: is not an array"),
    "not an object in it": (with_part("events", ["visit"]), "a.gold.json, events[0]: is not a JSON object"),
    "no id": (with_part("entities", [{"name": "Ada"}]), "a.gold.json, entities[0].id: is missing"),
    "an id twice": (with_part("entities", [{"id": "a"}, {"id": "a"}]), "a.gold.json, entities[1].id: 'a' is"),
    "an unknown speaker": (
        with_part("statements", [SAID, {"speaker": "smith", "content": [[0, 5]]}]),
        "a.gold.json, statements[1].speaker: 'smith' is not the id of an entity",
    ),
    "an unknown one of joint speakers": (
        with_part("statements", [{"speaker": ["berg", "smith"], "content": [[0, 5]]}]),
        "a.gold.json, statements[0].speaker[1]: 'smith'",
    ),
    "an unknown participant": (
        with_part("events", [{"participants": ["berg", "x"], "evidence": [[0, 5]]}]),
        "a.gold.json, events[0].participants[1]: 'x'",
    ),
    "an unknown member": (with_part("corridors", [{"members": ["x"]}]), "corridors[0].members[0]: 'x'"),
    "no content": (with_part("statements", [{"speaker": "berg"}]), "statements[0].content: is missing"),
    "no evidence": (
        with_part("events", [{"type": "visit", "evidence": []}]),
        "events[0].evidence: is missing",
    ),
    "offsets beyond the text": (
        with_part("statements", [{"speaker": "berg", "content": [[0, 5], [9, 9999]]}]),
        "statements[0].content[1]: [9, 9999] is not within the text, which has",
    ),
    "offsets that run backwards": (
        with_part("entities", [{"id": "a", "mentions": [[5, 3]]}]),
        "entities[0].mentions[0]: [5, 3] is not within the text",
    ),
    "negative offsets": (with_part("traps", [{"span": [-1, 3]}]), "traps[0].span: [-1, 3] is not within"),
    "offsets that are no numbers": (
        with_part("entities", [{"id": "a", "mentions": [["0", "5"]]}]),
        "entities[0].mentions[0]: is not a span",
    ),
    "a name that is an object": (
        with_part("formats", [{"name": {"en": "Geneva"}}]),
        "a.gold.json, formats[0].name: is not text",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_malformed_gold_is_one_line(tmp_path: Path, fault: str) -> None:
    """It names file, key and index; the other texts are scored all the same, and the exit code is 1."""
    told, line = FAULTS[fault]
    write(write(tmp_path, told=told), "good")
    done = parley("evaluate", tmp_path, "--json")
    assert done.returncode == 1
    faults = [said for said in done.stderr.splitlines() if said.startswith("parley: ")]
    assert len(faults) == 1
    assert line in faults[0]
    assert "Traceback" not in done.stderr
    assert json.loads(done.stdout)["statements"]["n"] == 1


def test_another_text_than_the_one_that_was_marked(tmp_path: Path) -> None:
    """Where the sidecar has another sha256, offsets would point to other words: an error for that file."""
    done = parley("evaluate", write(write(tmp_path), "b", sha256="0" * 64), "--json")
    assert done.returncode == 1
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("parley: ")]
    assert "b.txt: the text is not the one that was marked: its sha256 is not that in b.meta.json" in line
    assert json.loads(done.stdout)["statements"]["n"] == 1


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("empty", "empty: the folder holds no NAME.gold.json"),
        ("nowhere", "nowhere: is not a folder"),
        ("textless", "textless: no text could be scored"),
    ],
)
def test_a_folder_without_anything_to_score(tmp_path: Path, path: str, said: str) -> None:
    """One line says what is missing, and the exit code is 1."""
    (tmp_path / "empty").mkdir()
    write(tmp_path / "textless", "a", None)
    done = parley("evaluate", tmp_path / path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert said in done.stderr
