"""Rounds of talks that were refused, planned or held: by whom, where, when, on what ground, with which mediators."""

import itertools
from dataclasses import dataclass

from kg.identifiers import digest, names_of, slug
from kg.model import Event, MediatorRole, Round, Span, TimeSpan
from kg.reading.analysis import Analysis
from kg.reading.clauses import Phrase, phrase_at, subject_of
from kg.reading.document import Range
from kg.reading.nouns import noun_table
from kg.reading.references import Reference
from kg.reading.talks import Talks
from kg.reading.verbs import Verb, verb_table

_JOINING = frozenset(
    {"participate", "attend", "join", "hold", "take", "meet", "go", "travel", "sit", "return"}
)
_PLANNED = frozenset({"planned", "scheduled", "due", "set", "slated", "expected", "supposed"})


@dataclass(frozen=True, slots=True)
class Sitting:
    """One round as the text tells of it, before it is known which track it belongs to."""

    trigger: int
    evidence: tuple[Range, ...]
    parties: tuple[str, ...]
    place: Reference | None
    time: TimeSpan | None
    planned: bool
    refusers: tuple[str, ...] = ()
    refusal: Range | None = None


@dataclass(frozen=True)
class Rounds:
    """Rounds with the refusals that target them and the mediators who were to serve at them."""

    rounds: tuple[Round, ...]
    refusals: tuple[Event, ...]
    roles: tuple[MediatorRole, ...]
    refusal_at: dict[int, str]  # number of a sentence → the refusal that it tells of


def find_rounds(analysis: Analysis, parties: tuple[str, ...], talks: Talks, labels: dict[str, str]) -> Rounds:
    """Rounds that the text sets apart by a refusal, a place or a date."""
    sittings = _refused(analysis, parties)
    rounds, refusals, roles, refusal_at = [], [], [], {}
    for sitting in sittings:
        mediators = _mediators(analysis, sitting, sittings)
        form = _format_of(analysis, sitting, mediators, talks)
        round_ = _round(analysis, sitting, form, labels)
        rounds.append(round_)
        roles += [_role(analysis, reference, part, round_, sitting) for reference, part in mediators]
        refusal = _refusal(analysis, sitting, round_, labels)
        refusals.append(refusal)
        refusal_at[analysis.document.sentence_number(sitting.trigger)] = refusal.key
    return Rounds(tuple(rounds), tuple(refusals), tuple(roles), refusal_at)


def _refused(analysis: Analysis, parties: tuple[str, ...]) -> list[Sitting]:
    found = []
    for verb in analysis.verbs:
        if (
            verb_table().events.get(verb.lemma, ("",))[0] == "Refusal"
            and verb.form in {"finite", "passive"}
            and not verb.negated
        ):
            sitting = _refused_by(analysis, verb, parties)
            if sitting:
                found.append(sitting)
    return found


def _refused_by(analysis: Analysis, verb: Verb, parties: tuple[str, ...]) -> Sitting | None:
    """ "X refused to attend talks with Y in Z on D", or to take part in "them", told in the sentence before."""
    sentence = analysis.document.sentence(verb.main)
    subject = subject_of(analysis, verb, sentence)
    refusers = tuple(r.key for r in subject.references) if subject else ()
    joining = next(
        (v for v in analysis.verbs_in(Range(verb.last, sentence.last)) if v.form == "infinitive"), None
    )
    start = joining.last if joining and joining.lemma in _JOINING else verb.last
    object_ = _sitting_noun(analysis, start, sentence)
    if not refusers or subject is None:
        return None
    if object_ is None:
        return _earlier(analysis, verb, subject, refusers, sentence, parties)
    end = Range(object_, _details_end(analysis, object_, sentence))
    told = Range(object_ - _article(analysis, object_), end.last)
    return _sitting(
        analysis,
        object_,
        (Range(subject.range.first, end.last), told),
        end,
        sentence,
        refusers,
        parties,
        Range(subject.range.first, end.last),
    )


