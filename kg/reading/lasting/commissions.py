"""Commissions of two or more states that fix or mark the line between them."""

from collections.abc import Iterator

from kg.identifiers import names_of
from kg.model import BorderCommission
from kg.reading.clauses.phrases import phrase_start
from kg.reading.lasting.told import Told
from kg.reading.text.tokens import Range
from kg.reading.words.lasting import lasting_table

_BEHIND = 6  # tokens between the noun and "of", "on border delimitation between"


def commissions(told: Told) -> Iterator[BorderCommission]:
    """Every border commission whose states are named in the sentence, two at least."""
    table, document = lasting_table().commission, told.analysis.document
    for head in document.positions(table.nouns):
        sentence = document.sentence(head)
        first = phrase_start(told.analysis, head)
        end = min(head + _BEHIND, sentence.last)
        about = not table.kinds.isdisjoint(document.lowers(_said_of(told, first, head, end)))
        states, last = _states(told, head, first, end, sentence) if about else ((), end)
        if len(states) > 1:
            label = f"Border commission: {'–'.join(told.label(key) for key in states)}"
            spans = told.analysis.spans(Range(first, last))
            yield BorderCommission(f"organisation/border-commission-{names_of(states)}", label, states, spans)


def _said_of(told: Told, first: int, head: int, end: int) -> Range:
    """Its own words: those before the noun, and those behind it up to a verb or a name."""
    verbs = told.analysis.verbs_in(Range(head + 1, end))
    names = told.analysis.references.within(Range(head + 1, end))
    return Range(first, min([end, *(v.first for v in verbs), *(r.range.first for r in names)]))


def _states(told: Told, head: int, first: int, end: int, sentence: Range) -> tuple[tuple[str, ...], int]:
    """Those before the noun and those behind "of" or "between"; else the only two of the sentence."""
    links, document = lasting_table().commission.links, told.analysis.document
    link = next((i for i in range(head + 1, end) if document.tokens[i].lower in links), None)
    behind = told.agents_at(link + 1, sentence.last) if link else []
    before = list(told.analysis.references.within(Range(first, head)))
    own = {r.key for r in (*before, *behind) if r.type == "State"}
    if len(own) > 1:
        return tuple(sorted(own)), max([head + 1, *(r.range.last for r in behind)])
    named = {r.key for r in told.analysis.references.within(sentence) if r.type == "State"}
    return (tuple(sorted(named)) if len(named) == 2 else ()), head + 1
