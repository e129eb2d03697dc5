"""The default reader: offline and deterministic; from one source to everything that its text supports."""

from collections.abc import Iterable
from dataclasses import replace

from kg.identifiers import slug
from kg.lexicon import Lexicon
from kg.model import Agreement, Event, Format, Office, Process, Reading, Round, Source
from kg.reading.analyse import Index, analyse
from kg.reading.analysis import Analysis
from kg.reading.corridors.corridors import find_corridors
from kg.reading.entities import entities_of, labels_of, posts_of, served_entities
from kg.reading.events.happenings import Happenings, merge, sightings
from kg.reading.events.terms import find_terms
from kg.reading.lasting.lasting import with_lasting
from kg.reading.names.parties import sole_parties
from kg.reading.names.references import References
from kg.reading.parts import by_key, unique
from kg.reading.speech.attribution import Attribution
from kg.reading.speech.attributions import find_attributions
from kg.reading.speech.relays import find_relays
from kg.reading.statements.context import Context
from kg.reading.statements.denials import with_denials
from kg.reading.statements.statements import Said, find_statements
from kg.reading.talks.agreements import find_agreements
from kg.reading.talks.envoys import with_envoys
from kg.reading.talks.interruptions import with_talks
from kg.reading.talks.rounds import find_rounds
from kg.reading.talks.tracks import find_talks
from kg.reading.unread import unread_of
from kg.reading.words.nouns import noun_table
from kg.reading.words.verbs import verb_table


def read(source: Source, lexicon: Lexicon | Index) -> Reading:
    """Everything that the text supports, each part sorted by key; nothing without a span.

    Steps: names and pronouns, attributions, events, tracks, rounds, agreements, corridors, statements, and
    what lasts.
    """
    analysis = analyse(source, lexicon)
    listed = lexicon.lexicon if isinstance(lexicon, Index) else lexicon
    labels = labels_of(analysis, listed)
    everything = find_attributions(analysis)
    attributions = [a for a in everything if not _own_voice(analysis, a)]
    voices = _voices(attributions)
    found = sightings(analysis)
    happenings = merge(analysis, found, voices, labels)
    parties = sole_parties(analysis.joined_sides)
    fought = [e for e in happenings.events if e.type == "Conflict" and set(e.participants) == set(parties)]
    conflicts = tuple(e.key for e in [f for f in fought if f.status == "ongoing"] or fought)
    speakers = _speakers(analysis, everything)
    quoted = {index: speakers.get(index) for index in voices}
    talks = find_talks(analysis, parties, conflicts, quoted, labels)
    rounds = find_rounds(analysis, parties, talks, voices, labels)
    happenings = happenings.without(rounds.refusals)
    agreements, brokers = find_agreements(analysis, parties, labels)
    relays = find_relays(analysis, attributions, labels)
    told: tuple[Office | Round | Event, ...] = (*relays.offices, *rounds.rounds, *happenings.events)
    labels = {**labels, **{thing.key: thing.label for thing in told}}
    standing = _without_unread(analysis, {track.key for track in talks.formats})
    said = find_statements(Context(standing, happenings, relays, rounds, labels), attributions)
    routes = find_corridors(analysis, quoted, labels)
    named_routes = [span for corridor in routes.corridors for span in corridor.evidence]
    terms = find_terms(analysis, found, happenings, speakers)
    events = [*_with_causes(happenings, said), *rounds.refusals]
    posts = unique(posts_of(analysis, labels))
    entities = tuple(entities_of(analysis, labels, listed.types, named_routes))
    sides = {
        key for part in (talks.formats, rounds.rounds, agreements, talks.processes) for key in _sides(part)
    }
    reading = Reading(
        source=source,
        entities=by_key([*entities, *served_entities(analysis, entities, sides, labels, listed.types)]),
        offices=unique(relays.offices),
        posts=posts,
        propositions=by_key(said.propositions),
        statements=unique(with_denials(analysis, said.statements, said.propositions, relays.offices)),
        communiques=unique(relays.communiques),
        events=unique(
            with_talks(analysis, _alleged(events, said), [*talks.formats, *agreements], rounds.rounds)
        ),
        processes=unique(talks.processes),
        formats=unique(talks.formats),
        rounds=unique(rounds.rounds),
        roles=with_envoys(unique([*talks.roles, *rounds.roles, *brokers]), posts),
        status_reports=unique([*talks.status_reports, *routes.status_reports]),
        agreements=unique(agreements),
        corridors=unique(routes.corridors),
        memberships=unique(routes.memberships),
        labels=unique([*routes.labels, *terms, *talks.labels]),
        unread=unique(unread_of(analysis, attributions, said, relays.unplaced)),
    )
    return with_lasting(analysis, reading, {**labels, **{e.key: e.label for e in reading.events}})


