"""The tables of checks in docs/ontology.md, made by running them on the ontology; run it to renew."""

import re
from pathlib import Path

import ontology
from kg import pitfalls, published
from kg.pitfalls import SEVERITIES, Check

DOCUMENT = Path(__file__).parents[1] / "docs" / "ontology.md"
_BEGIN = "<!-- checks: written by tests/renew_fair_table.py -->\n"
_END = "<!-- end of checks -->"
_PLACE = re.compile(f"(?<={re.escape(_BEGIN)}).*(?={re.escape(_END)})", re.DOTALL)
_FAIR = "| FOOPS! test | FAIR | asks | ours |\n|---|---|---|---|\n"
_PITFALLS = "\n| OOPS! pitfall | if met | is | ours |\n|---|---|---|---|\n"


def table() -> str:
    """Two tables: tests by name with their principle, pitfalls by number with how grave they are."""
    found = pitfalls.find(ontology.load())
    worst = {one.check: one.severity for one in sorted(found, key=lambda x: -SEVERITIES.index(x.severity))}
    every = sorted((*pitfalls.checks(), *published.TESTS), key=lambda check: check.name)
    tests = [_row(check, check.principle, worst) for check in every if check.principle]
    avoided = [_row(check, check.severity, worst) for check in every if not check.principle]
    return _FAIR + "".join(tests) + _PITFALLS + "".join(avoided)


def written() -> str:
    """What the document has now."""
    found = _PLACE.search(DOCUMENT.read_text("utf-8"))
    return found[0] if found else ""


def _row(check: Check, second: str | None, worst: dict[str, str]) -> str:
    result = worst.get(check.name, "passes" if check.principle else "avoided")
    return f"| [{check.name}]({check.source}) | {second} | {check.summary.rstrip('.')} | {result} |\n"


if __name__ == "__main__":
    text = DOCUMENT.read_text("utf-8")
    DOCUMENT.write_text(_PLACE.sub(lambda _: table(), text), "utf-8")
