"""How far a text says that the talks have come."""

from collections.abc import Mapping
from functools import cache

from kg.identifiers import digest
from kg.model import StatusReport
from kg.reading.analysis import Analysis
from kg.reading.clauses.subjects import subject_of
from kg.reading.talks.outcomes import outcome, talks_before
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.nouns import noun_table
from kg.reading.words.verbs import verb_table

_LABELS = {
    "little": "Little progress",
    "none": "No progress",
    "some": "Some progress",
    "stalled": "Stalled",
    "breakthrough": "Breakthrough",
}


_PROGRESS = frozenset({"progress", "breakthrough", "headway"})


@cache
def _cues() -> frozenset[str]:
    """The words that may tell how far talks have come."""
    forms = verb_table().forms.items()
    stalling = {form for form, (lemma, _) in forms if lemma in _stalling_stems()}
    return _PROGRESS | noun_table().stalled | stalling | noun_table().outcomes.cues | {"hold"}


def find_assessments(
    analysis: Analysis,
    mediator_of: dict[str, tuple[str, ...]],
    quoted: Mapping[int, str | None],
    labels: dict[str, str],
) -> list[StatusReport]:
    """ "have seen little progress", "are deadlocked": the outlet's judgement, or that of whoever says so.

    `quoted` gives for a token in somebody's words who says them; where that is nobody named, nothing is told.
    """
    found = []
    for index in analysis.document.positions(_cues()):
        value = _value(analysis, index)
        speaker = quoted.get(index)
        if value is None or (index in quoted and speaker is None):
            continue
        sentence = analysis.document.sentence(index)
        formats = _assessed(analysis, sentence, mediator_of)
        if formats:
            part = _assessment(analysis, index, sentence)
            who = labels.get(speaker, speaker) if speaker else analysis.source.citation.publisher
            found.append(_report(analysis, value, formats, part, speaker, who or "outlet unknown"))
    return found


def _report(
    analysis: Analysis, value: str, formats: tuple[str, ...], part: Range, speaker: str | None, who: str
) -> StatusReport:
    mark = digest(analysis.source.key, value, *formats, *([speaker] if speaker else []), length=8)
    return StatusReport(
        f"status/{value}-progress-{mark}",
        f"{_LABELS[value]} ({who})",
        formats,
        value,
        as_of=analysis.published,
        asserted_by=speaker,
        evidence=analysis.spans(part),
    )


def _value(analysis: Analysis, index: int) -> str | None:
    """What "progress" here says, by the words before it; None where it says nothing certain."""
    table = noun_table()
    lower = analysis.document.tokens[index].lower
    sentence = set(analysis.document.lowers(analysis.document.sentence(index)))
    if lower in table.stalled and table.talks.two_sided & sentence and not _of_another(analysis, index):
        return "stalled"
    if _on_hold(analysis, index) or _broke_down(analysis, index):
        return "stalled"
    if lower not in _PROGRESS:
        return outcome(analysis, index)
    before = analysis.document.lowers(Range(max(analysis.document.sentence(index).first, index - 3), index))
    if "failed" in analysis.document.lowers(Range(max(0, index - 4), index)):
        return "none" if talks_before(analysis, index) else None
    told = next((table.progress[word] for word in reversed(before) if word in table.progress), None)
    if lower == "breakthrough":
        reached = {"achieved", "reached", "made", "produced", "yielded", "brought", "hailed"} & set(before)
        return told if told == "none" else "breakthrough" if reached else None
    return told


def _of_another(analysis: Analysis, index: int) -> bool:
    """ "the stalled peace plan": the noun that it stands before is none for talks."""
    document, talks = analysis.document, noun_table().talks
    before = document.tokens[index - 1].lower if index else ""
    if document.tokens[index].lower != "stalled" or before in grammar().be | {"have", "has", "had"}:
        return False
    behind = document.lowers(Range(index + 1, min(index + 5, document.sentence(index).last)))
    noun = bool(behind) and behind[0][0].isalpha() and behind[0] not in grammar().prepositions
    return noun and (talks.heads | talks.mediation).isdisjoint(behind)


@cache
def _stalling_stems() -> frozenset[str]:
    """The verbs of stalling without their particles."""
    return frozenset(lemma.split()[0] for lemma in verb_table().uses.stalling)


def _on_hold(analysis: Analysis, index: int) -> bool:
    """ "the talks are on hold"."""
    tokens = analysis.document.tokens
    held = tokens[index].lower == "hold" and index > 0 and tokens[index - 1].lower == "on"
    sentence = analysis.document.sentence(index)
    return held and not noun_table().talks.hosted.isdisjoint(analysis.document.lowers(sentence))


def _broke_down(analysis: Analysis, index: int) -> bool:
    """ "the talks collapsed", "negotiations were suspended": a verb whose subject is talks."""
    table, lower = verb_table(), analysis.document.tokens[index].lower
    stem = table.forms.get(lower, ("",))[0]
    if not stem or stem not in _stalling_stems():
        return False
    verb = next(iter(analysis.verbs_in(Range(index, index + 1))), None)
    if verb is None or verb.lemma not in verb_table().uses.stalling or verb.modality != "asserted":
        return False
    if verb.negated or verb.form not in {"finite", "passive"}:
        return False
    subject = subject_of(analysis, verb)
    hosted = noun_table().talks.hosted
    if subject is None or analysis.document.tokens[subject.head].lower in hosted:
        return subject is not None
    # "X-mediated talks between A and B broke down": X or B alone looks like the subject.
    longer = not hosted.isdisjoint(analysis.document.lowers(Range(subject.range.last, verb.first)))
    joined = analysis.document.tokens[subject.range.first - 1].lower == "and"
    return (longer or joined) and talks_before(analysis, index)


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
