"""Whether words speak well or ill of something, side with somebody, or give a reason."""

import itertools
from collections.abc import Sequence

from kg.reading.statements.heads import Head
from kg.reading.statements.matter import Matter
from kg.reading.statements.modality import modality_of_head, negated, should_have
from kg.reading.text.marks import QUOTES, SINGLE_QUOTES
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.stances import stance_table
from kg.reading.words.verbs import verb_table

_ANSWERS = frozenset(
    {"response", "retaliation", "revenge", "reprisal", "protest", "anticipation", "retribution"}
)
_STEMMING = frozenset({"stem", "result", "arise", "derive", "originate", "spring"})
_PROMISES = frozenset({"promise", "promises", "word", "commitments", "pledge", "pledges"})
_NEAR = 6  # words behind "is" in which an appraisal stands


def praises(matter: Matter) -> bool:
    """ "the talks were constructive", what is called "courageous", "what a story it is"."""
    good = stance_table().appraisal.good
    head = matter.head
    called = verb_table().stances.get(matter.attribution.lemma) == "describe"
    if head is None or called:
        well = not good.isdisjoint(matter.words) or _steps(matter.words)
        return well and not _called_ill(matter)
    if matter.words[:2] in {("what", "a"), ("what", "an")} or matter.words[:3] == ("and", "what", "a"):
        return True
    if _earns(matter, head):
        return True
    well = _is(matter, head, good) or (_links(head) and _steps(matter.behind(head)))
    return well and not negated(matter, head) and not matter.is_own(head.subject)


def _earns(matter: Matter, head: Head) -> bool:
    """ "deserves a prize", "has kept its promise", "changed for the better"."""
    if negated(matter, head) or matter.is_own(head.subject) or modality_of_head(matter, head) != "asserted":
        return False
    behind, table = matter.behind(head), stance_table()
    kept = head.verb.lemma in table.blame.duties and not _PROMISES.isdisjoint(behind[:3])
    earned = head.verb.lemma == "deserve" and not table.appraisal.honours.isdisjoint(behind[:_NEAR])
    return kept or earned or ("for", "the", "better") in zip(behind, behind[1:], behind[2:], strict=False)


def criticises(matter: Matter) -> bool:
    """ "the decision is unacceptable", what is called "illegal", "not constructive", "violates the law"."""
    if matter.head is None or verb_table().stances.get(matter.attribution.lemma) == "describe":
        return _called_ill(matter) or _lacks(matter)
    heads = [head for head in matter.heads if head.joined]
    return any(should_have(matter, head) or _speaks_ill(matter, head) for head in heads)


def _speaks_ill(matter: Matter, head: Head) -> bool:
    table = stance_table().appraisal
    if matter.is_own(head.subject) and head.verb.lemma == "be":
        return False
    if negated(matter, head):
        return _is(matter, head, table.good | table.wanting)
    if _is(matter, head, table.bad | table.labels) or not table.manner.isdisjoint(_beside(matter, head)):
        return True
    fails = head.verb.lemma == "fail" and bool(head.chain)
    wrong = fails or (head.verb.lemma in table.harming and head.verb.form != "passive")
    held = modality_of_head(matter, head) == "asserted"
    if head.subject is None or matter.is_own(head.subject):
        return False
    told = matter.analysis.document.tokens[head.subject.head].lower not in grammar().demonstratives
    return wrong and held and told  # "that prevented a raid": who knows whether it was wrong


def _beside(matter: Matter, head: Head) -> list[str]:
    """The words of a verb group with the one behind it: "was unfairly treated", "acted illegally"."""
    return [*matter.analysis.document.lowers(head.verb.range), *matter.behind(head)[:1]]


def _lacks(matter: Matter) -> bool:
    """ "no justification for the coup"."""
    pairs = itertools.pairwise(word for word in matter.words if word not in QUOTES | SINGLE_QUOTES)
    return any(one == "no" and other in stance_table().appraisal.wanting for one, other in pairs)


def _called_ill(matter: Matter) -> bool:
    table = stance_table().appraisal
    called = verb_table().stances.get(matter.attribution.lemma) == "describe" or matter.attribution.framing
    return not (table.bad | table.labels if called else table.bad).isdisjoint(matter.words)


