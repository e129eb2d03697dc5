"""What the clause of a verb says: who does it, to what, and in which words."""

from dataclasses import dataclass

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase, phrase_at
from kg.reading.clauses.subjects import subject_of
from kg.reading.events.extent import clause, governed_stop
from kg.reading.events.joint import joint_start
from kg.reading.events.openings import direct_subject, opening
from kg.reading.events.others_named import imposing, of_measures
from kg.reading.events.participants import taking_part
from kg.reading.events.sightings import cover, keys_of
from kg.reading.events.standing import shared
from kg.reading.events.standings import Standing
from kg.reading.names.references import AGENTS
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.events import event_table
from kg.reading.words.grammar import grammar
from kg.reading.words.verbs import verb_table

_GIVING = frozenset({"give", "grant", "offer"})
_FOR = frozenset({"for", "on", "from"})
_SPENDING = frozenset({"spend"})
_MEANS = frozenset({"by", "after", "before", "while"})  # what follows is done by whoever does the rest


@dataclass(frozen=True, slots=True)
class Told:
    """A verb that may tell of an event: its subject, what it governs, and the words of its clause."""

    verb: Verb
    sentence: Range
    subject: Phrase | None
    governed: Range
    before: Range  # the words of its subject
    part: Range
    passive: bool
    agents: tuple[str, ...]  # who does it
    people: tuple[str, ...]  # who takes part


def _before(analysis: Analysis, verb: Verb, subject: Phrase | None, stands: Standing) -> Range:
    """The words that tell who does it, as far back as the subject begins."""
    if stands.begins is not None:
        return Range(stands.begins, verb.first)
    if (named := direct_subject(analysis, verb)) is not None:
        return Range(named, verb.first)
    told = stands.governor or verb
    if told.form in {"finite", "passive"} and (first := opening(analysis, told)) < told.first:
        return Range(first, told.first)
    return subject.range if subject else Range(verb.first, verb.first)


def _words(analysis: Analysis, verb: Verb, stands: Standing, subject: Phrase | None) -> Range:
    """The clause; from the governing verb's subject on where that says how it stands."""
    part = clause(analysis, verb, subject)
    if stands.begins == verb.first:
        return Range(verb.first, part.last)  # "it is impossible to": nobody's in particular
    if stands.begins is not None:
        return cover(Range(stands.begins, verb.first), part)
    if stands.governor is None:
        return part
    first = opening(analysis, stands.governor)
    return Range(first, max(part.last, verb.last)) if first < verb.first else part


def doer(analysis: Analysis, verb: Verb, sentence: Range) -> Phrase | None:
    """The subject; of "X led Y to do" and "X accused Y of doing" it is Y, and of "for doing" nobody."""
    if (other := shared(analysis, verb)) is not None:
        return doer(analysis, other, sentence)  # "urged X to hold elections, free the captives and"
    tokens = analysis.document.tokens
    before = analysis.verb_before(verb.first, sentence)
    uses = verb_table().uses
    if before and verb.form == before.form == "gerund" and _joined(analysis, verb):
        return doer(analysis, before, sentence)  # "of backing rebels and sending troops"
    gerund = verb.form == "gerund" or tokens[verb.first].lower == "being"
    governed = gerund and _after_preposition(analysis, verb)
    if verb.form == "gerund" and before and before.lemma in _SPENDING and not governed:
        return doer(analysis, before, sentence)  # "X spent the night haggling with Y"
    if governed and before and tokens[verb.first - 1].lower in _MEANS:
        told = verb if verb.form == "gerund" else before
        return _accused(analysis, before, sentence) or subject_of(analysis, told, sentence)
    if governed and (accused := _accused_too(analysis, verb, sentence)):
        return accused
    if verb.form == "infinitive" or governed:
        ahead = event_table().ahead
        steering = (uses.accusing, ahead.kept_from) if governed else (uses.controlling, ahead.asked)
        active = before is not None and before.form != "passive"
        steered = before is not None and active and any(before.lemma in lemmas for lemmas in steering)
        phrase = phrase_at(analysis, before.last, verb.first) if before and steered else None
        asked = governed or (before is not None and before.lemma in ahead.asked)
        if phrase and (asked or phrase.references or _armed(analysis, phrase)):
            return phrase
        if verb.form == "infinitive" and (named := _for_whom(analysis, verb, sentence)):
            return named
        if governed and tokens[verb.first - 1].lower == "against":
            return None  # "X warned against attacking Y"
    return subject_of(analysis, verb, sentence)


