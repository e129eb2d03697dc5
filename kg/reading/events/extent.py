"""Which words tell of an event: the clause of its verb, or its noun with all that belongs to it."""

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase
from kg.reading.text.marks import CLOSING_QUOTES, QUOTES
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.grammar import grammar

_STOPS = frozenset({";", ":", "–", "—", "--", "?", "!", "…", "•", "|"})
# They open a clause or an aside of their own.
_OPENERS = frozenset({
    "which", "who", "whose", "whom", "while", "whereas", "because", "although", "though", "if", "unless",
    "when", "where", "amid", "following", "despite", "but", "citing", "ahead", "so", "that", "including",
    "due", "whether", "than", "saying", "without",
})  # fmt: skip
_TIMED = frozenset({"after", "before", "since", "until", "as"})  # of a time they are prepositions
_JOINING = frozenset({"and", "or"})
_LONGEST_ASIDE = 8  # tokens in brackets
_LONGEST_TERM = 4  # tokens in quotation marks that belong to the clause around them
_LONGEST_OPENING = 14  # tokens of a time that opens the sentence


def clause(analysis: Analysis, verb: Verb, subject: Phrase | None) -> Range:
    """From the verb's own subject, or the time that opens the sentence, to the end of its clause."""
    sentence = analysis.document.sentence(verb.main)
    first = verb.first
    if subject and owns(analysis, subject, verb) and not _participial(analysis, subject, verb):
        first = _with_opening(analysis, subject.range.first, sentence)
    return tidied(analysis, Range(first, clause_stop(analysis, verb.last, sentence, verb.first)))


def owns(analysis: Analysis, subject: Phrase, verb: Verb) -> bool:
    """Whether the subject stands before this verb with no other verb that it belongs to between."""
    if not subject.range.last <= verb.first:
        return False
    between = analysis.verbs_in(Range(subject.range.last, verb.first))
    return not any(other.form in {"finite", "passive"} for other in between)


def _participial(analysis: Analysis, subject: Phrase, verb: Verb) -> bool:
    """ "the operation, displacing thousands": a gerund behind a comma has no subject of its own."""
    before = analysis.document.tokens[verb.first - 1].lower if verb.first else ""
    return verb.form == "gerund" and before not in {"of", "from"} and subject.range.last != verb.first


def _with_opening(analysis: Analysis, first: int, sentence: Range) -> int:
    """The first token of the sentence, if there is nothing but a time before the subject."""
    tokens, empty = analysis.document.tokens, grammar().prepositions | grammar().determiners | {","}
    before = range(sentence.first, first)
    timed = [i for i in before if i in analysis.time_tokens]
    plain = all(i in analysis.time_tokens or tokens[i].lower in empty for i in before)
    return sentence.first if timed and plain and len(before) <= _LONGEST_OPENING else first


def clause_stop(analysis: Analysis, index: int, sentence: Range, opened: int) -> int:
    """Where the clause ends that goes on at a token; `opened` is where it began."""
    tokens = analysis.document.tokens
    quote = analysis.document.quote_around(opened)
    quote = quote if quote and quote.last - quote.first > _LONGEST_TERM else None
    last = index
    while last < sentence.last:
        token = tokens[last]
        if quote and last >= quote.last:
            return last
        if token.text in _STOPS and not _hyphen(analysis, last):
            return last
        if token.text == "." and last + 1 >= sentence.last:
            return last
        if token.text == "(":
            closing = _closing(analysis, last, sentence)
            if closing is None:
                return last
            last = closing
        elif token.text == ",":
            goes_on = _list_end(analysis, last, sentence)
            if goes_on is None:
                return last
            last = goes_on - 1
        elif _opens_clause(analysis, last, index, sentence):
            return last
        last += 1
    return last


def _hyphen(analysis: Analysis, index: int) -> bool:
    tokens = analysis.document.tokens
    return tokens[index].text in {"–", "—"} and index > 0 and tokens[index - 1].end == tokens[index].start


