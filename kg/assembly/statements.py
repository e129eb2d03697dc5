"""Statements, their content, communiqués, parties' own terms, and what was not read, as triples."""

from collections.abc import Iterator

from rdflib import RDF, Literal
from rdflib.term import Node

from kg.assembly.page import Page, Triple
from kg.assembly.terms import relation, value
from kg.identifiers import UNKNOWN_SPEAKER
from kg.model import AttributedLabel, Communique, Count, Proposition, Statement, Unread
from kg.vocab import NS

# Stances whose statements have a class of their own.
_CLASSES = {"accuse": NS.Accusation, "deny": NS.Denial, "promise": NS.Commitment}


def proposition(record: Proposition, page: Page) -> Iterator[Triple]:
    """Content that nobody but its speakers vouches for."""
    node = page.base.id(record.key)
    yield from page.described(record.key, NS.Proposition, record.label, ())
    yield node, NS.propSubject, page.iri(record.subject)
    yield node, NS.propPredicate, relation(record.predicate)
    yield node, NS.propPolarity, value("polarity", record.polarity)
    yield from page.links(node, NS.propObject, record.objects)
    if record.value is not None:
        yield node, NS.propValue, Literal(record.value)
    if record.count is not None:
        yield from _count(record.count, node, page)


def _count(record: Count, node: Node, page: Page) -> Iterator[Triple]:
    """How many people an event concerns, as the speaker has it."""
    yield node, RDF.type, NS.CountClaim
    yield node, NS.countOf, value("count", record.of)
    yield node, NS.countIn, page.iri(record.event)
    for bound, number in ((NS.countLow, record.low), (NS.countHigh, record.high)):
        if number is not None:
            yield node, bound, Literal(number)


def statement(record: Statement, page: Page) -> Iterator[Triple]:
    """One utterance as reported, with the words that say so."""
    node = page.base.id(record.key)
    yield from page.described(record.key, NS.Statement, record.label, record.evidence)
    if record.stance in _CLASSES:
        yield node, RDF.type, _CLASSES[record.stance]
    yield from _manner(record, page)
    yield from page.links(node, NS.addressedTo, record.addressees)
    yield from page.links(node, NS.hasProposition, record.propositions)
    yield from page.links(node, NS.hasCondition, record.conditions)
    yield from page.links(node, NS.groundFor, record.ground_for)
    yield from page.links(node, NS.denies, record.denies)
    yield from page.time(node, NS.saidAt, record.said)
    yield from page.time(node, NS.dueBy, record.due_by)
    yield from _relay(record, page)
    yield from page.spans(node, NS.contentSpan, record.content)
    yield from page.spans(node, NS.cueSpan, [record.cue])
    yield from page.spans(node, NS.antecedent, record.antecedents)


def _manner(record: Statement, page: Page) -> Iterator[Triple]:
    node = page.base.id(record.key)
    yield from page.links(node, NS.hasSpeaker, record.speakers or [UNKNOWN_SPEAKER])
    yield node, NS.stance, value("stance", record.stance)
    yield node, NS.modality, value("modality", record.modality)
    yield node, NS.polarity, value("polarity", record.polarity)
    yield node, NS.speechForm, value("form", record.form)


def _relay(record: Statement, page: Page) -> Iterator[Triple]:
    node = page.base.id(record.key)
    yield from page.links(node, NS.relayedIn, [record.communique])
    if record.communique is not None and record.relay_explicit is not None:
        yield node, NS.relayExplicit, Literal(record.relay_explicit)


def communique(record: Communique, page: Page) -> Iterator[Triple]:
    """An official text that the source cites."""
    yield from page.described(record.key, NS.Communique, record.label, record.evidence)
    yield from page.links(page.base.id(record.key), NS.issuedBy, [record.issuer])


def label(record: AttributedLabel, page: Page) -> Iterator[Triple]:
    """A term with the one who uses it: the outlet where the text names nobody."""
    node = page.base.id(record.key)
    yield from page.described(record.key, NS.AttributedLabel, record.term, record.evidence)
    yield node, NS.literalForm, Literal(record.term)
    yield node, NS.labels, page.iri(record.thing)
    yield node, NS.usedBy, page.iri(record.user) if record.user else page.outlet


def unread(record: Unread, page: Page) -> Iterator[Triple]:
    """A passage that could not be placed, and why."""
    yield from page.described(record.key, NS.UnreadPassage, f"Not read: {record.reason}", record.evidence)
    yield page.base.id(record.key), NS.reason, Literal(record.reason)
