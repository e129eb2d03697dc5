"""Who brings two sides to the table: "they came at the joint initiative of A and B"."""

from collections.abc import Iterator

from kg.reading.analysis import Analysis
from kg.reading.talks.mediation import Mediation, able
from kg.reading.talks.sides import listed_at
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.nouns import noun_table
from kg.reading.words.verbs import verb_table

_JOINT = frozenset({"joint", "common", "own", "personal"})
_BACK = 2  # sentences before it in which talks are told of


def initiative_of(analysis: Analysis, index: int) -> Iterator[Mediation]:
    """At whose initiative somebody came together, where talks have just been told of."""
    tokens, sentence = analysis.document.tokens, analysis.document.sentence(index)
    if index + 2 >= sentence.last or tokens[index + 1].lower != "of":
        return
    first = index
    while first > sentence.first and tokens[first - 1].lower in grammar().determiners | _JOINT:
        first -= 1
    verb = analysis.verb_before(first, sentence)
    marked = first > sentence.first and tokens[first - 1].lower in {"at", "on"}
    if not marked or verb is None or verb.lemma not in verb_table().uses.convening:
        return
    if _talks_before(analysis, index):
        named, end = listed_at(analysis, index + 2, sentence.last)
        yield Mediation(able(named), Range(first, end))


def _talks_before(analysis: Analysis, index: int) -> bool:
    number = analysis.document.sentence_number(index)
    first = analysis.document.sentences[max(0, number - _BACK)].first
    return not noun_table().talks.hosted.isdisjoint(analysis.document.lowers(Range(first, index)))
