"""What every record of one reading needs on its way to triples: IRIs of keys, spans, times and provenance."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from rdflib import PROV, RDF, RDFS, Literal, URIRef
from rdflib.term import Node

from kg.assembly.terms import value
from kg.errors import ParleyError
from kg.identifiers import UNKNOWN_SPEAKER, slug, time_key
from kg.model import Mention, Reading, Span, TimeSpan
from kg.time_triples import time_triples
from kg.vocab import NS, VAL, Base

Triple: TypeAlias = tuple[Node, Node, Node]
_MEND = "This is a fault of the reader: please report it with the text."


@dataclass(frozen=True)
class Page:
    """One reading under one base."""

    reading: Reading
    base: Base

    @cached_property
    def labels(self) -> dict[str, str]:
        """The label of every key that the reading defines; the key itself for what has no label."""
        parts = [part for part in vars(self.reading).values() if isinstance(part, tuple)]
        named = {record.key: getattr(record, "label", record.key) for part in parts for record in part}
        return {UNKNOWN_SPEAKER: "unknown speaker", **named}

    @property
    def source(self) -> URIRef:
        """The text that spans point into."""
        return self.base.id(self.reading.source.key)

    @property
    def article(self) -> URIRef:
        """The article that was read, or that the report which was read restates."""
        return self.base.id(f"article/{self.reading.source.slug}")

    @property
    def activity(self) -> URIRef:
        """The reading as an activity; a report and its article share a slug, so the kind is in the name."""
        return self.base.id(f"activity/{self._name}")

    @property
    def outlet(self) -> URIRef:
        """Who speaks where the text does not say who: the publisher, or the article of an unknown one."""
        publisher = self.reading.source.citation.publisher
        return self.base.id(f"organisation/{slug(publisher)}") if publisher else self.article

    def iri(self, key: str) -> URIRef:
        """The IRI of a thing of this reading; raises ParleyError for a key that it does not define."""
        self.label(key)
        return VAL["unknown-speaker"] if key == UNKNOWN_SPEAKER else self.base.id(key)

    def label(self, key: str) -> str:
        """The label of a thing of this reading; raises ParleyError for a key that it does not define."""
        if key not in self.labels:
            raise ParleyError(f"{key} is named but was not read", self.reading.source.key, _MEND)
        return self.labels[key]

    def minted(self, node: Node) -> Iterator[Triple]:
        """Which reading made this node, and of which text."""
        yield node, PROV.wasGeneratedBy, self.activity
        yield node, NS.reportedIn, self.source

    def described(self, key: str, kind: Node, label: str, evidence: Iterable[Span]) -> Iterator[Triple]:
        """What all minted things with a label have in common."""
        node = self.base.id(key)
        yield node, RDF.type, kind
        yield node, RDFS.label, Literal(label, lang="en")
        yield from self.minted(node)
        yield from self.spans(node, NS.evidence, evidence)

    def links(self, node: Node, predicate: Node, keys: Iterable[str | None]) -> Iterator[Triple]:
        """One triple for each key that is not None."""
        for key in keys:
            if key is not None:
                yield node, predicate, self.iri(key)

    def spans(self, node: Node, predicate: Node, spans: Iterable[Span | None]) -> Iterator[Triple]:
        """The node with its spans, and the spans themselves."""
        for span in spans:
            if span is not None:
                yield node, predicate, self._span(span)
                yield from self._written(span)

    def mention(self, mention: Mention) -> Iterator[Triple]:
        """How the span refers to the entity that it is evidence of."""
        yield self._span(mention.span), NS.mentionForm, value("mention", mention.form)

    def time(self, node: Node, predicate: Node, time: TimeSpan | None) -> Iterator[Triple]:
        """The node with its time, and the time itself; nothing where the time is unknown."""
        if time is None:
            return
        when = self.base.id(time_key(time))
        yield node, predicate, when
        value("precision", time.precision)  # refuses what is none
        yield from time_triples(when, time)
        yield from self.minted(when)

    @property
    def _name(self) -> str:
        return self.reading.source.key.replace("/", "-")

    def _span(self, span: Span) -> URIRef:
        return self.base.id(f"span/{self._name}-{span.start}-{span.end}")

    def _written(self, span: Span) -> Iterator[Triple]:
        text = self.reading.source.text
        if not 0 <= span.start < span.end <= len(text):
            what = f"the span {span.start}-{span.end} is not in the text"
            raise ParleyError(what, self.reading.source.key, _MEND)
        node = self._span(span)
        yield node, RDF.type, NS.TextSpan
        yield node, NS.spanOf, self.source
        yield node, NS.startOffset, Literal(span.start)
        yield node, NS.endOffset, Literal(span.end)
        yield node, NS.exactText, Literal(text[span.start : span.end])
        yield node, PROV.wasGeneratedBy, self.activity
