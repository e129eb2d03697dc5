"""Who put a name to an agreement, for whom, and whether as a party, a guarantor or a witness."""

from collections.abc import Iterator

from kg.identifiers import digest
from kg.model import Agreement, Signature
from kg.reading.clauses.subjects import subject_of
from kg.reading.lasting.told import Told
from kg.reading.names.references import Reference
from kg.reading.talks.sides import joined_start
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.grammar import grammar
from kg.reading.words.lasting import lasting_table

_NEAR = 8  # tokens between the verb and the words for the agreement
_BY = 6  # tokens between "signed" and "by"
_LED = 12  # tokens of a list between "with" and "as witnesses"
_TOLD = frozenset({"finite", "passive", "participle"})


def signatures(told: Told) -> Iterator[Signature]:
    """The names under each agreement of the text that its outlet says was signed or initialled."""
    for agreement in told.reading.agreements:
        if agreement.stage != "prospective":
            for span in agreement.evidence:
                yield from _under(told, agreement, told.analysis.tokens_of(span))


def _under(told: Told, agreement: Agreement, part: Range) -> Iterator[Signature]:
    sentence = told.analysis.document.sentence(part.first)
    for verb in told.analysis.verbs_in(sentence):
        near = part.first - _NEAR <= verb.main < part.last + _NEAR
        fact = verb.form in _TOLD and verb.modality == "asserted" and not verb.negated
        if verb.lemma in lasting_table().signature.verbs and near and fact and told.in_own_voice(verb.main):
            others = dict(_others(told, sentence))
            signers = [r for r in _signers(told, verb, sentence) if r.key not in others]
            for reference in signers:
                yield _signature(told, agreement, reference, "party", verb)
            for reference, capacity in others.values():
                yield _signature(told, agreement, reference, capacity, verb)


def _signers(told: Told, verb: Verb, sentence: Range) -> list[Reference]:
    """The subject, or whoever stands behind "by"."""
    analysis = told.analysis
    by = next(
        (
            i
            for i in range(verb.last, min(verb.last + _BY, sentence.last))
            if analysis.document.tokens[i].lower == "by"
        ),
        None,
    )
    if verb.form != "finite":
        return told.agents_at(by + 1, sentence.last) if by else []
    subject = subject_of(analysis, verb, sentence)
    if subject is None or subject.range.last > verb.first:
        return []
    return told.agents_at(joined_start(analysis, subject.range.first, sentence), verb.first)


def _others(told: Told, sentence: Range) -> Iterator[tuple[str, tuple[Reference, str]]]:
    """ "with X as witness", "witnessed by X", "with X and Y as guarantors"."""
    words, tokens = lasting_table().signature, told.analysis.document.tokens
    for index in told.analysis.document.positions(words.witness | words.guarantor, sentence):
        capacity = "witness" if tokens[index].lower in words.witness else "guarantor"
        at = index - 1 - (tokens[index - 1].lower in grammar().determiners)
        if at > sentence.first and tokens[at].lower == "as":
            for reference in _before(told, at, sentence):
                yield reference.key, (reference, capacity)
    for index in told.analysis.document.positions({"witnessed"}, sentence):
        if index + 1 < sentence.last and tokens[index + 1].lower == "by":
            for reference in told.agents_at(index + 2, sentence.last):
                yield reference.key, (reference, "witness")


def _before(told: Told, at: int, sentence: Range) -> list[Reference]:
    """The list between "with" or "by" and "as"."""
    near = range(at - 1, max(sentence.first, at - _LED) - 1, -1)
    tokens, led = told.analysis.document.tokens, lasting_table().signature.led
    mark = next((i for i in near if tokens[i].lower in led), None)
    return told.agents_at(mark + 1, at) if mark is not None else []


def _signature(told: Told, agreement: Agreement, one: Reference, capacity: str, verb: Verb) -> Signature:
    person = one.key if one.type == "Person" else None
    side = told.served(one.key) if person else one.key
    mark = digest(agreement.key, one.key, capacity, length=10)
    analysis = told.analysis
    part = Range(min(one.range.first, verb.first), max(one.range.last, verb.last))
    return Signature(
        f"signature/{mark}",
        f"{told.label(one.key)}, {capacity}: {agreement.label}",
        agreement.key,
        capacity,
        analysis.spans(part),
        signed_by=person,
        signed_for=side,
    )
