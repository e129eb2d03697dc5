"""The stance of a statement: the reporting verb's, or where that leaves it open what the words do."""

from collections.abc import Callable

from kg.reading.clauses.phrases import phrase_at
from kg.reading.statements.appraisal import criticises, explains, praises, supports
from kg.reading.statements.blame import blames, denies
from kg.reading.statements.holding import left_open
from kg.reading.statements.matter import Matter
from kg.reading.statements.modality import modality_of_head
from kg.reading.statements.performing import performed_stance
from kg.reading.statements.plans import (
    demands,
    expects,
    proposes,
    refuses,
    to_come,
    warns,
)
from kg.reading.text.marks import QUOTES
from kg.reading.words.grammar import grammar
from kg.reading.words.verbs import verb_table

_TO_COME = frozenset({"possible", "future", "expected"})
_Rule = Callable[[Matter], str | None]


def _when(stance: str, holds: Callable[[Matter], bool]) -> _Rule:
    """A rule for one stance."""
    return lambda matter: stance if holds(matter) else None


# What words do, in the order of precedence: the first rule that holds decides. What speakers do by saying so
# comes before what the words are about; a charge before its tone; what is bad before what is to come, and
# that before what is good.
_RULES: tuple[_Rule, ...] = (
    performed_stance,
    _when("deny", denies),
    _when("accuse", blames),
    _when("warn", warns),
    _when("refuse", refuses),
    _when("propose", proposes),
    _when("demand", demands),
    _when("expect", expects),
    _when("criticise", criticises),
    to_come,
    _when("support", supports),
    _when("praise", praises),
    _when("explain", explains),
)
# Of a verb that says more than "say", these alone.
_NARROW: dict[str, tuple[_Rule, ...]] = {
    "describe": (
        _when("accuse", blames),
        _when("support", supports),
        _when("criticise", criticises),
        _when("praise", praises),
    ),
    "criticise": (_when("accuse", blames),),
}


def stance_of(matter: Matter) -> str:
    """A question; else the stance of the adjective, noun or verb that reports; else that of the words."""
    if asks(matter):
        return "question"
    attribution, table = matter.attribution, verb_table()
    if attribution.verb and attribution.verb.negated and attribution.lemma in table.uses.withholding:
        return "refuse"
    if left_open(matter):
        return "assert"
    adjective = table.attitudes.get(attribution.lemma.removeprefix("be "))
    stance = adjective or _voiced(matter) or table.stances.get(attribution.lemma, "assert")
    if adjective == "criticise" and matter.head and modality_of_head(matter, matter.head) in _TO_COME:
        return "warn"  # "is concerned that the dam could burst"
    if attribution.lemma in table.uses.presenting_now:
        return stance  # what a talk is about is not what it says
    if attribution.lemma == "want" and any(c.proposition.predicate != "says" for c in matter.main):
        return "request"  # somebody is to do something
    if attribution.lemma == "agree" and matter.head is None:
        return "promise" if _is_act(matter) else "support"  # "agreed to leave", "agreed to a truce"
    rules = _RULES if stance in {"assert", "explain"} else _NARROW.get(stance, ())
    return next((found for rule in rules if (found := rule(matter))), stance)


def asks(matter: Matter) -> bool:
    """Words that end in a question mark, and "asked whether", "asked why"."""
    tokens, content = matter.analysis.document.tokens, matter.attribution.content
    if not content:
        return False
    last = content[-1].last
    end = [token.text for token in tokens[max(content[-1].first, last - 2) : last + 1]]
    if "?" in [text for text in end if text not in QUOTES][-2:]:
        return True
    return matter.attribution.lemma == "ask" and matter.words[0] in grammar().question_words - {"that"}


def _is_act(matter: Matter) -> bool:
    """An infinitive: "to leave"."""
    part = matter.attribution.content[0]
    return any(
        verb.form == "infinitive" and verb.first == part.first for verb in matter.analysis.verbs_in(part)
    )


def _voiced(matter: Matter) -> str | None:
    """ "expressed hope that": the stance that the first noun behind a voicing verb names."""
    table, attribution = verb_table(), matter.attribution
    if attribution.lemma not in table.voicing or not attribution.content:
        return None
    part = attribution.content[0]
    quoted = matter.analysis.document.quote_around(part.first) is not None
    phrase = None if quoted else phrase_at(matter.analysis, part.first, part.last)
    words = matter.analysis.document.lowers(phrase.range) if phrase else []
    return next((table.voiced[word] for word in words if word in table.voiced), None)