def _closing(analysis: Analysis, index: int, sentence: Range) -> int | None:
    """The bracket that closes a short aside, such as an abbreviation."""
    tokens = analysis.document.tokens
    ahead = range(index + 1, min(index + _LONGEST_ASIDE, sentence.last))
    return next((i for i in ahead if tokens[i].text == ")"), None)


def _opens_clause(analysis: Analysis, index: int, start: int, sentence: Range) -> bool:
    """Whether a clause of its own begins at a token."""
    lower = analysis.document.tokens[index].lower
    if lower in _TIMED:
        return index + 1 not in analysis.time_tokens and not _time_near(analysis, index, sentence)
    if lower in _JOINING:
        return _verb_follows(analysis, index + 1, sentence)
    if lower == "by" and index > start:
        following = analysis.verbs_in(Range(index + 1, min(index + 2, sentence.last)))
        return any(verb.form == "gerund" for verb in following)
    if lower in _OPENERS:
        return index > start or lower in {"while", "because", "but"}
    return False


def _time_near(analysis: Analysis, index: int, sentence: Range) -> bool:
    near = range(index, min(index + 3, sentence.last))
    return any(i in analysis.time_tokens for i in near)


def _verb_follows(analysis: Analysis, index: int, sentence: Range) -> bool:
    """Whether "and" joins a further clause: a verb right behind it, or a subject with its verb."""
    following = analysis.verbs_in(Range(index, min(index + 9, sentence.last)))
    for verb in following:
        if verb.form in {"participle", "infinitive"}:
            return verb.first == index
        skipped = range(index, verb.first)
        tokens = analysis.document.tokens
        if all(tokens[i].lower in grammar().adverbs or tokens[i].lower.endswith("ly") for i in skipped):
            return True
        if verb.form == "gerund":
            continue
        marks = {",", ";"} | grammar().prepositions
        return not any(tokens[i].lower in marks for i in skipped)
    return False


def _list_end(analysis: Analysis, comma: int, sentence: Range) -> int | None:
    """Where a comma's list, date or "City, Country" goes on behind the next name; None where it ends."""
    tokens = analysis.document.tokens
    after = comma + 1
    if after >= sentence.last:
        return None
    if comma in analysis.time_tokens or (comma - 1 in analysis.time_tokens and after in analysis.time_tokens):
        return after
    if tokens[after].text in QUOTES or tokens[comma - 1].text in CLOSING_QUOTES:
        return None
    start = after
    while start < sentence.last and tokens[start].lower in grammar().determiners | _JOINING:
        start += 1
    named = analysis.references.at(start) if start < sentence.last else None
    before = analysis.references.at(comma - 1)
    if named is None or before is None or _verb_follows(analysis, after, sentence):
        return None
    behind = tokens[named.range.last].lower if named.range.last < sentence.last else "."
    if before.type == "Place" and named.type in {"Place", "State"}:
        return named.range.last
    joined = start > after and tokens[after].lower in _JOINING
    return named.range.last if joined or behind in {",", "and"} else None


def phrase_stop(analysis: Analysis, index: int, sentence: Range) -> int:
    """Where the noun at a token ends with all that belongs to it: before a verb or a further clause."""
    last = clause_stop(analysis, index + 1, sentence, index)
    for verb in analysis.verbs_in(Range(index + 1, last)):
        if verb.form in {"finite", "passive"} or (verb.first == index + 1 and verb.form == "infinitive"):
            return min(last, verb.first)
    return last


def tidied(analysis: Analysis, part: Range) -> Range:
    """Without prepositions, conjunctions and marks that dangle at either end."""
    tokens, words = analysis.document.tokens, grammar()
    dangling = words.prepositions | _JOINING | {",", ";", ":", "which", "who", "(", "also"}
    first, last = part.first, part.last
    while last > first + 1 and (tokens[last - 1].lower in dangling and last - 1 not in analysis.time_tokens):
        last -= 1
    while first < last - 1 and tokens[first].text in {",", ";", ":", "(", "•"}:
        first += 1
    if tokens[last - 1].text in CLOSING_QUOTES and last - 1 > first:
        opened = any(tokens[i].text in QUOTES for i in range(first, last - 1))
        last = last if opened else last - 1
    return Range(first, last)
