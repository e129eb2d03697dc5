"""What more the words of an event tell: its special kind, what it restricts or closes, and its target."""

from collections.abc import Iterator
from dataclasses import replace

from kg.model import Event
from kg.reading.analysis import Analysis
from kg.reading.events.handovers import handed_over
from kg.reading.events.sightings import Sighting
from kg.reading.names.references import AGENTS, Reference
from kg.reading.text.tokens import Range
from kg.reading.words.details import detail_table
from kg.reading.words.grammar import grammar
from kg.reading.words.nouns import noun_table

_AIMED = frozenset({"Sanctioning", "SanctionsRelief", "DiplomaticBreak", "DiplomaticRestoration"})
_HANDED = frozenset({"Release", "PrisonerExchange", "RemainsHandover"})
_CLOSED = frozenset({"Place", "TransportCorridor"})
_BOTH = 2
_QUALIFIERS = 3  # tokens between "on" and the name it governs: "on the four Belarusian"


def detailed(analysis: Analysis, group: list[Sighting], event: Event) -> Event:
    """The event with what the words of its sightings tell beside its class, time and place."""
    words = {word for sighting in group for word in analysis.document.lowers(sighting.evidence)}
    first = group[0]
    declared = _declared(analysis, first, event, words)
    kind = "CeasefireDeclaration" if declared else _kind(event, words)
    return replace(
        event,
        type=kind,
        restrictions=_restrictions(kind, words),
        step=_step(analysis, kind, first, words),
        halt=_halt(kind, words) or declared,
        targets=_unique(t for s in group for t in _targets(analysis, kind, s) if t not in event.agents),
        recognised=next(iter(_recognised(analysis, kind, first, event)), None),
        closed=_unique(r.key for s in group for r in _closed(analysis, kind, s)),
        brokers=_unique(b for s in group for b in _brokers(analysis, kind, s)),
        groups=handed_over(analysis, first, event) if kind in _HANDED else (),
    )


def _unique(keys: Iterator[str]) -> tuple[str, ...]:
    return tuple(sorted(set(keys)))


def _kind(event: Event, words: set[str]) -> str:
    """The first special class that the words bear out."""
    for rule in detail_table().kinds:
        told = rule.of == event.type and rule.code in {None, event.code} and not rule.words.isdisjoint(words)
        beside = not rule.along or not rule.along.isdisjoint(words)
        if told and beside and rule.without.isdisjoint(words):
            return rule.kind
    return event.type


def _restrictions(kind: str, words: set[str]) -> tuple[str, ...]:
    if kind not in {"Sanctioning", "SanctionsRelief"}:
        return ("diplomatic",) if kind == "DiplomaticBreak" else ()
    told = (r.kind for r in detail_table().restrictions if not any(part.isdisjoint(words) for part in r.all))
    return tuple(sorted(told))


def _halt(kind: str, words: set[str]) -> str | None:
    """How many sides halt their fighting, where the words say one thing."""
    told = {form for word, form in detail_table().halts.items() if word in words}
    return told.pop() if kind == "CeasefireDeclaration" and len(told) == 1 else None


def _declared(analysis: Analysis, sighting: Sighting, event: Event, words: set[str]) -> str | None:
    """ "A, B and C declared a ceasefire": who declares one together with others halts its own fighting."""
    sides = len(event.agents)
    told = event.type == "AgreementEvent" and _lemma(analysis, sighting) == "declare" and sides > 1
    if not told or noun_table().talks.truces.isdisjoint(words):
        return None
    return "bilateral" if sides == _BOTH else "multilateral"


def _lemma(analysis: Analysis, sighting: Sighting) -> str:
    verbs = analysis.verbs_in(sighting.trigger)
    return next((verb.lemma for verb in verbs if verb.main == sighting.trigger.first), "")


def _step(analysis: Analysis, kind: str, sighting: Sighting, words: set[str]) -> str | None:
    """What is done to the measure: by the verb, where it governs a measure or says enough by itself."""
    steps, lemma = detail_table().steps, _lemma(analysis, sighting)
    if kind == "Sanctioning" and lemma in steps.enough:
        return steps.enough[lemma]
    return None if steps.measures.isdisjoint(words) else steps.by_class.get(kind, {}).get(lemma)


