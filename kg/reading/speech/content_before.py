"""Where words before a reporting verb begin and end: "…," X said."""

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase
from kg.reading.text.marks import DASHES
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.grammar import grammar

_LONGEST_DATELINE = 10  # tokens
_LONGEST_TITLE = 12  # tokens
_LONGEST_LINK = 25  # tokens
_SUBORDINATORS = grammar().subordinators - {"as"}
_STOPS = frozenset({",", ".", "?", "!", "…", "-", "–", "—", "...", ";", ":"})


def with_title(analysis: Analysis, speaker: Phrase) -> int:
    """Where the speaker is first named, by a title before the name ("the EU policy chief, X, said")."""
    first = min([speaker.range.first, *map(analysis.introduction_of, speaker.references)])
    while first and analysis.document.tokens[first - 1].lower in grammar().determiners:
        first -= 1
    return behind_quotation(analysis, first)


def behind_quotation(analysis: Analysis, first: int) -> int:
    """`"…," Red Cross director of operations X said`: nothing but words for X behind the quotation."""
    document, index = analysis.document, first
    while index > max(0, first - _LONGEST_TITLE) and document.tokens[index - 1].text[0].isalnum():
        index -= 1
    part = Range(index, first)
    mark = index - 1
    ended = mark > 0 and document.tokens[mark - 1].text in {",", ".", "?", "!"}
    closed = index < first and ended and mark in document.quote_marks and document.quote_around(mark - 1)
    joined = not _SUBORDINATORS.isdisjoint(document.lowers(part)) if closed else True
    return first if joined or analysis.verbs_in(part) else index


def closes(analysis: Analysis, mark: int, sentence: Range) -> bool:
    """The end of a quotation that somebody says: `"…," X said`; no `a "rare" type called L`."""
    document = analysis.document
    if mark not in document.quote_marks:
        return False
    quote = document.quote_around(mark - 1)
    return quote is None or document.tokens[mark - 1].text in _STOPS or quote.first <= sentence.first + 1


def earlier_sentences(analysis: Analysis, left: Range, sentence: Range) -> tuple[Range, ...]:
    """The sentences before this one that the same quotation holds."""
    quote = analysis.document.quote_around(left.first) if left else None
    if quote is None or quote.first >= sentence.first:
        return ()
    return (Range(quote.first, sentence.first),)


def left_limit(analysis: Analysis, first: int, sentence: Range, verbs: list[Verb]) -> int:
    """Content before a reporting verb starts with the sentence, or after an earlier reporting clause."""
    tokens = analysis.document.tokens
    for index in range(first - 2, sentence.first, -1):
        if tokens[index].text == ":" and any(v.last <= index for v in verbs):
            return index + 1
    return _agency_end(analysis, first, sentence) or _dateline_end(analysis, sentence)


def _agency_end(analysis: Analysis, last: int, sentence: Range) -> int | None:
    """Behind "LOME (Agency) —" in front of what is said, also where a link of the page stands before that."""
    tokens = analysis.document.tokens
    near = range(sentence.first + 2, min(sentence.first + _LONGEST_LINK, last - 1))
    marks = (i for i in near if tokens[i].text in DASHES and tokens[i - 1].text == ")")
    return next((i + 1 for i in marks if tokens[i].start > tokens[i - 1].end), None)


def _dateline_end(analysis: Analysis, sentence: Range) -> int:
    """Behind "Baku/09.08.22/Turan:", where a line opens with a place, a date and an agency."""
    tokens = analysis.document.tokens
    for index in range(sentence.first, min(sentence.first + _LONGEST_DATELINE, sentence.last)):
        token = tokens[index]
        if token.text == ":":
            marked = any("/" in t.text for t in tokens[sentence.first : index])
            return index + 1 if marked else sentence.first
        if token.text[0].islower():
            break
    return sentence.first
