"""The words that a reporting verb governs: behind it, before it, or both where it interrupts them."""

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase
from kg.reading.speech.content_before import closes, earlier_sentences, left_limit, with_title
from kg.reading.speech.content_behind import words_behind
from kg.reading.speech.content_breaks import later
from kg.reading.speech.content_end import content_end
from kg.reading.speech.fitting import has_finite_verb
from kg.reading.speech.headlines import opens_text
from kg.reading.speech.trimming import trim
from kg.reading.text.marks import QUOTES
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.grammar import grammar

# Behind ", X said," these tell something else.
_LATER = frozenset(
    {"earlier", "later", "separately", "recently", "again", "today", "early", "late", "yesterday"}
)
_ASKING = frozenset({"?", "!", "…", "..."})
_CIRCUMSTANCES = _LATER | grammar().circumstance_marks | (grammar().prepositions - {"of"})
_ENDS = QUOTES | {".", "!", "?"}
_ABOUT_SPEAKER = grammar().relatives | grammar().prepositions
_ENDING = frozenset({
    "according", "but", "and", "as", "before", "after", "while", "when", "during", "who", "without",
    "following", "amid",
})  # fmt: skip


def content_of(
    analysis: Analysis,
    verb: Verb,
    speaker: Phrase,
    start: int,
    sentence: Range,
    verbs: list[Verb],
    inverted: bool,
) -> tuple[Range, ...]:
    """The words that a reporting verb governs: behind it, before it, or both where it interrupts them."""
    tokens = analysis.document.tokens
    first = min(with_title(analysis, speaker), verb.first) if not inverted else verb.first
    own = speaker.range.last <= verb.first and not _shared(speaker, verb, verbs)
    before = tokens[first - 1].text if first > sentence.first and (own or inverted) else ""
    closed = bool(before) and closes(analysis, first - 1, sentence)
    right = tokens[start].text if start < sentence.last else "."
    trailing = start >= sentence.last or (right in _ENDS and start >= sentence.last - 1)
    left_clause = (before == "," or closed) and has_finite_verb(analysis, Range(sentence.first, first))
    trailing = trailing or (left_clause and (right == ";" or _only_circumstances(analysis, start, sentence)))
    before = "," if inverted and opens_text(analysis, sentence) else before
    left_clause = left_clause or (inverted and opens_text(analysis, sentence))
    trailing = trailing or (inverted and (left_clause or closed) and right.lower() in _ABOUT_SPEAKER)
    beside = start == verb.last or start - 1 in analysis.time_tokens or verb.lemma == "tell"
    behind = right.lower() == "that" and beside and not inverted  # "Asked about "it," X said that"
    if (before == "," or closed) and verb.form == "finite" and not behind:
        left = trim(analysis, Range(left_limit(analysis, first, sentence, verbs), first))
        following = tokens[start + 1].lower if start + 1 < sentence.last else ""
        goes_on = right == "," and following not in _ENDING
        goes_on = goes_on and not any(v.form == "gerund" and v.first == start + 1 for v in verbs)
        goes_on = goes_on and not later(analysis, start + 1, sentence)
        if not any(token.text[0].isalnum() for token in tokens[left.first : left.last]):
            left = Range(first, first)
        if not closed and (right == ":" or _opens_words(analysis, start, sentence)) and not inverted:
            left, goes_on = Range(first, first), False  # "Asked about it, X said, "…""
        after = trailing or closed or (right == "," and left_clause)
        if left and not goes_on and after and right != ":":
            return (*earlier_sentences(analysis, left, sentence), left)
        if left and goes_on:
            end = content_end(analysis, start + 1, sentence, verbs, clausal=True)
            rest = trim(analysis, Range(start, end))
            if inverted and (closed or left_clause) and not _quoted(analysis, rest):
                rest = Range(start, start)  # "…," said X, the president: it is told of X
            if left_clause and _quoted(analysis, left) and not analysis.document.opens_quote(rest):
                rest = Range(start, start)  # "…," X said, not long after
            return (*earlier_sentences(analysis, left, sentence), *(part for part in (left, rest) if part))
    ends = trailing or right == "," or _only_circumstances(analysis, start, sentence)
    asked = _asked(analysis, verb, first, sentence) if ends else None
    if trailing or asked:
        return (asked,) if asked else ()
    return words_behind(analysis, verb, speaker, start, sentence, verbs, first == sentence.first)


def _asked(analysis: Analysis, verb: Verb, first: int, sentence: Range) -> Range | None:
    """`"…?" Berg said.`: the quotation that ends the sentence before, where this one opens so."""
    document = analysis.document
    mark = sentence.first - 1
    if first > sentence.first or mark < 1 or mark not in document.quote_marks or verb.form != "finite":
        return None
    quote = document.quote_around(mark - 1)
    near = document.paragraph_number(mark) == document.paragraph_number(first)
    return quote if near and quote and document.tokens[mark - 1].text in _ASKING else None


def _shared(speaker: Phrase, verb: Verb, verbs: list[Verb]) -> bool:
    """ "X said …, and confirmed …": what stands before X belongs to the first verb."""
    return any(v is not verb and speaker.range.last <= v.main < verb.first for v in verbs)


def _only_circumstances(analysis: Analysis, start: int, sentence: Range) -> bool:
    """ "…, X said at a meeting in Doha": nothing behind the verb that could be what was said."""
    rest = analysis.document.tokens[start : sentence.last]
    opens = bool(rest) and rest[0].lower in _CIRCUMSTANCES
    opens = opens or any(
        v.first == start and v.form != "infinitive" for v in analysis.verbs_in(Range(start, start + 1))
    )
    clause = any(token.lower == "that" or token.text in QUOTES for token in rest)
    infinitive = any(
        v.form == "infinitive" and v.first == start for v in analysis.verbs_in(Range(start, sentence.last))
    )
    return opens and not clause and not infinitive


def _opens_words(analysis: Analysis, start: int, sentence: Range) -> bool:
    """Whether a quotation starts here, behind a comma if there is one."""
    document = analysis.document
    mark = start + 1 if start < sentence.last and document.tokens[start].text == "," else start
    inside = mark in document.quote_marks and mark + 1 < sentence.last
    return inside and document.quote_around(mark + 1) is not None


def _quoted(analysis: Analysis, part: Range) -> bool:
    return bool(part) and analysis.document.quote_around(part.first) is not None
