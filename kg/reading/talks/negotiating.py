"""Talks that only a verb tells of: "A and B are negotiating a peace treaty", "A is negotiating with B"."""

from collections.abc import Iterator

from kg.reading.analysis import Analysis
from kg.reading.clauses.subjects import subject_of
from kg.reading.events.certainty import asked, untrue
from kg.reading.talks.grouping import Clue
from kg.reading.talks.sides import bodies_of, joined_start, listed_at
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.nouns import noun_table
from kg.reading.words.verbs import verb_table

_OBJECT = 9  # words behind the verb in which its object or "with" stands


def negotiating(analysis: Analysis) -> Iterator[Clue]:
    """What two who stand beside such a verb negotiate, if it is a peace or the text is of a conflict."""
    for verb in analysis.verbs:
        if verb.lemma not in verb_table().uses.negotiating or verb.negated or verb.form != "finite":
            continue
        if verb.modality == "asserted" and not (asked(analysis, verb.main) or untrue(analysis, verb.main)):
            clue = _clue(analysis, verb, analysis.document.sentence(verb.main))
            if clue:
                yield clue


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
