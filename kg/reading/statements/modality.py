"""How what is said is held: as a fact, not so, to come, due, possible, expected, or on a condition."""

from collections.abc import Iterator

from kg.reading.statements.heads import Head
from kg.reading.statements.matter import Matter
from kg.reading.text.marks import QUOTES
from kg.reading.text.tokens import Range, Token
from kg.reading.verbs.groups import modality_of_helpers
from kg.reading.words.grammar import grammar
from kg.reading.words.stances import stance_table
from kg.reading.words.verbs import verb_table

_NOBODY = frozenset({"no", "none", "neither", "nobody", "nothing", "nor"})
_NOT_LESS = frozenset({"more", "less", "later", "doubt", "only", "just", "merely", "sooner"})
_FEW = 4


def modality_of(matter: Matter, stance: str) -> tuple[str, str]:
    """(modality, polarity). The first of these that can tell:

    1. the stance, where it leaves no choice: a denial is negated, a demand necessary, a proposal possible;
    2. a condition that governs the main clause;
    3. the stance or the verb, where it decides unless the words are negated: praise is asserted;
    4. "not", also before "will" and "can": what will not be is not;
    5. a modal verb, or what stands for one: "has to", "is due to", "is likely to", "hopes to".
    """
    head, table = matter.head, verb_table()
    is_negated = negated(matter, head) if head else opens_negated(matter)
    polarity = "negative" if is_negated else "positive"
    lemma = matter.attribution.lemma
    if stance in table.fixed:
        return table.fixed[stance], polarity
    if matter.conditional:
        return "conditional", polarity
    held = table.held.get(lemma) or table.held.get(stance)
    own = modality_of_head(matter, head) if head else _of_phrase(matter, stance)
    if held == "expected" and own == "possible" and table.stances.get(lemma) != "expect":
        return own, polarity  # "could be signed this year"
    if held and not (held == "asserted" and is_negated and stance not in table.firm):
        return held, polarity
    if head is None and is_negated:
        return "negated", polarity
    return ("future" if stance in table.coming and own == "asserted" else own), polarity


def is_to_come(matter: Matter, head: Head) -> bool:
    """Whether a main clause, but for its negation, is to come: also "does not intend to"."""
    return _modal(matter, head) == "future"


def modality_of_head(matter: Matter, head: Head) -> str:
    """The modality of a main clause; "will not" and "cannot" are negated, "must not" is not."""
    own = _modal(matter, head)
    if negated(matter, head) and own in {"asserted", "future", "expected"} | _can(matter, head):
        return "negated"
    return own


def _can(matter: Matter, head: Head) -> set[str]:
    helpers = matter.analysis.document.lowers(Range(head.verb.first, head.verb.last))
    return {"possible"} if {"can", "ca", "could", "cannot"} & set(helpers) else set()


def _modal(matter: Matter, head: Head) -> str:
    """The modality by helpers, else by what the verb leads to."""
    verb, document = head.verb, matter.analysis.document
    helpers = [word for word in document.lowers(Range(verb.first, verb.main + 1)) if word not in QUOTES]
    if helpers[-3:-1] == ["have", "to"] or (helpers[-1:] == ["have"] and matter.behind(head)[:1] == ["to"]):
        return "necessary"  # also "will have to"
    if (told := modality_of_helpers(helpers)) != "asserted":
        return told
    behind = matter.behind(head)
    to = next((i for i, word in enumerate(behind[:_FEW]) if word == "to"), None)
    words = grammar()
    if "likely" in helpers + behind[:2]:
        return "possible"
    quoted = any(index in document.quote_marks for index in range(verb.first, verb.main))
    fixed = quoted or "yet" in helpers or verb.lemma == "blame" or _is_aim(matter, head)
    if verb.form == "infinitive" and fixed:
        return "asserted"  # "the policy is to deny", "has yet to answer", "is to blame"
    if "to" in helpers[:-1] or (verb.lemma in {"be", "have"} and "to" in helpers):
        return "necessary" if words.have & set(helpers) else "future"
    return _led_to(matter, head, behind, to)


def _is_aim(matter: Matter, head: Head) -> bool:
    noun = matter.analysis.document.tokens[head.subject.head].lower if head.subject else ""
    return noun in stance_table().plans.aims


