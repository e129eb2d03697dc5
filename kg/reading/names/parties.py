"""The two sides that a text is about: the pair that its words for peace and war most often join."""

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator, Set

from kg.reading.names.references import Reference, References
from kg.reading.text.document import Document
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.nouns import noun_table
from kg.reading.words.verbs import verb_table

Ranked = list[tuple[tuple[str, str], int]]
SIDES = frozenset({"State", "NonStateGroup", "TerritorialAuthority"})
_WHERE = frozenset({"in", "at", "via", "through", "near", "outside"})
_TOWNS = frozenset({"capital", "city", "town", "port", "resort", "border", "mountain", "village"})
_AUXILIARY = frozenset({"be", "have", "do"})
_EMPTY = grammar().possessive_marks | grammar().official_nouns | {"the"}


def joined(document: Document, named: References) -> Ranked:
    """Every pair that words for peace and war join, with how often, the most often joined first."""
    return _ranked(document, named, noun_table().talks.two_sided, frozenset())


def principal_parties(pairs: Ranked) -> tuple[str, ...]:
    """The keys of the pair that is joined most often, sorted; empty where no pair is joined at all."""
    return min((pair for pair, count in pairs if count == pairs[0][1]), default=())


def sole_parties(pairs: Ranked) -> tuple[str, ...]:
    """The same pair, but none where two are joined as often: then the text is not about two."""
    tied = len(pairs) > 1 and pairs[0][1] == pairs[1][1]
    return pairs[0][0] if pairs and not tied else ()


def opponents(document: Document, named: References, mediators: Set[str]) -> tuple[str, ...]:
    """The pair that words for talks and strife join most often, of those who do not mediate."""
    talks = noun_table().talks
    return sole_parties(_ranked(document, named, talks.two_sided - talks.friendly, mediators))


def _ranked(document: Document, named: References, nouns: Set[str], without: Set[str]) -> Ranked:
    """Every pair that such nouns join, with how often, the most often joined first."""
    votes: Counter[tuple[str, str]] = Counter()
    for sentence, sides in _sides(document, named):
        pairs = {*_compounds(document, sides, sentence, nouns), *_joined(document, sides, sentence, nouns)}
        for left, right in pairs:
            if without.isdisjoint((left, right)):
                votes[min(left, right), max(left, right)] += 1
    return votes.most_common()


def _sides(document: Document, named: References) -> Iterator[tuple[Range, list[Reference]]]:
    """Each sentence that names two sides or more, with these."""
    found: dict[int, list[Reference]] = defaultdict(list)
    for reference in named.items:
        if reference.type in SIDES and not (
            sponsors(document, reference) or home_of_group(document, named, reference)
        ):
            found[document.sentence_number(reference.range.first)].append(reference)
    return ((document.sentences[number], sides) for number, sides in found.items() if len(sides) > 1)


def sponsors(document: Document, reference: Reference) -> bool:
    """ "the Saudi-backed government" is not Saudi Arabia."""
    words = [token.lower for token in document.tokens[reference.range.last : reference.range.last + 2]]
    return words[:1] in (["-"], ["–"]) and not noun_table().talks.sponsoring.isdisjoint(words)


def home_of_group(document: Document, named: References, reference: Reference) -> bool:
    """ "Afghanistan's Taliban leaders": the state says where the group is from."""
    last = reference.range.last
    if reference.type != "State" or last >= len(document.tokens):
        return False
    owner = document.tokens[last].lower in grammar().possessive_marks
    group = named.at(last + 1) if owner else None
    return group is not None and group.type == "NonStateGroup"


def as_place(document: Document, reference: Reference) -> bool:
    """ "in X", "flew to X", "the X capital": a state as a place, which is no side for that."""
    tokens, at, last = document.tokens, reference.range.first - 1, reference.range.last
    if reference.type != "State":
        return False
    if reference.adjective:
        return last < len(tokens) and tokens[last].lower in _TOWNS
    before = tokens[at].lower if at >= 0 else ""
    if before != "to":
        return before in _WHERE or (before == "of" and at > 0 and tokens[at - 1].lower in _TOWNS)
    lemma, _ = verb_table().forms.get(tokens[at - 1].lower, ("", frozenset()))
    return lemma in verb_table().uses.coming or reference.form == "metonym"


def _compounds(
    document: Document, sides: list[Reference], sentence: Range, nouns: Set[str]
) -> Iterator[tuple[str, str]]:
    """ "Azerbaijani-Armenian", "Baku-Yerevan"; "between A and B" after a noun that has two sides."""
    for left, right in itertools.pairwise(sides):
        between = _plain(document, Range(left.range.last, right.range.first))
        before = document.lowers(Range(max(sentence.first, left.range.first - 4), left.range.first))
        if left.key != right.key and (
            (between in (["-"], ["–"]) and _next(document, right) not in noun_table().talks.borders)
            or (between == ["and"] and "between" in before and not nouns.isdisjoint(before))
            or (between == ["and"] and _talk(document, Range(right.range.last, sentence.last)))
        ):
            yield left.key, right.key


def _next(document: Document, reference: Reference) -> str:
    last = reference.range.last
    return document.tokens[last].lower if last < len(document.tokens) else ""


def _talk(document: Document, after: Range) -> bool:
    """ "A and B will resume peace talks": the two hold them; of mediators it is said before their names."""
    near = document.lowers(Range(after.first, min(after.first + 8, after.last)))
    talks = next((n for n, word in enumerate(near) if word in noun_table().talks.processes), None)
    if talks is None:
        return False
    known, uses = verb_table().forms, verb_table().uses
    verbs = {known[word][0] for word in near[:talks] if word in known} - _AUXILIARY
    return not verbs or not verbs.isdisjoint(uses.sitting | uses.resuming | uses.negotiating)


def _plain(document: Document, part: Range) -> list[str]:
    """The words between two names but for those that only belong to them: "X's government and the Y"."""
    return [word for word in document.lowers(part) if word not in _EMPTY]


def _joined(
    document: Document, sides: list[Reference], sentence: Range, nouns: Set[str]
) -> Iterator[tuple[str, str]]:
    """ "A … talks with B": the first side of the sentence, and the one that follows "with"."""
    first = next((r for r in sides if not r.adjective), None)
    for reference in sides:
        before = document.lowers(Range(max(sentence.first, reference.range.first - 4), reference.range.first))
        if first and reference.key != first.key and "with" in before and not nouns.isdisjoint(before):
            yield first.key, reference.key
