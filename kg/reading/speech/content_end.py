"""Where reported words end."""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.reading.analysis import Analysis
from kg.reading.speech.content_breaks import (
    TURNING,
    TURNS,
    aside,
    attributes_after,
    breaks,
    clause_at,
    gerund,
    gerund_opens,
    later,
    leaves,
    turns,
)
from kg.reading.text.marks import DASHES, OPENING_QUOTES
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.grammar import grammar
from kg.reading.words.verbs import verb_table

_OPENED = OPENING_QUOTES | {",", ":"}
_ADDING = frozenset(
    {"adding", "saying", "warning", "noting", "insisting", "stressing", "claiming", "arguing", "writing"}
)
_GOING_ON = frozenset({"to", "not", "also", "only", "rather"})
_CLAUSES = TURNING | {",", "which", "who"}
_ENDING = DASHES | {",", ";", "while", "and", "but"}
_ENDING_THINGS = _ENDING | TURNS


@dataclass(frozen=True, slots=True)
class _Content:
    """What is said, from `start` to the end of the sentence at most, and what it is."""

    analysis: Analysis
    start: int
    sentence: Range
    verbs: list[Verb]
    that: bool  # a clause with "that"
    clause: bool  # one that begins with its "that"
    named: bool  # a thing and no clause
    acts: bool  # "to fight", "of trying to fight"
    dashed: bool  # it stands between dashes
    listed: bool  # "thanked those who came: X; Y; and Z"


def content_end(
    analysis: Analysis, start: int, sentence: Range, verbs: list[Verb], clausal: bool = False
) -> int:
    """Content ends with the sentence, before a further reporting clause, or before ", but".

    `clausal`: the verb has nothing but a clause behind it, whether a table lists that clause's verb or not.
    """
    if start >= sentence.last:
        return sentence.last
    document = analysis.document
    clause = document.tokens[start].lower == "that"
    content = _Content(
        analysis,
        start,
        sentence,
        verbs,
        that=clause or document.tokens[start - 1].lower == "that",
        clause=clause,
        named=not (clause or clausal) and _is_noun(analysis, Range(start, sentence.last)),
        acts=_is_act(analysis, start) or _is_deed(analysis, start),
        dashed=any(_parts(analysis, index) for index in range(sentence.first, start)),
        listed=":" in document.lowers(Range(start, sentence.last)),
    )
    ends = (_end_at(content, index) for index in _turning_points(content))
    return next((end for end in ends if end is not None), sentence.last)


def _turning_points(content: _Content) -> Iterator[int]:
    """The tokens by which reported words may end."""
    tokens = content.analysis.document.tokens
    marks = _ENDING_THINGS if content.named else _ENDING
    for index in range(content.start, content.sentence.last - 1):
        if tokens[index].lower in marks or tokens[index + 1].lower in _ADDING:
            yield index


def _end_at(content: _Content, index: int) -> int | None:
    """Where the words end by what stands at a token, if they do."""
    analysis, tokens = content.analysis, content.analysis.document.tokens
    lower, after = tokens[index].lower, index + 1
    if analysis.document.quote_around(index) is not None:
        closed = after in analysis.document.quote_marks and after + 1 < content.sentence.last
        ends = closed and lower == "," and _goes_elsewhere(content, index, after + 1)
        return after if ends else None  # "…," adding that
    rule = _ENDS_BY.get(lower)
    if rule and rule(content, index):
        return index
    if tokens[after].lower in _ADDING and _adds(analysis, after, content.verbs):
        return after  # "… adding, "…""
    joined = lower in {"and", "but"} and _ends_by_joining(content, index, lower)
    turned = content.named and turns(analysis, index, content.sentence)
    return index if joined or turned or _ends_act(content, index, lower) else None


def _ends_by_comma(content: _Content, index: int) -> bool:
    """Another report, what the text explains or says when, or ", while Y did"."""
    analysis, sentence, after = content.analysis, content.sentence, index + 1
    if _goes_elsewhere(content, index, after):
        return True
    if index > content.start and (later(analysis, after, sentence) or aside(analysis, after, sentence)):
        return True
    return analysis.document.tokens[after].lower == "while" and clause_at(analysis, after + 1, sentence)


def _goes_elsewhere(content: _Content, index: int, after: int) -> bool:
    """Whether a comma leads on to another report, or from a thing to what the text tells of it."""
    analysis, sentence = content.analysis, content.sentence
    if index <= content.start:
        return False
    if breaks(analysis, after, sentence, content.verbs, content.that):
        return True
    return content.named and leaves(analysis, after, sentence, content.start)


def _ends_by_while(content: _Content, index: int) -> bool:
    """ "while Y said", "while also maintaining that"."""
    analysis, after = content.analysis, index + 1
    if attributes_after(analysis, after, content.sentence, content.verbs):
        return True
    return gerund_opens(after + _is_adverb(analysis, after), content.verbs)


def _ends_by_semicolon(content: _Content, index: int) -> bool:
    """All but one that parts what a colon lists."""
    return not content.listed


def _ends_by_dash(content: _Content, index: int) -> bool:
    """The second dash of two, or one before "calling it a victory" or "a reference to the raid"."""
    if not _parts(content.analysis, index):
        return False
    apposed = content.analysis.document.tokens[index + 1].lower in {"a", "an"}
    return content.dashed or gerund_opens(index + 1, content.verbs) or apposed


def _ends_by_joining(content: _Content, index: int, lower: str) -> bool:
    """ "and said", "but warned", "and X said", "and blaming W", "and opened": not part of what is said."""
    analysis, sentence, verbs = content.analysis, content.sentence, content.verbs
    if _bare(index, verbs, content.clause):
        return True
    if lower == "and" and content.named and attributes_after(analysis, index + 1, sentence, verbs):
        return True  # "accused Y of theft and X said"
    if _second_gerund(analysis, index + 1, content.start, verbs, content.named):
        return True
    return (content.acts or content.named) and _goes_on(analysis, index, sentence)


def _ends_act(content: _Content, index: int, lower: str) -> bool:
    """ "accused Y of lying and Y has denied it", "vowed to fight but fled"."""
    if not content.acts or lower not in {"and", "but"}:
        return False
    if lower == "and":
        return clause_at(content.analysis, index + 1, content.sentence)
    return content.analysis.document.tokens[index + 1].lower not in _GOING_ON


_ENDS_BY = {
    ",": _ends_by_comma,
    ";": _ends_by_semicolon,
    "while": _ends_by_while,
    **dict.fromkeys(DASHES, _ends_by_dash),
}


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
    return gerund(analysis, index) if named else gerund_opens(index, verbs)


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


def _parts(analysis: Analysis, index: int) -> bool:
    """A dash that stands alone: behind one, an insertion ends with the next ("X – who says … – has")."""
    tokens = analysis.document.tokens
    apart = index > 0 and tokens[index].start > tokens[index - 1].end
    return apart and tokens[index].text in DASHES


def _is_adverb(analysis: Analysis, index: int) -> bool:
    return grammar().is_adverb(analysis.document.tokens[index].lower)


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
