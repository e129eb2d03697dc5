"""Where reported words end."""

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import phrase_at
from kg.reading.clauses.subjects import subject_of
from kg.reading.speech.speakers import can_speak
from kg.reading.speech.trimming import MARKS
from kg.reading.text.marks import DASHES, OPENING_QUOTES
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.grammar import grammar
from kg.reading.words.speech import voice_words
from kg.reading.words.verbs import verb_table

_AFTER = frozenset({"after", "before"})
_TURNING = frozenset({"but", "as", "although", "though", "while", "when"})
_CLAUSES = _TURNING | {",", "which", "who"}
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
_OPENED = OPENING_QUOTES | {",", ":"}
_ADDING = frozenset(
    {"adding", "saying", "warning", "noting", "insisting", "stressing", "claiming", "arguing", "writing"}
)
_SUBJECTS = grammar().pronouns_person | grammar().pronouns_plural | {"it", "we"}
_EACH = frozenset({"each", "both", "all"})
_GOING_ON = frozenset({"to", "not", "also", "only", "rather"})
_UNITS = frozenset(unit + ending for unit in ("hour", "day", "week", "month", "year") for ending in ("", "s"))


def content_end(
    analysis: Analysis, start: int, sentence: Range, verbs: list[Verb], clausal: bool = False
) -> int:
    """Content ends with the sentence, before a further reporting clause, or before ", but".

    `clausal`: the verb has nothing but a clause behind it, whether a table lists that clause's verb or not.
    """
    tokens = analysis.document.tokens
    document, last = analysis.document, sentence.last
    dashed = any(_parts(analysis, index) for index in range(sentence.first, start))
    listed = ":" in document.lowers(Range(start, last))  # "thanked those who came: X; Y; and Z"
    clause = start < last and tokens[start].lower == "that"
    acts = start < last and (_is_act(analysis, start) or _is_deed(analysis, start))
    named = start < last and not (clause or clausal) and _is_noun(analysis, Range(start, last))
    for index in range(start, last - 1):
        inside = document.quote_around(index) is not None
        after = index + 1
        if inside and not (
            after in document.quote_marks and after + 1 < last and tokens[index].text in MARKS
        ):
            continue
        if inside:
            after += 1  # "…," adding that
        lower = tokens[index].lower
        if lower == "while" and not inside and _attributes_after(analysis, after, sentence, verbs):
            return index
        if lower == "while" and not inside and _gerund_opens(after + _is_adverb(analysis, after), verbs):
            return index  # "… while also maintaining that"
        if (
            lower == ","
            and index > start
            and (
                _breaks(analysis, after, sentence, verbs, tokens[start - 1].lower == "that" or clause)
                or (named and _leaves(analysis, after, sentence, start))
                or (not inside and (later(analysis, after, sentence) or _aside(analysis, after, sentence)))
            )
        ):
            return index + 1 if inside else index
        if (
            lower == ","
            and not inside
            and tokens[after].lower == "while"
            and _clause_at(analysis, after + 1, sentence)
        ):
            return index
        if not inside and ((lower == ";" and not listed) or (dashed and _parts(analysis, index))):
            return index
        if not inside and _parts(analysis, index) and _gerund_opens(after, verbs):
            return index  # "… – calling it a victory"
        if not inside and _parts(analysis, index) and tokens[after].lower in {"a", "an"}:
            return index  # "… – a reference to the raid"
        if not inside and tokens[after].lower in _ADDING and _adds(analysis, after, verbs):
            return index + 1  # "… adding, "…""
        if lower in {"and", "but"} and _bare(index, verbs, clause):
            return index
        if lower == "and" and not inside and named and _attributes_after(analysis, after, sentence, verbs):
            return index  # "accused Y of theft and X said"
        if (
            lower in {"and", "but"}
            and not inside
            and _second_gerund(analysis, index + 1, start, verbs, named)
        ):
            return index
        if lower in {"and", "but"} and not inside and (acts or named) and _goes_on(analysis, index, sentence):
            return index
        if named and not inside and _turns(analysis, index, sentence):
            return index
        if acts and not inside and lower == "and" and _clause_at(analysis, after, sentence):
            return index  # "accused Y of lying and Y has denied it"
        if acts and not inside and lower == "but" and tokens[index + 1].lower not in _GOING_ON:
            return index
    return last


def _is_act(analysis: Analysis, start: int) -> bool:
    """An infinitive: "vowed to fight"."""
    opening = analysis.verbs_in(Range(start, start + 2))
    return bool(opening) and opening[0].first == start and opening[0].form == "infinitive"


def _is_deed(analysis: Analysis, start: int) -> bool:
    """ "of trying to overthrow him": a gerund behind what an accusation is of."""
    opening = analysis.verbs_in(Range(start, start + 2))
    governed = start > 0 and analysis.document.tokens[start - 1].lower in {"of", "for"}
    return governed and bool(opening) and opening[0].first == start and opening[0].form == "gerund"


def _second_gerund(analysis: Analysis, index: int, start: int, verbs: list[Verb], named: bool) -> bool:
    """ "accusing Y of Z and blaming W": a further gerund where a gerund governs what began at `start`.

    Behind a clause ("saying that …, and denying") it must be one that reports.
    """
    before = [verb for verb in verbs if verb.last <= start]
    if not before or before[-1].form != "gerund":
        return False
    return _gerund(analysis, index) if named else _gerund_opens(index, verbs)


