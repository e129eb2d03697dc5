"""Events as triples, with what single kinds of events add."""

from collections.abc import Callable, Iterator

from rdflib import RDF, Literal

from kg.assembly.page import Page, Triple
from kg.assembly.terms import code, event_class, value
from kg.model import Event, HandoverGroup
from kg.vocab import NS


def event(record: Event, page: Page) -> Iterator[Triple]:
    """Anything reported, alleged, planned or hypothetical."""
    node = page.base.id(record.key)
    yield from page.described(record.key, event_class(record.type), record.label, record.evidence)
    yield node, NS.factuality, value("factuality", record.factuality)
    yield node, NS.eventStatus, value("status", record.status)
    yield from page.links(node, NS.hasAgent, record.agents)
    yield from page.links(node, NS.hasParticipant, record.participants)
    yield from page.links(node, NS.hasPlace, [record.place])
    yield from page.time(node, NS.hasTime, record.time)
    if record.code is not None:
        yield node, NS.eventCode, code(record.code)
    yield from page.links(node, NS.causedBy, record.causes)
    yield from page.links(node, NS.allegedIn, record.alleged_in)
    yield from _details(record, page)
    yield from page.spans(node, NS.antecedent, record.antecedents)
    yield from _ADDITIONS.get(record.type, _nothing)(record, page)


def _details(record: Event, page: Page) -> Iterator[Triple]:
    """What only measures, resumptions, blockades, recognitions, moves and releases have."""
    node = page.base.id(record.key)
    yield from page.links(node, NS.hasTarget, record.targets)
    for kind in record.restrictions:
        yield node, NS.sanctionKind, value("sanction", kind)
    if record.step is not None:
        yield node, NS.sanctionStep, value("step", record.step)
    if record.halt is not None:
        yield node, NS.haltForm, value("halt", record.halt)
    if record.resumes is not None:
        yield node, RDF.type, NS.Resumption
        yield node, NS.resumes, page.iri(record.resumes)
    yield from page.links(node, NS.concernsSanction, [record.sanction])
    yield from page.links(node, NS.recognisesEntity, [record.recognised])
    yield from page.links(node, NS.closesOff, record.closed)
    yield from page.links(node, NS.brokeredBy, record.brokers)
    yield from page.links(node, NS.movesFrom, record.moves_from)
    yield from page.links(node, NS.movesTo, record.moves_to)
    for group in record.groups:
        yield node, NS.hasHandoverGroup, page.base.id(group.key)
        yield from _group(group, page)


def _group(record: HandoverGroup, page: Page) -> Iterator[Triple]:
    """People who are handed over, with their number as far as the text bounds it."""
    node = page.base.id(record.key)
    yield from page.described(record.key, NS.HandoverGroup, record.label, record.evidence)
    for bound, number in ((NS.countLow, record.low), (NS.countHigh, record.high)):
        if number is not None:
            yield node, bound, Literal(number)
    if record.custody is not None:
        yield node, NS.custodyKind, value("custody", record.custody)
    yield from page.links(node, NS.heldBy, [record.held_by])
    yield from page.links(node, NS.handedTo, [record.handed_to])


def _refusal(record: Event, page: Page) -> Iterator[Triple]:
    node = page.base.id(record.key)
    yield from page.links(node, NS.refuses, [record.refuses])
    yield from page.links(node, NS.refusedBy, record.agents)


def _interruption(record: Event, page: Page) -> Iterator[Triple]:
    if record.interrupts is not None:
        node = page.base.id(record.key)
        yield node, NS.interrupts, page.iri(record.interrupts)
        yield from page.links(node, NS.interruptedBy, record.agents)


def _conflict(record: Event, page: Page) -> Iterator[Triple]:
    """Who is party to a conflict is a direct relation, so only the outlet's own voice may assert it."""
    if record.factuality == "asserted":
        for key in (*record.agents, *record.participants):
            yield page.iri(key), NS.partyTo, page.base.id(record.key)


def _nothing(record: Event, page: Page) -> Iterator[Triple]:
    yield from ()


_ADDITIONS: dict[str, Callable[[Event, Page], Iterator[Triple]]] = {
    "Refusal": _refusal,
    "Suspension": _interruption,
    "TalksWithdrawal": _interruption,
    "Postponement": _interruption,
    "Cancellation": _interruption,
    "Conflict": _conflict,
}
