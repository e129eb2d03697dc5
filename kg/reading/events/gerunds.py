"""How what a gerund tells of stands: "accused of attacking", "capable of attacking", "known for it"."""

from kg.reading.analysis import Analysis
from kg.reading.events.standings import Standing
from kg.reading.text.marks import OPENING_QUOTES
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.events import event_table
from kg.reading.words.grammar import grammar
from kg.reading.words.verbs import verb_table

# A gerund behind one of these is no clause that tells of anything: "talks on ending the war".
_UNTOLD = frozenset({
    "amid", "without", "for", "of", "from", "against", "to", "about", "or", "on", "in", "than", "like", "as",
    "at",
})  # fmt: skip
_OPENERS = OPENING_QUOTES | {"that", ":", "“", '"'}
_STOPS = frozenset({";", ".", ":", "which", "who", "that"})
_SUBJECT = 14  # tokens of a deed of which something is said
_CONTAINING = frozenset({"include", "includes", "contain", "contains", "foresee", "foresees", "envisages"})
_MUSING = frozenset({"consider", "contemplate", "mull", "weigh", "ponder"})
_SAYS_OF = frozenset({"is", "can", "would", "could", "might", "may", "will"})
_NEAR = 2  # words between a verb and the gerund that it governs
_AROUND = 6  # tokens before "instrumental in" in which "could" leaves it open


def of_gerund(analysis: Analysis, verb: Verb) -> Standing | None:
    """ "accused X of attacking" and "denied attacking" tell what is alleged; "for attacking" a purpose."""
    sentence = analysis.document.sentence(verb.main)
    before = analysis.verb_before(verb.first, sentence)
    words = analysis.document.lowers(Range(verb.first, verb.main))
    at = verb.first - 1
    at -= at > sentence.first and analysis.document.tokens[at].lower.endswith("ly")  # "for directly arming"
    word = analysis.document.tokens[at].lower if verb.first > sentence.first else ""
    ahead_word = analysis.document.tokens[at - 1].lower if at > sentence.first else ""
    if "to" in words:
        return None  # "close to signing"
    if _thought_of(analysis, verb, sentence):
        return Standing("planned", "possible")
    stance = verb_table().stances.get(before.lemma) if before else None
    near = verb.first - before.last <= 8 if before else False
    if before and stance in {"accuse", "deny"} and (near or word == "of"):
        return Standing("occurred", "alleged")
    again = word == "of" and ahead_word in {"and", "or", ","}  # "accused X of backing rebels and of sending"
    if (again or word in {"and", "or", ","}) and before and before.form == "gerund":
        return of_gerund(analysis, before)  # "accused X of backing rebels and sending troops"
    if word in {"for", "in", "of", "to"} and ahead_word in event_table().ahead.factive:
        around = analysis.document.lowers(Range(max(sentence.first, at - _AROUND), at))
        sure = grammar().modals_possible.isdisjoint(around)
        return Standing("occurred", "asserted") if sure else Standing("planned", "possible")
    if word in {"of", "in", "on", "from", "as", "to"} and ahead_word in event_table().ahead.gerunds:
        return Standing("planned", "possible")
    if word == "before" and _open(analysis, verb, before, sentence):
        return Standing("planned", "possible")  # "must consult X before attacking Y"
    if word in _CONTAINING:
        return Standing("planned", "expected")  # "points of the deal include freeing hostages"
    told = _of_open_gerund(before, word, verb)
    if told or word in _UNTOLD or (word == "as" and before):
        return told
    opens = verb.first == sentence.first or word in _OPENERS
    if opens and (subject := _of_subject(analysis, verb, sentence)) is not None:
        return subject
    if verb.first == sentence.first:
        return None
    return Standing("occurred", "asserted")


def _open(analysis: Analysis, verb: Verb, before: Verb | None, sentence: Range) -> bool:
    """Whether the clause beside a gerund tells what is yet to be done: "Before attacking X, Y must"."""
    after = (v for v in analysis.verbs_in(Range(verb.last, sentence.last)) if v.form in {"finite", "passive"})
    main = before or next(after, None)
    return main is not None and main.modality != "asserted"


def _thought_of(analysis: Analysis, verb: Verb, sentence: Range) -> bool:
    """ "the chances of X withdrawing are slim": the noun before "of" and whoever would do it."""
    named = analysis.references.at(verb.first - 1) if verb.first else None
    at = analysis.introduction_of(named) - 1 if named else sentence.first
    tokens, table = analysis.document.tokens, event_table()
    led = at - 1 >= sentence.first and tokens[at].lower in {"of", "for"}
    return led and tokens[at - 1].lower in table.ahead.gerunds | table.words.thought_of | {"danger"}


def _of_subject(analysis: Analysis, verb: Verb, sentence: Range) -> Standing | None:
    """ "Lifting the ban is unacceptable": the subject of "be", which need not come about."""
    tokens = analysis.document.tokens
    for at in range(verb.last + 1, sentence.last):
        if tokens[at].text in _STOPS or at - verb.last > _SUBJECT:
            return None
        if tokens[at].lower in _SAYS_OF:
            return Standing("planned", "possible")
    return None


def _of_open_gerund(before: Verb | None, word: str, verb: Verb) -> Standing | None:
    """ "considered bombing X", "refrain from attacking", "capable of attacking": what need not come about."""
    ahead = event_table().ahead
    gap = verb.first - before.last if before else _NEAR
    mused = before is not None and gap == 0 and before.lemma in ahead.mused
    open_ = before is not None and (before.form == "infinitive" or before.modality != "asserted")
    kept = open_ and before is not None and before.lemma in ahead.kept_from and word == "from"
    if mused:
        musing = before if before and before.lemma in _MUSING else None  # "X considered bombing it"
        return Standing("planned", "possible", musing)
    return Standing("planned", "possible") if kept or word in {"without", "against"} else None
