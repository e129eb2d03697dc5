"""Who mediates by what they do: "X mediates between A and B", "X led the talks", "X shuttled"."""

from kg.reading.analysis import Analysis
from kg.reading.clauses.subjects import subject_of
from kg.reading.names.references import Reference
from kg.reading.talks.complements import helped
from kg.reading.talks.mediation import REACH, Mediation, able, separate, state_of
from kg.reading.talks.sides import accompanying, bodies_of, joined_start, listed_at
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.grammar import grammar
from kg.reading.words.nouns import noun_table
from kg.reading.words.verbs import verb_table

_PLANNING = frozenset({"plan", "agree", "intend", "prepare", "decide", "expect", "schedule"})
_CREDIT = frozenset({"credit", "responsible", "praise", "praised", "thanked", "known", "credited"})
_LOOSE = frozenset({"efforts", "initiative"})  # of whatever kind
_PURPOSE = 9  # words of what talks are for
_OBJECT = 9  # words between "mediated" and the word for what was
Matter = tuple[tuple[Reference, ...], int]


def by_subject(analysis: Analysis, verb: Verb, sentence: Range) -> Mediation | None:
    """ "X has mediated talks between A and B", "X, appointed to mediate the conflict"; an offer is none."""
    governing, planned = _governing(analysis, verb, sentence)
    playing = verb.form == "gerund" and _played(analysis, verb, sentence)
    if verb.form in {"gerund", "infinitive"} and governing is verb and not playing:
        return None
    if verb.modality not in {"asserted", "future"} or governing.negated:
        return None
    earlier = _told_before(analysis, verb, sentence)
    matter = earlier or _matter(analysis, verb, sentence)
    if matter is None or _attributive(analysis, verb, sentence):
        return None
    references, first = _doers(analysis, governing, sentence)
    if playing and not references:
        references, first = _first_named(analysis, verb, sentence)
    if not references:
        return None
    sides, end = matter
    others = [side for side in sides if side.key not in {r.key for r in references}]
    if len(bodies_of(analysis, sides)) > 1 > len(bodies_of(analysis, others)) - 1:
        return None  # "the United States facilitated a partnership between American firms and Angola"
    first = min(first, end - 1) if earlier else first
    part = Range(first, max(end, verb.last) if earlier else end)
    apart = separate(analysis, Range(verb.first - 1, sentence.last))
    concluded = not earlier and _concluded(analysis, Range(verb.last, end))
    state = "planned" if planned else state_of(verb)
    told = Mediation(able(references), part, apart, sides, state, concluded)
    return told if first < end else None


def _governing(analysis: Analysis, verb: Verb, sentence: Range) -> tuple[Verb, bool]:
    """The verb whose subject does it, "plans to start shuttling", and whether it is still to come."""
    uses, planned = verb_table().uses, False
    while verb.form in {"gerund", "infinitive"}:
        before = analysis.verb_before(verb.first, sentence)
        if before is None or before.last != verb.first:
            break
        if before.lemma not in uses.entrusting | _PLANNING:
            break
        planned = planned or before.lemma in _PLANNING
        verb = before
    return verb, planned


def _concluded(analysis: Analysis, part: Range) -> bool:
    """Whether what was mediated is a deal rather than talks."""
    table, words = noun_table().talks, set(analysis.document.lowers(part))
    return bool(words & table.agreements) and not words & (table.heads | table.tracks)


def _doers(analysis: Analysis, verb: Verb, sentence: Range) -> tuple[tuple[Reference, ...], int]:
    """Who does it, and where the words for them begin."""
    subject = subject_of(analysis, verb, sentence)
    references = _before_comma(analysis, verb, sentence) or (subject.references if subject else ())
    if subject and not references and subject.range.first < verb.first:
        references = listed_at(analysis, subject.range.first, verb.first)[0]
    if not references:
        return (), verb.first
    first = min(r.range.first for r in references)
    first = min(first, subject.range.first) if subject and subject.references else first
    start = joined_start(analysis, first, sentence)
    joined = listed_at(analysis, start, first)[0] if start < first else ()
    others = accompanying(analysis, subject.range.last, verb.first) if subject else ()
    return (*joined, *references, *others), min(first, start)


def _played(analysis: Analysis, verb: Verb, sentence: Range) -> bool:
    """ "has a role in mediating", "was effective in mediating"."""
    tokens, at = analysis.document.tokens, verb.first - 1
    if at <= sentence.first:
        return False
    before = tokens[at - 1].lower
    within = tokens[at].lower == "in" and before in noun_table().talks.playing
    return within or (tokens[at].lower == "for" and before in _CREDIT)


def _first_named(analysis: Analysis, verb: Verb, sentence: Range) -> tuple[tuple[Reference, ...], int]:
    """Who opens the sentence: "Egypt has long had a role in mediating"."""
    opening = Range(sentence.first, min(sentence.first + 3, verb.first))
    named = next((r for r in analysis.references.within(opening) if not r.adjective), None)
    return ((named,), named.range.first) if named else ((), verb.first)


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