def _article(analysis: Analysis, index: int) -> int:
    return 1 if analysis.document.tokens[index - 1].lower in {"a", "the", "peace"} else 0


def _sitting_noun(analysis: Analysis, start: int, sentence: Range) -> int | None:
    """The word for a sitting soon after the verb."""
    tokens = analysis.document.tokens
    for index in range(start, min(start + 7, sentence.last)):
        if tokens[index].text in {",", ";"}:
            return None
        if tokens[index].lower in noun_table().sittings:
            return index
    return None


def _earlier(
    analysis: Analysis,
    verb: Verb,
    subject: Phrase,
    refusers: tuple[str, ...],
    sentence: Range,
    parties: tuple[str, ...],
) -> Sitting | None:
    """ "… to take part in them": the sitting that the sentence before tells of."""
    number = analysis.document.sentence_number(verb.main)
    words = set(analysis.document.lowers(Range(verb.last, min(verb.last + 7, sentence.last))))
    if number == 0 or not words & {"them", "it", "this"}:
        return None
    before = analysis.document.sentences[number - 1]
    index = _sitting_noun(analysis, before.first, Range(before.first, before.last))
    if index is None:
        return None
    refusal = Range(subject.range.first, _details_end(analysis, verb.last, sentence))
    end = Range(index, before.last)
    return _sitting(
        analysis,
        index,
        (refusal, Range(before.first, before.last - 1)),
        end,
        before,
        refusers,
        parties,
        refusal,
    )


def _sitting(
    analysis: Analysis, index: int, evidence: tuple[Range, ...], end: Range, sentence: Range, refusers: tuple[str, ...],
    parties: tuple[str, ...], refusal: Range,
) -> Sitting:  # fmt: skip
    place = _where(analysis, end)
    time = next(iter(analysis.times_in(end)), None) or next(iter(analysis.times_in(sentence)), None)
    sides = {analysis.employers.get(key, key) for key in refusers} | {
        analysis.employers.get(r.key, r.key) for r in _counterparts(analysis, end)
    }
    if len(sides) == 1 and sides <= set(parties):
        sides = set(parties)
    planned = bool(_PLANNED & set(analysis.document.lowers(end)))
    return Sitting(
        refusal.first,
        evidence,
        tuple(sorted(sides)),
        place,
        time.time if time else None,
        planned,
        refusers,
        refusal,
    )


def _where(analysis: Analysis, end: Range) -> Reference | None:
    for reference in analysis.references.within(end):
        before = analysis.document.tokens[reference.range.first - 1].lower
        article = before == "the" and analysis.document.tokens[reference.range.first - 2].lower in {
            "in",
            "at",
        }
        if reference.type in {"State", "Place"} and (before in {"in", "at"} or article):
            return reference
    return None


def _counterparts(analysis: Analysis, end: Range) -> list[Reference]:
    """Who the sitting is with: "talks with X", "between X and Y"."""
    for index in range(end.first, end.last - 1):
        if analysis.document.tokens[index].lower in {"with", "between"}:
            phrase = phrase_at(analysis, index + 1, end.last)
            if phrase and phrase.references:
                return list(phrase.references)
    return []


def _details_end(analysis: Analysis, index: int, sentence: Range) -> int:
    """Where the words about the sitting end: before the ground, a comma, or the sentence's end."""
    tokens = analysis.document.tokens
    for at in range(index, sentence.last):
        if tokens[at].text in {",", ";", "."} and at + 1 >= sentence.last:
            return at
        if tokens[at].text in {",", ";"} or tokens[at].lower in {"over", "because", "citing", "due", "after"}:
            return at
    return sentence.last


