"""What a mark or a conjunction in reported words leads on to: another report, or the telling of the text."""

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import phrase_at
from kg.reading.clauses.subjects import subject_of
from kg.reading.speech.speakers import can_speak
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.grammar import grammar
from kg.reading.words.nouns import noun_table
from kg.reading.words.speech import voice_words
from kg.reading.words.verbs import verb_table

_AFTER = frozenset({"after", "before"})
TURNING = frozenset({"but", "as", "although", "though", "while", "when"})
_LEADING_AWAY = frozenset({"following", "amid", "during", "flanked", "despite"})
_MEDIUM = frozenset({"on", "in", "via", "at"})
_LONGEST_MEDIUM = 6  # tokens
_SINCE = frozenset({"after", "since"})
_BEFORE_AS = frozenset({"soon", "long", "far", "well", "much"})
_LONGEST_SUBJECT = 20  # tokens
_LEAVING = frozenset(
    {
        "which",
        "who",
        "whose",
        "after",
        "before",
        "when",
        "while",
        "amid",
        "following",
        "despite",
        "though",
        "although",
    }
)
_UNITS = frozenset(unit + ending for unit in ("hour", "day", "week", "month", "year") for ending in ("", "s"))
TURNS = TURNING | _LEADING_AWAY | _MEDIUM | _UNITS  # by which `turns` may hold
_SUBJECTS = grammar().pronouns_person | grammar().pronouns_plural | {"it", "we"}
_EACH = frozenset({"each", "both", "all"})


def leaves(analysis: Analysis, index: int, sentence: Range, start: int) -> bool:
    """Behind a thing, ", and Y did", ", which did", ", after Y" are told by the text, not by the speaker."""
    lower = analysis.document.tokens[index].lower
    if lower in {"a", "an"} and not _listed_on(analysis, index, sentence):
        return True  # "blamed the Volta Party, a group that …"
    if lower == "instead" or _unlisted_gerund(analysis, index, sentence):
        return True
    if lower in _LEAVING or (gerund(analysis, index) and not gerund(analysis, start + 1)):
        return not _returns(analysis, index, sentence)
    if lower != "and":
        return False
    phrase = phrase_at(analysis, index + 1, sentence.last)
    end = phrase.range.last if phrase else sentence.last
    if end >= sentence.last:
        return False
    near = analysis.verbs_in(Range(end, min(end + 4, sentence.last)))
    helper = analysis.document.tokens[end].lower in grammar().predicating
    return helper or (bool(near) and near[0].first == end and near[0].form == "finite")


def _listed_on(analysis: Analysis, index: int, sentence: Range) -> bool:
    """Whether what begins here is one of a list: "a truce, a ban, and a census"."""
    words = analysis.document.lowers(Range(index, sentence.last))
    return ("," in words or ";" in words) and "and" in words


def _unlisted_gerund(analysis: Analysis, index: int, sentence: Range) -> bool:
    """ ", opting to stay", ", shrugging off the rest": a gerund of a verb that no table lists."""
    token = analysis.document.tokens[index]
    following = analysis.document.tokens[index + 1].lower if index + 1 < sentence.last else ""
    gerund = token.text.islower() and token.text.endswith("ing") and token.lower not in grammar().prepositions
    return gerund and following in grammar().determiners | {"to", "that", "up", "off", "out"}


def turns(analysis: Analysis, index: int, sentence: Range) -> bool:
    """Behind a thing, "but Y did", "as Y did", "following Z" are told by the text."""
    lower = analysis.document.tokens[index].lower
    if lower == "in" and analysis.document.lowers(Range(index + 1, index + 3)) == ["order", "to"]:
        return True
    if lower in _LEADING_AWAY:
        return True
    if lower in _UNITS:
        told = analysis.document.tokens[index].text.islower() and index - 1 not in analysis.time_tokens
        return told and analysis.document.tokens[index + 1].lower in _SINCE
    if lower in _MEDIUM:
        return _told_there(analysis, index, sentence)
    measured = analysis.document.tokens[index - 1].lower in _BEFORE_AS
    return lower in TURNING and not measured and clause_at(analysis, index + 1, sentence)


def _told_there(analysis: Analysis, index: int, sentence: Range) -> bool:
    """ "announced the truce on state television", "confirmed the raid on Tuesday": where or when it was."""
    tokens, end = analysis.document.tokens, sentence.last - 1
    if index + 1 in analysis.time_tokens:
        last = index + 1
        while last in analysis.time_tokens:
            last += 1
        day = tokens[index].lower == "on" and tokens[index + 1].lower.endswith("day")
        return day and (last >= end or tokens[last].text == ",")
    phrase = phrase_at(analysis, index + 1, min(index + 1 + _LONGEST_MEDIUM, end))
    return phrase is not None and tokens[phrase.head].lower in noun_table().speech.media


