"""What speakers will do or not, want done, offer, hope for or threaten, by the main clause of their words."""

from kg.reading.statements.heads import Head
from kg.reading.statements.matter import Matter
from kg.reading.statements.modality import is_to_come, modality_of_head, names_a_way, negated
from kg.reading.statements.performing import inflected, is_past
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.stances import stance_table
from kg.reading.words.verbs import verb_table

_PERFECT = frozenset({"has", "have", "had"})
_NEAR = 6  # words behind a verb in which its object stands
_OBJECTS = frozenset({"the", "all", "this", "these", "our", "your", "us", "them", "those"})


def refuses(matter: Matter) -> bool:
    """ "we will not come", "cannot accept", "does not recognise"; "there will be no talks"."""
    head = matter.head
    if head is None or not negated(matter, head):
        return False
    plans, tokens = stance_table().plans, matter.analysis.document.tokens
    coming = is_to_come(matter, head)
    if head.subject is not None and tokens[head.subject.range.first].lower == "there":
        return coming and not (plans.meetings | plans.outcomes | plans.yielding).isdisjoint(
            matter.behind(head)
        )
    return matter.is_own(head.subject) and (coming or head.verb.lemma in plans.accepting)


def demands(matter: Matter) -> bool:
    """ "they must leave", "Iran should stop": what others, or anybody, has to do."""
    head = matter.head
    if _orders(matter):
        return True
    if head is None:
        return "must" in matter.words
    if modality_of_head(matter, head) != "necessary":
        return False
    helpers = matter.analysis.document.lowers(Range(head.verb.first, head.verb.main + 1))
    if head.verb.lemma == "be" and "time" in matter.behind(head)[:3]:
        return True  # "it is time to end it"
    if names_a_way(matter, head) and "to" in helpers:
        return True
    if matter.is_own(head.subject):
        needed = head.verb.lemma == "need" and bool(head.chain)  # "we need to begin"
        return needed or ("must" in helpers and head.verb.lemma != "be")
    acts = head.verb.lemma != "be" and head.verb.form != "passive"
    return "must" in helpers or (acts and matter.is_other(head.subject))


def _orders(matter: Matter) -> bool:
    """ "Let them decide", "Stop the war", "Do not test us", "the time has come to"."""
    words, head = matter.words, matter.head
    if words[:1] == ("let",) or words[:2] in {("do", "not"), ("do", "n't"), ("do", "n’t")}:
        return True
    if head is not None and head.verb.lemma == "come" and head.subject is not None and head.chain:
        return matter.analysis.document.tokens[head.subject.head].lower == "time"
    tags = verb_table().forms.get(words[0], ("", frozenset[str]()))[1] if words else frozenset[str]()
    quoted = matter.analysis.document.quote_around(matter.attribution.content[0].first) is not None
    return quoted and "base" in tags and words[1:2] != () and words[1] in _OBJECTS


def proposes(matter: Matter) -> bool:
    """ "the EU could help", "let us meet"."""
    if _suggests(matter) or matter.words[:2] in {("let", "us"), ("let", "'s"), ("let", "’s")}:
        return True
    head = matter.head
    if (
        head is None
        or head.verb.modality != "possible"
        or negated(matter, head)
        or not matter.is_other(head.subject)
    ):
        return False
    return not stance_table().plans.helping.isdisjoint({head.verb.lemma, *head.chain})


def _suggests(matter: Matter) -> bool:
    """ "suggested holding talks", "suggested that they should meet"."""
    content = matter.attribution.stated
    if matter.attribution.lemma != "suggest" or not content:
        return False
    first = next(iter(matter.analysis.verbs_in(content[0])), None)
    gerund = first is not None and first.form == "gerund" and first.first == content[0].first
    return gerund or (
        matter.head is not None and modality_of_head(matter, matter.head) in {"necessary", "possible"}
    )


def expects(matter: Matter) -> bool:
    """ "a treaty could be signed this year", "peace is within reach"."""
    head = matter.head
    if head is None or negated(matter, head) or matter.conditional:
        return False
    first = head.subject.range.first if head.subject else head.clause.first
    subject = matter.analysis.document.lowers(Range(min(first, head.clause.first), head.clause.first))
    if modality_of_head(matter, head) == "expected":
        return True
    good = not stance_table().plans.outcomes.isdisjoint(subject)
    near = matter.behind(head)[:3]
    reach = near[:2] == ["within", "reach"] or not {"close", "closer", "near", "imminent"}.isdisjoint(near)
    return good and (modality_of_head(matter, head) in {"possible", "expected"} or reach)