def _is(matter: Matter, head: Head, words: frozenset[str]) -> bool:
    """Whether "is", "remains" or the like leads to one of the words."""
    return _links(head) and not words.isdisjoint(matter.behind(head)[:_NEAR])


def _links(head: Head) -> bool:
    return head.verb.lemma in stance_table().linking


def _steps(words: Sequence[str]) -> bool:
    """ "a step forward", "a step in the right direction", "great news"."""
    if "step" in words and not {"forward", "right"}.isdisjoint(words):
        return True
    table = stance_table().appraisal
    return any(
        one in table.weighty and table.news.intersection(words[at + 1 : at + 3])
        for at, one in enumerate(words)
    )


def supports(matter: Matter) -> bool:
    """The speaker's side backs somebody, or does not let up in helping."""
    if any(
        c.proposition.predicate == "supports" and c.proposition.subject in matter.own and not c.negated
        for c in matter.main
    ):
        return True
    head, table = matter.head, stance_table().plans
    if head is None or not matter.is_own(head.subject):
        return False
    lemmas = {head.verb.lemma, *head.chain}
    parts = matter.attribution.content
    helps = any(v.lemma in table.helping for part in parts for v in matter.analysis.verbs_in(part))
    return bool(lemmas & table.unyielding) and helps


def explains(matter: Matter) -> bool:
    """A reason is what is told: "because", "was in response to", "led X to"."""
    if any(c.proposition.predicate == "causes" for c in matter.main):
        return True
    head = matter.head
    if matter.words[:1] == ("because",) or _accounts(matter):
        return True
    if head is None or negated(matter, head) or matter.attribution.lemma == "claim" or _there(matter, head):
        return False
    behind, reasons = matter.behind(head), stance_table().reasons
    if head.verb.lemma in _STEMMING and behind[:1] == ["from"]:
        return True
    done = any(pair[0] == "in" and pair[1] in _ANSWERS for pair in itertools.pairwise(behind))
    return done or (head.verb.lemma == "be" and not reasons.isdisjoint(behind[:4]))


def _accounts(matter: Matter) -> bool:
    """ "closed the border, saying": for what is refused, decided or defended a reason is told."""
    verb, analysis = matter.attribution.verb, matter.analysis
    if verb is None or verb.form != "gerund":
        return False
    apart = analysis.document.tokens[verb.first - 1].lower in {",", "by"}
    before = analysis.verb_before(verb.first, analysis.document.sentence(verb.first)) if apart else None
    uses, plans = verb_table().uses, stance_table().plans
    return (
        before is not None
        and before.lemma in uses.refusing | uses.defending | plans.deciding | plans.handling
    )


def _there(matter: Matter, head: Head) -> bool:
    """ "there are reasons for hope": no reason is told."""
    subject = head.subject
    return subject is not None and matter.analysis.document.tokens[subject.range.first].lower == "there"


def charges(matter: Matter) -> bool:
    """Words that lay a charge wherever they stand: "illegal sanctions stopped the payment"."""
    own = matter.head is not None and matter.is_own(matter.head.subject)
    return not own and _colours(matter, stance_table().appraisal.charging)


def deplores(matter: Matter) -> bool:
    """Words that speak ill of what is told wherever they stand: "the wave had tragic consequences"."""
    return _colours(matter, stance_table().appraisal.blaming)


def _colours(matter: Matter, words: frozenset[str]) -> bool:
    """Whether one of the words colours what somebody named, who does not merely report, holds to be so."""
    speaker = matter.analysis.document.lowers(matter.attribution.speaker.range)
    if not matter.speakers or not stance_table().who.reporting.isdisjoint(speaker):
        return False
    head = matter.head
    held = head is None or (modality_of_head(matter, head) == "asserted" and not negated(matter, head))
    first = matter.attribution.content[0]
    sentence = matter.analysis.document.sentence(first.first)
    said = matter.analysis.document.lowers(Range(first.first, min(first.last, sentence.last)))
    return held and not matter.conditional and not words.isdisjoint(said)
