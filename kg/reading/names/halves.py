"""The halves of a divided land by their short names: "the North" in a text that names North Korea."""

from collections.abc import Iterator
from dataclasses import replace

from kg.reading.names.references import Reference, References
from kg.reading.text.document import Document
from kg.reading.text.tokens import Range

_HALVES = {"north": "state/north-korea", "south": "state/south-korea"}


def halves(document: Document, named: References) -> Iterator[Reference]:
    """Every "the North" or "the South" that stands alone, behind the state's full name."""
    tokens = document.tokens
    for word, key in _HALVES.items():
        first = next((r for r in named.items if r.key == key and not r.adjective), None)
        for index in document.positions({word}) if first else ():
            after = tokens[index + 1] if index + 1 < len(tokens) else None
            alone = after is None or not (after.text[0].isupper() or after.lower in {"of", "-"})
            led = index > 0 and tokens[index - 1].lower == "the" and tokens[index].text.istitle()
            if first and led and alone and named.at(index) is None and index > first.range.first:
                yield replace(
                    first, range=Range(index, index + 1), form="description", antecedents=(first.range,)
                )
