"""The table of settings in docs/operations.md, made from the one that the server reads; run it to renew."""

import re
from pathlib import Path

from server.setting import Setting
from server.settings import TABLE

DOCUMENT = Path(__file__).parents[1] / "docs" / "operations.md"
_BEGIN = "<!-- settings: written by tests/renew_settings_table.py -->\n"
_END = "<!-- end of settings -->"
_PLACE = re.compile(f"(?<={re.escape(_BEGIN)}).*(?={re.escape(_END)})", re.DOTALL)
_HEADING = "| key | variable | flag | value | default | what it is |\n|---|---|---|---|---|---|\n"


def table() -> str:
    """One row for each setting."""
    return _HEADING + "".join(map(_row, TABLE))


def written() -> str:
    """What the document has now."""
    found = _PLACE.search(DOCUMENT.read_text("utf-8"))
    return found[0] if found else ""


def _row(row: Setting) -> str:
    flag = f"`{row.flag}`" if row.flag else "none"
    value = row.kind.name.replace("|", "\\|")
    names = f"`{row.key}` | `{row.variable}` | {flag}"
    return f"| {names} | `{value}` | `{row.default}` | {row.meaning.rstrip('.')} |\n"


if __name__ == "__main__":
    text = DOCUMENT.read_text("utf-8")
    DOCUMENT.write_text(_PLACE.sub(lambda _: table(), text), "utf-8")
