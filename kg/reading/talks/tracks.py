"""Negotiation tracks: which formats a text tells of, who mediates each, and how far each has come."""

from collections.abc import Container
from dataclasses import dataclass

from kg.identifiers import names_of
from kg.model import Format, MediatorRole, Process, StatusReport
from kg.reading.analysis import Analysis
from kg.reading.talks.mediations import Mediation, find_mediations
from kg.reading.talks.progress import find_assessments
from kg.reading.text.tokens import Range
from kg.reading.words.nouns import noun_table


@dataclass(frozen=True)
class Talks:
    """The process of a text with its formats, mediators and assessments."""

    processes: tuple[Process, ...]
    formats: tuple[Format, ...]
    roles: tuple[MediatorRole, ...]
    status_reports: tuple[StatusReport, ...]
    mediator_of: dict[str, tuple[str, ...]]  # format key → mediators


def find_talks(
    analysis: Analysis,
    parties: tuple[str, ...],
    conflicts: tuple[str, ...],
    quoted: Container[int],
    labels: dict[str, str],
) -> Talks:
    """Formats are named by their mediators and the parties; `quoted`: the tokens in somebody's words."""
    told = find_mediations(analysis)
    mediations = [m for m in told if m.mediators and not {r.key for r in m.mediators} & set(parties)]
    evidence = _process_words(analysis, parties)
    if not (parties and (evidence or mediations)):
        return Talks((), (), (), (), {})
    process = Process(
        f"process/{names_of(parties)}",
        f"Peace process: {_names(parties, labels)}",
        parties,
        conflicts,
        analysis.spans(*(evidence or [m.evidence for m in mediations])),
    )
    groups = _grouped(mediations)
    formats = {group: _format(analysis, group, rows, process, labels) for group, rows in groups.items()}
    mediator_of = {form.key: group for group, form in formats.items()}
    roles = [role for group, form in formats.items() for role in _roles(group, form)]
    assessments = find_assessments(analysis, mediator_of, quoted)
    return Talks((process,), tuple(formats.values()), tuple(roles), tuple(assessments), mediator_of)


def _grouped(mediations: list[Mediation]) -> dict[tuple[str, ...], list[Mediation]]:
    """The mediators of each track → where the text tells of them."""
    groups: dict[tuple[str, ...], list[Mediation]] = {}
    for mediation in mediations:
        for group in _tracks(mediation):
            groups.setdefault(group, []).append(mediation)
    return groups


def _names(keys: tuple[str, ...], labels: dict[str, str]) -> str:
    return "–".join(labels.get(key, key) for key in keys)


def _tracks(mediation: Mediation) -> list[tuple[str, ...]]:
    """The mediators of each track: one each where they mediate separately."""
    keys = tuple(dict.fromkeys(r.key for r in mediation.mediators))
    return [(key,) for key in keys] if mediation.separate else [tuple(sorted(keys))]


def _process_words(analysis: Analysis, parties: tuple[str, ...]) -> list[Range]:
    """Where the text speaks of the talks or the peace process of its two parties."""
    found = []
    tokens = analysis.document.tokens
    for token in tokens:
        if token.lower not in noun_table().talks.processes:
            continue
        peace = token.index and tokens[token.index - 1].lower == "peace"
        near = analysis.references.within(Range(max(0, token.index - 6), min(len(tokens), token.index + 8)))
        if peace and {r.key for r in near} & set(parties):
            found.append(_around(analysis, token.index, parties))
    return found


def _around(analysis: Analysis, index: int, parties: tuple[str, ...]) -> Range:
    """The talks with those parties that are named beside them."""
    sentence = analysis.document.sentence(index)
    near = Range(max(sentence.first, index - 5), min(sentence.last, index + 6))
    joined = [r.range for r in analysis.references.within(near) if r.key in parties and r.form != "pronoun"]
    return Range(min([index - 1, *(r.first for r in joined)]), max([index + 1, *(r.last for r in joined)]))


def _format(
    analysis: Analysis,
    group: tuple[str, ...],
    rows: list[Mediation],
    process: Process,
    labels: dict[str, str],
) -> Format:
    mediators = "-".join(key.split("/", 1)[1] for key in group)
    name = " and ".join(labels.get(key, key) for key in group)
    return Format(
        f"format/{mediators}-track-{names_of(process.parties)}",
        f"{name} track, {_names(process.parties, labels)}",
        process.key,
        process.parties,
        analysis.spans(*(row.evidence for row in rows)),
    )


def _roles(group: tuple[str, ...], form: Format) -> list[MediatorRole]:
    name = form.key.split("/", 1)[1]
    return [
        MediatorRole(f"role/{key.split('/', 1)[1]}-in-{name}", key, form.key, "active", form.evidence)
        for key in group
    ]
