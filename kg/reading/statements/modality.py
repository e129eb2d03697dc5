"""The modality of a main clause: a fact, not so, to come, due, possible or expected."""

from kg.reading.statements.heads import Head
from kg.reading.statements.matter import Matter
from kg.reading.text.marks import QUOTES
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import modality_of_helpers
from kg.reading.words.grammar import grammar
from kg.reading.words.stances import stance_table
from kg.reading.words.verbs import verb_table

_NOBODY = frozenset({"no", "none", "neither", "nobody", "nothing", "nor", "not"})
_NOT_LESS = frozenset({"more", "less", "later", "doubt", "only", "just", "merely", "sooner", "but"})
_HARDLY = _NOT_LESS - {"more", "later", "less"}
_CAN = frozenset({"can", "ca", "could", "cannot"})
_DENIABLE = frozenset({"asserted", "future", "expected"})
_FEW = 4
_SENSED = frozenset({"hear", "see", "feel", "smell"})  # "could be heard": it was
_NEEDING = frozenset({"need", "require"})
_DUTIES = frozenset({"duty", "obligation", "responsibility"})  # "have a duty to help"
_OUGHT = frozenset({"should", "ought"})


def is_to_come(matter: Matter, head: Head) -> bool:
    """Whether a main clause, but for its negation, is to come: also "does not intend to"."""
    return _modal(matter, head) == "future"


def modality_of_head(matter: Matter, head: Head) -> str:
    """The modality of a main clause; "will not" and "cannot" are negated, "must not" is not."""
    own = _modal(matter, head)
    if negated(matter, head) and (own in _DENIABLE or (own == "possible" and _can(matter, head))):
        return "negated"
    return own


def _can(matter: Matter, head: Head) -> bool:
    return not _CAN.isdisjoint(matter.analysis.document.lowers(head.verb.range))


def _modal(matter: Matter, head: Head) -> str:
    """The modality by helpers, else by what the verb leads to; many rules ask."""
    known = matter.modals
    if head.verb.main not in known:
        known[head.verb.main] = _modal_of(matter, head)
    return known[head.verb.main]


def _modal_of(matter: Matter, head: Head) -> str:
    verb, document = head.verb, matter.analysis.document
    helpers = [word for word in document.lowers(Range(verb.first, verb.main + 1)) if word not in QUOTES]
    plain = [word for word in helpers if not word.endswith("ly")]
    if plain[-3:-1] == ["have", "to"] or (helpers[-1:] == ["have"] and matter.behind(head)[:1] == ["to"]):
        return "necessary"  # also "will have to"
    if _is_past_duty(helpers) or (helpers[0] == "could" and verb.lemma in _SENSED and verb.form == "passive"):
        return "asserted"
    told = modality_of_helpers(helpers)
    if told != "asserted":
        return "necessary" if told == "future" and verb.lemma in _NEEDING else told
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
        due = words.have & set(helpers) or names_a_way(matter, head)
        return "necessary" if due else "future"
    return _led_to(matter, head, behind, to)


def _is_past_duty(helpers: list[str]) -> bool:
    """ "should have been used": it was not."""
    return helpers[0] in _OUGHT and "have" in helpers[1:-1] and helpers[-1] != "have"


def should_have(matter: Matter, head: Head) -> bool:
    """ "they should have known": what was not done that was due."""
    return _is_past_duty(matter.analysis.document.lowers(Range(head.verb.first, head.verb.main + 1)))


def names_a_way(matter: Matter, head: Head) -> bool:
    """ "the main thing is to": what is due."""
    noun = matter.analysis.document.tokens[head.subject.head].lower if head.subject else ""
    return noun in stance_table().must.ways


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
    intends = verb.form == "finite" or verb.lemma == "plan"  # "is prepared to" tells of now
    if intends and verb.lemma in table.plans.intending and to == 0:
        return "future"
    owed = verb.lemma == "have" and not _DUTIES.isdisjoint(behind[:_FEW]) and "to" in behind[: _FEW + 2]
    if verb.lemma in _NEEDING or (verb.lemma == "have" and to == 0) or owed:
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
    act = to is not None and behind[to + 1 : to + 2] and _is_base(behind[to + 1])
    if to is not None and near[0] in table.plans.scheduled and (act or near[0] != "due"):
        return "future"  # "were due to the halt" gives a reason
    goes_on = to is not None or "that" in near or "for" in near
    if goes_on and not table.must.necessary.isdisjoint(near[:2]):
        return "necessary"
    first = near[:1] if near[0] not in {"very", "quite", "more", "still", "also"} else near[1:2]
    if not table.must.possible.isdisjoint(first):
        return "possible"
    if not table.must.need.isdisjoint(near[:3]):
        return "necessary"
    return "possible" if not table.must.chance.isdisjoint(near[:3]) and "risk" not in near else "asserted"


def _is_base(word: str) -> bool:
    return "base" in verb_table().forms.get(word, ("", frozenset[str]()))[1]


def _near(matter: Matter, head: Head) -> list[str]:
    """The words right before a verb group and inside it."""
    verb = head.verb
    return matter.analysis.document.lowers(Range(max(verb.first - 2, 0), verb.main))


def negated(matter: Matter, head: Head) -> bool:
    """By the verb, its subject ("no army has") or its object ("violated nothing"); many rules ask."""
    known = matter.negations
    if head.verb.main not in known:
        known[head.verb.main] = _negated(matter, head)
    return known[head.verb.main]


def _negated(matter: Matter, head: Head) -> bool:
    """A litotes is not negated: "does not rule out"."""
    words, behind = grammar(), matter.behind(head)
    inside = matter.analysis.document.lowers(head.verb.range)
    if inside[-3:-1] == ["yet", "to"] or behind[:1] in (["unable"], ["impossible"]):
        return True
    start = head.verb.first
    if matter.analysis.document.lowers(Range(max(start - 2, 0), start)) == ["no", "longer"]:
        return True
    if head.verb.negated or not words.negations.isdisjoint(inside):
        litotes = {head.verb.lemma, *head.chain, *behind[:1]} & stance_table().plans.unyielding
        return not litotes and not (behind and behind[0] in _HARDLY)
    behind = behind[1:] if behind[:1] and behind[0].endswith("ly") else behind  # "absolutely no"
    if behind[:1] and behind[0] in _NOBODY and not (behind[1:2] and behind[1] in _NOT_LESS):
        return head.verb.lemma not in verb_table().stances  # "said no" is not negated
    return _negative_subject(matter, head)


def _negative_subject(matter: Matter, head: Head) -> bool:
    """ "no army has", "neither of them will"."""
    if head.subject is None or head.subject.range.first >= head.verb.first:
        return False
    before = matter.analysis.document.lowers(Range(head.subject.range.first, head.verb.first))
    return before[0] in _NOBODY and not _NOT_LESS & set(before[1:2])
