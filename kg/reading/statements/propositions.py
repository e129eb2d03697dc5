"""The content of a statement as subject, relation and object, without asserting it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kg.identifiers import digest
from kg.model import Proposition
from kg.reading.analysis import Analysis
from kg.reading.text.tokens import Range

_LONGEST_LABEL = 160
_NEXT_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Clause:
    """One relation that the content states, with the words that state it and how they are modified."""

    proposition: Proposition
    part: Range
    modality: str
    negated: bool


def proposition(
    subject: str,
    predicate: str,
    objects: tuple[str, ...],
    value: str | None,
    polarity: str,
    labels: Mapping[str, str],
) -> Proposition:
    """A proposition whose key is a hash of its content, so that two sources that say the same share it."""
    mark = digest(subject, predicate, *objects, value or "", polarity)
    rest = ", ".join(labels.get(key, key) for key in objects) or value or ""
    sign = "" if polarity == "positive" else "not: "
    words = _NEXT_WORD.sub(" ", predicate).lower()
    label = f"{labels.get(subject, subject)} – {sign}{words} – {rest}".rstrip(" –")
    label = label if len(label) <= _LONGEST_LABEL else label[: _LONGEST_LABEL - 1].rstrip() + "…"
    return Proposition(f"proposition/{mark}", label, subject, predicate, objects, value, polarity)


def unquoted(analysis: Analysis, part: Range) -> str:
    """The words of a range without quotation marks, full stops or commas around them."""
    quotes = analysis.document.quote_marks.intersection(range(part.first, part.last))
    if not quotes:
        return analysis.document.words(part).strip(" .,;")
    tokens, span = analysis.document.tokens, analysis.document.span(part)
    marks = [tokens[i] for i in sorted(quotes)]
    starts = [span.start, *(mark.end for mark in marks)]
    ends = [*(mark.start for mark in marks), span.end]
    words = "".join(analysis.document.text[a:b] for a, b in zip(starts, ends, strict=True))
    return " ".join(words.split()).strip(" .,;")