def _adds(analysis: Analysis, index: int, verbs: list[Verb]) -> bool:
    """ "adding that", "saying, “": a gerund that opens further words, with no comma before it."""
    tokens = analysis.document.tokens
    opened = index + 1 < len(tokens) and (
        tokens[index + 1].lower == "that" or tokens[index + 1].text in _OPENED
    )
    return opened and any(v.form == "gerund" and v.first == index for v in verbs)


def _goes_on(analysis: Analysis, index: int, sentence: Range) -> bool:
    """ "and opened", "but failed to": the speaker's next deed, told by the text."""
    near = analysis.verbs_in(Range(index + 1, min(index + 4, sentence.last)))
    if not near or near[0].form != "finite":
        return False
    tokens, verb = analysis.document.tokens, near[0]
    adverb = verb.first == index + 2 and grammar().is_adverb(tokens[index + 1].lower)
    told = verb.first == index + 1 or adverb
    return told and "base" not in verb_table().forms.get(tokens[verb.main].lower, ("", frozenset()))[1]


def _is_noun(analysis: Analysis, part: Range) -> bool:
    """Content that is a thing and no clause, as far as it is told by itself: "welcomed the release of …"."""
    tokens = analysis.document.tokens
    comma = next((i for i in range(part.first, part.last) if tokens[i].lower in _CLAUSES), part.last)
    told = Range(part.first, comma)
    helped = grammar().predicating
    finite = any(v.form in {"finite", "passive"} for v in analysis.verbs_in(told))
    finite = finite or not helped.isdisjoint(analysis.document.lowers(told))
    return not finite and analysis.document.quote_around(part.first) is None


def _leaves(analysis: Analysis, index: int, sentence: Range, start: int) -> bool:
    """Behind a thing, ", and Y did", ", which did", ", after Y" are told by the text, not by the speaker."""
    lower = analysis.document.tokens[index].lower
    if lower in {"a", "an"} and not _listed_on(analysis, index, sentence):
        return True  # "blamed the Volta Party, a group that …"
    if lower == "instead" or _unlisted_gerund(analysis, index, sentence):
        return True
    if lower in _LEAVING or (_gerund(analysis, index) and not _gerund(analysis, start + 1)):
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


def _turns(analysis: Analysis, index: int, sentence: Range) -> bool:
    """Behind a thing, "but Y did", "as Y did", "following Z" are told by the text."""
    lower = analysis.document.tokens[index].lower
    if lower == "in" and analysis.document.lowers(Range(index + 1, index + 3)) == ["order", "to"]:
        return True
    if lower in {"following", "amid", "during", "flanked", "despite"}:
        return True
    measured = analysis.document.tokens[index - 1].lower in _BEFORE_AS
    return lower in _TURNING and not measured and _clause_at(analysis, index + 1, sentence)


def _clause_at(analysis: Analysis, index: int, sentence: Range) -> bool:
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


def _aside(analysis: Analysis, index: int, sentence: Range) -> bool:
    """ ", which did …" up to the end of the sentence: the text explains what the speaker named."""
    if analysis.document.tokens[index].lower not in {"which", "who", "whose"}:
        return False
    told = analysis.verbs_in(Range(index + 1, min(index + 2, sentence.last)))
    includes = any(verb.lemma in verb_table().uses.including for verb in told)
    return not includes and not _returns(analysis, index, sentence)


def _gerund(analysis: Analysis, index: int) -> bool:
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


def _parts(analysis: Analysis, index: int) -> bool:
    """A dash that stands alone: behind one, an insertion ends with the next ("X – who says … – has")."""
    tokens = analysis.document.tokens
    apart = index > 0 and tokens[index].start > tokens[index - 1].end
    return apart and tokens[index].text in DASHES


def _breaks(analysis: Analysis, index: int, sentence: Range, verbs: list[Verb], that: bool) -> bool:
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
        return _attributes_after(analysis, index + 1, sentence, verbs)
    shared = index + (lower in _EACH)  # ", each saying"
    gerund = any(v.form in {"gerund", "finite"} and v.first == shared for v in verbs)
    gerund = gerund or lower in voice_words().outcomes
    return gerund or _attributes_after(analysis, index, sentence, verbs)


def _gerund_opens(index: int, verbs: list[Verb]) -> bool:
    return any(v.form == "gerund" and v.first == index for v in verbs)


def _is_adverb(analysis: Analysis, index: int) -> bool:
    return grammar().is_adverb(analysis.document.tokens[index].lower)


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


def _attributes_after(analysis: Analysis, index: int, sentence: Range, verbs: list[Verb]) -> bool:
    """ ", the statement said." closes the content before it."""
    for verb in verbs:
        uses, near = verb_table().uses, index < verb.main <= index + _LONGEST_SUBJECT
        shows = verb.lemma in uses.needing_that or verb.lemma in uses.presenting_now
        if near and verb.form == "finite" and not shows:
            subject = subject_of(analysis, verb, Range(index, sentence.last))
            return subject is not None and subject.range.first == index and can_speak(analysis, subject)
    return False


def _bare(index: int, verbs: list[Verb], clause: bool) -> bool:
    """ "and said", "but warned": the second of two reporting verbs of one subject.

    Behind a clause of its own, only a verb that does nothing but report: in "noted that Y came and rejected
    the plan" it is Y who rejected it.
    """
    saying = verb_table().uses.saying
    return any(
        v.form == "finite"
        and v.first in {index + 1, index + 2}
        and v.main <= index + 3
        and (not clause or v.lemma in saying or v.lemma == "make clear")
        for v in verbs
    )
