"""Official texts through which words reach the article: their issuers, and which words they carry."""

import itertools
from dataclasses import dataclass, replace
from typing import TypeVar

from kg.identifiers import digest
from kg.model import Communique, Office, Span
from kg.reading.analysis import Analysis
from kg.reading.speech.attribution import Attribution
from kg.reading.speech.offices import find_issuer
from kg.reading.text.tokens import Range

Told = TypeVar("Told", Communique, Office)


@dataclass(frozen=True)
class Relays:
    """Communiqués and their issuers; `carried`: number of an attribution → communiqué, whether told so."""

    communiques: tuple[Communique, ...]
    offices: tuple[Office, ...]
    carried: dict[int, tuple[str, bool]]
    unplaced: tuple[Range, ...]  # a "statement" whose issuer the text does not tell
    voices: dict[str, tuple[str, ...]]  # communiqué → whom the text names as speaking in it


def find_relays(analysis: Analysis, attributions: list[Attribution], labels: dict[str, str]) -> Relays:
    """Follow each "statement" to whoever issued it; "the statement" is the last one told of."""
    communiques: dict[str, Communique] = {}
    offices: dict[str, Office] = {}
    carried: dict[int, tuple[str, bool]] = {}
    unplaced: list[Range] = []
    voices: dict[str, tuple[str, ...]] = {}
    last: str | None = None
    for number, attribution in enumerate(attributions):
        if attribution.relay is None:
            continue
        found = find_issuer(analysis, attribution.relay, labels)
        if found:
            office = found.office
            text = _communique(analysis, office, found.told)
            last = text.key
            voices.setdefault(last, found.voices)
            offices[office.key] = _with_evidence(office, offices.get(office.key, office).evidence)
            communiques[last] = _with_evidence(communiques.get(last, text), text.evidence)
        elif last:
            spans = analysis.spans(attribution.relay.range)
            communiques[last] = _with_evidence(communiques[last], spans)
        else:
            unplaced.append(attribution.relay.range)
            continue
        carried[number] = (last, True)
    carried.update(_unsaid(analysis, attributions, carried))
    return Relays(tuple(communiques.values()), tuple(offices.values()), carried, tuple(unplaced), voices)


def _with_evidence(told: Told, spans: tuple[Span, ...]) -> Told:
    return replace(told, evidence=tuple(sorted({*told.evidence, *spans})))


def _communique(analysis: Analysis, office: Office, part: Range) -> Communique:
    day = analysis.source.citation.date
    when = day.isoformat() if day else "undated"
    name = office.key.split("/", 1)[1]
    key = f"communique/{name}-{when}-{digest(analysis.source.key, office.key, length=6)}"
    return Communique(key, f"Statement by the {office.label}", office.key, analysis.spans(part))


def _unsaid(
    analysis: Analysis, attributions: list[Attribution], carried: dict[int, tuple[str, bool]]
) -> dict[int, tuple[str, bool]]:
    """Words of the same people between two passages of a communiqué, unless they have their own date."""
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
