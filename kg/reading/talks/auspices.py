"""Who mediates by the nouns for it: "under UN auspices", "AU-led mediation", "Qatari mediation efforts"."""

from collections.abc import Iterator

from kg.reading.analysis import Analysis
from kg.reading.clauses.subjects import subject_of
from kg.reading.names.references import Reference
from kg.reading.talks.mediation import REACH, Mediation, able
from kg.reading.talks.mediators import between, run_before
from kg.reading.talks.sides import bodies_of, joined_start, listed_at
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.nouns import noun_table
from kg.reading.words.verbs import verb_table

_EFFORTS = frozenset(
    {"efforts", "effort", "role", "mission", "attempts", "attempt", "bid", "process", "team"}
)
_ADJECTIVES = 3  # words from "reject" to whose mediation it is
_HEADING = frozenset(
    {"lead", "head", "conduct", "undertake", "spearhead", "carry out", "pursue", "resume", "continue"}
)


def mediation_of(analysis: Analysis, index: int) -> Iterator[Mediation]:
    """ "under the auspices of X", "with UN mediation", "through the mediation of X and Y"."""
    tokens, sentence = analysis.document.tokens, analysis.document.sentence(index)
    owned = index - 1 if tokens[index - 1].lower in grammar().possessive_marks else index
    before, first = run_before(analysis, owned, sentence)  # "with UN mediation", "with Ottawa's mediation"
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
    owners, opening = run_before(analysis, first, sentence)
    if not owners or _turned_down(analysis, opening, sentence):
        return
    effort = index + 1 < sentence.last and tokens[index + 1].lower in _EFFORTS
    sides, end = between(analysis, index + 1 if effort else index, sentence)
    after = tokens[index + 1] if index + 1 < sentence.last else None
    ends = after is None or not after.text[0].isalpha() or after.lower in grammar().prepositions
    bare = analysis.strife and (ends or analysis.verbs_in(Range(index + 1, index + 2)))
    if effort or sides or bare:
        yield Mediation(able(owners), Range(opening, end), sides=sides)


def _turned_down(analysis: Analysis, first: int, sentence: Range) -> bool:
    """ "rejected mediation by X", "will not accept", "any Turkish mediation": it may not be."""
    if first > sentence.first and analysis.document.tokens[first - 1].lower in noun_table().talks.wished:
        return True
    verb = analysis.verb_before(first, sentence)
    near = verb is not None and first - verb.last < _ADJECTIVES
    open_ = verb is not None and (verb.negated or verb.lemma in verb_table().uses.offering)
    return near and (open_ or (verb is not None and verb.modality != "asserted"))


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
        if named and not _turned_down(analysis, index, sentence):
            yield Mediation(able(named), Range(index, end))
        return
    before = tokens[index - 1].lower if index > sentence.first else ""
    glued = before == "led" and index - 3 >= sentence.first and tokens[index - 2].text in {"-", "–"}
    leader = analysis.references.at(index - 3) if glued else None
    if leader and analysis.strife:
        yield Mediation(able((leader,)), Range(leader.range.first, last))
        return
    listing = last + (behind == ",")
    among = listing < sentence.last and tokens[listing].lower in {"including", "notably", "like"}
    if among and before in {"leading", "heading", "conducting"}:  # "those leading mediation, including X"
        named, end = listed_at(analysis, listing + 1, sentence.last)
        if named and analysis.strife:
            yield Mediation(able(named), Range(index - 1, end))
        return
    verb = analysis.verb_before(index, sentence)
    if verb is None or index - verb.last > 3 or verb.lemma not in _HEADING or verb.negated:
        return
    subject = subject_of(analysis, verb, sentence) if verb.modality == "asserted" else None
    if subject and subject.references and analysis.strife:
        yield Mediation(able(subject.references), Range(subject.range.first, last))
