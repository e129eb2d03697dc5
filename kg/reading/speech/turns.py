"""Transcripts: who speaks stands before each turn ("Q", "THE PRESIDENT:", "MR. PRICE:")."""

import re
from collections import Counter
from collections.abc import Iterator

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase
from kg.reading.names.references import Reference
from kg.reading.speech.attribution import Attribution
from kg.reading.text.tokens import Range
from kg.reading.words.speech import voice_words

_LABEL = re.compile(r"(?:(?P<asks>Q|QUESTION)\b[:.]?|[A-Z][A-Z.’'\- ]{2,40}:)\s+(?=\S)")
# In an interview: "Nickolay Mladenov:", "N.Mladenov:", "Host:".
_NAME = re.compile(r"(?:(?P<asks>Q(?:uestion)?)|[A-Z][\w.’'\-]*(?: [A-Z][\w.’'\-]*){0,3}):\s+(?=\S)")
_HOSTS = frozenset({"host", "interviewer", "presenter", "moderator", "journalist", "correspondent"})
_FEWEST = 2  # labels that make a transcript; one alone may be a heading


def turns(analysis: Analysis) -> Iterator[Attribution]:
    """One attribution a turn, over all its paragraphs; nothing where the text is no transcript."""
    labels = _labels(analysis, _LABEL)
    if len(labels) < _FEWEST or not _alternate(analysis, [label for _, label in labels]):
        labels = []
    labels = max(labels, _interview(analysis), key=len)
    if not labels:
        return
    ends = [n for n, _ in labels[1:]] + [len(analysis.document.paragraphs)]
    if all(asks for _, (_, asks) in labels):
        yield from _answered(analysis, labels, ends)
        return
    for (number, (part, asks)), end in zip(labels, ends, strict=True):
        yield from _turn(analysis, number, end, part, asks)


def _labels(analysis: Analysis, form: re.Pattern[str]) -> list[tuple[int, tuple[Range, bool]]]:
    """The paragraphs that a label opens."""
    parts = enumerate(analysis.document.paragraphs)
    return [(n, label) for n, part in parts if (label := _label(analysis, part, form))]


def _interview(analysis: Analysis) -> list[tuple[int, tuple[Range, bool]]]:
    """The turns of those who speak twice or more; nothing where fewer than two do ("Aim:", "Place:")."""
    labels = _labels(analysis, _NAME)
    names = [_surname(analysis, label) for _, (label, _) in labels]
    again = [n for n, name in enumerate(names) if names.count(name) > 1]
    if len({names[n] for n in again}) < _FEWEST:
        return []
    speaking = {names[n] for n in again} | _HOSTS
    return [label for label, name in zip(labels, names, strict=True) if name in speaking]


def _surname(analysis: Analysis, label: Range) -> str:
    """The last word of a label, behind its last full stop: "N.Mladenov:" is who "Nickolay Mladenov:" is."""
    return analysis.document.tokens[label.last - 2].lower.rpartition(".")[2]


def _alternate(analysis: Analysis, labels: list[tuple[Range, bool]]) -> bool:
    """Whether some label asks, names a person or comes twice: headings in capitals do none of these."""
    words = [analysis.document.words(label) for label, _ in labels]
    named = (r.type == "Person" for label, _ in labels for r in analysis.references.within(label))
    return any(asks for _, asks in labels) or len(set(words)) < len(words) or any(named)


def _label(analysis: Analysis, paragraph: Range, form: re.Pattern[str]) -> tuple[Range, bool] | None:
    """The tokens of the label that opens a paragraph, and whether it stands for a question."""
    document = analysis.document
    start = document.tokens[paragraph.first].start
    found = form.match(document.text, start, document.tokens[paragraph.last - 1].end)
    if found is None or document.is_furniture(paragraph.first):
        return None
    last = paragraph.first
    while last < paragraph.last and document.tokens[last].start < found.end():
        last += 1
    return (Range(paragraph.first, last), bool(found["asks"])) if last < paragraph.last else None


def _turn(analysis: Analysis, number: int, end: int, label: Range, asks: bool) -> Iterator[Attribution]:
    paragraphs = analysis.document.paragraphs
    parts = (Range(label.last, paragraphs[number].last), *paragraphs[number + 1 : end])
    named = tuple(r for r in analysis.references.within(label) if r.type == "Person")
    named = named or _known(analysis, label)
    named = named or tuple(r for r in analysis.references.within(label) if _is_press(r))
    yield Attribution(Phrase(label, named[:1], label.last - 1), "ask" if asks else "say", label, parts)


def _is_press(reference: Reference) -> bool:
    """ "ARMENPRESS:", an outlet that asks."""
    words = set(reference.label.lower().split())
    return reference.type == "Organisation" and not words.isdisjoint(voice_words().names)


def _known(analysis: Analysis, label: Range) -> tuple[Reference, ...]:
    """Whose surname a label has, if the text names such a person: "N.Mladenov:"."""
    if label.last - label.first < _FEWEST:
        return ()
    name = _surname(analysis, label)
    people = (r for r in analysis.references.items if r.type == "Person")
    found = next((r for r in people if analysis.document.tokens[r.range.last - 1].lower == name), None)
    return (found,) if found else ()


def _answered(
    analysis: Analysis, labels: list[tuple[int, tuple[Range, bool]]], ends: list[int]
) -> Iterator[Attribution]:
    """Where nothing but questions have a label, whoever the words before tell most of answers."""
    paragraphs = analysis.document.paragraphs
    before = Range(0, paragraphs[labels[0][0]].first)
    people = [r for r in analysis.references.within(before) if r.type == "Person"]
    told = Counter(r.key for r in people).most_common(2)
    alone = len(told) == 1 or (len(told) > 1 and told[0][1] > told[1][1])
    who = tuple(r for r in people if r.key == told[0][0])[:1] if alone else ()
    for (number, (part, _)), end in zip(labels, ends, strict=True):
        asked = Range(part.last, paragraphs[number].last)
        yield Attribution(Phrase(part, (), part.last - 1), "ask", part, (asked,))
        if number + 1 < end:
            yield Attribution(Phrase(part, who, part.last - 1), "say", part, paragraphs[number + 1 : end])
