"""Names behind whoever a text calls otherwise: "a detainee who gave her name as X"."""

from itertools import dropwhile

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase
from kg.reading.names.references import AGENTS, Reference
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar

_LONGEST = 18  # tokens between a noun and its verb
_WHO = frozenset({"who", "whose", "giving", "identifying"})
_NAMING = frozenset({"name", "names", "named", "called", "identified", "identifying", "known"})
_KNOWN = frozenset({"known", "called", "dubbed", "nicknamed", "named"})
_ALSO = frozenset({"also", "collectively", "together", "jointly", "better", "widely", "informally", "often"})


def named_behind(analysis: Analysis, phrase: Phrase, cue: Range) -> Reference | None:
    """The name that ends what stands between a noun and its verb, if the words say it is its name."""
    tokens, first, last = analysis.document.tokens, phrase.range.last, cue.first
    while last > first and (tokens[last - 1].text == "," or tokens[last - 1].lower in grammar().have):
        last -= 1
    if phrase.references or not 2 < last - first <= _LONGEST:
        return None
    named = analysis.references.at(last - 1)
    if named is None or named.range.last != last or named.form == "pronoun" or named.adjective:
        return None
    words = analysis.document.lowers(Range(first, named.range.first))
    words = words[1:] if words[0] == "," else words
    if not words or (words[-1] in grammar().prepositions and words[-1] != "as"):
        return None  # "who was called by X"
    if words[0] in _WHO and named.type == "Person":
        return named if not _NAMING.isdisjoint(words) and not _others(analysis, named, first) else None
    naming = [*dropwhile(_ALSO.__contains__, words)]
    known = naming[:1] and naming[0] in _KNOWN and set(naming[1:]) <= {"as", "the", *_ALSO}
    return named if known and named.type in AGENTS - {"State"} else None


def _others(analysis: Analysis, named: Reference, first: int) -> bool:
    """Whether somebody else is named in between: "who was called by Berg and Roe"."""
    return any(r.type == "Person" for r in analysis.references.within(Range(first, named.range.first)))
