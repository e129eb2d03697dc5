"""Who tries to mediate or brings two together: "efforts to broker a truce", "brought together A and B"."""

from collections.abc import Iterator

from kg.reading.analysis import Analysis
from kg.reading.clauses.subjects import subject_of
from kg.reading.names.references import MEDIATORS, Reference
from kg.reading.talks.mediation import Mediation, able, state_of
from kg.reading.talks.sides import bodies_of, listed_at
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.grammar import grammar
from kg.reading.words.nouns import noun_table
from kg.reading.words.verbs import verb_table

_EFFORTS = frozenset(
    {"initiative", "efforts", "effort", "attempts", "attempt", "bid", "push", "drive", "mission"}
)
_TRYING = frozenset({"try", "attempt", "struggle", "work", "seek"})
_TOGETHER = frozenset({"bring together"})
_CARRYING = frozenset({"bring", "get", "coax", "push", "pull", "lure", "steer", "nudge", "bring back"})
_BRINGING = _CARRYING | {"help", "persuade", "convince", "enable", "lead", "allow"}
_OBJECT = 7  # words from "broker" to "ceasefire"
_BETWEEN = 4  # words from "ceasefire" to "between"
_ADJECTIVES = 3  # words between "X's" and "efforts"
_MOST = 3  # sides whom somebody brings together; more are guests
_TABLE = 5  # words from A and B to "table"
_SEATS = frozenset({"table", "talks", "negotiations", "talk", "negotiate", "meet", "dialogue"})
_TALKING = frozenset({"talk", "negotiate", "meet"})
_AT_LAST = frozenset({"together", "to"})
_MEETING = (
    frozenset({"have", "hold", "start", "begin", "open", "resume", "enter", "join", "return", "sit"})
    | _TALKING
)
_FIRST = 6  # words from "bring together" to the first of them


def attempts(analysis: Analysis) -> Iterator[Mediation]:
    """Every such place; what was only called for or refused is none."""
    uses = verb_table().uses
    for verb in analysis.verbs_of(uses.mediating - uses.shuttling, Range(0, len(analysis.document.tokens))):
        if verb.form == "infinitive" and not verb.negated:
            yield from _to_broker(analysis, verb)
    text = Range(0, len(analysis.document.tokens))
    for verb in analysis.verbs_of(_TOGETHER, text):
        yield from _bringing(analysis, verb)
    for verb in analysis.verbs_of(_BRINGING, text):
        yield from _to_table(analysis, verb)


def _to_table(analysis: Analysis, verb: Verb) -> Iterator[Mediation]:
    """ "X brought A and B to the negotiating table", "X got A and B together"."""
    if verb.form != "finite" or verb.modality != "asserted" or verb.negated:
        return
    document, sentence = analysis.document, analysis.document.sentence(verb.main)
    if _AT_LAST.isdisjoint(document.lowers(Range(verb.last, sentence.last))):
        return
    sides, end = listed_at(analysis, verb.last, sentence.last)
    behind = document.lowers(Range(end, min(end + _TABLE, sentence.last)))
    met = {"to"} & set(behind[:1]) and not _MEETING.isdisjoint(behind[1:2])
    seated = behind[:1] == ["together"] or (met and (behind[1] in _TALKING or not _SEATS.isdisjoint(behind)))
    seated = seated or (
        {"to"} & set(behind[:2]) and verb.lemma in _CARRYING and not _SEATS.isdisjoint(behind)
    )
    if not seated or not 1 < len(bodies_of(analysis, sides)) <= _MOST:
        return
    subject = subject_of(analysis, verb, sentence)
    who = tuple(r for r in subject.references if r.type in MEDIATORS) if subject else ()
    if who and not {r.key for r in who} & {r.key for r in sides}:
        last = end + 1 + next((n for n, word in enumerate(behind) if word in _SEATS | {"together"}), 0)
        yield Mediation(able(who), Range(min(r.range.first for r in who), last), sides=sides)


