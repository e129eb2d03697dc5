"""What speakers do by saying that their side does it: "we demand", "his country welcomes", "I am ready"."""

from kg.reading.statements.heads import Head
from kg.reading.statements.matter import Matter
from kg.reading.statements.modality import negated
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.stances import stance_table
from kg.reading.words.verbs import verb_table

_PERFECT = frozenset({"has", "have", "had"})
_POLITELY = frozenset({"it", "that", "question", "questions"})  # "I appreciate the question" praises nobody
_VOICED = 5  # words behind "we express" in which what is voiced stands
_POLITE = frozenset({"want", "like", "wish"})


def performed(matter: Matter) -> str | None:
    """The verb by which the speaker's own side does what it says: "we demand", "his country supports".

    That of the first main clause, or of a later one that demands something.
    """
    for number, head in enumerate(matter.heads):
        lemma = _performed_by(matter, head)
        if lemma and (number == 0 or verb_table().stances.get(lemma) in {"demand", "request", "expect"}):
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
    going_on = "been" in helpers and "ing" in inflected(matter, head)  # "we have been asking for"
    if (helpers & (_PERFECT | grammar().modals) and not going_on) or _past_in_quotes(matter, head):
        return None
    if lemma == "continue" and head.chain and head.chain[0] in table.stances:
        return head.chain[0]
    if lemma == "appreciate" and not _POLITELY.isdisjoint(matter.behind(head)[:2]):
        return None
    return lemma if lemma in table.stances else _attitude(matter, head)


def _attitude(matter: Matter, head: Head) -> str | None:
    """ "we are ready", "I am deeply concerned"."""
    tokens, table = matter.analysis.document.tokens, verb_table()
    end = max(part.last for part in matter.attribution.content)
    behind = matter.analysis.document.lowers(Range(head.verb.last, min(head.verb.last + 6, end)))
    if head.verb.form == "passive":
        behind = [tokens[head.verb.main].lower, *behind]  # "was determined to"
    elif head.verb.lemma not in stance_table().linking:
        return None
    for word in behind[:4]:
        stance = table.attitudes.get(word)
        if stance and (stance != "promise" or not {"to", "talks", "dialogue"}.isdisjoint(behind)):
            return f"be {word}"
    return None


def _past_in_quotes(matter: Matter, head: Head) -> bool:
    """ "we demanded": what is told in direct speech as past is not done by telling it."""
    return matter.analysis.document.quote_around(head.verb.main) is not None and is_past(matter, head)


def is_past(matter: Matter, head: Head) -> bool:
    """Whether a verb without helpers stands in its past form."""
    return "past" in inflected(matter, head) and "base" not in inflected(matter, head)


def inflected(matter: Matter, head: Head) -> frozenset[str]:
    """How the main verb of a clause is inflected: base, s, past, participle, ing."""
    word = matter.analysis.document.tokens[head.verb.main].lower
    return verb_table().forms.get(word, ("", frozenset[str]()))[1]


def performed_stance(matter: Matter) -> str | None:
    """The stance of such a verb or adjective, unless it leaves that open as well."""
    lemma, table = performed(matter), verb_table()
    if matter.words[:1] == ("hopefully",):
        return "expect"
    if lemma is None:
        return "seek" if _aims(matter) else None
    if lemma in table.voicing and matter.head is not None:
        voiced = (table.voiced[word] for word in matter.behind(matter.head)[:_VOICED] if word in table.voiced)
        return next(voiced, None)  # "we repeat our call on them to leave"
    stance = table.attitudes.get(lemma.removeprefix("be ")) or table.stances.get(lemma)
    if stance == "criticise" and lemma.startswith("be ") and "risk" in matter.words:
        return "warn"  # "I am concerned about the risk of"
    return None if stance in {"assert", "describe", "explain", "announce", "predict", "accuse"} else stance


def _aims(matter: Matter) -> bool:
    """ "our goal is"."""
    head, tokens = matter.head, matter.analysis.document.tokens
    if head is None or head.subject is None or head.verb.lemma != "be" or negated(matter, head):
        return False
    first, noun = tokens[head.subject.range.first].lower, tokens[head.subject.head].lower
    return noun in stance_table().plans.aims and first in grammar().determiners - {"the", "a", "an"}
