"""Where the words before a verb that can hold its subject begin."""

from typing import cast

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import is_people, phrase_at
from kg.reading.text.marks import CLOSING_QUOTES, DASHES
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar

_LONGEST_QUOTED_NAME = 5  # tokens
_ENDS = {";", ":"} | CLOSING_QUOTES
_DIVIDING = _ENDS | DASHES
_BEFORE_NAME = grammar().determiners | {"and", ","}
_HELPERS = grammar().predicating
_NO_LIST = grammar().prepositions | grammar().subordinators | grammar().helpers


def clause_start(analysis: Analysis, end: int, within: Range, main: int) -> int:
    """The first token of the words before a verb that can hold its subject; several rules ask."""
    answers, key = analysis.answers, (end, within.first, within.last, main)
    if key not in answers:
        answers[key] = _clause_start(analysis, end, within, main)
    return cast(int, answers[key])


def _clause_start(analysis: Analysis, end: int, within: Range, main: int) -> int:
    tokens = analysis.document.tokens
    quote = analysis.document.quote_around(main)
    index = end
    while index > within.first:
        token = tokens[index - 1]
        if token.lower in {"and", "or", ","}:
            if not _joins_phrases(analysis, index - 1, within, end):
                return index
        elif (named := _quoted_name(analysis, index - 1)) and named.first > within.first:
            index = named.first  # behind the opening mark, which the step below passes
        elif token.text in _DIVIDING and not _glued(analysis, index - 1):
            if quote is None or index != quote.first:
                return index
        elif (
            token.lower in grammar().subordinators
            and (not _is_preposition(analysis, index - 1) or _opens_clause(analysis, index, end))
        ) or _ends_verb(analysis, index):
            return index
        index -= 1
    return index


def _quoted_name(analysis: Analysis, mark: int) -> Range | None:
    """The few words that this closing mark and its partner set apart: the outlet "News 24", "firmly"."""
    document = analysis.document
    quote = document.quote_around(mark - 1) if mark in document.quote_marks and mark else None
    if quote is None or quote.last != mark or quote.last - quote.first > _LONGEST_QUOTED_NAME:
        return None
    last = document.tokens[mark - 1]
    name = document.tokens[quote.first].text[0].isupper() and last.text[-1].isalnum()
    adverb = quote.last - quote.first == 1 and grammar().is_adverb(last.lower)
    return quote if (name or adverb) and not analysis.verbs_in(quote) else None


def _glued(analysis: Analysis, index: int) -> bool:
    """A hyphen inside a word ("Azerbaijani-Armenian") divides nothing."""
    tokens = analysis.document.tokens
    return (
        index + 1 < len(tokens) and tokens[index].end == tokens[index + 1].start and tokens[index].text == "-"
    )


def _is_preposition(analysis: Analysis, index: int) -> bool:
    """ "after the war", "as mediators": a word of both classes with no clause of its own behind it."""
    lower = analysis.document.tokens[index].lower
    return lower in grammar().time_conjunctions and lower in grammar().prepositions


def _opens_clause(analysis: Analysis, index: int, end: int) -> bool:
    """ "as the president warned", "after Kenya left": one noun phrase fills what stands before the verb."""
    phrase = phrase_at(analysis, index, end) if index < end else None
    return phrase is not None and phrase.range.last == end


def _ends_verb(analysis: Analysis, index: int) -> bool:
    verb = analysis.verb_ending_at(index)
    return verb is not None and verb.form in {"finite", "passive", "gerund"}


def _joins_phrases(analysis: Analysis, index: int, within: Range, end: int) -> bool:
    """A comma or "and" between two references with no finite verb before them joins them into one subject."""
    after = index + 1
    while after < end and analysis.document.tokens[after].lower in _BEFORE_NAME:
        after += 1
    if (
        index == within.first
        or after >= end
        or not (
            _named(analysis, index - 1, after)
            or _common(analysis, index, end)
            or _with_own(analysis, index, end)
        )
    ):
        return False
    if analysis.document.tokens[index].text == "," and "and" not in analysis.document.lowers(
        Range(index, end)
    ):
        return False  # "Armenia, X argued, did …": an insertion, not a list
    before = analysis.verb_before(index, within)
    opens = _sentence_break(analysis, index, within)
    told = before is not None and before.form == "finite" and before.last > opens
    unlisted = analysis.references.at(index - 1) is None and _predicated(analysis, Range(opens, index))
    return not (told or unlisted)


def _predicated(analysis: Analysis, part: Range) -> bool:
    """ "had been inching ahead": a helper tells of a verb that no table lists."""
    tokens = analysis.document.tokens
    return any(tokens[index].text.islower() for index in analysis.document.positions(_HELPERS, part))


def _named(analysis: Analysis, left: int, right: int) -> bool:
    """Names on both sides."""
    sides = (analysis.references.at(left), analysis.references.at(right))
    if sides[1] is None and analysis.document.tokens[right].text == "West":
        return sides[0] is not None and not sides[0].adjective  # "Kiev and the West"
    end = len(analysis.document.tokens)
    return all(side is not None and (not side.adjective or is_people(analysis, side, end)) for side in sides)


def _with_own(analysis: Analysis, index: int, end: int) -> bool:
    """ "Kenya and its allies": a name before "and", and whose they are behind it."""
    tokens, named = analysis.document.tokens, analysis.references.at(index - 1)
    own = index + 2 < end and tokens[index + 1].lower in {"its", "their"}
    return own and tokens[index].lower == "and" and named is not None and not named.adjective


def _common(analysis: Analysis, index: int, end: int) -> bool:
    """ "officials and diplomats": a plural before "and", and nothing but nouns behind it."""
    tokens = analysis.document.tokens
    noun = tokens[index - 1].lower
    plural = noun in grammar().plural_nouns or (noun.endswith("s") and noun not in grammar().function_words)
    return (
        plural
        and tokens[index].lower == "and"
        and all(token.text[0].isalpha() and token.lower not in _NO_LIST for token in tokens[index + 1 : end])
    )


def _phrase_left(analysis: Analysis, index: int) -> int:
    """The first token of the name that ends before a token, with its determiner."""
    named = analysis.references.at(index - 1)
    start = named.range.first if named else index - 1
    while start and analysis.document.tokens[start - 1].lower in grammar().determiners:
        start -= 1
    return start


def _sentence_break(analysis: Analysis, index: int, within: Range) -> int:
    tokens = analysis.document.tokens
    start = _phrase_left(analysis, index)
    if start > within.first and tokens[start - 1].text == ",":
        return start - 1  # "Talks have opened, Egypt and Qatar said"
    common = analysis.references.at(index - 1) is None  # "The talks failed, officials and envoys said"
    for at in range(index - 1, within.first, -1):
        if common and tokens[at].text == ",":
            return at
        if tokens[at].text in _ENDS or tokens[at].lower in grammar().clause_openers:
            return at
    return within.first
