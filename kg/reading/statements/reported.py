"""The stance that a reporting verb has together with what follows it: "rejected the charge"."""

from collections.abc import Callable

from kg.reading.names.references import Reference
from kg.reading.statements.matter import Matter
from kg.reading.statements.modality import modality_of_head
from kg.reading.text.marks import QUOTES
from kg.reading.words.speech import noun_verbs
from kg.reading.words.stances import stance_table
from kg.reading.words.verbs import verb_table

_OPENING = 8  # words in which what is voiced, or what is turned down, stands
_NOT = frozenset({"not", "never"})
_COMING = frozenset({"possible", "future", "expected"})
_CHARGING = frozenset({"accuse", "claim"})
_WISHING = frozenset({"want", "prefer"})
_ASSURING = frozenset({"assure", "reassure", "convince"})
_AS = "as"
_CALLING = {"insist": "demand", "suggest": "propose"}
_CONCERN = frozenset({"concern", "concerns", "worry", "worries", "alarm", "anxiety", "unease"})


def stance_of_report(matter: Matter) -> str:
    """The stance of the adjective, noun or verb that reports, as far as these leave no choice."""
    attribution, table = matter.attribution, verb_table()
    adjective = table.attitudes.get(attribution.lemma.removeprefix("be "))
    stance = adjective or _voiced(matter) or table.stances.get(attribution.lemma, "assert")
    if attribution.lemma == "declare" and matter.head is not None:
        stance = "assert"  # "declared that they would never leave"
    worries = adjective == "criticise" or (stance == "criticise" and not _CONCERN.isdisjoint(matter.words))
    narrower = _NARROWER.get("attitude" if worries else stance)
    return (narrower(matter) if narrower else None) or stance


def _worried(matter: Matter) -> str | None:
    """ "is concerned that the dam could burst", "voiced concern about the risks" warn of them."""
    coming = matter.head is not None and modality_of_head(matter, matter.head) in _COMING
    harm = stance_table().harm
    return "warn" if coming or not (harm.threats | harm.perils).isdisjoint(matter.words) else None


def _turned_down(matter: Matter) -> str | None:
    """ "rejected the charges" denies, "dismissed the vote as illegal" criticises."""
    words = _plain(matter)
    if matter.head is None and any(noun_verbs().get(word) in _CHARGING for word in words[:_OPENING]):
        return "deny"
    appraisal = stance_table().appraisal
    called = words[words.index(_AS) :] if _AS in words else []
    return None if (appraisal.bad | appraisal.labels).isdisjoint(called) else "criticise"


def _promised(matter: Matter) -> str | None:
    """ "vowed never to talk" refuses, "his commitment to the law" supports."""
    words = _plain(matter)
    if matter.head is None and "to" in words[:3] and not _NOT.isdisjoint(words[:2]):
        return "refuse"
    if matter.attribution.lemma not in verb_table().voicing or "commitment" not in words[:_OPENING]:
        return None
    forms = verb_table().forms
    after = words[words.index("commitment") + 1 :]
    behind = [word for word in after if word in forms or not word.endswith("ly")]
    if behind[:1] != ["to"] or not behind[1:]:
        return None
    lemma, tags = forms.get(behind[1], ("", frozenset[str]()))
    return "support" if lemma == "support" or tags.isdisjoint({"base", "ing"}) else None


def _subjunctive(matter: Matter) -> str | None:
    """ "insisted that Kenya leave", "suggested that talks be held": no fact is told."""
    stance, head = _CALLING.get(matter.attribution.lemma), matter.head
    if stance is None or head is None:
        return None
    tokens, verb = matter.analysis.document.tokens, head.verb
    _, tags = verb_table().forms.get(tokens[verb.main].lower, ("", frozenset[str]()))
    named = head.subject.references if head.subject else ()
    bare = verb.first == verb.main and "base" in tags and "past" not in tags
    return stance if tokens[verb.first].lower == "be" or (bare and _is_one(named)) else None


def _is_one(named: tuple[Reference, ...]) -> bool:
    """One person or state, of whom the indicative would say "leaves"."""
    return len(named) == 1 and named[0].type in {"Person", "State"} and named[0].form != "pronoun"


def _wanted(matter: Matter) -> str | None:
    """ "wants them to leave": somebody is to do something."""
    if matter.attribution.lemma not in _WISHING or matter.words[:1] == ("to",):
        return None
    asked = any(clause.proposition.predicate != "says" for clause in matter.main)
    to = any(
        verb.form == "infinitive" and matter.analysis.document.tokens[verb.first].lower == "to"
        for verb in matter.analysis.verbs_in(matter.attribution.content[0])
    )
    return "request" if asked or (to and matter.attribution.lemma == "want") else None


def _voiced(matter: Matter) -> str | None:
    """ "expressed hope that": the stance that the first noun behind a voicing verb names."""
    table, words = verb_table(), _plain(matter)
    if matter.attribution.lemma in _ASSURING and matter.head is None and "of" in words:
        words = words[words.index("of") + 1 :]  # "assured the allies of its support"
    elif matter.attribution.lemma not in table.voicing:
        return None
    return next((table.voiced[word] for word in words[:_OPENING] if word in table.voiced), None)


def _plain(matter: Matter) -> list[str]:
    """The words without quotation marks."""
    return [word for word in matter.words if word not in QUOTES and word not in {"‘", "’"}]


# What makes of a stance another, by the stance; of the attitude of whoever is worried too.
_NARROWER: dict[str, Callable[[Matter], str | None]] = {
    "attitude": _worried,
    "refuse": _turned_down,
    "promise": _promised,
    "seek": _wanted,
    "assert": _subjunctive,
}