def _mediators(
    analysis: Analysis, sitting: Sitting, sittings: list[Sitting]
) -> list[tuple[Reference, Range]]:
    """Who was to mediate "at those talks": told in the sentences between this refusal and the next."""
    start = analysis.document.sentence_number(sitting.trigger) + 1
    later = [analysis.document.sentence_number(s.trigger) for s in sittings if s.trigger > sitting.trigger]
    stop = min([start + 3, len(analysis.document.sentences), *later])
    for number in range(start, stop):
        sentence = analysis.document.sentences[number]
        words = analysis.document.lowers(sentence)
        back = any(
            a in {"those", "the", "these"} and b in noun_table().sittings
            for a, b in itertools.pairwise(words)
        )
        if back and {"mediator", "mediators", "mediate", "mediated", "mediating", "facilitators"} & set(
            words
        ):
            people = [
                r for r in analysis.references.within(sentence) if r.type == "Person" and not r.adjective
            ]
            holders = people or [r for r in analysis.references.within(sentence) if not r.adjective]
            return [(reference, Range(sentence.first, sentence.last)) for reference in holders]
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


def _round(analysis: Analysis, sitting: Sitting, form: str | None, labels: dict[str, str]) -> Round:
    when = sitting.time.edtf if sitting.time else ""
    where = sitting.place.label if sitting.place else ""
    parts = [names_of(sitting.parties), slug(where) if where else "", slug(when) if when else ""]
    if not where and not when:
        parts.append(digest(analysis.source.key, str(form), length=6))
    sides = "–".join(labels.get(key, key) for key in sitting.parties)
    label = ", ".join(part for part in (f"Round of talks: {sides}", where, when) if part)
    return Round(
        "round/" + "-".join(part for part in parts if part), label, form, sitting.parties,
        analysis.spans(*sitting.evidence), sitting.place.key if sitting.place else None, sitting.time, "refused",
    )  # fmt: skip


def _role(
    analysis: Analysis, reference: Reference, part: Range, round_: Round, sitting: Sitting
) -> MediatorRole:
    name = f"{reference.key.split('/', 1)[1]}-in-{round_.key.split('/', 1)[1]}"
    refusal = sitting.refusal or Range(sitting.trigger, sitting.trigger + 1)
    state = (
        "planned"
        if _PLANNED & set(analysis.document.lowers(part)) or "was to" in analysis.document.words(part)
        else "active"
    )
    return MediatorRole(
        f"role/{name}",
        reference.key,
        round_.key,
        state,
        analysis.spans(_clause_of(analysis, reference, part)),
        (analysis.document.span(refusal),),
    )


def _clause_of(analysis: Analysis, reference: Reference, part: Range) -> Range:
    last = part.last - 1 if analysis.document.tokens[part.last - 1].text == "." else part.last
    return Range(part.first, last)


def _refusal(analysis: Analysis, sitting: Sitting, round_: Round, labels: dict[str, str]) -> Event:
    who = " and ".join(labels.get(key, key) for key in sitting.refusers)
    mark = digest(analysis.source.key, round_.key, *sitting.refusers, length=8)
    name = "-".join(key.split("/", 1)[1] for key in sitting.refusers)
    spans: tuple[Span, ...] = analysis.spans(sitting.refusal) if sitting.refusal else ()
    time = _refusal_time(analysis, sitting)
    return Event(
        f"event/refusal-{name}-{mark}", "Refusal", f"Refusal by {who}: {round_.label}", spans, "asserted", "occurred",
        sitting.refusers, sitting.refusers, None, time, "REJECT", (), (), round_.key, (),
    )  # fmt: skip


def _refusal_time(analysis: Analysis, sitting: Sitting) -> TimeSpan | None:
    """The date of the refusal: one that stands before the word for the sitting, not the sitting's own."""
    sentence = analysis.document.sentence(sitting.trigger)
    own = sitting.refusal or sentence
    for found in analysis.times_in(sentence):
        index = analysis.tokens_of(found.span).first
        head = _sitting_noun(analysis, own.first, Range(own.first, sentence.last))
        if head is None or index < head:
            return found.time
    return None
