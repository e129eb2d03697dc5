"""Talks that only a verb tells of: "A and B are negotiating a peace treaty", "A is negotiating with B"."""

from collections.abc import Iterator

from kg.reading.analysis import Analysis
from kg.reading.clauses.subjects import subject_of
from kg.reading.events.certainty import asked, untrue
from kg.reading.names.references import Reference
from kg.reading.talks.grouping import Clue
from kg.reading.talks.sides import bodies_of, joined_start, listed_at
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.grammar import grammar
from kg.reading.words.nouns import noun_table
from kg.reading.words.verbs import verb_table

_TABLE = frozenset({"table"})
_KINDS = frozenset({"negotiating", "bargaining", "conference", "negotiation", "negotiations"})
_TO = frozenset({"at", "to", "around", "round"})
_BACK = 4  # words between "are" or "returned" and "to the negotiating table"
_OBJECT = 9  # words behind the verb in which its object or "with" stands


def negotiating(analysis: Analysis) -> Iterator[Clue]:
    """What two who stand beside such a verb negotiate, if it is a peace or the text is of a conflict."""
    for verb in analysis.verbs:
        if verb.lemma not in verb_table().uses.negotiating or verb.negated:
            continue
        if verb.form not in {"finite", "gerund"}:
            continue
        if verb.modality == "asserted" and not (asked(analysis, verb.main) or untrue(analysis, verb.main)):
            clue = _clue(analysis, verb, analysis.document.sentence(verb.main))
            if clue:
                yield clue


def at_tables(analysis: Analysis) -> Iterator[Clue]:
    """ "A and B are back at the negotiating table", "A returned to the bargaining table with B"."""
    tokens = analysis.document.tokens
    for index in analysis.document.positions(_TABLE):
        sentence = analysis.document.sentence(index)
        if index - 2 < sentence.first or tokens[index - 1].lower not in _KINDS:
            continue
        mark = next((i for i in range(index - 1, sentence.first, -1) if tokens[i].lower in _TO), None)
        last = index + 1
        after = tokens[last].lower if last < sentence.last else ""
        with_whom, end = listed_at(analysis, last + 1, sentence.last) if after == "with" else ((), last)
        first, own = _seated(analysis, mark, sentence) if mark else (index, ())
        keys = bodies_of(analysis, (*own, *with_whom))
        if len(keys) > 1 and not asked(analysis, index):
            yield Clue((Range(first, end),), frozenset(keys), ())


def _seated(analysis: Analysis, mark: int, sentence: Range) -> tuple[int, tuple[Reference, ...]]:
    """Who sits down at the table that stands behind this "at" or "to", and where they are named."""
    verb = analysis.verb_before(mark, sentence)
    if verb and mark - verb.last < _BACK and verb.form == "finite" and not verb.negated:
        subject = subject_of(analysis, verb, sentence)
        if subject is None:
            return mark, ()
        start = joined_start(analysis, subject.range.first, sentence)
        return start, listed_at(analysis, start, verb.first)[0] or subject.references
    be = next((i for i in range(mark - 1, mark - _BACK, -1) if _is_be(analysis, i, sentence)), None)
    last = analysis.references.at(be - 1) if be else None
    if be is None or last is None:
        return mark, ()
    start = joined_start(analysis, last.range.first, sentence)
    return start, listed_at(analysis, start, be)[0]


def _is_be(analysis: Analysis, index: int, sentence: Range) -> bool:
    return index > sentence.first and analysis.document.tokens[index].lower in grammar().be


def _clue(analysis: Analysis, verb: Verb, sentence: Range) -> Clue | None:
    subject = subject_of(analysis, verb, sentence)
    if subject is None:
        return None
    start = joined_start(analysis, subject.range.first, sentence)
    own = (listed_at(analysis, start, verb.first)[0] if start < verb.first else ()) or subject.references
    tokens, table = analysis.document.tokens, noun_table().talks
    last = min(verb.last + _OBJECT, sentence.last)
    stop = next((i for i in range(verb.last, last) if tokens[i].text in {",", ";"}), last)
    behind = Range(verb.last, stop)
    peace = table.conflictual & set(analysis.document.lowers(behind))
    mark = next((i for i in range(behind.first, behind.last) if tokens[i].lower == "with"), None)
    other, end = listed_at(analysis, mark + 1, sentence.last) if mark else ((), behind.first)
    keys = bodies_of(analysis, (*own, *other))
    strict = bool(peace) or (analysis.strife and any(key.startswith("group/") for key in keys))
    if len(keys) < 2 or not strict or table.commercial & set(analysis.document.lowers(behind)):
        return None
    return Clue((Range(start, max(end, stop)),), frozenset(keys), ())