def _to_broker(analysis: Analysis, verb: Verb) -> Iterator[Mediation]:
    sentence = analysis.document.sentence(verb.main)
    who = _whose(analysis, verb, sentence) or _trying(analysis, verb, sentence)
    matter = _matter(analysis, verb, sentence)
    if who and matter and not (keys := {who.key}) & {r.key for r in matter[0]}:
        sides = tuple(r for r in matter[0] if r.key not in keys)
        yield Mediation(able((who,)), Range(who.range.first, matter[1]), sides=sides)


def _whose(analysis: Analysis, verb: Verb, sentence: Range) -> Reference | None:
    """ "John Kerry's latest efforts to broker", "Egyptian efforts to broker"."""
    tokens = analysis.document.tokens
    noun = verb.first - 1 if tokens[verb.first - 1].lower != "to" else verb.first - 2
    if noun <= sentence.first or tokens[noun].lower not in _EFFORTS:
        return None
    for at in range(noun - 1, max(sentence.first, noun - 1 - _ADJECTIVES) - 1, -1):
        owner = analysis.references.at(at - 1 if tokens[at].lower in grammar().possessive_marks else at)
        if owner:
            return owner if owner.type in MEDIATORS and not _wished(analysis, owner, sentence) else None
        if not tokens[at].text.isalpha() or tokens[at].lower in grammar().determiners:
            return None
    return None


def _wished(analysis: Analysis, owner: Reference, sentence: Range) -> bool:
    """ "called for Egyptian efforts"."""
    verb = analysis.verb_before(owner.range.first, sentence)
    near = verb is not None and owner.range.first - verb.last < _ADJECTIVES
    return near and verb is not None and verb.lemma in verb_table().uses.offering


def _trying(analysis: Analysis, verb: Verb, sentence: Range) -> Reference | None:
    """ "X is trying to broker"."""
    before = analysis.verb_before(verb.first, sentence)
    if before is None or before.last != verb.first or before.lemma not in _TRYING or before.negated:
        return None
    subject = subject_of(analysis, before, sentence) if before.modality == "asserted" else None
    named = subject.references if subject else ()
    return named[0] if len(named) == 1 and named[0].type in MEDIATORS else None


def _matter(analysis: Analysis, verb: Verb, sentence: Range) -> tuple[tuple[Reference, ...], int] | None:
    """The truce or talks that are to be, with the sides "between" whom, and where the words end."""
    tokens, table = analysis.document.tokens, noun_table().talks
    wanted = table.agreements | table.hosted | {"peace", "fire"}
    near = range(verb.last, min(verb.last + _OBJECT, sentence.last))
    head = next((i for i in near if tokens[i].lower in wanted), None)
    if head is None:
        return None
    if head + 1 < sentence.last and tokens[head + 1].lower in wanted:
        head += 1  # "a peace deal"
    after = range(head + 1, min(head + _BETWEEN, sentence.last))
    mark = next((i for i in after if tokens[i].lower == "between"), None)
    sides, end = listed_at(analysis, mark + 1, sentence.last) if mark else ((), head + 1)
    return sides, max(end, head + 1)


def _bringing(analysis: Analysis, verb: Verb) -> Iterator[Mediation]:
    """ "X brought together A and B", "X managed to bring together two foes, A and B"."""
    sentence = analysis.document.sentence(verb.main)
    before = analysis.verb_before(verb.first, sentence) if verb.form == "infinitive" else None
    managed = (
        before is not None and before.last == verb.first and before.lemma in {"manage", "help", "succeed"}
    )
    governing = before if managed and before else verb
    if governing.form not in {"finite"} or governing.modality != "asserted" or governing.negated:
        return
    subject = subject_of(analysis, governing, sentence)
    who = tuple(r for r in subject.references if r.type in MEDIATORS) if subject else ()
    near = range(verb.last, min(verb.last + _FIRST, sentence.last))
    tokens = analysis.document.tokens
    first = next((i for i in near if analysis.references.at(i) or analysis.introduced_at(i)), None)
    sides, end = listed_at(analysis, first, sentence.last) if first else ((), verb.last)
    bodies = bodies_of(analysis, sides)
    strangers = not {r.key for r in who} & {*bodies, *(r.key for r in sides)}
    if who and strangers and 1 < len(bodies) <= _MOST and tokens[verb.last].text != ".":
        part = Range(min(r.range.first for r in who), end)
        yield Mediation(able(who), part, sides=sides, state=state_of(verb))
