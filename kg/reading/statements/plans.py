"""What speakers will do or not, want done, offer, hope for or threaten, by the main clause of their words."""

from kg.reading.statements.heads import Head
from kg.reading.statements.matter import Matter
from kg.reading.statements.modality import is_to_come, modality_of_head, negated
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.stances import stance_table
from kg.reading.words.verbs import verb_table

_PERFECT = frozenset({"has", "have", "had"})
_POLITE = frozenset({"want", "like", "wish"})


def performed(matter: Matter) -> str | None:
    """The verb by which the speaker's own side does what it says: "we demand", "his country supports".

    That of the first main clause, or of a later one that demands something.
    """
    for number, head in enumerate(matter.heads):
        lemma = _performed_by(matter, head)
        if lemma and (number == 0 or verb_table().stances.get(lemma) in {"demand", "request"}):
            return lemma
    return None


def _performed_by(matter: Matter, head: Head) -> str | None:
    if not matter.is_own(head.subject) or negated(matter, head):
        return None
    if head.verb.form != "finite":
        return _attitude(matter, head)
    helpers = set(matter.analysis.document.lowers(Range(head.verb.first, head.verb.main)))
    table = verb_table()
    lemma = head.verb.lemma
    if lemma in _POLITE and head.chain and head.chain[0] in table.stances:
        return head.chain[0]
    if helpers & (_PERFECT | grammar().modals) or _past_in_quotes(matter, head):
        return None
    return lemma if lemma in table.stances else _attitude(matter, head)


def _attitude(matter: Matter, head: Head) -> str | None:
    """ "we are ready", "I am deeply concerned"."""
    tokens, table = matter.analysis.document.tokens, verb_table()
    end = max(part.last for part in matter.attribution.content)
    behind = matter.analysis.document.lowers(Range(head.verb.last, min(head.verb.last + 4, end)))
    if head.verb.form == "passive":
        behind = [tokens[head.verb.main].lower, *behind]  # "was determined to"
    elif head.verb.lemma != "be":
        return None
    for index, word in enumerate(behind[:4]):
        stance = table.attitudes.get(word)
        if stance and (stance != "promise" or behind[index + 1 : index + 2] == ["to"]):
            return f"be {word}"
    return None


def _clause(matter: Matter, head: Head) -> list[str]:
    """The words of a main clause with its subject."""
    first = head.subject.range.first if head.subject else head.clause.first
    return matter.analysis.document.lowers(Range(min(first, head.clause.first), head.clause.last))


def _past_in_quotes(matter: Matter, head: Head) -> bool:
    """ "we demanded": what is told in direct speech as past is not done by telling it."""
    return matter.analysis.document.quote_around(head.verb.main) is not None and _is_past(matter, head)


def _is_past(matter: Matter, head: Head) -> bool:
    forms = verb_table().forms.get(matter.analysis.document.tokens[head.verb.main].lower)
    return forms is not None and "past" in forms[1] and "base" not in forms[1]


def performed_stance(matter: Matter) -> str | None:
    """The stance of such a verb or adjective, unless it leaves that open as well."""
    lemma, table = performed(matter), verb_table()
    if lemma is None:
        return "seek" if _aims(matter) else None
    stance = table.attitudes.get(lemma.removeprefix("be ")) or table.stances.get(lemma)
    return None if stance in {"assert", "describe", "explain", "announce", "predict", "accuse"} else stance


def _aims(matter: Matter) -> bool:
    """ "our goal is"."""
    head, tokens = matter.head, matter.analysis.document.tokens
    if head is None or head.subject is None or head.verb.lemma != "be" or negated(matter, head):
        return False
    first, noun = tokens[head.subject.range.first].lower, tokens[head.subject.head].lower
    return noun in stance_table().plans.aims and first in grammar().determiners - {"the", "a", "an"}


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
    if head is None or modality_of_head(matter, head) != "necessary":
        return False
    helpers = matter.analysis.document.lowers(Range(head.verb.first, head.verb.main + 1))
    if head.verb.lemma == "be" and "time" in matter.behind(head)[:2]:
        return True  # "it is time to end it"
    if matter.is_own(head.subject):
        return "must" in helpers and head.verb.lemma != "be"
    acts = head.verb.lemma != "be" and head.verb.form != "passive"
    return "must" in helpers or (acts and matter.is_other(head.subject))


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
    good = not stance_table().plans.outcomes.isdisjoint(subject)
    near = matter.behind(head)[:3]
    reach = near[:2] == ["within", "reach"] or "closer" in near
    return good and (modality_of_head(matter, head) in {"possible", "expected"} or reach)


def warns(matter: Matter) -> bool:
    """Harm that may come, as it is or on a condition."""
    head = matter.head
    if head is None or negated(matter, head):
        return False
    coming = matter.conditional or modality_of_head(matter, head) in {"future", "possible"}
    if head.verb.lemma == "risk" or not {"brink", "verge"}.isdisjoint(matter.behind(head)[:5]):
        return True
    table = stance_table().harm
    threatened = matter.conditional and head.verb.lemma in table.conditional
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
            return "promise" if {head.verb.lemma, *head.chain} & table.pledging else "announce"
        if matter.is_other(head.subject):
            return "promise" if head.verb.lemma in table.committing else "announce"
        return "announce" if _scheduled(matter, head) else "predict"
    return "announce" if _made_known(matter, head) else None


def _scheduled(matter: Matter, head: Head) -> bool:
    """ "talks will be held", "the envoy will travel": planned by somebody, rather than foreseen."""
    table = stance_table().plans
    noun = matter.analysis.document.tokens[head.subject.head].lower if head.subject else ""
    planned = {head.verb.lemma, *head.chain} & (table.scheduling | verb_table().uses.acting)
    return head.verb.form == "passive" or bool(planned) or noun in table.meetings


def _made_known(matter: Matter, head: Head) -> bool:
    """ "talks have opened", "the cabinet has decided to": news of an event or a decision."""
    helpers = set(matter.analysis.document.lowers(Range(head.verb.first, head.verb.main)))
    noun = matter.analysis.document.tokens[head.subject.head].lower if head.subject else ""
    table = stance_table().plans
    if negated(matter, head) or head.verb.modality != "asserted":
        return False
    if head.verb.lemma in table.agreeing and matter.attribution.lemma in verb_table().uses.passing_on:
        told = (bool(helpers) or _is_past(matter, head)) and matter.behind(head)[:1] != ["out"]
        return told and (head.verb.lemma == "agree" or not table.outcomes.isdisjoint(_clause(matter, head)))
    if not helpers & _PERFECT:
        return False
    opened = noun in table.meetings and head.verb.lemma in table.beginning
    return opened or (head.verb.lemma in table.deciding and matter.is_own(head.subject))
