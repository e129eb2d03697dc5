"""Armed groups that a text names by whose side they take: "pro-X rebels", "X-backed separatists"."""

from collections.abc import Iterator

from kg.identifiers import digest
from kg.reading.names.references import Reference, References
from kg.reading.text.document import Document
from kg.reading.text.tokens import Range

_ARMED = frozenset({
    "rebels", "rebel", "separatists", "separatist", "insurgents", "militants", "militias", "militia",
    "militiamen", "fighters", "gunmen",
})  # fmt: skip
_HELPED = frozenset({"backed", "supported", "sponsored"})
_HYPHENS = frozenset({"-", "–"})


def camps(document: Document, listed: References, place: str) -> Iterator[Reference]:
    """The group of each state whose side they take, under one key whatever they are called."""
    for state in listed.items:
        part = _taking_side(document, state) if state.type == "State" else None
        if part is not None:
            key = f"group/pro-{state.key.split('/', 1)[1]}-{digest(place, length=6)}"
            yield Reference(part, key, "NonStateGroup", "name", document.words(part), known=False)


def _taking_side(document: Document, state: Reference) -> Range | None:
    """The words of "pro-X rebels" or "X-backed rebels" around the name of a state."""
    tokens, first, last = document.tokens, state.range.first, state.range.last
    words = document.lowers(Range(last, min(last + 3, len(tokens))))
    if first > 1 and tokens[first - 1].text in _HYPHENS and tokens[first - 2].lower == "pro":
        return Range(first - 2, last + 1) if words and words[0] in _ARMED else None
    helped = len(words) > 2 and words[0] in _HYPHENS and words[1] in _HELPED
    return Range(first, last + 3) if helped and words[2] in _ARMED else None
