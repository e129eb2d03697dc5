"""Where a mission or a measure stands, by the verb that says so."""

from collections.abc import Iterator

from kg.identifiers import digest
from kg.model import Event, Mission, Sanction, StatusReport
from kg.reading.clauses.subjects import subject_of
from kg.reading.lasting.told import Told
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.lasting import lasting_table

_OBJECT_WITHIN = 7  # tokens between a verb and the noun that it governs
_TOLD = frozenset({"finite", "passive"})
_MEASURES = {"imposed": "in-force", "extended": "in-force", "tightened": "in-force"} | {
    step: step for step in ("suspended", "lifted")
}


def status_of(told: Told, mission: Mission, head: int, part: Range) -> Iterator[StatusReport]:
    """What the verbs of its sentence tell as facts of a mission, as subject or object."""
    as_of = told.as_of(head)
    for verb in told.analysis.verbs_in(told.analysis.document.sentence(head)):
        status = lasting_table().mission.standing.get(verb.lemma)
        fact = verb.form in _TOLD and verb.modality == "asserted" and not verb.negated
        if status and fact and as_of and _told_of(told, verb, head):
            mark = digest(told.reading.source.key, mission.key, status, as_of.edtf, length=8)
            span = Range(min(part.first, verb.first), max(part.last, verb.last))
            yield StatusReport(
                f"status/mission-{status}-{mark}",
                f"{mission.label} {status}",
                (mission.key,),
                status,
                as_of=as_of,
                asserted_by=None,
                evidence=told.analysis.spans(span),
                scheme="mission",
            )


def _told_of(told: Told, verb: Verb, head: int) -> bool:
    """Whether the noun is the verb's subject, or its object right behind it."""
    if verb.main < head:
        between = Range(verb.last, head)
        words = told.analysis.document.lowers(between)
        plain = not any(told.analysis.verbs_in(between)) and "by" not in words
        return verb.form == "finite" and head - verb.last <= _OBJECT_WITHIN and plain
    subject = subject_of(told.analysis, verb)
    return subject is not None and head in subject.range


def status_of_measure(told: Told, sanction: Sanction, event: Event) -> StatusReport | None:
    """What an event did to a sanction, as of its day; None where it leaves it as it was."""
    status, as_of = _MEASURES.get(event.step or ""), event.time or told.analysis.published
    if status is None or as_of is None:
        return None
    mark = digest(told.reading.source.key, sanction.key, status, as_of.edtf, length=8)
    return StatusReport(
        f"status/measure-{status}-{mark}",
        f"{sanction.label}: {status}",
        (sanction.key,),
        status,
        as_of=as_of,
        asserted_by=None,
        evidence=event.evidence,
        scheme="measure",
    )
