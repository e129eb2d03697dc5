"""The two sides that a text is about where no words join them: those named together in strife."""

import itertools
from collections import Counter
from collections.abc import Iterator, Set

from kg.reading.analysis import Analysis
from kg.reading.names.parties import as_place, sponsors
from kg.reading.names.references import Reference
from kg.reading.text.tokens import Range
from kg.reading.words.nouns import noun_table

Ranked = list[tuple[frozenset[str], int]]
_MOST = 4  # sides of one sentence
_LEAST = 2  # sentences that name both
_FORCES = frozenset({"forces", "army"})
_AHEAD = 1.5  # times as often as the next pair


def rivals(ranked: Ranked) -> frozenset[str]:
    """The pair of states or armed groups that most such sentences name; nothing where another comes near."""
    if not ranked or ranked[0][1] < _LEAST or (len(ranked) > 1 and ranked[0][1] < _AHEAD * ranked[1][1]):
        return frozenset()
    return ranked[0][0]


def ranked_pairs(analysis: Analysis, mediators: Set[str]) -> Ranked:
    """Every pair that such sentences name, with how often, the most often named first."""
    votes: Counter[frozenset[str]] = Counter()
    for sentence in _of_strife(analysis):
        sides = sorted(_sides(analysis, sentence) - mediators)
        if len(sides) <= _MOST:
            votes.update(frozenset(pair) for pair in itertools.combinations(sides, 2))
        votes.update(pair for pair in _joined(analysis, sentence) if mediators.isdisjoint(pair))
    return votes.most_common()


def _of_strife(analysis: Analysis) -> Iterator[Range]:
    """The sentences that have a word for talks or for strife, each once."""
    document, talks = analysis.document, noun_table().talks
    words = talks.strife | talks.hosted | talks.agreements | talks.disputes
    numbers = {document.sentence_number(index) for index in document.positions(words)}
    return (document.sentences[number] for number in sorted(numbers))


def _sides(analysis: Analysis, sentence: Range) -> Set[str]:
    """The states and armed groups of a sentence, and those for whom its people speak."""
    found = set()
    for reference in analysis.references.within(sentence):
        key = analysis.employers.get(reference.key, reference.key)
        side = key.startswith(("state/", "group/")) or _is_force(reference)
        if side and not (sponsors(analysis.document, reference) or as_place(analysis.document, reference)):
            found.add(key)
    return found


def _is_force(reference: Reference) -> bool:
    """An army, which fights a group in its own state."""
    return reference.type == "Organisation" and not _FORCES.isdisjoint(reference.label.lower().split())


def _joined(analysis: Analysis, sentence: Range) -> Iterator[frozenset[str]]:
    """ "A and B": two that stand side by side count twice."""
    for left, right in itertools.pairwise(analysis.references.within(sentence)):
        between = analysis.document.lowers(Range(left.range.last, right.range.first))
        pair = frozenset(analysis.employers.get(r.key, r.key) for r in (left, right))
        sides = all(key.startswith(("state/", "group/")) for key in pair)
        listed = analysis.document.tokens[left.range.first - 1].text == ","  # "A, B and C" sets no two apart
        if between in (["and"], ["and", "the"], ["-"], ["–"]) and len(pair) > 1 and sides and not listed:
            yield pair
