"""What a text says of itself before its body: a TOML header of ours, or YAML front matter of other tools."""

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from kg.errors import SourceError
from kg.sources.fields import FIELDS, KINDS, Fields, known_fields, value_of

_OPEN = re.compile(r"\+\+\+[ \t]*(?:\r?\n|\Z)")
_CLOSE = re.compile(r"^\+\+\+[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
# Front matter in YAML opens with a field, a comment or nothing; three hyphens can be a rule in the text too.
_YAML = re.compile(
    r"---[ \t]*\r?\n((?:(?:[ \t#].*|[\w-]+[ \t]*:(?:[ \t].*)?|-[ \t].*)?\r?\n)*?)"
    r"(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)"
)
_QUOTED = re.compile(r"""(?:'((?:[^']|'')*)'|"((?:[^"\\]|\\.)*)")(?:\s+#.*)?""")
_YAML_FIELD = re.compile(r"([\w-]+)[ \t]*:(?:[ \t]+(.*))?")


def split_header(text: str, where: str) -> tuple[Fields | None, str]:
    """The header between `+++` lines, if the text opens with one, and the body after it, untouched.

    Raises SourceError with the line for a header that is not closed or not TOML.
    """
    start = _OPEN.match(text)
    if start is None:
        return None, text
    end = _CLOSE.search(text, start.end())
    if end is None:
        raise SourceError(
            "the header is not closed", f"{where}, line 1", "Put a line `+++` after its last field"
        )
    header = text[start.end() : end.start()]
    return _checked(_toml(header, where), where), text[end.end() :]


def _toml(header: str, where: str) -> Mapping[str, Any]:
    """The header as a table; its first line is line 2 of the file."""
    try:
        return tomllib.loads(header)
    except RecursionError as error:
        raise SourceError("the header is nested too deeply", where, _known()) from error
    except ValueError as error:
        found = re.search(r" \(at line (\d+)", str(error))
        line = int(found[1]) + 1 if found else header.count("\n") + 1
        reason = str(error).partition(" (at ")[0]
        mend = 'Write each field as name = "value"'
        raise SourceError(f"the header is not TOML: {reason}", f"{where}, line {line}", mend) from error


def _known() -> str:
    return "Fields known: " + ", ".join(FIELDS)


def _checked(table: Mapping[str, Any], where: str) -> Fields:
    """The header's fields. SourceError: an unknown one, an unknown kind, or a value of the wrong type."""
    unknown = [name for name in table if name not in FIELDS]
    if unknown:
        raise SourceError(f"unknown header field {unknown[0]!r}", where, _known())
    if table.get("kind", KINDS[0]) not in KINDS:
        raise SourceError(f"unknown kind {table['kind']!r}", where, "Write one of: " + ", ".join(KINDS))
    return Fields(**{name: value_of(name, value, where) for name, value in table.items()})


def opens_with_header(text: str) -> bool:
    """Whether the text opens with a header, be it closed or not."""
    return _OPEN.match(text) is not None or _YAML.match(text) is not None


def split_front_matter(text: str, where: str) -> tuple[Fields | None, str]:
    """The YAML header between `---` lines, if the text opens with one, and the body after it, untouched.

    Only fields on one line, and lists of them, are understood; what other tools keep there is left alone.
    Raises SourceError for a date that is none.
    """
    found = _YAML.match(text)
    if found is None:
        return None, text
    return known_fields(_yaml(found[1]), where), text[found.end() :]


def _yaml(header: str) -> dict[str, str]:
    """The fields that are text; the items of a list are joined with commas."""
    table: dict[str, str] = {}
    last = ""
    for line in header.splitlines():
        if field := _YAML_FIELD.fullmatch(line):
            last = field[1].lower()
            table[last] = ", ".join(_scalars(field[2] or ""))
        elif line.lstrip().startswith("- ") and last:
            table[last] = ", ".join(filter(None, [table[last], *_scalars(line.lstrip()[2:])]))
    return table


def _scalars(value: str) -> list[str]:
    """The text of a YAML scalar without quotation marks, or those of a list in brackets."""
    value = value.strip()
    if quoted := _QUOTED.fullmatch(value):
        single, double = quoted.groups()
        return [single.replace("''", "'") if double is None else double.replace('\\"', '"')]
    plain = re.sub(r"(?:^|\s)#.*", "", value)
    if plain.startswith("[") and plain.endswith("]"):
        return [scalar for part in plain[1:-1].split(",") for scalar in _scalars(part)]
    return [] if plain in ("", "~", "null", "|", ">") else [plain]
