"""Who mediates by the nouns of a text: "Omani mediators", "acted as a mediator", "under UN auspices"."""

from collections.abc import Iterator

from kg.reading.analysis import Analysis
from kg.reading.clauses.subjects import subject_of
from kg.reading.names.references import MEDIATORS, Reference
from kg.reading.talks.mediation import REACH, Mediation, able, state_of
from kg.reading.talks.sides import bodies_of, joined_start, listed_at
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.grammar import grammar
from kg.reading.words.nouns import noun_table
from kg.reading.words.verbs import verb_table

_EFFORTS = frozenset(
    {"efforts", "effort", "role", "mission", "attempts", "attempt", "bid", "process", "team"}
)
_HEADING = frozenset(
    {"lead", "head", "conduct", "undertake", "spearhead", "carry out", "pursue", "resume", "continue"}
)


def as_mediators(analysis: Analysis, index: int) -> Iterator[Mediation]:
    """ "Omani mediators", "the mediators, Egypt and Qatar", "Qatar, a mediator", "serve as mediators"."""
    tokens, sentence = analysis.document.tokens, analysis.document.sentence(index)
    before, first = _run_before(analysis, index, sentence)
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


def _run_before(analysis: Analysis, index: int, sentence: Range) -> tuple[tuple[Reference, ...], int]:
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
            sides, end = _between(analysis, index, sentence)
            yield Mediation(able((reference,)), Range(reference.range.first, end), sides=sides)
        return
    plain = _before_copula(analysis, at, sentence)
    if plain:
        sides, end = _between(analysis, index, sentence)
        yield Mediation(able((plain,)), Range(plain.range.first, end), sides=sides)
        return
    verb = analysis.verb_before(at + 1, sentence)
    if verb is None or before not in {"as", "is", "are", "been"} or verb.negated:
        return
    named = _before_comma(analysis, verb, sentence)
    if named:
        sides, end = _between(analysis, index, sentence)
        yield Mediation(able((named,)), Range(named.range.first, end), sides=sides)
        return
    leaving = verb.lemma in verb_table().uses.leaving
    offered = leaving or verb.form in {"infinitive", "gerund"}
    subject = subject_of(analysis, verb, sentence)
    if offered or verb.modality in {"possible", "necessary"} or not subject or not subject.references:
        return
    first = min(r.range.first for r in subject.references)
    if first < index:
        sides, end = _between(analysis, index, sentence)
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


def _between(analysis: Analysis, index: int, sentence: Range) -> tuple[tuple[Reference, ...], int]:
    """ "a mediator between A and B": the sides, and where the words end."""
    mark = analysis.document.tokens[index + 1].lower if index + 1 < sentence.last else ""
    if mark in {"between", "for"}:
        sides, end = listed_at(analysis, index + 2, sentence.last)
        return (sides, end) if len(sides) > (mark == "for") else ((), index + 1)
    return (), index + 1


def mediation_of(analysis: Analysis, index: int) -> Iterator[Mediation]:
    """ "under the auspices of X", "with UN mediation", "through the mediation of X and Y"."""
    tokens, sentence = analysis.document.tokens, analysis.document.sentence(index)
    owned = index - 1 if tokens[index - 1].lower in grammar().possessive_marks else index
    before, first = _run_before(analysis, owned, sentence)  # "with UN mediation", "with Ottawa's mediation"
    opening = first if before else index
    while opening > sentence.first and tokens[opening - 1].lower in grammar().determiners | {"good"}:
        opening -= 1
    mark = tokens[opening - 1].lower if opening > sentence.first else ""
    thanks = mark == "to" and tokens[opening - 2].lower == "thanks"
    marked = thanks or mark in {"under", "with", "through", "via", "by"}
    if not marked:
        yield from _own_mediation(analysis, index, sentence)
        return
    heads = noun_table().talks.heads | noun_table().talks.tracks
    near = Range(max(sentence.first, opening - REACH), opening)
    head = next((i for i in range(near.last - 1, near.first - 1, -1) if tokens[i].lower in heads), None)
    named, end = before, index + 1
    if not named and index + 1 < sentence.last and tokens[index + 1].lower in {"of", "by"}:
        named, end = listed_at(analysis, index + 2, sentence.last)
    if head is not None:
        yield Mediation(able(named), Range(head, end))
    else:
        yield from _of_doings(analysis, named, Range(opening, end), sentence)


