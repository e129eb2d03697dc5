"""Official texts through which words reach the article: who issued them, and which words they carry unsaid."""

import itertools
from dataclasses import dataclass, replace

from kg.identifiers import digest, slug
from kg.model import Communique, Office, Span
from kg.reading.analysis import Analysis
from kg.reading.clauses import Phrase, phrase_at
from kg.reading.document import Range
from kg.reading.grammar import grammar
from kg.reading.people import Appointment
from kg.reading.speech import Attribution

_OFFICE_NOUNS = frozenset(
    {
        "office",
        "presidency",
        "administration",
        "ministry",
        "cabinet",
        "spokesman",
        "spokesperson",
        "spokeswoman",
    }
)


@dataclass(frozen=True)
class Relays:
    """Communiqués and their issuers; for each attribution (by its number) the communiqué and whether the text says so."""

    communiques: tuple[Communique, ...]
    offices: tuple[Office, ...]
    carried: dict[int, tuple[str, bool]]
    unplaced: tuple[Range, ...]  # a "statement" whose issuer the text does not tell


def find_relays(analysis: Analysis, attributions: list[Attribution], labels: dict[str, str]) -> Relays:
    """Follow each "statement" to whoever issued it; "the statement" is the last one told of."""
    communiques: dict[str, Communique] = {}
    offices: dict[str, Office] = {}
    carried: dict[int, tuple[str, bool]] = {}
    unplaced: list[Range] = []
    last: str | None = None
    for number, attribution in enumerate(attributions):
        if attribution.relay is None:
            continue
        found = _issuer(analysis, attribution.relay, labels)
        if found:
            office, part = found
            merged = _with_evidence(offices.get(office.key), office)
            offices[office.key] = merged
            text = _communique(analysis, office, part)
            last = text.key
            communiques[last] = _join(communiques.get(last), text)
        elif last:
            spans = analysis.spans(attribution.relay.range)
            communiques[last] = replace(
                communiques[last], evidence=tuple(sorted({*communiques[last].evidence, *spans}))
            )
        else:
            unplaced.append(attribution.relay.range)
            continue
        carried[number] = (last, True)
    carried.update(_unsaid(analysis, attributions, carried))
    return Relays(tuple(communiques.values()), tuple(offices.values()), carried, tuple(unplaced))


def _with_evidence(known: Office | None, office: Office) -> Office:
    return replace(office, evidence=tuple(sorted({*known.evidence, *office.evidence}))) if known else office


def _join(known: Communique | None, text: Communique) -> Communique:
    return replace(known, evidence=tuple(sorted({*known.evidence, *text.evidence}))) if known else text


def _issuer(analysis: Analysis, relay: Phrase, labels: dict[str, str]) -> tuple[Office, Range] | None:
    """ "a statement by his office", "his office said in a statement", "a statement by the ministry of X"."""
    if analysis.document.tokens[relay.head].lower not in grammar().document_nouns:
        office = _office(analysis, relay, labels)
        return (office, relay.range) if office else None
    index = relay.range.last
    sentence = analysis.document.sentence(relay.head)
    if index < sentence.last and analysis.document.tokens[index].lower in {"by", "from", "of"}:
        phrase = phrase_at(analysis, index + 1, sentence.last)
        office = _office(analysis, phrase, labels) if phrase else None
        return (office, Range(relay.range.first, phrase.range.last)) if office and phrase else None
    return None


def _office(analysis: Analysis, phrase: Phrase, labels: dict[str, str]) -> Office | None:
    """The body that a phrase names: an organisation, or the office of whoever holds the post."""
    spans = analysis.spans(phrase.range)
    if phrase.references:
        key = phrase.references[0].key
        body = key if key.startswith("state/") else None
        return (
            Office(key, labels.get(key, phrase.references[0].label), None, spans)
            if body is None
            else _body(analysis, phrase, key, labels)
        )
    head = analysis.document.tokens[phrase.head].lower
    if head not in _OFFICE_NOUNS:
        return None
    person = next((r for r in analysis.references.within(phrase.range) if r.type == "Person"), None)
    appointment = _appointment(analysis, person.key) if person else None
    if appointment and appointment.of:
        title = analysis.document.words(appointment.title).title()
        label = f"Office of the {title} of {labels.get(appointment.of, appointment.of)}"
        return Office(f"organisation/{slug(label)}", label, appointment.of, spans)
    return _body(analysis, phrase, phrase.possessor.key, labels) if phrase.possessor else None


def _body(analysis: Analysis, phrase: Phrase, state: str, labels: dict[str, str]) -> Office:
    head = analysis.document.tokens[phrase.head].lower
    label = f"{head.capitalize() if head in _OFFICE_NOUNS else 'Government'} of {labels.get(state, state)}"
    return Office(f"organisation/{slug(label)}", label, state, analysis.spans(phrase.range))


def _appointment(analysis: Analysis, person: str) -> Appointment | None:
    return next((a for a in analysis.appointments if a.holder and a.holder.key == person and a.of), None)


def _communique(analysis: Analysis, office: Office, part: Range) -> Communique:
    day = analysis.source.citation.date
    when = day.isoformat() if day else "undated"
    name = office.key.split("/", 1)[1]
    key = f"communique/{name}-{when}-{digest(analysis.source.key, office.key, length=6)}"
    return Communique(
        key,
        f"Statement by the {office.label}"
        if not office.label.startswith("Office")
        else f"Statement by the {office.label}",
        office.key,
        analysis.spans(part),
    )


def _unsaid(
    analysis: Analysis, attributions: list[Attribution], carried: dict[int, tuple[str, bool]]
) -> dict[int, tuple[str, bool]]:
    """Words of the same people between two passages of one communiqué come from it too, unless they have a date of their own."""
    found: dict[int, tuple[str, bool]] = {}
    said = sorted(carried)
    for before, after in itertools.pairwise(said):
        if carried[before][0] != carried[after][0]:
            continue
        people = {
            r.key
            for n in said
            if carried[n][0] == carried[before][0]
            for r in attributions[n].speaker.references
        }
        for number in range(before + 1, after):
            if _silent(analysis, attributions[number], people):
                found[number] = (carried[before][0], False)
    return found


def _silent(analysis: Analysis, attribution: Attribution, people: set[str]) -> bool:
    keys = {r.key for r in attribution.speaker.references if r.type == "Person"}
    if not keys or not keys <= people or attribution.framing or attribution.lemma == "cite":
        return False
    sentence = analysis.document.sentence(attribution.cue.first)
    content = {i for part in attribution.content for i in range(part.first, part.last)}
    return not any(analysis.tokens_of(t.span).first not in content for t in analysis.times_in(sentence))


def spans_of(relays: Relays, key: str) -> tuple[Span, ...]:
    """Where the text tells of a communiqué."""
    return next((c.evidence for c in relays.communiques if c.key == key), ())
