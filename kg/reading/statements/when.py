"""When something was said: by its own words, or those of the meeting or speech that it belongs to."""

from dataclasses import replace

from kg.model import Event, Span, Statement, TimeSpan
from kg.reading.analysis import Analysis
from kg.reading.dates import FoundTime
from kg.reading.speech.attribution import Attribution
from kg.reading.statements.context import Context
from kg.reading.text.tokens import Range
from kg.reading.words.verbs import verb_table

_CHAIN = 12  # antecedents that are taken over; "he added" after "he added" would gather them without end
Dated = tuple[TimeSpan, tuple[Span, ...]]  # a time, and the characters that tell it elsewhere


def own_time(analysis: Analysis, attribution: Attribution) -> FoundTime | None:
    """A time in the sentence that is not part of what was said."""
    sentence = analysis.document.sentence(attribution.cue.first)
    near = Range(min(attribution.speaker.range.first, attribution.cue.first) - 3, attribution.cue.last + 4)
    for found in analysis.times_in(sentence):
        index = analysis.tokens_of(found.span).first
        told = index in near or index - sentence.first <= 2
        if told and not any(index in part for part in attribution.content):
            return found
    return None


def with_time(
    context: Context, statement: Statement, attribution: Attribution, before: Statement | None
) -> Statement:
    """The statement with the time that it takes over where its own sentence tells none.

    `before` is the statement told just before. In this order: a ground is given with the refusal, what a
    text about a meeting relays was said at the meeting, and a speaker who goes on does so then.
    """
    if statement.said is not None:
        return statement
    dated = (
        _of_refusal(context, statement)
        or _of_meeting(context, statement)
        or _continued(statement, attribution, before)
    )
    if dated is None:
        return statement
    leans_on = tuple(sorted({*statement.antecedents, *dated[1]}))
    return replace(statement, said=dated[0], antecedents=leans_on)


def _of_refusal(context: Context, statement: Statement) -> Dated | None:
    refusals = (e for e in context.rounds.refusals if e.key in statement.ground_for and e.time)
    return _dated(next(refusals, None))


def _of_meeting(context: Context, statement: Statement) -> Dated | None:
    """The only day on which a speaker of relayed words was at a meeting, if the text dates one."""
    if statement.communique is None:
        return None
    employers = context.analysis.employers
    speakers = {*statement.speakers, *(employers.get(key, key) for key in statement.speakers)}
    meetings = [
        event
        for event in context.happenings.events
        if event.type == "Encounter" and event.status == "occurred" and event.time
        if speakers & {*event.participants, *(employers.get(key, key) for key in event.participants)}
    ]
    days = {event.time.edtf for event in meetings if event.time}
    return _dated(meetings[0]) if len(days) == 1 else None


def _dated(event: Event | None) -> Dated | None:
    if event is None or event.time is None:
        return None
    return event.time, (*event.evidence[:_CHAIN], *event.antecedents[:_CHAIN])


def _continued(statement: Statement, attribution: Attribution, before: Statement | None) -> Dated | None:
    """ "…, he added": the time of the same speaker's words before."""
    if before is None or before.said is None or before.speakers != statement.speakers:
        return None
    gerund = attribution.verb is not None and attribution.verb.form == "gerund"
    pronoun = any(r.form == "pronoun" for r in attribution.speaker.references)
    if not (gerund or pronoun or attribution.lemma in verb_table().uses.continuing):
        return None
    return before.said, (*before.evidence, *before.antecedents[-_CHAIN:])
