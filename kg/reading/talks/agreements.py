"""Agreements that a text tells of: prospective or concluded, and who brokered them."""

from dataclasses import replace

from kg.identifiers import digest, names_of, slug
from kg.model import Agreement, MediatorRole, TimeSpan
from kg.reading.analysis import Analysis
from kg.reading.dates import FoundTime
from kg.reading.names.parties import SIDES, as_place
from kg.reading.names.references import Reference
from kg.reading.talks.nature import kinds_of_pact
from kg.reading.talks.pacts import Pact, find_pacts, other_sides, pending
from kg.reading.talks.rivals import foremost
from kg.reading.text.tokens import Range
from kg.reading.words.kinds import kinds
from kg.times import in_label

_PAIR = 2
# What happens to a truce later says nothing of when it was concluded.
_AFTERWARDS = frozenset(
    {"hold", "collapse", "expire", "end", "last", "remain", "fail", "stop", "break down", "unravel"}
)


def find_agreements(
    analysis: Analysis, parties: tuple[str, ...], labels: dict[str, str]
) -> tuple[tuple[Agreement, ...], tuple[MediatorRole, ...]]:
    """ "a peace agreement could be signed", "a Russian-brokered peace agreement", with the brokers' roles.

    Where the words name no two sides, it is between the two that the text is about, if it names no others.
    """
    agreements: dict[str, Agreement] = {}
    roles: list[MediatorRole] = []
    for pact in find_pacts(analysis):
        stage, time = _stage(analysis, pact)
        brokers = {analysis.employers.get(r.key, r.key) for r in pact.brokers}
        others = other_sides(analysis, pact, parties) or not brokers.isdisjoint(parties)
        own = pact.parties or _told_before(analysis, pact)
        own = own or (() if others else foremost(analysis, parties))
        if stage is None or not (own or any(_statesman(broker) for broker in pact.brokers)):
            continue
        agreement = _agreement(analysis, pact, own, stage, time, labels)
        known = agreements.setdefault(agreement.key, agreement)
        if pact.brokers and known is not agreement:
            whole = tuple(dict.fromkeys((*known.evidence, *agreement.evidence)))
            agreements[agreement.key] = replace(known, evidence=whole)
        roles += [_role(analysis, broker, agreement, pact.range) for broker in pact.brokers]
    return tuple(agreements.values()), tuple(roles)


def _statesman(broker: Reference) -> bool:
    """Whoever brokers a deal of nobody who is named is at least known: a senate calms its own members."""
    return broker.known or broker.type != "Organisation"


def _told_before(analysis: Analysis, pact: Pact) -> tuple[str, ...]:
    """ "The two sides reached a brokered deal": the only two whom the sentence before names."""
    document = analysis.document
    number = document.sentence_number(pact.head)
    opening = document.lowers(Range(document.sentences[number].first, document.sentences[number].first + 3))
    if not (number and pact.brokers and opening in (["the", "two", "sides"], ["the", "two", "parties"])):
        return ()
    before = analysis.references.within(document.sentences[number - 1])
    named = {r.key for r in before if r.type in SIDES and not as_place(document, r)}
    return tuple(sorted(named)) if len(named) == _PAIR else ()


def _role(analysis: Analysis, broker: Reference, agreement: Agreement, part: Range) -> MediatorRole:
    name = f"{broker.key.split('/', 1)[1]}-in-{agreement.key.split('/', 1)[1]}"
    return MediatorRole(
        f"role/{name}", broker.key, agreement.key, "ended", analysis.spans(part), kinds=("mediator",)
    )


def _stage(analysis: Analysis, pact: Pact) -> tuple[str | None, TimeSpan | None]:
    """Prospective if its signing is to come, signed if told as brokered or concluded, else unknown."""
    sentence = analysis.document.sentence(pact.head)
    times = list(analysis.times_in(sentence))
    start = analysis.document.tokens[pact.head].start
    if pending(analysis, pact):
        later = [t for t in times if t.span.start > start]
        return "prospective", later[0].time if later else None
    if not (pact.brokers or pact.verb):
        return None, None
    later = times[:1] if pact.verb is None or pact.verb.lemma not in _AFTERWARDS else []
    earlier = [t for t in times if t.span.start < start] or later
    if not earlier and not pact.verb:
        earlier = _before(analysis, sentence)
    stage = kinds().stages.get(pact.verb.lemma, "signed") if pact.verb else "signed"
    return stage, earlier[-1].time if earlier else None


def _before(analysis: Analysis, sentence: Range) -> list[FoundTime]:
    """The times of the sentence before."""
    number = analysis.document.sentence_number(sentence.first)
    return list(analysis.times_in(analysis.document.sentences[number - 1])) if number else []


def _agreement(
    analysis: Analysis,
    pact: Pact,
    parties: tuple[str, ...],
    stage: str,
    time: TimeSpan | None,
    labels: dict[str, str],
) -> Agreement:
    when = time.edtf if time else ""
    of = parties or tuple(r.key for r in pact.brokers)
    mark = digest(analysis.source.key, pact.kind, stage, when, *of, length=6)
    parts = (slug(pact.kind), names_of(parties) if parties else "", slug(when) if when else "", mark)
    sides = "–".join(labels.get(k, k) for k in parties)
    named = f"{pact.kind.capitalize()}: {sides}" if sides else pact.kind.capitalize()
    label = ", ".join(p for p in (named, in_label(time)) if p)
    key = "-".join(p for p in parts if p)
    spans = analysis.spans(pact.range)
    return Agreement(f"agreement/{key}", label, parties, stage, spans, time, kinds_of_pact(analysis, pact))
