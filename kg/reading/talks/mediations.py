"""Where a text says who mediates: by a verb, as a mediator, or under somebody's auspices."""

from collections.abc import Iterator

from kg.reading.analysis import Analysis
from kg.reading.clauses.subjects import subject_of
from kg.reading.names.references import Reference
from kg.reading.talks.mediation import REACH, Mediation, able, state_of
from kg.reading.talks.mediators import as_mediators, efforts, mediation_of, role_of
from kg.reading.talks.sides import listed_at
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.grammar import grammar
from kg.reading.words.nouns import noun_table
from kg.reading.words.verbs import verb_table


def find_mediations(analysis: Analysis) -> list[Mediation]:
    """Every place where the text says who mediates, in its order."""
    found = [*_by_verbs(analysis), *efforts(analysis)]
    for index in analysis.document.positions(noun_table().talks.mediators):
        found += as_mediators(analysis, index)
    for index in analysis.document.positions(noun_table().talks.mediation):
        found += mediation_of(analysis, index)
    for index in analysis.document.positions({"mediating"}):
        found += role_of(analysis, index)
    told = [m for m in found if m and m.mediators]
    return sorted(told, key=lambda m: (m.evidence.first, m.evidence.last))


def _by_verbs(analysis: Analysis) -> Iterator[Mediation]:
    uses = verb_table().uses
    for verb in analysis.verbs:
        if verb.lemma not in uses.leading_talks or verb.negated:
            continue
        sentence = analysis.document.sentence(verb.main)
        if verb.form in {"participle", "passive"}:
            told = _by_agent(analysis, verb, sentence)
        else:
            told = _by_subject(analysis, verb, sentence) if verb.lemma in uses.mediating else None
        if told:
            yield told


def _by_agent(analysis: Analysis, verb: Verb, sentence: Range) -> Mediation | None:
    """ "talks mediated separately by X and Y", "the dialogue is being moderated by X"."""
    tokens, table = analysis.document.tokens, noun_table().talks
    index = verb.last
    while index < sentence.last and (tokens[index].lower in table.manners or index in analysis.time_tokens):
        index += 1
    if index + 1 >= sentence.last or tokens[index].lower != "by":
        return None
    opening = max(sentence.first, verb.first - REACH)
    heads = table.tracks | table.heads
    first = next((i for i in range(verb.first - 1, opening - 1, -1) if tokens[i].lower in heads), None)
    if first is None:
        return None
    named, end = listed_at(analysis, index + 1, sentence.last)
    named, end = _inserted(analysis, named, end, sentence)
    separate = _separate(analysis, Range(verb.first, end))
    return Mediation(able(named), Range(first, end), separate, state=state_of(verb))


def _inserted(
    analysis: Analysis, named: tuple[Reference, ...], end: int, sentence: Range
) -> tuple[tuple[Reference, ...], int]:
    """The list goes on behind an insertion: "by A and B – as allies of C – and D"."""
    tokens = analysis.document.tokens
    if end >= sentence.last or tokens[end].text not in {"-", "–", "—", "("}:
        return named, end
    close = ")" if tokens[end].text == "(" else tokens[end].text
    for at in range(end + 1, min(end + 16, sentence.last - 1)):
        if tokens[at].text == close and tokens[at + 1].lower == "and":
            more, last = listed_at(analysis, at + 2, sentence.last)
            return (*named, *more), last if more else end
    return named, end


def _by_subject(analysis: Analysis, verb: Verb, sentence: Range) -> Mediation | None:
    """ "X has mediated talks between A and B", "X, appointed to mediate the conflict"; an offer is none."""
    before = analysis.verb_before(verb.first, sentence)
    entrusted = before and before.last == verb.first and before.lemma in verb_table().uses.entrusting
    if verb.form == "gerund" or (verb.form == "infinitive" and not entrusted):
        return None
    if verb.modality not in {"asserted", "future"}:
        return None
    matter = _matter(analysis, verb, sentence)
    governing = before if entrusted and before else verb
    if matter is None or _attributive(analysis, verb, sentence):
        return None
    subject = subject_of(analysis, governing, sentence)
    references = _before_comma(analysis, governing, sentence) or (subject.references if subject else ())
    if not references:
        return None
    first = min(r.range.first for r in references)
    first = min(first, subject.range.first) if subject and subject.references else first
    sides, end = matter
    separate = _separate(analysis, Range(verb.first - 1, sentence.last))
    part = Range(first, end)
    return Mediation(able(references), part, separate, sides, state_of(verb)) if first < end else None


def _attributive(analysis: Analysis, verb: Verb, sentence: Range) -> bool:
    """ "the newly brokered truce": an adjective, whatever its form."""
    tokens, index = analysis.document.tokens, verb.first - 1
    while index > sentence.first and (tokens[index].lower.endswith("ly") or tokens[index].text == "-"):
        index -= 1
    return tokens[index].lower in grammar().determiners - {"that", "both", "all", "each"}


def _before_comma(analysis: Analysis, verb: Verb, sentence: Range) -> tuple[Reference, ...]:
    """ "X, appointed to mediate": the name in front of the participle."""
    index = verb.first - 1
    if verb.form != "participle" or index <= sentence.first or analysis.document.tokens[index].text != ",":
        return ()
    reference = analysis.references.at(index - 1)
    return (reference,) if reference and not reference.adjective else ()


def _matter(analysis: Analysis, verb: Verb, sentence: Range) -> tuple[tuple[Reference, ...], int] | None:
    """What is mediated: the sides "between" whom, and where the words for it end; None for other objects.

    Who brokers a deal has concluded something: that is told with the agreements.
    """
    tokens, table = analysis.document.tokens, noun_table().talks
    wanted = table.heads | table.tracks | (table.disputes - table.agreements)
    if verb.last < sentence.last and tokens[verb.last].lower in {"them", "these"}:
        return (), verb.last + 1
    for at in range(verb.last, min(verb.last + 9, sentence.last)):
        lower = tokens[at].lower
        if lower in table.agreements and lower not in table.heads:
            return None
        if lower == "between":
            sides, end = listed_at(analysis, at + 1, sentence.last)
            return (sides, end) if sides else None
        if lower in {",", ";", ".", "that"}:
            return None
        if lower in wanted:
            after = at + 1 < sentence.last and tokens[at + 1].lower in {"between", "with"}
            sides, end = listed_at(analysis, at + 2, sentence.last) if after else ((), at + 1)
            return sides, max(end, at + 1)
    return None


def _separate(analysis: Analysis, part: Range) -> bool:
    return not noun_table().talks.separately.isdisjoint(analysis.document.lowers(part))