def _of_doings(
    analysis: Analysis, named: tuple[Reference, ...], part: Range, sentence: Range
) -> Iterator[Mediation]:
    """ "A and B exchanged prisoners with the mediation of X": what two did, no word for talks beside it."""
    verb = analysis.verb_before(part.first, sentence)
    if verb and analysis.document.tokens[verb.main].lower == "thanks":
        verb = analysis.verb_before(verb.first, sentence)
    subject = subject_of(analysis, verb, sentence) if verb and verb.modality == "asserted" else None
    if verb is None or subject is None or verb.negated:
        return
    start = joined_start(analysis, subject.range.first, sentence)
    sides = listed_at(analysis, start, verb.first)[0] if start < verb.first else ()
    if len(bodies_of(analysis, sides)) > 1:
        yield Mediation(able(named), Range(start, part.last), sides=sides)


def _own_mediation(analysis: Analysis, index: int, sentence: Range) -> Iterator[Mediation]:
    """ "Brazil's mediation between A and B", "Qatari mediation efforts"; not one that was offered."""
    tokens = analysis.document.tokens
    if tokens[index].lower != "mediation":
        return
    yield from _led_mediation(analysis, index, sentence)
    first = index - 1 if tokens[index - 1].lower in grammar().possessive_marks else index
    owners, opening = _run_before(analysis, first, sentence)
    verb = analysis.verb_before(opening, sentence)
    offered = verb and opening - verb.last < 3 and verb.lemma in verb_table().uses.offering
    if not owners or offered or tokens[opening - 1].lower in noun_table().talks.wished:
        return
    effort = index + 1 < sentence.last and tokens[index + 1].lower in _EFFORTS
    sides, end = _between(analysis, index + 1 if effort else index, sentence)
    after = tokens[index + 1] if index + 1 < sentence.last else None
    ends = after is None or not after.text[0].isalpha() or after.lower in grammar().prepositions
    bare = analysis.strife and (ends or analysis.verbs_in(Range(index + 1, index + 2)))
    if effort or sides or bare:
        yield Mediation(able(owners), Range(opening, end), sides=sides)


def _led_mediation(analysis: Analysis, index: int, sentence: Range) -> Iterator[Mediation]:
    """ "AU-led mediation", "X leads the mediation", "mediation efforts by X": in a text of a conflict."""
    tokens = analysis.document.tokens
    last = index + 1
    while last < sentence.last and tokens[last].lower in _EFFORTS:
        last += 1
    behind = tokens[last].lower if last < sentence.last else ""
    led = last + 1 if behind in {"led", "conducted", "undertaken"} else last
    if led < sentence.last and tokens[led].lower == "by":
        named, end = listed_at(analysis, led + 1, sentence.last)
        if named:
            yield Mediation(able(named), Range(index, end))
        return
    before = tokens[index - 1].lower if index > sentence.first else ""
    glued = before == "led" and index - 3 >= sentence.first and tokens[index - 2].text in {"-", "–"}
    leader = analysis.references.at(index - 3) if glued else None
    if leader and analysis.strife:
        yield Mediation(able((leader,)), Range(leader.range.first, last))
        return
    verb = analysis.verb_before(index, sentence)
    if verb is None or index - verb.last > 3 or verb.lemma not in _HEADING or verb.negated:
        return
    subject = subject_of(analysis, verb, sentence) if verb.modality == "asserted" else None
    if subject and subject.references and analysis.strife:
        yield Mediation(able(subject.references), Range(subject.range.first, last))


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
