"""Values that others use for ours: the table of synonyms, and the ones that it does not have."""

import re
import tomllib
from collections import Counter
from importlib.resources import files

from kg.evaluation.items import NO_CLASS

_CAMEO = re.compile(r"\d{1,4}")


class Values:
    """Maps values to the nearest of ours by `values.toml`, and remembers those that it could not."""

    def __init__(self) -> None:
        self._tables = tables()
        self.unknown: Counter[tuple[str, str]] = Counter()

    def of(self, kind: str, value: str | None) -> str | None:
        """Ours for a `kind` such as "stance"; None for nothing given, and for what no table has."""
        if value is None or not (plain := _plain(value)):
            return None
        found = self._tables[kind].get(plain)
        if found is None:
            self.unknown[kind, value] += 1
        return found

    def event_class(self, code: str | None, type_: str | None, given: bool) -> str | None:
        """The PLOVER class by name or CAMEO code; where none is `given`, that which goes with the type."""
        if not given:
            return self.of("event", type_)
        return NO_CLASS if code is None else self.of("plover", _cameo_root(code))


def _cameo_root(code: str) -> str:
    """The first two digits of a CAMEO code; 087 and below (military retreat) have a class of their own."""
    plain = code.strip()
    if not _CAMEO.fullmatch(plain):
        return plain
    padded = plain.zfill(2)
    return "087" if padded.startswith("087") else padded[:2]


def tables() -> dict[str, dict[str, str]]:
    """For each kind of value, ours by every form that stands for it."""
    text = (files(__package__) / "values.toml").read_text("utf-8")
    return {
        kind: {_plain(form): ours for ours, forms in rows.items() for form in (ours, *forms)}
        for kind, rows in tomllib.loads(text).items()
    }


def _plain(value: str) -> str:
    return " ".join(value.casefold().replace("_", " ").replace("-", " ").split())
