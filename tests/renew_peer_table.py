"""The table in docs/linked-data.md of what others do and of the tests that hold us to it; run it to renew."""

import csv
import re
from pathlib import Path

DOCUMENT = Path(__file__).parents[1] / "docs" / "linked-data.md"
_CASES = Path(__file__).parent / "cases" / "peers.tsv"
_BEGIN = "<!-- peers: written by tests/renew_peer_table.py -->\n"
_END = "<!-- end of peers -->"
_PLACE = re.compile(f"(?<={re.escape(_BEGIN)}).*(?={re.escape(_END)})", re.DOTALL)
_MARKS = {"yes": "✔", "no": "–", "some": "~"}
_OURS = "Parley"


def rows() -> list[dict[str, str]]:
    """One for each feature; `tests` are names of files, or of tests in them."""
    with _CASES.open(encoding="utf-8") as table:
        return list(csv.DictReader((line for line in table if line[0] != "#"), delimiter="\t"))


def table() -> str:
    """A column for each peer, and one for us, with the tests that show it."""
    peers = [name for name in rows()[0] if name not in ("feature", "tests")]
    head = f"| | {' | '.join(peers)} | {_OURS} |\n|---|{'---|' * (len(peers) + 1)}\n"
    return head + "".join(_row(row, peers) for row in rows())


def written() -> str:
    """What the document has now."""
    found = _PLACE.search(DOCUMENT.read_text("utf-8"))
    return found[0] if found else ""


def _row(row: dict[str, str], peers: list[str]) -> str:
    ours = ", ".join(f"[{_name(test)}](../tests/{test.partition('::')[0]})" for test in row["tests"].split())
    return f"| {row['feature']} | {' | '.join(_marked(row[peer]) for peer in peers)} | {ours or '–'} |\n"


def _name(test: str) -> str:
    return test.rpartition("::")[2].removeprefix("test_").removesuffix(".py").replace("_", " ")


def _marked(cell: str) -> str:
    word, _, more = cell.partition(" ")
    return " ".join(filter(None, (_MARKS.get(word, word), more)))


if __name__ == "__main__":
    text = DOCUMENT.read_text("utf-8")
    DOCUMENT.write_text(_PLACE.sub(lambda _: table(), text), "utf-8")
