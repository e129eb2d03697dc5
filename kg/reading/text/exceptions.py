"""The runs of characters that spaCy lists one by one ("don't", "a.m."), asked of spaCy once and then kept.

spaCy takes a second to load. So what it lists is kept in the user's cache folder ($XDG_CACHE_HOME, else
~/.cache) for this version of spaCy; where nothing can be kept, or what is kept is damaged, spaCy is asked.
"""

import json
import os
from functools import cache
from importlib.metadata import version
from pathlib import Path

from kg import durable


@cache
def exceptions() -> dict[str, list[str]]:
    """Each run that spaCy lists, but for white space, with its words."""
    kept = _kept()
    return _read(kept) or _asked(kept)


def _kept() -> Path:
    caches = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(caches, "parley", f"spacy-{version('spacy')}-exceptions.json")


def _read(path: Path) -> dict[str, list[str]] | None:
    """What is kept there; None where nothing is that could be right."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    whole = isinstance(found, dict) and all(_cut(run, words) for run, words in found.items())
    return found if whole and found else None


def _cut(run: str, words: object) -> bool:
    """Whether these are the words of a run."""
    return isinstance(words, list) and all(isinstance(word, str) for word in words) and "".join(words) == run


def _asked(path: Path) -> dict[str, list[str]]:
    """What spaCy lists, kept for the next time if that is possible."""
    from spacy.lang.en import English
    from spacy.symbols import ORTH

    listed = English.Defaults.tokenizer_exceptions or {}
    found = {run: [part[ORTH] for part in parts] for run, parts in listed.items() if run.strip()}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        durable.write(path, json.dumps(found, ensure_ascii=False).encode())
    except OSError:
        pass  # a folder that cannot be written costs a second at each start
    return found
