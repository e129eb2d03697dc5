"""The default reader: offline and deterministic; from one source to everything that its text supports."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from kg.identifiers import digest, slug
from kg.lexicon import Lexicon
from kg.model import Entity, Event, Mention, Post, Reading, Source, Unread
from kg.reading.agreements import find_agreements
from kg.reading.analyse import Index, analyse
from kg.reading.analysis import Analysis
from kg.reading.corridors import find_corridors
from kg.reading.document import Range
from kg.reading.events import Happenings, merge, sightings
from kg.reading.parties import principal_parties
from kg.reading.relays import find_relays
from kg.reading.rounds import find_rounds
from kg.reading.speech import Attribution, find_attributions
from kg.reading.statements import Context, Said, find_statements
from kg.reading.talks import find_talks
from kg.reading.terms import find_terms

_NOT_ENTITIES = frozenset({"TransportCorridor", "NegotiationFormat"})
T = TypeVar("T")


def read(source: Source, lexicon: Lexicon | Index) -> Reading:
    """Everything that the text supports, each part sorted by key; nothing without a span.

    Steps: names and pronouns, attributions, events, tracks, rounds, agreements, corridors, statements.
    """
    analysis = analyse(source, lexicon)
    labels = _labels(analysis, lexicon.lexicon if isinstance(lexicon, Index) else lexicon)
    attributions = [a for a in find_attributions(analysis) if not _own_voice(analysis, a)]
    voices = _voices(attributions)
    found = sightings(analysis)
    happenings = merge(analysis, found, {i: f"#{n}" for i, n in voices.items()}, labels)
    parties = principal_parties(analysis.document, analysis.references)
    conflicts = tuple(
        e.key for e in happenings.events if e.type == "Conflict" and set(e.participants) == set(parties)
    )
    talks = find_talks(analysis, parties, conflicts, {i: f"#{n}" for i, n in voices.items()}, labels)
    rounds = find_rounds(analysis, parties, talks, labels)
    agreements, brokers = find_agreements(analysis, parties, labels)
    relays = find_relays(analysis, attributions, labels)
    told = (*relays.offices, *rounds.rounds, *happenings.events)
    labels = {**labels, **{thing.key: thing.label for thing in told}}
    said = find_statements(Context(analysis, happenings, relays, rounds, labels), attributions)
    routes = find_corridors(analysis)
    terms = find_terms(analysis, found, happenings, _speakers(attributions))
    events = [*_with_causes(happenings, said), *rounds.refusals]
    return Reading(
        source=source,
        entities=_unique(_entities(analysis, labels)),
        offices=_unique(relays.offices),
        posts=_unique(_posts(analysis, labels)),
        propositions=_unique(said.propositions),
        statements=_unique(said.statements),
        communiques=_unique(relays.communiques),
        events=_unique(_alleged(events, said)),
        processes=_unique(talks.processes),
        formats=_unique(talks.formats),
        rounds=_unique(rounds.rounds),
        roles=_unique([*talks.roles, *rounds.roles, *brokers]),
        status_reports=_unique(talks.status_reports),
        agreements=_unique(agreements),
        corridors=_unique(routes.corridors),
        memberships=_unique(routes.memberships),
        labels=_unique([*routes.labels, *terms]),
        unread=_unique(_unread(analysis, attributions, said, relays.unplaced)),
    )


def _own_voice(analysis: Analysis, attribution: Attribution) -> bool:
    """What a report says that its outlet writes is the outlet's own voice, not a speaker's."""
    publisher = slug(analysis.source.citation.publisher or "")
    return any(slug(r.label) == publisher for r in attribution.speaker.references)


def _unique(items: Iterable[T]) -> tuple[T, ...]:
    """Sorted by key; of two with one key the first, with the evidence of both."""
    kept: dict[str, T] = {}
    for item in items:
        key: str = item.key  # type: ignore[attr-defined]
        known = kept.get(key)
        evidence = getattr(item, "evidence", None)
        if known is not None and evidence is not None:
            item = replace(known, evidence=tuple(sorted({*known.evidence, *evidence})))  # type: ignore
        kept[key] = item
    return tuple(kept[key] for key in sorted(kept))


def _labels(analysis: Analysis, lexicon: Lexicon) -> dict[str, str]:
    local = {r.key: r.label for r in analysis.references.items if not r.known}
    return {**lexicon.labels, **local}


def _voices(attributions: list[Attribution]) -> dict[int, int]:
    """For each token inside reported words, the number of the attribution."""
    return {
        index: number
        for number, attribution in enumerate(attributions)
        for part in attribution.content
        for index in range(part.first, part.last)
    }


def _speakers(attributions: list[Attribution]) -> dict[int, str]:
    return {
        index: attribution.speaker.references[0].key
        for attribution in attributions
        if attribution.speaker.references
        for part in attribution.content
        for index in range(part.first, part.last)
    }


def _alleged(events: list[Event], said: Said) -> list[Event]:
    """Numbers of attributions become keys of statements."""
    return [
        replace(
            e,
            alleged_in=tuple(
                sorted(
                    {said.of_attribution[n] for v in e.alleged_in if (n := int(v[1:])) in said.of_attribution}
                )
            ),
        )
        for e in events
    ]


def _with_causes(happenings: Happenings, said: Said) -> list[Event]:
    """The events with the causes that statements add to those told with the events."""
    known = {event.key for event in happenings.events}
    causes: dict[str, set[str]] = {}
    for proposition in said.propositions:
        if proposition.predicate == "causes" and proposition.subject in known:
            for effect in proposition.objects:
                if effect in known and effect != proposition.subject:
                    causes.setdefault(effect, set()).add(proposition.subject)
    return [replace(e, causes=tuple(sorted({*e.causes, *causes.get(e.key, ())}))) for e in happenings.events]


def _entities(analysis: Analysis, labels: dict[str, str]) -> Iterable[Entity]:
    grouped: dict[str, list[Mention]] = {}
    kinds: dict[str, tuple[str, bool]] = {}
    for reference in analysis.references.items:
        if reference.type in _NOT_ENTITIES:
            continue
        grouped.setdefault(reference.key, []).append(
            Mention(analysis.document.span(reference.range), reference.form)
        )
        kinds.setdefault(reference.key, (reference.type, reference.known))
    for key, mentions in grouped.items():
        yield Entity(
            key,
            kinds[key][0],
            labels.get(key, key),
            kinds[key][1],
            tuple(sorted(mentions, key=lambda m: m.span)),
        )


def _posts(analysis: Analysis, labels: dict[str, str]) -> Iterable[Post]:
    for appointment in analysis.appointments:
        if appointment.holder is None:
            continue
        title = _capitalised(appointment.words)
        of = appointment.of
        label = (
            f"{title}{',' if ' of ' in title else ' of'} {labels.get(of, of)}"
            if of and " for " not in title
            else title
        )
        key = f"post/{slug(title)}-of-{of.split('/', 1)[1]}" if of else f"post/{slug(title)}"
        yield Post(key, label, title, of, appointment.holder.key, analysis.spans(appointment.evidence))


def _capitalised(title: str) -> str:
    """ "assistant secretary of state" as it is written before a name."""
    small = {"of", "for", "the", "and", "to"}
    return " ".join(w if w in small else w[0].upper() + w[1:] for w in title.split())


def _unread(
    analysis: Analysis, attributions: list[Attribution], said: Said, unplaced: tuple[Range, ...]
) -> Iterable[Unread]:
    """What the reader noticed and could not place."""
    held = {i for a in attributions for part in a.content for i in range(part.first, part.last)}
    for quote in analysis.document.quotes:
        if quote.last - quote.first > 3 and not held & set(range(quote.first, quote.last)):
            yield _passage(analysis, quote, "a quotation without a speaker")
    for part in analysis.unresolved:
        yield _passage(analysis, part, "a pronoun that no person before it explains")
    for part in unplaced:
        yield _passage(analysis, part, "an official text whose issuer is not told")
    for number, attribution in enumerate(attributions):
        if number in said.of_attribution and not attribution.speaker.references and attribution.relay is None:
            yield _passage(analysis, attribution.speaker.range, "a speaker whom nothing names")


def _passage(analysis: Analysis, part: Range, reason: str) -> Unread:
    words = analysis.document.words(part)
    return Unread(
        f"unread/{slug(reason)}-{digest(analysis.source.key, reason, words, length=8)}",
        reason,
        analysis.spans(part),
    )
