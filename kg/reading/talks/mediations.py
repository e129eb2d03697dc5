"""Where a text says who mediates: by a verb, as a mediator, or under somebody's auspices."""

from collections.abc import Iterator
from dataclasses import replace

from kg.reading.analysis import Analysis
from kg.reading.names.parties import SIDES
from kg.reading.names.references import Reference
from kg.reading.talks.attempts import attempts
from kg.reading.talks.auspices import mediation_of
from kg.reading.talks.deeds import by_subject
from kg.reading.talks.guarantors import guarantors
from kg.reading.talks.initiatives import initiative_of
from kg.reading.talks.mediation import REACH, Mediation, able, separate, state_of
from kg.reading.talks.mediators import as_mediators, efforts, role_of
from kg.reading.talks.shuttles import shuttle_diplomacy
from kg.reading.talks.sides import listed_at
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.kinds import kinds
from kg.reading.words.nouns import noun_table
from kg.reading.words.verbs import verb_table


def find_mediations(analysis: Analysis) -> list[Mediation]:
    """Every place where the text says who mediates, in its order."""
    found = [*_by_verbs(analysis), *efforts(analysis), *attempts(analysis)]
    table, document = noun_table().talks, analysis.document
    for words, rule in (
        (table.mediators | {"between", "betweens"}, as_mediators),
        (table.guarantors, guarantors),
        ({"shuttle"}, shuttle_diplomacy),
        (table.mediation, mediation_of),
        ({"mediating"}, role_of),
        ({"initiative", "invitation"}, initiative_of),
    ):
        for index in document.positions(words):
            if rule is not as_mediators or _is_mediator(analysis, index):
                kind = kinds().parts.get(document.tokens[index].lower)
                found += (replace(m, kind=m.kind or kind) for m in rule(analysis, index))
    told = [m for m in found if m and m.mediators]
    return sorted(told, key=lambda m: (m.evidence.first, m.evidence.last))


def _is_mediator(analysis: Analysis, index: int) -> bool:
    """Such a word, or the last of the three tokens of "go-between"."""
    tokens = analysis.document.tokens
    if tokens[index].lower in noun_table().talks.mediators:
        return True
    return index > 1 and tokens[index - 1].text == "-" and tokens[index - 2].lower == "go"


def _by_verbs(analysis: Analysis) -> Iterator[Mediation]:
    uses = verb_table().uses
    for verb in analysis.verbs:
        if verb.lemma not in uses.leading_talks or verb.negated:
            continue
        sentence = analysis.document.sentence(verb.main)
        if verb.form in {"participle", "passive"}:
            told = _by_agent(analysis, verb, sentence)
        else:
            told = by_subject(analysis, verb, sentence)
        if told:
            yield replace(told, kind=kinds().parts.get(verb.lemma))


def _by_agent(analysis: Analysis, verb: Verb, sentence: Range) -> Mediation | None:
    """ "talks mediated separately by X and Y", "the dialogue is being moderated by X"."""
    tokens, table = analysis.document.tokens, noun_table().talks
    index = verb.last
    while index < sentence.last and (tokens[index].lower in table.manners or index in analysis.time_tokens):
        index += 1
    if index + 1 >= sentence.last or tokens[index].lower != "by":
        return None
    opening = max(sentence.first, verb.first - REACH)
    first = next((i for i in range(verb.first - 1, opening - 1, -1) if _is_head(analysis, i)), None)
    if first is None or _own_team(analysis, verb, first):
        return None
    named, end = listed_at(analysis, index + 1, sentence.last)
    named, end = _inserted(analysis, named, end, sentence)
    if verb.lemma not in verb_table().uses.mediating and not _of_conflict(analysis, first, verb.first):
        return None
    apart = separate(analysis, Range(verb.first, end))
    return Mediation(able(named), Range(first, end), apart, state=state_of(verb))


def _own_team(analysis: Analysis, verb: Verb, head: int) -> bool:
    """ "The U.S. talks were led by X": who leads what one side does speaks for it."""
    before = analysis.references.at(head - 1) if head else None
    return verb.lemma == "lead" and before is not None and before.type in SIDES and before.form != "metonym"


def _of_conflict(analysis: Analysis, head: int, last: int) -> bool:
    """Who leads or hosts any process mediates what has sides or a word of peace: no "effort led by X"."""
    table, first = noun_table().talks, max(0, head - 4)
    words = set(analysis.document.lowers(Range(first, last)))
    named = analysis.references.at(head) or analysis.references.at(head - 1)
    plain = analysis.document.tokens[head].lower in table.hosted
    return bool(plain or named or words & table.kinds or words & {"between", "with"})


def _is_head(analysis: Analysis, index: int) -> bool:
    """A word for talks, or the last one of a format's name: "the Minsk Group, co-chaired by X"."""
    table, named = noun_table().talks, analysis.references.at(index)
    head = analysis.document.tokens[index].lower in table.tracks | table.heads
    return head or (named is not None and named.type == "NegotiationFormat")


def _inserted(
    analysis: Analysis, named: tuple[Reference, ...], end: int, sentence: Range
) -> tuple[tuple[Reference, ...], int]:
    """The list goes on behind an insertion: "by A and B – as allies of C – and D"."""
    tokens = analysis.document.tokens
    if end >= sentence.last or tokens[end].text not in {"-", "–", "—", "("}:
        return named, end
    close = ")" if tokens[end].text == "(" else tokens[end].text
    for at in range(end + 1, min(end + 16, sentence.last - 1)):
        if tokens[at].text == close and tokens[at + 1].lower == "and":
            more, last = listed_at(analysis, at + 2, sentence.last)
            return (*named, *more), last if more else end
    return named, end
