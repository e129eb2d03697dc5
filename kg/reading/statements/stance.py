"""The stance of a statement: the reporting verb's, or where that leaves it open what the words do."""

from collections.abc import Callable

from kg.reading.statements.appraisal import charges, criticises, deplores, explains, praises, supports
from kg.reading.statements.blame import blames, denies
from kg.reading.statements.holding import left_open
from kg.reading.statements.matter import Matter
from kg.reading.statements.performing import performed_stance
from kg.reading.statements.plans import (
    demands,
    expects,
    proposes,
    refuses,
    to_come,
    warns,
)
from kg.reading.statements.reported import stance_of_report
from kg.reading.text.marks import QUOTES
from kg.reading.words.grammar import grammar
from kg.reading.words.verbs import verb_table

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
    _when("accuse", charges),
    _when("criticise", deplores),
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
    "explain": (_when("accuse", blames),),
}
_GROUNDS = frozenset({"cite", "attribute", "ascribe"})  # what is given as a reason can be anything


def stance_of(matter: Matter) -> str:
    """A question; else the stance of the adjective, noun or verb that reports; else that of the words."""
    if asks(matter):
        return "question"
    attribution, table = matter.attribution, verb_table()
    if attribution.verb and attribution.verb.negated and attribution.lemma in table.uses.withholding:
        return "refuse"
    if left_open(matter):
        return "assert"
    stance = stance_of_report(matter)
    if attribution.lemma in table.uses.presenting_now:
        return stance  # what a talk is about is not what it says
    if attribution.lemma == "agree" and matter.head is None:
        return "promise" if _is_act(matter) else "support"  # "agreed to leave", "agreed to a truce"
    open_ = stance == "assert" or (stance == "explain" and attribution.lemma in _GROUNDS)
    rules = _RULES if open_ else _NARROW.get(stance, ())
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