def _behind(sighting: Sighting) -> Range:
    """What stands behind the word that tells of the event."""
    return Range(sighting.trigger.last, max(sighting.trigger.last, sighting.evidence.last))


def _targets(analysis: Analysis, kind: str, sighting: Sighting) -> Iterator[str]:
    """Those on or against whom it is; those whose envoys or ties they are."""
    if kind not in _AIMED:
        return
    aim, lemma = detail_table().aim, _lemma(analysis, sighting)
    diplomatic = kind not in {"Sanctioning", "SanctionsRelief"}
    links = aim.between if diplomatic else aim.before
    aimed = False
    for reference in analysis.references.within(_behind(sighting)):
        direct = not diplomatic and lemma in aim.direct and _starts(analysis, sighting, reference)
        owned = diplomatic and _of_diplomats(analysis, reference)
        joined = aimed and _joined(analysis, reference)
        aimed = direct or owned or joined or _led(analysis, reference, links)
        if aimed and (served := _agent(reference)):
            yield served


def _agent(reference: Reference) -> str | None:
    """The one aimed at, if it can act; "Algiers" in "recalled its ambassador from Algiers" is a place."""
    return reference.key if reference.type in AGENTS else None


def _led(analysis: Analysis, reference: Reference, links: frozenset[str]) -> bool:
    """Whether one of the words leads to it: "on the Belarusian"."""
    before = range(reference.range.first - 1, max(-1, reference.range.first - 2 - _QUALIFIERS), -1)
    for index in before:
        word = analysis.document.tokens[index].lower
        if word in links:
            return True
        if word not in grammar().determiners and not word.isdigit():
            return False
    return False


def _joined(analysis: Analysis, reference: Reference) -> bool:
    """ "on X and Y": right behind "and" or a comma."""
    return analysis.document.tokens[reference.range.first - 1].lower in {"and", ","}


def _starts(analysis: Analysis, sighting: Sighting, reference: Reference) -> bool:
    """Right behind the verb, but for a determiner."""
    between = Range(sighting.trigger.last, reference.range.first)
    return all(word in grammar().determiners for word in analysis.document.lowers(between))


def _of_diplomats(analysis: Analysis, reference: Reference) -> bool:
    """ "the French ambassador": a name that qualifies envoys, or stands for them with their noun."""
    last = reference.range.last
    behind = Range(last, min(last + 2, len(analysis.document.tokens)))
    qualified = behind if reference.adjective else Range(reference.range.first, last)
    return not detail_table().aim.diplomats.isdisjoint(analysis.document.lowers(qualified))


def _recognised(analysis: Analysis, kind: str, sighting: Sighting, event: Event) -> Iterator[str]:
    """The first agent behind the verb who does not recognise: "recognised the independence of X"."""
    if kind == "Recognition":
        named = analysis.references.within(_behind(sighting))
        yield from (r.key for r in named if r.type in AGENTS - {"Person"} and r.key not in event.agents)


def _closed(analysis: Analysis, kind: str, sighting: Sighting) -> Iterator[Reference]:
    """The listed corridor or the place that a blockade cuts off."""
    if kind == "Blockade":
        for reference in analysis.references.within(_behind(sighting)):
            if reference.type in _CLOSED and (reference.known or reference.type == "Place"):
                yield reference


def _brokers(analysis: Analysis, kind: str, sighting: Sighting) -> Iterator[str]:
    """ "brokered by X", "with the mediation of X", in the sentence that tells of a release."""
    if kind not in _HANDED:
        return
    sentence, table = analysis.document.sentence(sighting.trigger.first), detail_table().broker
    ends = {v.last for v in analysis.verbs_in(sentence) if v.lemma in table.verbs}
    tokens = analysis.document.tokens
    ends |= {i + 1 for i in range(sentence.first, sentence.last) if tokens[i].lower in table.nouns}
    led = False
    for reference in analysis.references.within(sentence):
        first = reference.range.first
        link = first - 1 - (tokens[first - 1].lower in grammar().determiners)
        led = (tokens[link].lower in table.links and link in ends) or (led and _joined(analysis, reference))
        if led and reference.type in AGENTS:
            yield reference.key
