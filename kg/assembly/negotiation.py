"""Processes, tracks, rounds, mediators, status reports and agreements as triples."""

from collections.abc import Iterator

from rdflib import RDF, URIRef

from kg.assembly.page import Page, Triple
from kg.assembly.terms import value
from kg.model import Agreement, Format, MediatorRole, Process, Round, StatusReport
from kg.vocab import NS

_LIMITED = frozenset({"little", "none", "stalled"})
_KINDS = {
    "shape": NS.formatShape,
    "contact": NS.contactMode,
    "level": NS.formatLevel,
    "track": NS.diplomacyTrack,
    "publicity": NS.publicity,
    "issue": NS.concernsIssue,
}


def process(record: Process, page: Page) -> Iterator[Triple]:
    """The umbrella effort to settle one conflict."""
    node = page.base.id(record.key)
    yield from page.described(record.key, NS.PeaceProcess, record.label, record.evidence)
    yield from page.links(node, NS.hasParty, record.parties)
    yield from page.links(node, NS.addresses, record.addresses)


def track(record: Format, page: Page) -> Iterator[Triple]:
    """A standing track of a process."""
    node = page.base.id(record.key)
    yield from page.described(record.key, NS.NegotiationFormat, record.label, record.evidence)
    yield from page.links(node, NS.trackOf, [record.process])
    yield from page.links(node, NS.hasParty, record.parties)
    yield from _kinds(node, record.kinds)


def sitting(record: Round, page: Page) -> Iterator[Triple]:
    """One planned, held or refused round."""
    node = page.base.id(record.key)
    yield from page.described(record.key, NS.NegotiationRound, record.label, record.evidence)
    if record.format is not None:
        yield node, NS.roundOf, page.iri(record.format)
        yield page.iri(record.format), NS.hasRound, node
    yield from page.links(node, NS.hasParty, record.parties)
    yield from page.links(node, NS.hasPlace, [record.place])
    yield from page.time(node, NS.hasTime, record.time)
    yield node, NS.eventStatus, value("status", record.status)
    yield from _kinds(node, record.kinds)


def role(record: MediatorRole, page: Page) -> Iterator[Triple]:
    """One agent who mediates one track, round or agreement."""
    node, within = page.base.id(record.key), page.iri(record.within)
    label = f"{page.label(record.holder)} as mediator, {record.state}: {page.label(record.within)}"
    yield from page.described(record.key, NS.MediatorRole, label, record.evidence)
    yield node, NS.roleIn, within
    yield within, NS.hasMediatorRole, node
    yield node, NS.roleHeldBy, page.iri(record.holder)
    yield node, NS.roleState, value("role", record.state)
    yield from page.spans(node, NS.antecedent, record.antecedents)
    for kind in record.kinds:
        yield node, NS.roleKind, value("part", kind)
    yield from page.links(node, NS.playedAs, [record.played_as])
    if record.played_as is None:
        yield from page.links(node, NS.playedFor, [_only_employer(record.holder, page)])


def _only_employer(holder: str, page: Page) -> str | None:
    """What every post serves that the source gives the holder; None where that is not one known thing."""
    served = {post.of for post in page.reading.posts if post.holder == holder}
    return served.pop() if len(served) == 1 else None


def status_report(record: StatusReport, page: Page) -> Iterator[Triple]:
    """A dated assessment of one or more tracks: by the outlet where the text names nobody."""
    node = page.base.id(record.key)
    yield from page.described(record.key, NS.StatusReport, record.label, record.evidence)
    if record.scheme == "progress" and record.value in _LIMITED:
        yield node, RDF.type, NS.LimitedProgressReport
    yield node, NS.statusValue, value(record.scheme, record.value)
    yield from page.time(node, NS.asOf, record.as_of)
    yield node, NS.assertedBy, page.iri(record.asserted_by) if record.asserted_by else page.outlet
    for key in record.formats:
        yield page.iri(key), NS.hasStatusReport, node


def agreement(record: Agreement, page: Page) -> Iterator[Triple]:
    """A concluded or prospective text between parties."""
    node = page.base.id(record.key)
    yield from page.described(record.key, NS.Agreement, record.label, record.evidence)
    yield node, NS.agreementStage, value("agreement", record.stage)
    for kind in record.kinds:
        yield node, NS.agreementKind, value("pact", kind)
    yield from page.links(node, NS.hasParty, record.parties)
    yield from page.time(node, NS.hasTime, record.time)


def _kinds(node: URIRef, kinds: tuple[tuple[str, str], ...]) -> Iterator[Triple]:
    """What kind of talks these are: one property for each scheme."""
    for scheme, name in kinds:
        yield node, _KINDS[scheme], value(scheme, name)
