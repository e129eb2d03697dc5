"""Who mediates by what they are called: "Omani mediators", "acted as a mediator", "a mediating role"."""

from collections.abc import Iterator

from kg.reading.analysis import Analysis
from kg.reading.clauses.subjects import subject_of
from kg.reading.names.references import MEDIATORS, Reference
from kg.reading.talks.mediation import REACH, Mediation, able, state_of
from kg.reading.talks.sides import listed_at
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.grammar import grammar
from kg.reading.words.nouns import noun_table
from kg.reading.words.verbs import verb_table


def as_mediators(analysis: Analysis, index: int) -> Iterator[Mediation]:
    """ "Omani mediators", "the mediators, Egypt and Qatar", "Qatar, a mediator", "serve as mediators"."""
    tokens, sentence = analysis.document.tokens, analysis.document.sentence(index)
    before, first = run_before(analysis, index, sentence)
    if before:
        person = analysis.references.at(index + 1) if index + 1 < sentence.last else None
        own = (person,) if person and person.type == "Person" else ()  # "UN mediator X"
        last = own[0].range.last if own else _suspended(analysis, index + 1, sentence)
        part = Range(_talks_before(analysis, first, sentence), last)
        yield Mediation(able((*before, *own)), part)
        return
    at = index + 1
    while at < sentence.last and tokens[at].text in {",", "–", "-", "—", "("}:
        at += 1
    reference = analysis.references.at(at) if at < sentence.last else None
    plural = tokens[index].lower.endswith("s")
    if reference and at <= index + 2:
        named, end = listed_at(analysis, at, sentence.last)
        apposed = end < sentence.last and tokens[end].text in {",", ")"}  # "the facilitator, Malaysia,"
        if (plural and len(named) > 1) or at == index + 1 or (not plural and apposed):
            yield Mediation(able(named), Range(index, _talks_behind(analysis, end, sentence)))
            return
    yield from _by_function(analysis, index, sentence)


def _suspended(analysis: Analysis, index: int, sentence: Range) -> int:
    """Behind the talks that these "have suspended", or the same."""
    verb = next(iter(analysis.verbs_in(Range(index, min(index + 4, sentence.last)))), None)
    uses = verb_table().uses
    if verb is None or verb.form != "finite" or verb.lemma not in uses.stalling | uses.resuming:
        return index
    near = range(verb.last, min(verb.last + 4, sentence.last))
    at = next((i for i in near if analysis.document.tokens[i].lower in noun_table().talks.hosted), None)
    return at + 1 if at else index


def _talks_behind(analysis: Analysis, end: int, sentence: Range) -> int:
    """Behind the word for talks in ", in negotiations between": then these are mediated; else the same."""
    near = range(end, min(end + 5, sentence.last))
    marked = any(analysis.document.tokens[i].lower in {"in", "at", "of"} for i in near)
    at = next((i for i in near if analysis.document.tokens[i].lower in noun_table().talks.hosted), None)
    return at + 1 if marked and at else end


def _talks_before(analysis: Analysis, first: int, sentence: Range) -> int:
    """The word for the talks that are held "through" these, or these."""
    tokens = analysis.document.tokens
    at = first - 1 if first > sentence.first and tokens[first - 1].lower in grammar().determiners else first
    if at == sentence.first or tokens[at - 1].lower not in {"through", "via", "with", "by"}:
        return first
    near = range(at - 1, max(sentence.first, at - REACH) - 1, -1)
    return next((i for i in near if tokens[i].lower in noun_table().talks.heads), first)


def run_before(analysis: Analysis, index: int, sentence: Range) -> tuple[tuple[Reference, ...], int]:
    """The names joined right before a noun: "Egyptian and Qatari mediators"."""
    tokens, at, first = analysis.document.tokens, index, index
    found: list[Reference] = []
    while at > sentence.first:
        reference = analysis.references.at(at - 1)
        if reference and reference.range.last == at and reference.type != "Person":
            if found and found[-1].adjective != reference.adjective:
                break  # "a Saudi delegation and Omani mediators"
            found.append(reference)
            first = at = reference.range.first
        elif not found and at == index and _unlisted(analysis, at - 1):
            at -= 2  # "Saudi, US and African mediators"
        elif (found and (tokens[at - 1].text == "," or tokens[at - 1].lower == "and")) or (
            not found and tokens[at - 1].lower in {"chief", "key", "main", "lead", "senior", "government"}
        ):
            at -= 1
        else:
            break
    return tuple(reversed(found)), first


def _unlisted(analysis: Analysis, index: int) -> bool:
    """The last of several adjectives, for which no body is known."""
    tokens = analysis.document.tokens
    named = index > 1 and tokens[index].text[0].isupper() and analysis.references.at(index) is None
    return named and tokens[index - 1].lower == "and" and analysis.references.at(index - 2) is not None


