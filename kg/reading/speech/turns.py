"""Transcripts: who speaks stands before each turn ("Q", "THE PRESIDENT:", "MR. PRICE:")."""

import re
from collections.abc import Iterator

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase
from kg.reading.speech.attribution import Attribution
from kg.reading.text.tokens import Range

_LABEL = re.compile(r"(?:(?P<asks>Q|QUESTION)\b[:.]?|[A-Z][A-Z.’'\- ]{2,40}:)\s+(?=\S)")
_FEWEST = 2  # labels that make a transcript; one alone may be a heading


def turns(analysis: Analysis) -> Iterator[Attribution]:
    """One attribution a turn, over all its paragraphs; nothing where the text is no transcript."""
    labels = [
        (n, label) for n, part in enumerate(analysis.document.paragraphs) if (label := _label(analysis, part))
    ]
    if len(labels) < _FEWEST or not _alternate(analysis, [label for _, label in labels]):
        return
    ends = [n for n, _ in labels[1:]] + [len(analysis.document.paragraphs)]
    for (number, (part, asks)), end in zip(labels, ends, strict=True):
        yield from _turn(analysis, number, end, part, asks)


def _alternate(analysis: Analysis, labels: list[tuple[Range, bool]]) -> bool:
    """Whether some label asks, names a person or comes twice: headings in capitals do none of these."""
    words = [analysis.document.words(label) for label, _ in labels]
    named = (r.type == "Person" for label, _ in labels for r in analysis.references.within(label))
    return any(asks for _, asks in labels) or len(set(words)) < len(words) or any(named)


def _label(analysis: Analysis, paragraph: Range) -> tuple[Range, bool] | None:
    """The tokens of the label that opens a paragraph, and whether it stands for a question."""
    document = analysis.document
    if document.is_furniture(paragraph.first):
        return None
    start = document.tokens[paragraph.first].start
    found = _LABEL.match(document.text, start, document.tokens[paragraph.last - 1].end)
    if found is None:
        return None
    last = paragraph.first
    while last < paragraph.last and document.tokens[last].start < found.end():
        last += 1
    return (Range(paragraph.first, last), bool(found["asks"])) if last < paragraph.last else None


def _turn(analysis: Analysis, number: int, end: int, label: Range, asks: bool) -> Iterator[Attribution]:
    paragraphs = analysis.document.paragraphs
    parts = (Range(label.last, paragraphs[number].last), *paragraphs[number + 1 : end])
    named = tuple(r for r in analysis.references.within(label) if r.type == "Person")
    yield Attribution(Phrase(label, named[:1], label.last - 1), "ask" if asks else "say", label, parts)
