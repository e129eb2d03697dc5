"""What a verb in the present tense tells only as to come, or as wanted: "before it enters talks"."""

from kg.reading.analysis import Analysis
from kg.reading.events.openings import opening
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.events import event_table
from kg.reading.words.grammar import grammar
from kg.reading.words.verbs import verb_table

_FEARING = frozenset({"fear", "hope", "doubt", "worry", "suspect", "dread"})
_FEARS = frozenset({
    "fear", "fears", "hope", "hopes", "possibility", "prospect", "risk", "danger", "concern", "concerns",
    "chance", "chances", "doubt", "doubts", "unlikely", "worries", "speculation",
})  # fmt: skip
_OPEN = grammar().modals | {"refuse", "refuses", "refused"}
_REASONS = frozenset({"because", "after", "when", "since"})
_AWAITING = frozenset({"after", "until", "unless", "once"})
_AROUND = 25  # tokens before "until" in which "would" or "cannot" says that it was not yet so


def yet_to_come(analysis: Analysis, verb: Verb) -> bool:
    """ "before it enters talks": a verb in the present tense behind "before" tells what is still to come."""
    if verb.form not in {"finite", "passive"}:
        return False
    if _awaited(analysis, verb):
        return True
    if verb.form == "passive" or verb.first != verb.main:
        return False
    base = verb.lemma.partition(" ")[0]
    if analysis.document.tokens[verb.main].lower not in {base, f"{base}s"}:
        return False
    at = opening(analysis, verb) - 1
    words = analysis.document.lowers(Range(max(0, at - 1), at + 1))
    led = words[-1:] and words[-1] in {"before", "until", "unless", "once"}
    asked = words[-1:] == ["that"] and (words[0] in event_table().words.proposals or _wanted(analysis, at))
    asked = asked or _wanted(analysis, at + 1)  # "demands that" without "that"
    return bool(led or asked)


def feared(analysis: Analysis, verb: Verb) -> bool:
    """ "fears that X would attack", "in the hope that a deal would be reached", "doubts X will sign"."""
    tokens, sentence = analysis.document.tokens, analysis.document.sentence(verb.main)
    at = opening(analysis, verb) - 1
    that = at > sentence.first and tokens[at].lower == "that"
    at -= that
    if at < sentence.first:
        return False
    said = analysis.verb_before(at + 1, sentence)
    by_verb = said is not None and said.last == at + 1 and said.lemma in _FEARING
    return by_verb or (that and tokens[at].lower in _FEARS)


def demanded(analysis: Analysis, verb: Verb) -> bool:
    """ "said that X had to leave": what a speaker held to be due, and need not have come about."""
    tokens, sentence = analysis.document.tokens, analysis.document.sentence(verb.main)
    at = opening(analysis, verb) - 1
    if at <= sentence.first or tokens[at].lower != "that" or tokens[verb.first].lower != "had":
        return False
    if not _REASONS.isdisjoint(analysis.document.lowers(Range(verb.last, sentence.last))):
        return False  # "said that it had to withdraw after it was hit"
    said = [v for v in analysis.verbs_in(Range(sentence.first, at)) if v.lemma in verb_table().uses.saying]
    return any(tokens[v.main].lower not in {v.lemma, f"{v.lemma}s"} for v in said)


def only_dated(analysis: Analysis, verb: Verb) -> bool:
    """ "wants assurances before it enters talks": such talks only date what is wanted."""
    return analysis.document.tokens[max(0, opening(analysis, verb) - 1)].lower == "before"


def _awaited(analysis: Analysis, verb: Verb) -> bool:
    """ "would come only once X withdrew", "after a treaty is signed": what something else waits for."""
    tokens, sentence = analysis.document.tokens, analysis.document.sentence(verb.main)
    if _AWAITING.isdisjoint(analysis.document.lowers(Range(sentence.first, verb.first))):
        return False
    at = opening(analysis, verb) - 1
    led = tokens[at].lower if at >= sentence.first else ""
    helpers = analysis.document.lowers(Range(verb.first, verb.main))
    if led == "after":
        return verb.form == "passive" and helpers[:1] in (["is"], ["are"])
    if led not in {"until", "unless", "once"}:
        return False
    ahead = analysis.document.lowers(Range(max(sentence.first, at - _AROUND), at))
    return not (_OPEN.isdisjoint(ahead) and _OPEN.isdisjoint(helpers))


def _wanted(analysis: Analysis, index: int) -> bool:
    """ "demanding that X resign"."""
    verb = analysis.verb_before(index, analysis.document.sentence(index))
    stance = verb_table().stances.get(verb.lemma) if verb and verb.last == index else None
    return stance in {"demand", "propose", "request"}