def _sides(part: Iterable[Format | Round | Agreement | Process]) -> Iterable[str]:
    return (key for record in part for key in record.parties)


def _without_unread(analysis: Analysis, formats: set[str]) -> Analysis:
    """Without listed formats that no passage about talks bears out: a statement can't be about them."""
    named = analysis.references.items
    kept = [r for r in named if not r.key.startswith("format/") or r.key in formats]
    return analysis if len(kept) == len(named) else replace(analysis, references=References.of(kept))


def _own_voice(analysis: Analysis, attribution: Attribution) -> bool:
    """What a report says that its outlet writes is the outlet's own voice, not a speaker's."""
    publisher = slug(analysis.source.citation.publisher or "")
    told = analysis.source.kind == "report"
    if told and any(slug(r.label) == publisher for r in attribution.speaker.references):
        return True
    head = analysis.document.tokens[attribution.speaker.head].lower
    unnamed = not attribution.speaker.references and head in noun_table().speech.outlets
    return unnamed and told


def _voices(attributions: list[Attribution]) -> dict[int, str]:
    """For each token inside reported words, the number of the attribution: its statement has no key yet.

    Whoever refuses or invites does so in public: what was refused is no less true for it.
    """
    found: dict[int, str] = {}
    for number, attribution in enumerate(attributions):
        if attribution.lemma not in verb_table().uses.acting:
            for part in attribution.content:
                found.update(dict.fromkeys(range(part.first, part.last), f"#{number}"))
    return found


def _speakers(analysis: Analysis, attributions: list[Attribution]) -> dict[int, str | None]:
    """For each token inside reported words, who says them; None for what the outlet itself calls so."""
    # Its framing lies inside the words of others, so it comes last.
    voiced = [(_own_voice(analysis, a), a) for a in attributions if a.speaker.references]
    found: dict[int, str | None] = {}
    for own, attribution in sorted(voiced, key=lambda pair: pair[0]):
        speaker = None if own else attribution.speaker.references[0].key
        for part in attribution.content:
            found.update(dict.fromkeys(range(part.first, part.last), speaker))
    return found


def _alleged(events: list[Event], said: Said) -> list[Event]:
    """Numbers of attributions become keys of statements."""
    return [_in_statements(event, _statements(event.alleged_in, said.of_attribution)) for event in events]


def _in_statements(event: Event, statements: tuple[str, ...]) -> Event:
    """Words that only name an event, "what X calls an operation", state nothing: the text vouches for it."""
    named = event.factuality == "alleged" and event.alleged_in and not statements
    if statements == event.alleged_in and not named:
        return event
    return replace(event, alleged_in=statements, factuality="asserted" if named else event.factuality)


def _statements(voices: tuple[str, ...], of_attribution: dict[int, str]) -> tuple[str, ...]:
    numbers = (int(voice.removeprefix("#")) for voice in voices)
    return tuple(sorted({of_attribution[number] for number in numbers if number in of_attribution}))


def _with_causes(happenings: Happenings, said: Said) -> list[Event]:
    """The events with their causes; what nobody vouches for has its cause in a speaker's words alone."""
    known = {event.key for event in happenings.events}
    causes: dict[str, set[str]] = {}
    for proposition in said.propositions:
        if proposition.predicate == "causes" and proposition.subject in known:
            for effect in proposition.objects:
                if effect in known and effect != proposition.subject:
                    causes.setdefault(effect, set()).add(proposition.subject)
    told = (
        tuple(sorted({*e.causes, *causes.get(e.key, ())})) if _vouched_for(e) else ()
        for e in happenings.events
    )
    return [
        e if e.causes == because else replace(e, causes=because)
        for e, because in zip(happenings.events, told, strict=True)
    ]


def _vouched_for(event: Event) -> bool:
    return event.factuality not in {"alleged", "hypothetical"}
