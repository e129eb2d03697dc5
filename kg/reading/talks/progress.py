"""How far a text says that the talks have come."""

from collections.abc import Container

from kg.identifiers import digest
from kg.model import StatusReport
from kg.reading.analysis import Analysis
from kg.reading.clauses.subjects import subject_of
from kg.reading.text.tokens import Range
from kg.reading.words.nouns import noun_table

_LABELS = {
    "little": "Little progress",
    "none": "No progress",
    "some": "Some progress",
    "stalled": "Stalled",
}


def find_assessments(
    analysis: Analysis, mediator_of: dict[str, tuple[str, ...]], quoted: Container[int]
) -> list[StatusReport]:
    """ "have seen little progress", "are deadlocked": in the outlet's voice only, not at `quoted` tokens."""
    found = []
    for token in analysis.document.tokens:
        value = _value(analysis, token.index)
        if value is None or token.index in quoted:
            continue
        sentence = analysis.document.sentence(token.index)
        formats = _assessed(analysis, sentence, mediator_of)
        if formats:
            part = _assessment(analysis, token.index, sentence)
            found.append(_report(analysis, value, formats, part))
    return found


def _report(analysis: Analysis, value: str, formats: tuple[str, ...], part: Range) -> StatusReport:
    mark = digest(analysis.source.key, value, *formats, length=8)
    return StatusReport(
        f"status/{value}-progress-{mark}",
        f"{_LABELS[value]} ({analysis.source.citation.publisher or 'outlet unknown'})",
        formats,
        value,
        as_of=analysis.published,
        asserted_by=None,
        evidence=analysis.spans(part),
    )


def _value(analysis: Analysis, index: int) -> str | None:
    """What "progress" here says, by the words before it; None where it says nothing certain."""
    table = noun_table()
    lower = analysis.document.tokens[index].lower
    if lower in table.stalled and table.talks.two_sided & set(
        analysis.document.lowers(analysis.document.sentence(index))
    ):
        return "stalled"
    if lower != "progress":
        return None
    before = analysis.document.lowers(Range(max(analysis.document.sentence(index).first, index - 3), index))
    return next((table.progress[word] for word in reversed(before) if word in table.progress), None)


def _assessed(
    analysis: Analysis, sentence: Range, mediator_of: dict[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """The formats whose mediators the sentence names; all where it names none but speaks of the talks."""
    named = {r.key for r in analysis.references.within(sentence)}
    chosen = tuple(sorted(k for k, mediators in mediator_of.items() if mediators and set(mediators) <= named))
    spoken_of = noun_table().talks.processes & set(analysis.document.lowers(sentence))
    return chosen or (tuple(sorted(mediator_of)) if spoken_of else ())


def _assessment(analysis: Analysis, index: int, sentence: Range) -> Range:
    """From the clause's first word to "progress", so that the words show what has made none."""
    tokens = analysis.document.tokens
    first = index
    verb = analysis.verb_before(index, sentence)
    subject = subject_of(analysis, verb, sentence) if verb and verb.form == "finite" else None
    while first > sentence.first and tokens[first - 1].text not in {",", ";", ":"}:
        first -= 1
    first = min(first, subject.range.first) if subject else first
    if not analysis.verbs_in(Range(first, index)):
        first = sentence.first  # "…, so far without progress" says nothing without its clause
    last = index + 1
    while last < sentence.last and tokens[last].text not in {",", ";", ":", "."}:
        last += 1
    return Range(first, last)
