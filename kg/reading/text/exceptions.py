"""Runs of characters that spaCy lists one by one ("don't", "a.m."), asked of spaCy, which is slow to load."""

from kg.prepared import prepared_from


@prepared_from(__name__, "spacy")
def exceptions() -> dict[str, list[str]]:
    """Each run that spaCy lists, but for white space, with its words."""
    from spacy.lang.en import English
    from spacy.symbols import ORTH

    listed = English.Defaults.tokenizer_exceptions or {}
    return {run: [part[ORTH] for part in parts] for run, parts in listed.items() if run.strip()}
