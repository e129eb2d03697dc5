"""Rounds of talks that were refused, with the refusals and the mediators who were to serve at them."""

import itertools
from dataclasses import dataclass, replace

from kg.identifiers import digest, names_of, slug
from kg.model import Event, MediatorRole, Round, TimeSpan
from kg.reading.analysis import Analysis
from kg.reading.events.certainty import loosely_quoted
from kg.reading.names.references import Reference
from kg.reading.talks.nature import kinds_of_talks
from kg.reading.talks.sittings import Sitting, refused_sittings, sitting_noun
from kg.reading.talks.tracks import Talks
from kg.reading.text.tokens import Range
from kg.reading.words.kinds import kinds
from kg.reading.words.nouns import noun_table
from kg.times import in_label

_MEDIATORS_AHEAD = 40  # sentences; longer than two paragraphs are


@dataclass(frozen=True)
class Rounds:
    """Rounds with the refusals that target them and the mediators who were to serve at them."""

    rounds: tuple[Round, ...]
    refusals: tuple[Event, ...]
    roles: tuple[MediatorRole, ...]
    refusal_at: dict[int, str]  # number of a sentence → the refusal that it tells of


def find_rounds(
    analysis: Analysis, parties: tuple[str, ...], talks: Talks, quoted: dict[int, str], labels: dict[str, str]
) -> Rounds:
    """Rounds that the text sets apart by a refusal, a place or a date.

    `quoted` gives for a token the key of the statement whose content holds it: such a refusal is no fact,
    and its round is only planned.
    """
    told = [_vouched(analysis, sitting, quoted) for sitting in refused_sittings(analysis, parties)]
    sittings = sorted(told, key=lambda sitting: not sitting.outright)
    rounds, refusals, roles, refusal_at = [], [], [], {}
    for sitting in sittings:
        mediators = _mediators(analysis, sitting)
        form = _format_of(analysis, sitting, mediators, talks)
        round_ = _round(analysis, sitting, [part for _, part in mediators], form, labels)
        rounds.append(round_)
        roles += [_role(analysis, reference, part, round_, sitting) for reference, part in mediators]
        if not sitting.outright:
            continue
        refusal = _refusal(analysis, sitting, round_, labels)
        refusals.append(refusal)
        refusal_at[analysis.document.sentence_number(sitting.trigger)] = refusal.key
    return Rounds(tuple(rounds), tuple(refusals), tuple(roles), refusal_at)


def _vouched(analysis: Analysis, sitting: Sitting, quoted: dict[int, str]) -> Sitting:
    """The sitting as not surely refused where only somebody's words tell of it."""
    told = sitting.refusal.last - 1 in quoted or loosely_quoted(analysis, sitting.trigger)
    return replace(sitting, outright=sitting.outright and not told)


def _mediators(analysis: Analysis, sitting: Sitting) -> list[tuple[Reference, Range]]:
    """Who was to mediate "at those talks": told in the paragraph of the refusal or in the next one."""
    start = analysis.document.sentence_number(sitting.trigger) + 1
    paragraph = analysis.document.paragraph_number(sitting.trigger)
    for sentence in analysis.document.sentences[start : start + _MEDIATORS_AHEAD]:
        if analysis.document.paragraph_number(sentence.first) > paragraph + 1:
            break
        words = analysis.document.lowers(sentence)
        back = any(
            a in {"those", "the", "these"} and b in noun_table().talks.sittings
            for a, b in itertools.pairwise(words)
        )
        if back and noun_table().talks.mediation_words & set(words):
            named = [r for r in analysis.references.within(sentence) if not r.adjective]
            return [(r, sentence) for r in ([r for r in named if r.type == "Person"] or named)]
    return []


def _format_of(
    analysis: Analysis, sitting: Sitting, mediators: list[tuple[Reference, Range]], talks: Talks
) -> str | None:
    """The track whose mediator sends one of the round's mediators, or hosts the round."""
    bodies = {r.key for r, _ in mediators} | {analysis.employers.get(r.key, "") for r, _ in mediators}
    for key, own in talks.mediator_of.items():
        if set(own) & bodies:
            return key
    if sitting.place:
        return next((key for key, own in talks.mediator_of.items() if sitting.place.key in own), None)
    return None


def _round(
    analysis: Analysis, sitting: Sitting, mediation: list[Range], form: str | None, labels: dict[str, str]
) -> Round:
    when = sitting.time.edtf if sitting.time else ""
    where = sitting.place.label if sitting.place else ""
    parts = [names_of(sitting.parties), slug(where) if where else "", slug(when) if when else ""]
    if not where and not when:
        parts.append(digest(analysis.source.key, str(form), length=6))
    sides = "–".join(labels.get(key, key) for key in sitting.parties)
    label = ", ".join(part for part in (f"Round of talks: {sides}", where, in_label(sitting.time)) if part)
    return Round(
        "round/" + "-".join(part for part in parts if part),
        label,
        form,
        sitting.parties,
        analysis.spans(*sitting.evidence, *(_without_full_stop(analysis, part) for part in mediation)),
        place=sitting.place.key if sitting.place else None,
        time=sitting.time,
        status="refused" if sitting.outright else "planned",
        antecedents=analysis.spans(*sitting.leans_on),
        kinds=kinds_of_talks(analysis, sitting.evidence, sitting=True),
    )


def _role(
    analysis: Analysis, reference: Reference, part: Range, round_: Round, sitting: Sitting
) -> MediatorRole:
    name = f"{reference.key.split('/', 1)[1]}-in-{round_.key.split('/', 1)[1]}"
    told = set(analysis.document.lowers(part))
    planned = noun_table().talks.planned & told
    to_come = planned or "was to" in analysis.document.words(part)
    return MediatorRole(
        f"role/{name}",
        reference.key,
        round_.key,
        "planned" if to_come else "active",
        analysis.spans(_without_full_stop(analysis, part)),
        antecedents=(analysis.document.span(sitting.refusal),),
        kinds=tuple(
            sorted(
                {kinds().parts[w] for w in noun_table().talks.mediation_words & told if w in kinds().parts}
            )
        ),
    )


def _without_full_stop(analysis: Analysis, part: Range) -> Range:
    last = part.last - 1 if analysis.document.tokens[part.last - 1].text == "." else part.last
    return Range(part.first, last)


def _refusal(analysis: Analysis, sitting: Sitting, round_: Round, labels: dict[str, str]) -> Event:
    who = " and ".join(labels.get(key, key) for key in sitting.refusers)
    mark = digest(analysis.source.key, round_.key, *sitting.refusers, length=8)
    name = "-".join(key.split("/", 1)[1] for key in sitting.refusers)
    return Event(
        f"event/refusal-{name}-{mark}",
        "Refusal",
        f"Refusal by {who}: {round_.label}",
        analysis.spans(sitting.refusal),
        agents=sitting.refusers,
        participants=sitting.refusers,
        time=_refusal_time(analysis, sitting),
        code="REJECT",
        refuses=round_.key,
        antecedents=analysis.spans(*sitting.leans_on),
    )


def _refusal_time(analysis: Analysis, sitting: Sitting) -> TimeSpan | None:
    """The date of the refusal: one that stands before the word for the sitting, not the sitting's own."""
    sentence = analysis.document.sentence(sitting.trigger)
    own = sitting.refusal
    for found in analysis.times_in(sentence):
        index = analysis.tokens_of(found.span).first
        head = sitting_noun(analysis, own.first, Range(own.first, sentence.last))
        if head is None or index < head:
            return found.time
    return None