def _by_function(analysis: Analysis, index: int, sentence: Range) -> Iterator[Mediation]:
    """ "X acted as a mediator", "X, a key mediator in the talks"; not "X offered to act as mediator"."""
    tokens = analysis.document.tokens
    at = index - 1
    while at > sentence.first and (
        tokens[at].lower
        in grammar().determiners | {"key", "main", "lead", "chief", "one", "of", "neutral", "go", "-"}
    ):
        at -= 1
    before = tokens[at].lower
    if before == ",":
        reference = analysis.references.at(at - 1)
        if reference and not reference.adjective:
            sides, end = between(analysis, index, sentence)
            yield Mediation(able((reference,)), Range(reference.range.first, end), sides=sides)
        return
    plain = _before_copula(analysis, at, sentence)
    if plain:
        sides, end = between(analysis, index, sentence)
        yield Mediation(able((plain,)), Range(plain.range.first, end), sides=sides)
        return
    verb = analysis.verb_before(at + 1, sentence)
    if verb is None or before not in {"as", "is", "are", "been"} or verb.negated:
        return
    named = _before_comma(analysis, verb, sentence)
    if named:
        sides, end = between(analysis, index, sentence)
        yield Mediation(able((named,)), Range(named.range.first, end), sides=sides)
        return
    leaving = verb.lemma in verb_table().uses.leaving
    offered = leaving or verb.form in {"infinitive", "gerund"}
    subject = subject_of(analysis, verb, sentence)
    if offered or verb.modality in {"possible", "necessary"} or not subject or not subject.references:
        return
    first = min(r.range.first for r in subject.references)
    if first < index:
        sides, end = between(analysis, index, sentence)
        yield Mediation(able(subject.references), Range(first, end), sides=sides, state=state_of(verb))


def _before_copula(analysis: Analysis, index: int, sentence: Range) -> Reference | None:
    """ "X is the facilitator", "X, who is the facilitator": the name in front of "is"."""
    tokens, at = analysis.document.tokens, index - 1
    if tokens[index].lower not in {"is", "are"} or at <= sentence.first:
        return None
    if tokens[at].lower == "who" and tokens[at - 1].text == ",":
        at -= 2
    named = analysis.references.at(at)
    return named if named and named.range.last == at + 1 and not named.adjective else None


def _before_comma(analysis: Analysis, verb: Verb, sentence: Range) -> Reference | None:
    """ "X, acting as a go-between": the name in front of the participle."""
    comma = verb.first - 1
    if verb.form not in {"gerund", "participle"} or comma <= sentence.first:
        return None
    named = analysis.references.at(comma - 1) if analysis.document.tokens[comma].text == "," else None
    return None if named is None or named.adjective else named


def between(analysis: Analysis, index: int, sentence: Range) -> tuple[tuple[Reference, ...], int]:
    """ "a mediator between A and B": the sides, and where the words end."""
    mark = analysis.document.tokens[index + 1].lower if index + 1 < sentence.last else ""
    if mark in {"between", "for"}:
        sides, end = listed_at(analysis, index + 2, sentence.last)
        return (sides, end) if len(sides) > (mark == "for") else ((), index + 1)
    return (), index + 1


def role_of(analysis: Analysis, index: int) -> Iterator[Mediation]:
    """ "talks in which Egypt plays a mediating role"."""
    tokens, sentence = analysis.document.tokens, analysis.document.sentence(index)
    if index + 1 >= sentence.last or tokens[index + 1].lower not in {"role", "part"}:
        return
    verb = next(
        (v for v in reversed(analysis.verbs_in(Range(sentence.first, index))) if v.lemma == "play"), None
    )
    subject = subject_of(analysis, verb, sentence) if verb and not verb.negated else None
    if subject and subject.references:
        first = subject.range.first
        heads = [
            i
            for i in range(max(sentence.first, first - 5), first)
            if tokens[i].lower in noun_table().talks.heads
        ]
        yield Mediation(able(subject.references), Range(heads[-1] if heads else first, index + 2))


def efforts(analysis: Analysis) -> Iterator[Mediation]:
    """ "EU efforts to organize a round", "the EU has tried to organize a round"."""
    tokens, table = analysis.document.tokens, noun_table().talks
    for reference in analysis.references.items:
        words = analysis.document.lowers(Range(reference.range.last, reference.range.last + 8))
        effort = words[:1] == ["efforts"] or not table.attempts.isdisjoint(words[:3])
        if not effort or table.organising.isdisjoint(words) or table.sittings.isdisjoint(words):
            continue
        if reference.type not in MEDIATORS - {"Person"}:
            continue
        sentence = analysis.document.sentence(reference.range.last)
        places = range(reference.range.last, sentence.last)
        end = next((i for i in places if tokens[i].lower in table.sittings), None)
        if end is not None:
            yield Mediation((reference,), Range(reference.range.first, end + 1))
