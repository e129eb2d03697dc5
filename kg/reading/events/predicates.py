"""What "be" says of an event that a noun names: "the war was over", "a meeting is possible by May"."""

from dataclasses import dataclass

from kg.reading.analysis import Analysis
from kg.reading.events.clause_ends import clause_stop
from kg.reading.text.tokens import Range
from kg.reading.words.events import event_table
from kg.reading.words.grammar import grammar

_HELPERS = grammar().modals | grammar().have
_TALKED_OF = frozenset({"discussion", "consideration", "review", "study", "negotiation"})
_NEAR = 4  # words between "be" and what it says: "was not yet possible"


@dataclass(frozen=True, slots=True)
class Predicate:
    """How an event stands by what "be" says of it, and where that clause ends; None where it denies it."""

    stands: tuple[str, str] | None
    last: int


def predicate(analysis: Analysis, own: Range, sentence: Range) -> Predicate | None:
    """What follows the noun phrase of an event with "be"; None where nothing does that matters."""
    tokens, words = analysis.document.tokens, event_table().words
    index = own.last
    while index < sentence.last and tokens[index].lower in _HELPERS:
        index += 1
    if index >= sentence.last or tokens[index].lower not in grammar().be:
        return None
    near = analysis.document.lowers(Range(index + 1, min(index + 1 + _NEAR, sentence.last)))
    known = words.over | words.conceivable | words.coming
    plain = [word for word in near if word in known or not (word in grammar().adverbs or word.endswith("ly"))]
    negated = bool(plain) and plain[0] in grammar().negations
    said = plain[1:2] if negated else plain[:1]
    if said == ["under"] and plain[-1:] != ["under"] and "way" not in plain:
        talked_of = not _TALKED_OF.isdisjoint(plain)
        return Predicate(("planned", "possible"), own.last) if talked_of else None
    if said and said[0] in {"likely", "unlikely", "due"} and "to" in near:
        return None  # "a strike is likely to make it worse"
    stands = next((how for named, how in words.standings if said and said[0] in named), None)
    if stands is None:
        return None
    return Predicate(None if negated else stands, clause_stop(analysis, index + 1, sentence, own.first))
