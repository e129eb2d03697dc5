"""The verb that says how an event stands that a noun names, before or behind the noun."""

from kg.reading.analysis import Analysis
from kg.reading.events.openings import opening
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.events import event_table

_CLOSE = 4  # tokens between a noun with all that belongs to it and its verb
_AIMED = 8  # with an aim between: "Talks to end the war in X broke down"
_AIMS = frozenset({"to", "aimed", "on", "over", "aiming"})
_INSERTED = 14  # tokens between two commas


def course_of(analysis: Analysis, index: int, own: Range, sentence: Range) -> Verb | None:
    """The finite verb that has the event as its subject, or governs it as its object."""
    known = event_table().course.saying
    related = _related(analysis, own, sentence)
    if related and related.lemma in known:
        return related
    behind = _past_insertion(analysis, own.last, sentence)
    for verb in analysis.verbs_in(Range(behind, min(behind + 12, sentence.last))):
        if verb.form in {"finite", "passive"}:
            told = verb.lemma in known and (behind > own.last or opening(analysis, verb) <= index)
            near = _AIMED if analysis.document.tokens[own.last].lower in _AIMS else _CLOSE
            if told and verb.first - behind <= near:
                return verb
            if opening(analysis, verb) <= index:
                return None  # its subject is this noun, or holds it
            break
    before = analysis.verb_before(own.first, sentence)
    governs = before is not None and own.first - before.last <= 0 and before.form in {"finite", "infinitive"}
    if before and governs and _hoped_of(analysis, before, own):
        return None
    return before if before and governs and before.lemma in known else None


def _related(analysis: Analysis, own: Range, sentence: Range) -> Verb | None:
    """ "talks with X, which are scheduled for Y": the verb of the relative clause behind the noun."""
    tokens, at = analysis.document.tokens, own.last
    at += at < sentence.last and tokens[at].text == ","
    if at + 1 >= sentence.last or tokens[at].lower not in {"which", "that"}:
        return None
    following = analysis.verbs_in(Range(at, min(at + 7, sentence.last)))
    return following[0] if following and following[0].first <= at + 2 else None


def _past_insertion(analysis: Analysis, last: int, sentence: Range) -> int:
    """ "The talks, brokered by X, will resume": behind a participle that commas set apart."""
    tokens = analysis.document.tokens
    if last + 2 >= sentence.last or tokens[last].text != ",":
        return last
    said = analysis.verb_at(last + 1)
    past = said is not None and said.first == said.main and tokens[said.main].lower.endswith("ed")
    ahead = range(last + 2, min(last + _INSERTED, sentence.last - 1))
    closed = next((at for at in ahead if tokens[at].text == ","), None)
    follows = closed is not None and any(
        v.first == closed + 1 for v in analysis.verbs_in(Range(closed, closed + 5))
    )
    return closed + 1 if past and closed is not None and follows else last


def _hoped_of(analysis: Analysis, verb: Verb, own: Range) -> bool:
    """ "expects the meeting to help": what is expected is not the meeting."""
    tokens = analysis.document.tokens
    return verb.lemma == "expect" and own.last < len(tokens) and tokens[own.last].lower == "to"
