"""Relations that the content states by nouns: a reason, a possessed noun phrase."""

from collections.abc import Iterator

from kg.reading.analysis import Analysis
from kg.reading.clauses.subjects import subject_of
from kg.reading.events.happenings import Happenings
from kg.reading.statements.propositions import Clause, proposition, unquoted
from kg.reading.text.marks import QUOTES
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.nouns import noun_table

_PLAY = frozenset({"play"})
_CAUSES = frozenset({"reason", "cause"})


def stated_causes(
    analysis: Analysis, content: Range, happenings: Happenings, labels: dict[str, str]
) -> Iterator[Clause]:
    """ "The operation was the reason that X cancelled contacts": one event causes the other."""
    for index in analysis.document.positions(_CAUSES, Range(content.first + 1, content.last)):
        earlier = happenings.within(Range(content.first, index))
        effects = happenings.within(Range(index, content.last))
        copula = grammar().copulas & set(
            analysis.document.lowers(Range(max(content.first, index - 3), index))
        )
        if earlier and effects and copula:
            words = unquoted(analysis, Range(index + 1, content.last)).removeprefix("that ")
            made = proposition(earlier[0], "causes", tuple(effects), words, "positive", labels)
            yield Clause(made, Range(content.first, content.last), "asserted", False)


def possessed_phrases(analysis: Analysis, content: Range, labels: dict[str, str]) -> Iterator[Clause]:
    """ "X's biased position": what a possessed noun phrase says of its possessor."""
    tokens = analysis.document.tokens
    for reference in analysis.references.within(content):
        after = reference.range.last
        if after >= content.last or tokens[after].lower not in grammar().possessive_marks:
            continue
        words = [t.lower for t in tokens[after + 1 : min(after + 7, content.last)] if t.text not in QUOTES]
        for row in noun_table().phrases:
            head = next((i for i, word in enumerate(words) if word in row.heads), None)
            if head is None or (row.adjectives and not row.adjectives & set(words[:head])):
                continue
            if not row.adjectives and head != 0:
                continue
            part = Range(after + 1, _phrase_end(analysis, after + 1, content))
            made = proposition(reference.key, row.relation, (), unquoted(analysis, part), "positive", labels)
            yield Clause(made, Range(reference.range.first, part.last), "asserted", False)
            break


def played_roles(analysis: Analysis, content: Range, labels: dict[str, str]) -> Iterator[Clause]:
    """ "The part that X plays in …": X has a role."""
    for verb in analysis.verbs_of(_PLAY, content):
        if verb.last >= content.last:
            continue
        subject = subject_of(analysis, verb, content)
        before = set(analysis.document.lowers(Range(content.first, verb.first)))
        row = next((r for r in noun_table().phrases if r.relation == "hasRoleIn" and r.heads & before), None)
        if row and subject:
            part = Range(verb.last, _phrase_end(analysis, verb.last, content))
            for reference in subject.references:
                value = unquoted(analysis, part)
                made = proposition(reference.key, row.relation, (), value, "positive", labels)
                yield Clause(made, Range(subject.range.first, part.last), "asserted", False)


def _phrase_end(analysis: Analysis, first: int, content: Range) -> int:
    """A noun phrase with what depends on it ends at a comma or with the content."""
    tokens = analysis.document.tokens
    last = first
    while last < content.last and tokens[last].text not in {",", ";", "."}:
        last += 1
    return last
