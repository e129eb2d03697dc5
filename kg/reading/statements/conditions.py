"""The conditions under which a speaker says that something holds."""

from functools import cache

from kg.model import Proposition
from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import phrase_at
from kg.reading.clauses.subjects import subject_of
from kg.reading.statements.context import Context
from kg.reading.statements.propositions import Clause, proposition, unquoted
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.stances import stance_table
from kg.reading.words.verbs import verb_table

_MEAN = frozenset({"mean"})


@cache
def _conditional() -> frozenset[str]:
    """The words that may open a condition."""
    table = stance_table().conditions
    return table.openers | table.starting.keys() | {"should", "by"}


def conditional_parts(analysis: Analysis, content: Range) -> list[Range]:
    """ "if …", "should X …", "as long as …", "by doing …" after a modal, and what "would mean" something."""
    parts = []
    for index in analysis.document.positions(_conditional(), content):
        lower = analysis.document.tokens[index].lower
        opens = lower == "should" and (index == content.first or _inverted(analysis, index, content))
        if opens or _opens_condition(analysis, index, content):
            parts.append(Range(index, _comma(analysis, index, content)))
        elif lower == "by" and _after_modal(analysis, index, content):
            parts.append(Range(index + 1, _comma(analysis, index, content)))
    for verb in analysis.verbs_of(_MEAN, content):
        if verb.modality == "future":
            parts.append(Range(content.first, verb.first))
    return parts


def _inverted(analysis: Analysis, index: int, content: Range) -> bool:
    """ "of harm, should they stay": not "what should they do"."""
    tokens = analysis.document.tokens
    after = tokens[index + 1].lower if index + 1 < content.last else ""
    subject = after in grammar().pronouns_person | grammar().pronouns_plural | {"it", "the"}
    return subject and tokens[index - 1].lower not in grammar().question_words


def _opens_condition(analysis: Analysis, index: int, content: Range) -> bool:
    """ "if", "unless", "provided that", "only after"; not "even if", and not "know if", which asks."""
    table, tokens = stance_table().conditions, analysis.document.tokens
    lower = tokens[index].lower
    if lower in table.openers:
        before = tokens[index - 1].lower if index > content.first else ""
        after = tokens[index + 1].lower if index + 1 < content.last else ""
        return before not in table.no_condition_after and after not in table.no_condition_before
    phrases = table.starting.get(lower, ())
    return any(tuple(analysis.document.lowers(Range(index, index + len(p)))) == p for p in phrases)


def _comma(analysis: Analysis, index: int, content: Range) -> int:
    """The comma that closes a condition, or where what comes then is told: "if it goes on there will be"."""
    tokens, modals = analysis.document.tokens, grammar().modals
    for at in range(index, content.last):
        lower = tokens[at].lower
        then = lower == "there" and at + 1 < content.last and tokens[at + 1].lower in modals
        if tokens[at].text in {",", ";"} or (then and at > index + 1):
            return at
    return content.last


def _after_modal(analysis: Analysis, index: int, content: Range) -> bool:
    gerund = any(
        v.form == "gerund" and v.first == index + 1 for v in analysis.verbs_in(Range(index, index + 3))
    )
    before = analysis.verbs_in(Range(content.first, index))
    return gerund and any(v.modality in {"possible", "future"} for v in before)


def find_conditions(
    context: Context, parts: list[Range], found: list[Clause], speaker: str
) -> list[Proposition]:
    """What each condition states, by the first rule that can tell."""
    made: list[Proposition] = []
    for part in parts:
        made += (
            [clause.proposition for clause in found if clause.part.first in part]
            or _said_condition(context, part)
            or _gerund_condition(context, part, found)
            or _nominal_condition(context, part)
            or [_worded_condition(context, part, speaker)]
        )
    return list({p.key: p for p in made}.values())


def _worded_condition(context: Context, part: Range, speaker: str) -> Proposition:
    """A condition that no rule analyses: the words themselves."""
    words = context.analysis.document.words(part)
    return proposition(speaker, "says", (), words, "positive", context.labels)


def _said_condition(context: Context, part: Range) -> list[Proposition]:
    """ "If X says that …": X says those words."""
    analysis = context.analysis
    for verb in analysis.verbs_in(part):
        subject = subject_of(analysis, verb, part)
        if verb.lemma in verb_table().stances and verb.last < part.last and subject and subject.references:
            words = unquoted(analysis, Range(verb.last, part.last)).removeprefix("that ")
            return [proposition(subject.references[0].key, "says", (), words, "positive", context.labels)]
    return []


def _gerund_condition(context: Context, part: Range, found: list[Clause]) -> list[Proposition]:
    """ "by considering …": its subject is that of the clause that it qualifies."""
    analysis = context.analysis
    verb = next((v for v in analysis.verbs_in(part) if v.form == "gerund" and v.first == part.first), None)
    relation = verb_table().relations.get(verb.lemma) if verb else None
    main = next((c for c in found if c.part.first not in part), None)
    if verb is None or relation is None or main is None:
        return []
    value = analysis.document.words(Range(verb.last, part.last)) if verb.last < part.last else None
    return [proposition(main.proposition.subject, relation, (), value, "positive", context.labels)]


def _nominal_condition(context: Context, part: Range) -> list[Proposition]:
    """ "A change in posture from Washington": a noun that is also a verb, and whoever "from" names."""
    analysis = context.analysis
    phrase = phrase_at(analysis, part.first, part.last)
    if phrase is None:
        return []
    relation = verb_table().relations.get(analysis.document.tokens[phrase.head].lower)
    for reference in analysis.references.within(part):
        if relation and analysis.document.tokens[reference.range.first - 1].lower in {"from", "by", "of"}:
            value = analysis.document.words(Range(phrase.range.first, reference.range.first - 1))
            return [proposition(reference.key, relation, (), value, "positive", context.labels)]
    return []
