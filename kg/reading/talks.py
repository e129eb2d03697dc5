"""Negotiation tracks: which formats a text tells of, who mediates each, and how far each has come."""

from dataclasses import dataclass

from kg.identifiers import digest, names_of
from kg.model import Format, MediatorRole, Process, StatusReport, TimeSpan
from kg.reading.analysis import Analysis
from kg.reading.clauses import phrase_at, subject_of
from kg.reading.document import Range
from kg.reading.nouns import noun_table
from kg.reading.parties import TALK_NOUNS
from kg.reading.references import Reference
from kg.reading.verbs import Verb

_MEDIATORS = frozenset({"Person", "State", "Organisation", "IntergovernmentalOrganisation"})
_SEPARATELY = frozenset({"separately", "each", "separate", "respectively", "own", "parallel"})
_PROGRESS = {
    "little": "Little progress", "none": "No progress", "some": "Some progress", "stalled": "Stalled",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mediation:
    """One place where the text says who mediates: `separate` if each has a track of its own."""

    mediators: tuple[Reference, ...]
    evidence: Range
    separate: bool


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
    quoted: dict[int, str],
    labels: dict[str, str],
) -> Talks:
    """Formats are named by their mediators and the parties; `quoted` tells what stands in somebody's words."""
    mediations = [m for m in _mediations(analysis) if m.mediators]
    evidence = _process_words(analysis, parties)
    if not (parties and (evidence or mediations)):
        return Talks((), (), (), (), {})
    process = Process(
        f"process/{names_of(parties)}", f"Peace process: {_names(parties, labels)}", parties, conflicts,
        analysis.spans(*(evidence or [m.evidence for m in mediations])),
    )  # fmt: skip
    groups: dict[tuple[str, ...], list[Mediation]] = {}
    for mediation in mediations:
        for group in _tracks(mediation):
            groups.setdefault(group, []).append(mediation)
    formats = tuple(
        _format(analysis, group, rows, process, parties, labels) for group, rows in groups.items()
    )
    mediator_of = {form.key: group for form, group in zip(formats, groups, strict=True)}
    roles = tuple(
        role
        for (group, rows), form in zip(groups.items(), formats, strict=True)
        for role in _roles(analysis, group, rows, form)
    )
    return Talks(
        (process,), formats, roles, tuple(_status(analysis, mediator_of, quoted, labels)), mediator_of
    )


def _names(keys: tuple[str, ...], labels: dict[str, str]) -> str:
    return "–".join(labels.get(key, key) for key in keys)


def _tracks(mediation: Mediation) -> list[tuple[str, ...]]:
    keys = tuple(dict.fromkeys(r.key for r in mediation.mediators))
    return [(key,) for key in keys] if mediation.separate else [tuple(sorted(keys))]


def _process_words(analysis: Analysis, parties: tuple[str, ...]) -> list[Range]:
    """Where the text speaks of the talks or the peace process of its two parties."""
    found = []
    tokens = analysis.document.tokens
    for token in tokens:
        if token.lower not in {"process", "talks", "negotiations"}:
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


def _mediations(analysis: Analysis) -> list[Mediation]:
    found = [
        m
        for verb in analysis.verbs
        if verb.lemma in {"mediate", "broker", "lead", "facilitate", "chair", "host", "sponsor"}
        for m in _by(analysis, verb)
    ]
    found += _compounds(analysis)
    return sorted(found, key=lambda m: m.evidence.first)


def _by(analysis: Analysis, verb: Verb) -> list[Mediation]:
    """ "talks mediated by X and Y", "X mediates the talks"; a plan or a hope is none."""
    tokens = analysis.document.tokens
    sentence = analysis.document.sentence(verb.main)
    if verb.form in {"participle", "passive"}:
        before = set(analysis.document.lowers(Range(max(sentence.first, verb.first - 4), verb.first)))
        index = verb.last
        while index < sentence.last and tokens[index].lower != "by":
            if tokens[index].lower not in {"separately", "jointly", "mainly", "also"}:
                return []
            index += 1
        phrase = phrase_at(analysis, index + 1, sentence.last) if index + 1 < sentence.last else None
        if phrase is None or not before & noun_table().tracks:
            return []
        between = set(analysis.document.lowers(Range(verb.first, phrase.range.first)))
        first = next(i for i in range(verb.first - 1, -1, -1) if tokens[i].lower in noun_table().tracks)
        return [
            Mediation(_able(phrase.references), Range(first, phrase.range.last), bool(between & _SEPARATELY))
        ]
    if (
        verb.form != "finite"
        or verb.modality != "asserted"
        or verb.negated
        or verb.lemma not in {"mediate", "broker", "facilitate"}
    ):
        return []
    subject = subject_of(analysis, verb, sentence)
    after = set(analysis.document.lowers(Range(verb.first - 1, sentence.last)))
    if subject is None or not subject.references:
        return []
    return [
        Mediation(_able(subject.references), Range(subject.range.first, verb.last), bool(after & _SEPARATELY))
    ]