def _led_to(matter: Matter, head: Head, behind: list[str], to: int | None) -> str:
    """ "is going to", "plans to", "needs to", "is likely to", "it is essential that"."""
    table, verb = stance_table(), head.verb
    word = matter.analysis.document.tokens[verb.main].lower
    infinitive = to == 0 or bool(head.chain)
    if word == "going" and to == 0:
        return "future"
    if verb.lemma in table.plans.intending and to == 0:
        return "future"
    if verb.lemma in {"need", "require"} or (verb.lemma == "have" and to == 0):
        return "necessary"
    if verb.form == "passive" and verb.lemma in {"expect", "hope"}:
        return "expected"
    if (
        verb.form == "passive"
        and verb.lemma in {"schedule", "set"}
        and (to is not None or "for" in behind[:1])
    ):
        return "future"
    told = _of_adjective(behind, to) if verb.lemma == "be" else "asserted"
    if told != "asserted" or infinitive:
        return told
    near = _near(matter, head) + behind[:1]
    return "asserted" if table.must.perhaps.isdisjoint(near) else "possible"


def _of_adjective(behind: list[str], to: int | None) -> str:
    """ "is due to", "is essential to", "is possible"; an attribute ("in every possible way") says nothing."""
    table = stance_table()
    near = [word for word in behind[:_FEW] if word not in grammar().adverbs]
    if not near:
        return "asserted"
    if to is not None and near[0] in table.plans.scheduled:
        return "future"
    goes_on = to is not None or "that" in near or "for" in near
    if goes_on and not table.must.necessary.isdisjoint(near[:2]):
        return "necessary"
    first = near[:1] if near[0] not in {"very", "quite", "more", "still", "also"} else near[1:2]
    if not table.must.possible.isdisjoint(first):
        return "possible"
    if not table.must.need.isdisjoint(near[:3]):
        return "necessary"
    return "possible" if not table.must.chance.isdisjoint(near[:3]) and "risk" not in near else "asserted"


def _near(matter: Matter, head: Head) -> list[str]:
    """The words right before a verb group and inside it."""
    verb = head.verb
    return matter.analysis.document.lowers(Range(max(verb.first - 2, 0), verb.main))


def negated(matter: Matter, head: Head) -> bool:
    """By the verb, its subject ("no army has") or its object ("violated nothing"); a litotes is not."""
    words, behind = grammar(), matter.behind(head)
    inside = matter.analysis.document.lowers(head.verb.range)
    if inside[-3:-1] == ["yet", "to"] or behind[:1] in (["unable"], ["impossible"]):
        return True
    start = head.verb.first
    if matter.analysis.document.lowers(Range(max(start - 2, 0), start)) == ["no", "longer"]:
        return True
    if head.verb.negated or not words.negations.isdisjoint(inside):
        litotes = {head.verb.lemma, *head.chain} & stance_table().plans.unyielding
        return not litotes and not (behind and behind[0] in _NOT_LESS - {"more", "later", "less"})
    if behind[:1] and behind[0] in _NOBODY | {"not"} and not (behind[1:2] and behind[1] in _NOT_LESS):
        return head.verb.lemma not in verb_table().stances  # "said no" is not negated
    return _negative_subject(matter, head)


def _negative_subject(matter: Matter, head: Head) -> bool:
    """ "no army has", "neither of them will"."""
    if head.subject is None or head.subject.range.first >= head.verb.first:
        return False
    before = matter.analysis.document.lowers(Range(head.subject.range.first, head.verb.first))
    return before[0] in _NOBODY | {"not"} and not _NOT_LESS & set(before[1:2])


def opens_negated(matter: Matter) -> bool:
    """Words without a clause that begin with a negation: "Not with us"."""
    return not grammar().negatives.isdisjoint(matter.words[:2])


def _of_phrase(matter: Matter, stance: str) -> str:
    """Words without a clause: "to fight" is to come, "the need for" is due, "the prospects for" may be."""
    table, words = stance_table().must, matter.words
    opening = [word for word in words[:6] if word not in grammar().determiners]
    if opening[:1] == ["to"]:  # "vowed to fight"; "was ready to fight" tells of now
        lemma = matter.attribution.lemma
        return "asserted" if lemma.startswith("be ") or lemma == "agree" else "future"
    modal = modality_of_helpers([t.lower for t in _plain(matter)])
    if modal != "asserted":
        return modal
    if stance not in verb_table().held and not table.chance.isdisjoint(opening[:2]):
        return "possible"
    return "necessary" if not table.need.isdisjoint(opening[:2]) else "asserted"


def _plain(matter: Matter) -> Iterator[Token]:
    """The tokens that are written small: "May" is a month."""
    tokens = matter.analysis.document.tokens
    return (
        t for part in matter.attribution.content for t in tokens[part.first : part.last] if t.text.islower()
    )