def _told_before(analysis: Analysis, verb: Verb, sentence: Range) -> Matter | None:
    """ "the talks, in which X and Y mediate": what is mediated stands before the clause."""
    tokens, table = analysis.document.tokens, noun_table().talks
    if verb.lemma not in verb_table().uses.mediating or verb.last >= sentence.last:
        return None
    near = range(verb.first - 1, max(sentence.first, verb.first - REACH) - 1, -1)
    mark = next((i for i in near if tokens[i].lower in {"which", "where", "that"}), None)
    if mark and tokens[mark].lower == "that" and tokens[mark - 1].lower not in table.heads:
        return None
    told = analysis.verbs_in(Range(mark, verb.first)) if mark else ()
    if mark is None or any(v.form in {"finite", "passive"} for v in told):
        return None
    head = next((i for i in near if i < mark and tokens[i].lower in table.heads | table.tracks), None)
    if head and analysis.document.lowers(Range(max(head - 2, 0), head)) == ["of", "the"]:
        head = head - 3 if tokens[head - 3].lower in table.frames else head
    return ((), head + 1) if head is not None else None


def _matter(analysis: Analysis, verb: Verb, sentence: Range) -> Matter | None:
    """What is mediated: the sides "between" whom, and where the words for it end; None for other objects.

    Who brokers a deal has concluded something: the agreements tell it, and it adds to a track of its sides.
    """
    tokens, table, uses = analysis.document.tokens, noun_table().talks, verb_table().uses
    wanted = table.heads | (table.tracks - _LOOSE) | (table.disputes - table.agreements)
    near = set(analysis.document.lowers(Range(verb.last, min(verb.last + 5, sentence.last))))
    if table.several & near or (table.counts & near and table.count_units & near):
        wanted |= table.gatherings  # "chaired a trilateral meeting"
    if verb.last < sentence.last and tokens[verb.last].lower in {"them", "these"}:
        return ((), verb.last + 1) if verb.lemma in uses.mediating - uses.shuttling else None
    for at in range(verb.last, min(verb.last + _OBJECT, sentence.last)):
        lower = tokens[at].lower
        compound = at + 1 < sentence.last and tokens[at + 1].lower in table.heads  # "truce talks"
        if lower in table.agreements - table.heads and not compound:
            return _deal(analysis, at, sentence) if verb.lemma in uses.mediating else None
        if lower == "between":
            sides, end = listed_at(analysis, at + 1, sentence.last)
            straight = at == verb.last or tokens[at - 1].lower in {"mediate", "mediating", "mediated"}
            enough = len(bodies_of(analysis, sides)) > 1 or (sides and straight)
            unnamed = None if sides else _unnamed(analysis, at + 1, sentence)
            return (sides, end) if enough else unnamed
        if lower in {",", ";", ".", "that"}:
            return None
        if lower in wanted:
            matter = _talks(analysis, at, sentence)
            led = verb.lemma in uses.chairing or _led(analysis, at, matter) or _for_others(analysis, verb, at)
            return matter if verb.lemma in uses.mediating or led else None
    return None


def _unnamed(analysis: Analysis, index: int, sentence: Range) -> Matter | None:
    """ "between the two delegations": sides without names."""
    near = range(index, min(index + 4, sentence.last))
    nouns = noun_table().sides | {"parties", "camps", "rooms", "teams", "foes", "rivals"}
    at = next((i for i in near if analysis.document.tokens[i].lower in nouns), None)
    return ((), at + 1) if at else None


def _deal(analysis: Analysis, at: int, sentence: Range) -> Matter | None:
    """The sides of a deal that somebody brokered; no deal without both."""
    near = range(at + 1, min(at + _OBJECT, sentence.last - 1))
    mark = next((i for i in near if analysis.document.tokens[i].lower == "between"), None)
    sides, end = listed_at(analysis, mark + 1, sentence.last) if mark else ((), at)
    return (sides, end) if len(bodies_of(analysis, sides)) > 1 else None


def _talks(analysis: Analysis, at: int, sentence: Range) -> Matter:
    """The sides of talks whose word stands here."""
    tokens = analysis.document.tokens
    after = at + 1 < sentence.last and tokens[at + 1].lower in {"between", "with"}
    after = after and not helped(analysis, at + 2)
    sides, end = listed_at(analysis, at + 2, sentence.last) if after else ((), at + 1)
    return sides, max(end, at + 1)


def _for_others(analysis: Analysis, verb: Verb, at: int) -> bool:
    """ "is overseeing the peace talks", "hosted ceasefire talks": those of others."""
    tokens, table = analysis.document.tokens, noun_table().talks
    hosted = verb.lemma in verb_table().uses.hosting and tokens[at - 1].lower in table.conflictual
    after = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    return hosted and after != "with"


def _led(analysis: Analysis, at: int, matter: Matter) -> bool:
    """Who leads or hosts talks mediates them if two others sit there, or if they have a name of their own."""
    if len(bodies_of(analysis, matter[0])) > 1:
        return True
    named, place = analysis.references.at(at), analysis.references.at(at - 1)
    table = noun_table().talks
    if analysis.document.tokens[at].lower not in table.frames | table.hosted:
        return False
    behind = analysis.document.lowers(Range(at + 1, min(at + _PURPOSE, analysis.document.sentence(at).last)))
    if behind[:1] in (["that"], ["to"], ["which"], ["aimed"]) and not table.strife.isdisjoint(behind):
        return True  # "led talks that ended a war"
    if analysis.document.tokens[at - 1].text.isdigit():
        place = analysis.references.at(at - 2)  # "the Geneva 2 talks"
    return any(r is not None and r.type in {"NegotiationFormat", "Place"} for r in (named, place))
