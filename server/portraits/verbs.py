"""What one does who takes a stance: the verb between a speaker and the words."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from kg.vocab import VAL


def verb(stance: str, several: bool = False) -> str:
    """The verb of the stance with this IRI: `accuses`, or `accuse` where several speak jointly."""
    name = stance.removeprefix(f"{VAL}stance-")
    singular = _verbs()["one"].get(name, f"{name}s")
    return _verbs()["several"].get(name, name) if several else singular


@cache
def _verbs() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(files(__package__).joinpath("verbs.toml").read_text("utf-8"))
