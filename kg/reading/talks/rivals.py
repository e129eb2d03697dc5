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


def foremost(analysis: Analysis, pair: tuple[str, ...]) -> tuple[str, ...]:
    """The pair that words join, unless the text sets two others against each other more often."""
    ranked = ranked_pairs(analysis, frozenset()) if pair else []
    first = {two for two, count in ranked if count == ranked[0][1]}
    return pair if not first or frozenset(pair) in first else ()


def opposed(analysis: Analysis, pair: frozenset[str]) -> frozenset[str]:
    """The pair, if one is a state and one is armed, words of peace or war join the two, or they stand apart.

    Two states whom only their diplomats bring together, or who always stand side by side, are no rivals.
    """
    states = sum(key.startswith("state/") for key in pair)
    joined = {frozenset(two) for two, _ in analysis.joined_sides}
    if states == 1 or (states and pair in joined):
        return pair
    told = [s for s in _of_strife(analysis) if pair <= _named(analysis, s)]
    apart = [s for s in told if pair not in set(_joined(analysis, s))]
    return pair if states and len(apart) >= _LEAST else frozenset()


def _named(analysis: Analysis, sentence: Range) -> set[str]:
    """The states that a sentence names for themselves, not for somebody's post."""
    near = analysis.references.within(sentence)
    return {
        r.key
        for r in near
        if r.type == "State"
        and analysis.introduced_at(r.range.first) is None
        and not as_place(analysis.document, r)
    }


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
