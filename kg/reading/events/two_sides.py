"""The two sides that a text is about, where no words for war and peace join two: by "and", or by number."""

import itertools
from collections import Counter

from kg.reading.analysis import Analysis
from kg.reading.names.parties import SIDES
from kg.reading.names.references import Reference
from kg.reading.text.tokens import Range
from kg.reading.words.events import event_table

_OFTEN = 2  # times that "and" must join a pair, where it joins several equally often
_NAMED = 3  # times that the text must name each of them


def often_joined(analysis: Analysis) -> tuple[str, ...]:
    """The two sides that "and" joins most often, where words for war and peace join none."""
    votes: Counter[tuple[str, str]] = Counter()
    sides = [r for r in analysis.references.items if r.type in SIDES]
    for left, right in itertools.pairwise(sides):
        between = analysis.document.lowers(Range(left.range.last, right.range.first))
        if left.key != right.key and between in (["and"], ["and", "the"]) and not _listed(analysis, left):
            votes[min(left.key, right.key), max(left.key, right.key)] += 1
    most = max(votes.values(), default=0)
    foremost = [pair for pair, count in votes.items() if count == most]
    if most >= _OFTEN:
        return min(foremost)
    return foremost[0] if len(foremost) == 1 and _main(sides, foremost[0]) else ()


def _listed(analysis: Analysis, left: Reference) -> bool:
    """ "A, B and C": B and C are not two."""
    first = left.range.first
    comma = first > 1 and analysis.document.tokens[first - 1].text == ","
    before = analysis.references.at(first - 2) if comma else None
    return before is not None and before.type in SIDES


def _main(sides: list[Reference], pair: tuple[str, str]) -> bool:
    """Whether the text names both again and again, and nobody more often."""
    counts = Counter(side.key for side in sides)
    return min(counts[key] for key in pair) >= max(_NAMED, *(counts[k] for k in counts if k not in pair), 0)


def often_named(analysis: Analysis) -> tuple[str, ...]:
    """The two sides that the text names twice as often as any third."""
    named = (r for r in analysis.references.items if r.type in SIDES and r.form != "pronoun")
    counts = Counter(r.key for r in named if not r.adjective and not _only_there(analysis, r)).most_common(3)
    third = counts[2][1] if len(counts) > 2 else 0
    foremost = len(counts) > 1 and counts[1][1] > _OFTEN and counts[1][1] >= third * 2
    return (counts[0][0], counts[1][0]) if foremost else ()


def _only_there(analysis: Analysis, reference: Reference) -> bool:
    """ "in Algiers", "the Algiers accords": a name that says where."""
    tokens, first, last = analysis.document.tokens, reference.range.first, reference.range.last
    before = tokens[first - 1].lower if first else ""
    behind = tokens[last].lower if last < len(tokens) else ""
    return before in {"in", "at", "near"} or behind == "peace" or behind in event_table().bare_nouns