def _for_whom(analysis: Analysis, verb: Verb, sentence: Range) -> Phrase | None:
    """ "pressure on X to sign", "a way for X to leave": who is to do it stands right before."""
    named = analysis.references.at(verb.first - 1)
    at = analysis.introduction_of(named) - 1 if named and not named.adjective else sentence.first
    tokens = analysis.document.tokens
    at -= at > sentence.first and tokens[at].lower == "the"
    if at > sentence.first and tokens[at].lower in _FOR:
        return phrase_at(analysis, at + 1, verb.first)
    given = analysis.verb_before(verb.first, sentence)  # "gives X the green light to"
    phrase = phrase_at(analysis, given.last, verb.first) if given and given.lemma in _GIVING else None
    return phrase if phrase and phrase.references and phrase.range.last < verb.first else None


def _armed(analysis: Analysis, phrase: Phrase) -> bool:
    """ "ordered US troops to withdraw": those who do it, though a state alone is named."""
    return not event_table().words.forces.isdisjoint(analysis.document.lowers(phrase.range))


def _joined(analysis: Analysis, verb: Verb) -> bool:
    return verb.first > 0 and analysis.document.tokens[verb.first - 1].lower in {"and", "or"}


def _accused(analysis: Analysis, verb: Verb, sentence: Range) -> Phrase | None:
    """Of "accused X of attacking by doing": X."""
    before = analysis.verb_before(verb.first, sentence)
    steered = before is not None and verb.form == "gerund" and before.lemma in verb_table().uses.accusing
    return phrase_at(analysis, before.last, verb.first) if before and steered else None


def _accused_too(analysis: Analysis, verb: Verb, sentence: Range) -> Phrase | None:
    """Of "accused X of lying and of arming rebels": X."""
    led = analysis.document.lowers(Range(max(sentence.first, verb.first - 2), verb.first))
    if led not in (["and", "of"], [",", "of"]):
        return None
    before = analysis.verb_before(verb.first, sentence)
    while before and before.form not in {"finite", "passive"}:
        before = analysis.verb_before(before.first, sentence)
    accused = before is not None and before.lemma in verb_table().uses.accusing and before.form == "finite"
    return phrase_at(analysis, before.last, verb.first) if before and accused else None


def _after_preposition(analysis: Analysis, verb: Verb) -> bool:
    return verb.first > 0 and analysis.document.tokens[verb.first - 1].lower in grammar().prepositions


def telling(analysis: Analysis, verb: Verb, stands: Standing) -> Told:
    sentence = analysis.document.sentence(verb.main)
    subject = doer(analysis, verb, sentence)
    governed = Range(verb.last, max(verb.last, governed_stop(analysis, verb)))
    passive = verb.form == "passive"
    part = _words(analysis, verb, stands, subject)
    part = Range(joint_start(analysis, part.first, sentence), part.last)
    people = taking_part(analysis, part, subject)
    before = _before(analysis, verb, subject, stands)
    own = stands.begins is None and direct_subject(analysis, verb) is None
    named = keys_of(subject, AGENTS) if own else ()
    named = named or taking_part(analysis, before, None)
    agents = () if passive else named
    if subject and of_measures(analysis, subject, subject.head):
        agents = imposing(analysis, subject, agents)
    return Told(verb, sentence, subject, governed, before, part, passive, agents, people)