def warns(matter: Matter) -> bool:
    """Harm that may come, as it is or on a condition."""
    head = matter.head
    if head is None or negated(matter, head):
        return False
    coming = matter.conditional or modality_of_head(matter, head) in {"future", "possible"}
    if head.verb.lemma == "risk" or not {"brink", "verge"}.isdisjoint(matter.behind(head)[:5]):
        return True
    near = set(matter.behind(head)[:5])
    facing = head.verb.lemma in stance_table().harm.facing and near & stance_table().harm.perils
    if facing and not matter.is_own(head.subject):
        return True
    if head.verb.lemma in stance_table().linking and near & stance_table().harm.perils:
        return not matter.is_own(head.subject)
    table, blame = stance_table().harm, stance_table().blame
    harms = matter.is_own(head.subject) and not blame.wrongs.isdisjoint(matter.behind(head)[:3])
    threatened = matter.conditional and (
        harms or (head.verb.lemma in table.conditional and not matter.is_other(head.subject))
    )
    if matter.conditional and not table.ends.isdisjoint(matter.behind(head)[:_NEAR]):
        return True  # "if the town falls, it will be the end of the talks"
    return threatened or (coming and not table.threats.isdisjoint(matter.words))


def to_come(matter: Matter) -> str | None:
    """promise, announce or predict, by who does what is to come and whether it is planned."""
    head, table = matter.head, stance_table().plans
    if head is None:
        return None
    near = matter.analysis.document.lowers(head.verb.range) + matter.behind(head)[:2]
    if "likely" in near and not negated(matter, head):
        return "predict"
    if modality_of_head(matter, head) == "future" or (matter.conditional and head.verb.modality == "future"):
        if negated(matter, head):
            return None
        own = matter.is_own(head.subject)
        if matter.conditional:
            return "promise" if own else None
        if own:
            kept = table.pledging | table.unyielding  # "we will not rest"
            told = {head.verb.lemma, *head.chain, *matter.behind(head)[:1]}
            return "promise" if told & kept else "announce"
        if matter.is_other_actor(head.subject):
            return "promise" if head.verb.lemma in table.committing else "announce"
        if _scheduled(matter, head):
            return "announce"
        return None if _would_be(matter, head) else "predict"
    may = not {"may", "might"}.isdisjoint(matter.analysis.document.lowers(head.verb.range))
    if matter.conditional and may and not matter.is_own(head.subject):
        return "predict"  # "if the truce holds, talks may begin"
    return "announce" if _made_known(matter, head) else None


def _would_be(matter: Matter, head: Head) -> bool:
    """ "the easiest way would be": a judgement, no forecast."""
    helpers = matter.analysis.document.lowers(Range(head.verb.first, head.verb.main))
    takes_part = "part" in matter.behind(head)[:1]  # "would be part of the team"
    return head.verb.lemma == "be" and "would" in helpers and not (matter.conditional or takes_part)


def _scheduled(matter: Matter, head: Head) -> bool:
    """ "talks will be held", "the envoy will travel": planned by somebody, rather than foreseen."""
    table = stance_table().plans
    noun = matter.analysis.document.tokens[head.subject.head].lower if head.subject else ""
    if head.verb.lemma == "be" and "part" in matter.behind(head)[:1]:
        return True
    planned = {head.verb.lemma, *head.chain} & (table.scheduling | verb_table().uses.acting)
    set_down = "to" in matter.analysis.document.lowers(Range(head.verb.first, head.verb.main))
    return head.verb.form == "passive" or bool(planned) or set_down or noun in table.meetings


def _made_known(matter: Matter, head: Head) -> bool:
    """ "talks have opened", "the cabinet has decided to": news of an event or a decision."""
    helpers = set(matter.analysis.document.lowers(Range(head.verb.first, head.verb.main)))
    noun = matter.analysis.document.tokens[head.subject.head].lower if head.subject else ""
    table = stance_table().plans
    if negated(matter, head) or head.verb.modality != "asserted":
        return False
    if head.verb.lemma in table.agreeing and matter.attribution.lemma in verb_table().uses.passing_on:
        told = (bool(helpers) or is_past(matter, head)) and matter.behind(head)[:1] != ["out"]
        agreed = head.verb.lemma == "agree" and head.verb.form == "finite"
        return told and (agreed or not table.outcomes.isdisjoint(_clause(matter, head)))
    if noun in table.meetings | table.outcomes and head.verb.lemma in table.handling:
        return bool(helpers)
    quoted = matter.analysis.document.quote_around(head.verb.main) is not None
    going_on = "ing" in inflected(matter, head) and not helpers.isdisjoint(grammar().be)  # "was calling off"
    if not (helpers & _PERFECT or going_on or (not helpers and is_past(matter, head) and not quoted)):
        return False
    opened = noun in table.meetings and head.verb.lemma in table.beginning
    undergone = head.verb.form == "passive" and noun in grammar().pronouns_person | grammar().pronouns_plural
    decided = matter.is_own(head.subject) and head.verb.lemma in table.deciding and not undergone
    return opened or (decided and matter.attribution.lemma != "claim")


def _clause(matter: Matter, head: Head) -> list[str]:
    """The words of a main clause with its subject."""
    opening = next(p.first for p in matter.attribution.content if head.verb.main in p)
    first = head.subject.range.first if head.subject else opening
    return matter.analysis.document.lowers(Range(min(first, head.clause.first), head.clause.last))
