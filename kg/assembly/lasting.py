"""Missions, commissions, sanctions, provisions, signatures and preconditions as triples."""

from collections.abc import Iterator

from rdflib import RDF

from kg.assembly.page import Page, Triple
from kg.assembly.terms import thing_class, value
from kg.model import BorderCommission, Mission, Precondition, Provision, Sanction, Signature
from kg.vocab import NS


def mission(record: Mission, page: Page) -> Iterator[Triple]:
    """People who were sent, and one mandate where the text names a body that gave it."""
    node = page.base.id(record.key)
    if record.named:
        yield node, RDF.type, thing_class(record.type)
        yield from page.spans(node, NS.evidence, record.evidence)
    else:
        yield from page.described(record.key, thing_class(record.type), record.label, record.evidence)
        yield node, NS.reviewStatus, value("review", "unreviewed")
    yield from page.links(node, NS.areaOfOperation, [record.area])
    yield from page.links(node, NS.hasContributor, record.contributors)
    yield from page.links(node, NS.monitors, record.monitors)
    if record.mandated_by:
        yield from _mandate(record, page)


def _mandate(record: Mission, page: Page) -> Iterator[Triple]:
    key = f"mandate/{record.key.split('/', 1)[1]}"
    node, charged = page.base.id(key), page.base.id(record.key)
    yield from page.described(key, NS.Mandate, f"Mandate: {record.label}", record.evidence)
    yield charged, NS.hasMandate, node
    yield node, NS.mandateOf, charged
    yield from page.links(node, NS.mandatedBy, record.mandated_by)
    for task in record.tasks:
        yield node, NS.mandateTask, value("task", task)


def commission(record: BorderCommission, page: Page) -> Iterator[Triple]:
    """A body of states that fixes or marks the line between them."""
    node = page.base.id(record.key)
    yield from page.described(record.key, NS.BorderCommission, record.label, record.evidence)
    yield node, NS.reviewStatus, value("review", "unreviewed")
    yield from page.links(node, NS.commissionOf, record.states)


def sanction(record: Sanction, page: Page) -> Iterator[Triple]:
    """A restriction that holds until it is lifted or runs out."""
    node = page.base.id(record.key)
    yield from page.described(record.key, NS.Sanction, record.label, record.evidence)
    yield from page.links(node, NS.imposedBy, record.imposed_by)
    yield from page.links(node, NS.sanctionTarget, record.targets)
    for kind in record.restrictions:
        yield node, NS.sanctionKind, value("sanction", kind)


def provision(record: Provision, page: Page) -> Iterator[Triple]:
    """What an agreement lays down on one issue."""
    node = page.base.id(record.key)
    yield from page.described(record.key, NS.Provision, record.label, record.evidence)
    yield page.iri(record.agreement), NS.hasProvision, node
    for issue in record.issues:
        yield node, NS.provisionIssue, value("issue", issue)
    yield from page.links(node, NS.binds, record.binds)


def signature(record: Signature, page: Page) -> Iterator[Triple]:
    """One name under an agreement."""
    node = page.base.id(record.key)
    yield from page.described(record.key, NS.Signature, record.label, record.evidence)
    yield node, NS.signatureOn, page.iri(record.agreement)
    yield node, NS.signatureCapacity, value("capacity", record.capacity)
    yield from page.links(node, NS.signedBy, [record.signed_by])
    yield from page.links(node, NS.signedFor, [record.signed_for])


def precondition(record: Precondition, page: Page) -> Iterator[Triple]:
    """What is demanded first."""
    node = page.base.id(record.key)
    yield from page.described(record.key, NS.Precondition, record.label, record.evidence)
    yield node, NS.preconditionFor, page.iri(record.before)
    yield node, NS.preconditionState, value("demand", record.state)
    yield from page.links(node, NS.demandedBy, record.demanded_by)
    yield from page.links(node, NS.demandedOf, record.demanded_of)
    yield from page.links(node, NS.demandsThat, record.demands)
    yield from page.links(node, NS.demandStatedIn, [record.stated_in])