def _able(references: tuple[Reference, ...]) -> tuple[Reference, ...]:
    return tuple(r for r in references if r.type in _MEDIATORS)


def _compounds(analysis: Analysis) -> list[Mediation]:
    """ "U.S.-led talks", "EU efforts to organize a round of negotiations", "the EU has tried to organize …"."""
    found = []
    tokens = analysis.document.tokens
    for reference in analysis.references.items:
        if reference.type not in _MEDIATORS - {"Person"}:
            continue
        index = reference.range.last
        words = [token.lower for token in tokens[index : index + 8]]
        if (
            len(words) >= 3
            and words[0] == "-"
            and words[1] in noun_table().brokering
            and words[2] in noun_table().tracks
        ):
            found.append(Mediation((reference,), Range(reference.range.first, index + 3), False))
        elif _organises(words):
            sentence = analysis.document.sentence(index)
            end = next(i for i in range(index, sentence.last) if tokens[i].lower in noun_table().sittings)
            found.append(Mediation((reference,), Range(reference.range.first, end + 1), False))
    return found


def _organises(words: list[str]) -> bool:
    """Efforts to bring about a sitting: "efforts to organize a fresh round", "has tried to convene talks"."""
    effort = words[:1] == ["efforts"] or {"tried", "trying", "attempted", "sought"} & set(words[:3])
    organise = {"organize", "organise", "convene", "arrange", "host", "hold", "broker", "mediate"} & set(
        words
    )
    return bool(effort and organise and noun_table().sittings & set(words))


def _format(
    analysis: Analysis,
    group: tuple[str, ...],
    rows: list[Mediation],
    process: Process,
    parties: tuple[str, ...],
    labels: dict[str, str],
) -> Format:
    mediators = "-".join(key.split("/", 1)[1] for key in group)
    name = " and ".join(labels.get(key, key) for key in group)
    return Format(
        f"format/{mediators}-track-{names_of(parties)}", f"{name} track, {_names(parties, labels)}", process.key, parties,
        analysis.spans(*(row.evidence for row in rows)),
    )  # fmt: skip


def _roles(
    analysis: Analysis, group: tuple[str, ...], rows: list[Mediation], form: Format
) -> list[MediatorRole]:
    evidence = analysis.spans(*(row.evidence for row in rows))
    name = form.key.split("/", 1)[1]
    return [
        MediatorRole(f"role/{key.split('/', 1)[1]}-in-{name}", key, form.key, "active", evidence)
        for key in group
    ]


def _status(
    analysis: Analysis,
    mediator_of: dict[str, tuple[str, ...]],
    quoted: dict[int, str],
    labels: dict[str, str],
) -> list[StatusReport]:
    """ "have seen little progress", "no visible progress in EU efforts", "are deadlocked"; in the outlet's voice only."""
    found = []
    for token in analysis.document.tokens:
        value = _value(analysis, token.index)
        if value is None or token.index in quoted:
            continue
        sentence = analysis.document.sentence(token.index)
        formats = _assessed(analysis, sentence, mediator_of)
        if not formats:
            continue
        part = _assessment(analysis, token.index, sentence)
        mark = digest(analysis.source.key, value, *formats, length=8)
        found.append(
            StatusReport(
                f"status/{value}-progress-{mark}",
                f"{_PROGRESS[value]} ({analysis.source.citation.publisher or 'outlet unknown'})",
                formats,
                value,
                _as_of(analysis),
                None,
                analysis.spans(part),
            )
        )
    return found


def _value(analysis: Analysis, index: int) -> str | None:
    """What "progress" here says, by the words before it; None where it says nothing certain."""
    table = noun_table()
    lower = analysis.document.tokens[index].lower
    if lower in table.stalled and TALK_NOUNS & set(
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
    """The formats whose mediators the sentence names; all of them where it names none but speaks of the talks."""
    named = {r.key for r in analysis.references.within(sentence)}
    chosen = tuple(sorted(key for key, mediators in mediator_of.items() if set(mediators) <= named))
    if chosen:
        return chosen
    return (
        tuple(sorted(mediator_of))
        if {"talks", "negotiations", "process"} & set(analysis.document.lowers(sentence))
        else ()
    )


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


def _as_of(analysis: Analysis) -> TimeSpan | None:
    day = analysis.source.citation.date
    return TimeSpan(day, day, "day", day.isoformat()) if day else None