def clause_at(analysis: Analysis, index: int, sentence: Range) -> bool:
    """Whether a noun phrase and a finite verb right behind it stand here."""
    phrase = phrase_at(analysis, index, sentence.last) if index < sentence.last else None
    end = phrase.range.last if phrase else sentence.last
    if end < sentence.last and analysis.document.tokens[end].lower in grammar().predicating:
        return True
    near = analysis.verbs_in(Range(end, min(end + 4, sentence.last)))
    return bool(near) and near[0].first == end and near[0].form in {"finite", "passive"}


def later(analysis: Analysis, index: int, sentence: Range) -> bool:
    """ ", two months after …", ", in the weeks that …": the text says when."""
    words = analysis.document.lowers(Range(index, min(index + 4, sentence.last)))
    if words[:2] == ["in", "the"] and words[-1] in {"that", "after", "before"} and words[2] in _UNITS:
        return True
    at = next((n for n, word in enumerate(words) if word in _AFTER), 0)
    return at > 0 and words[at - 1] in _UNITS


def aside(analysis: Analysis, index: int, sentence: Range) -> bool:
    """ ", which did …" up to the end of the sentence: the text explains what the speaker named."""
    if analysis.document.tokens[index].lower not in {"which", "who", "whose"}:
        return False
    told = analysis.verbs_in(Range(index + 1, min(index + 2, sentence.last)))
    includes = any(verb.lemma in verb_table().uses.including for verb in told)
    return not includes and not _returns(analysis, index, sentence)


def gerund(analysis: Analysis, index: int) -> bool:
    """ ", prompting doubts": what came of it; "including" only goes on."""
    found = analysis.verbs_in(Range(index, index + 1))
    return bool(found) and found[0].form == "gerund" and found[0].lemma != "include"


def _returns(analysis: Analysis, index: int, sentence: Range) -> bool:
    """Whether a comma closes what begins here and the content goes on: "X, who left, was"."""
    tokens = analysis.document.tokens
    for comma in range(index, sentence.last - 1):
        if tokens[comma].text != ",":
            continue
        near = analysis.verbs_in(Range(comma, min(comma + 4, sentence.last)))
        verb = any(v.first == comma + 1 and v.form in {"finite", "passive"} for v in near)
        goes_on = tokens[comma + 1].lower == "and" and not near and tokens[comma + 2].lower not in _SUBJECTS
        if verb or goes_on:
            return True
    return False


def breaks(analysis: Analysis, index: int, sentence: Range, verbs: list[Verb], that: bool) -> bool:
    """ "But", "according to", a gerund or a further reporting clause after the comma.

    `that`: the content is a clause with "that", which ", but that Z" goes on with.
    """
    lower = analysis.document.tokens[index].lower
    following = analysis.document.tokens[index + 1].lower if index + 1 < sentence.last else ""
    if lower in {"but", "yet", "according"}:
        goes_on = that and following == "that"
        return not (goes_on or (lower == "but" and _corrects(analysis, index, sentence)))
    if lower == "even" and following in {"as", "though"}:
        return True
    if lower == "as" and _as_reported(analysis, index + 1, sentence):
        return True
    if lower in {"and", "while"} and following != "that":
        return attributes_after(analysis, index + 1, sentence, verbs)
    shared = index + (lower in _EACH)  # ", each saying"
    gerund = any(v.form in {"gerund", "finite"} and v.first == shared for v in verbs)
    gerund = gerund or lower in voice_words().outcomes
    return gerund or attributes_after(analysis, index, sentence, verbs)


def _corrects(analysis: Analysis, index: int, sentence: Range) -> bool:
    """ "not about Kenya, but about peace"."""
    document = analysis.document
    following = document.tokens[index + 1].lower if index + 1 < sentence.last else ""
    denied = not grammar().negations.isdisjoint(document.lowers(Range(sentence.first, index)))
    return denied and (following == "to" or following in grammar().prepositions)


def _as_reported(analysis: Analysis, index: int, sentence: Range) -> bool:
    """ ", as later reported by X", ", as X put it": the text names its source."""
    near = analysis.verbs_in(Range(index, min(index + 3, sentence.last)))
    told = bool(near) and near[0].lemma in verb_table().stances and near[0].form in {"participle", "passive"}
    return (
        told and near[0].last < sentence.last and analysis.document.tokens[near[0].last].lower in {"by", "in"}
    )


def attributes_after(analysis: Analysis, index: int, sentence: Range, verbs: list[Verb]) -> bool:
    """ ", the statement said." closes the content before it."""
    for verb in verbs:
        uses, near = verb_table().uses, index < verb.main <= index + _LONGEST_SUBJECT
        shows = verb.lemma in uses.needing_that or verb.lemma in uses.presenting_now
        if near and verb.form == "finite" and not shows:
            subject = subject_of(analysis, verb, Range(index, sentence.last))
            return subject is not None and subject.range.first == index and can_speak(analysis, subject)
    return False


def gerund_opens(index: int, verbs: list[Verb]) -> bool:
    return any(v.form == "gerund" and v.first == index for v in verbs)
