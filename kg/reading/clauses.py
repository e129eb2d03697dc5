"""Who does what in a clause: the noun phrase before a verb, and the one after it, without a parser."""

from dataclasses import dataclass

from kg.reading.analysis import Analysis
from kg.reading.document import Range
from kg.reading.grammar import grammar
from kg.reading.references import Reference
from kg.reading.verbs import Verb

_OPENING = frozenset({'"', "“", "”", "‘", "(", "["})
_DASHES = frozenset({"–", "—", "-", "--"})
_RELATIVES = frozenset({"who", "which", "that"})
_DEMONSTRATIVES = frozenset({"this", "that", "these", "those"})
_CLAUSE_OPENERS = frozenset({"that", "although", "though", "while", "whereas", "because", "when", "if"})
_LIST_MARKS = frozenset({",", "and", "or", "&"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: the things it refers to (several if joined by "and"), its head noun, and whose it is."""

    range: Range
    references: tuple[Reference, ...]
    head: int
    possessor: Reference | None = None


def subject_of(analysis: Analysis, verb: Verb, within: Range | None = None) -> Phrase | None:
    """The noun phrase that a verb has as its subject; a gerund or a second verb takes that of the verb before it.

    None where there is none in `within` (the sentence, if not given).
    """
    within = within or analysis.document.sentence(verb.main)
    if (
        verb.form == "gerund"
        and verb.first > within.first
        and analysis.document.tokens[verb.first - 1].text == ","
    ):
        return _inserted_subject(analysis, verb, within) or _main_subject(analysis, verb, within)
    if verb.form in {"gerund", "participle", "infinitive"}:
        return _shared_subject(analysis, verb, within)
    end = _before_insertion(analysis, verb.first, within)
    start = _clause_start(analysis, end, within, verb.main)
    phrase = _head_phrase(analysis, Range(start, end))
    if phrase:
        return phrase
    if start > within.first and analysis.document.tokens[start - 1].lower in _RELATIVES:
        return _antecedent(analysis, start - 1, within)
    return _shared_subject(analysis, verb, within)


def _inserted_subject(analysis: Analysis, verb: Verb, within: Range) -> Phrase | None:
    """ "the operation, displacing thousands, had led": a gerund between commas goes with the verb behind them."""
    tokens = analysis.document.tokens
    comma = next((i for i in range(verb.last, within.last) if tokens[i].text == ","), within.last)
    following = analysis.verbs_in(Range(comma + 1, min(comma + 4, within.last)))
    if following and following[0].first == comma + 1 and following[0].form in {"finite", "passive"}:
        return subject_of(analysis, following[0], within)
    return None


def _main_subject(analysis: Analysis, verb: Verb, within: Range) -> Phrase | None:
    """ "X said …, adding": the subject of the sentence's first finite verb outside quotations."""
    quote = analysis.document.quote_around(verb.main)
    for main in analysis.verbs_in(Range(within.first, verb.first)):
        if main.form in {"finite", "passive"} and analysis.document.quote_around(main.main) == quote:
            return subject_of(analysis, main, within)
    return None


def _shared_subject(analysis: Analysis, verb: Verb, within: Range) -> Phrase | None:
    before = analysis.verb_before(verb.first, within)
    while before and before.form not in {"finite", "passive"}:
        before = analysis.verb_before(before.first, within)
    return subject_of(analysis, before, within) if before else None


def _antecedent(analysis: Analysis, relative: int, within: Range) -> Phrase | None:
    """What "which" or "who" refers to: the noun phrase that ends just before it, with the clause that it heads."""
    end = relative
    while end > within.first and analysis.document.tokens[end - 1].text in {",", '"', "”"} | _DASHES:
        end -= 1
    reference = analysis.references.at(end - 1)
    if reference and not reference.adjective and reference.type == "Person":
        return Phrase(reference.range, (reference,), reference.range.last - 1)
    start = _clause_start(analysis, end, within, end - 1)
    return _head_phrase(analysis, Range(start, end))


def _before_insertion(analysis: Analysis, end: int, within: Range) -> int:
    """Step over an insertion between commas or dashes: "X, for his part, said", "talks – led by Y – have"."""
    tokens = analysis.document.tokens
    mark = tokens[end - 1].text if end > within.first else ""
    if mark != "," and mark not in _DASHES:
        return end
    same = _DASHES if mark in _DASHES else {","}
    for index in range(end - 2, within.first, -1):
        if tokens[index].text in same:
            inserted = analysis.references.at(index + 1)
            apposed = inserted and inserted.type == "Person" and inserted.range == Range(index + 1, end - 1)
            return end - 1 if apposed else index
        if tokens[index].text in {";", ":", '"', "”"}:
            return end
    return end


def _clause_start(analysis: Analysis, end: int, within: Range, main: int) -> int:
    """The first token of the words before a verb that can hold its subject."""
    tokens = analysis.document.tokens
    quote = analysis.document.quote_around(main)
    index = end
    while index > within.first:
        token = tokens[index - 1]
        if token.lower in {"and", "or", ","}:
            if not _joins_phrases(analysis, index - 1, within, end):
                return index
        elif token.text in {";", ":", '"', "”"} | _DASHES and not _glued(analysis, index - 1):
            if quote is None or index != quote.first:
                return index
        elif (
            token.lower in grammar().subordinators and not _is_preposition(analysis, index - 1)
        ) or _ends_verb(analysis, index):
            return index
        index -= 1
    return index


def _glued(analysis: Analysis, index: int) -> bool:
    """A hyphen inside a word ("Azerbaijani-Armenian") divides nothing."""
    tokens = analysis.document.tokens
    return (
        index + 1 < len(tokens) and tokens[index].end == tokens[index + 1].start and tokens[index].text == "-"
    )


def _is_preposition(analysis: Analysis, index: int) -> bool:
    """ "after the war", "as mediators": a word of both classes with no clause of its own behind it."""
    lower = analysis.document.tokens[index].lower
    return lower in {"after", "before", "since", "until", "as"} and lower in grammar().prepositions


def _ends_verb(analysis: Analysis, index: int) -> bool:
    verb = analysis.verb_before(index, analysis.document.sentence(index - 1))
    return verb is not None and verb.last == index and verb.form in {"finite", "passive", "gerund"}


def _joins_phrases(analysis: Analysis, index: int, within: Range, end: int) -> bool:
    """A comma or "and" between two references with no finite verb before them joins them into one subject."""
    left = analysis.references.at(index - 1) if index > within.first else None
    after = index + 1
    while after < end and analysis.document.tokens[after].lower in grammar().determiners | {"and", ","}:
        after += 1
    right = analysis.references.at(after) if after < end else None
    if left is None or right is None or left.adjective or right.adjective:
        return False
    if analysis.document.tokens[index].text == "," and "and" not in analysis.document.lowers(
        Range(index, end)
    ):
        return False  # "Armenia, X argued, did …": an insertion, not a list
    before = analysis.verb_before(index, within)
    return (
        before is None
        or before.form not in {"finite"}
        or before.last <= _sentence_break(analysis, index, within)
    )


def _sentence_break(analysis: Analysis, index: int, within: Range) -> int:
    tokens = analysis.document.tokens
    for at in range(index - 1, within.first, -1):
        if tokens[at].text in {";", ":", '"', "”"} or tokens[at].lower in _CLAUSE_OPENERS:
            return at
    return within.first


def _head_phrase(analysis: Analysis, part: Range) -> Phrase | None:
    """The first noun phrase of a range that no preposition governs."""
    tokens = analysis.document.tokens
    words = grammar()
    index = part.first
    while index < part.last:
        lower = tokens[index].lower
        empty = lower in (words.adverbs - {"both"}) | words.modals or lower.endswith("ly")
        if empty or index in analysis.time_tokens or tokens[index].text in {",", '"', "“", "”", "’"}:
            index += 1
        elif lower in words.prepositions or lower in words.subordinators:
            index = _after_governed(analysis, index + 1, part.last)
        else:
            return phrase_at(analysis, index, part.last)
    if part and tokens[part.first].lower in {"as", "after", "before", "since", "until"}:
        return phrase_at(
            analysis, part.first + 1, part.last
        )  # "as X was expected": it opens a clause after all
    return None


def _after_governed(analysis: Analysis, index: int, last: int) -> int:
    """The end of the noun phrase that a preposition governs."""
    phrase = phrase_at(analysis, index, last) if index < last else None
    return phrase.range.last if phrase else last


def phrase_at(analysis: Analysis, index: int, last: int) -> Phrase | None:
    """The noun phrase that starts at a token and ends before `last`; None where there is none."""
    tokens = analysis.document.tokens
    words = grammar()
    first = index
    while (
        index < last
        and (tokens[index].lower in words.determiners | words.negations or tokens[index].text in {'"', "“"})
        and not analysis.pair_at(index)
        and not analysis.references.at(index)
    ):
        index += 1
    if index >= last:
        return None
    if (
        (
            index > first
            and tokens[index - 1].lower in words.determiners
            and tokens[first].lower in _DEMONSTRATIVES
        )
        and index - first > 1
        and tokens[first + 1].lower in words.determiners
    ):
        return Phrase(Range(first, first + 1), (), first)  # "in the course of this the president …"
    pair = analysis.pair_at(index)
    if pair:
        return Phrase(Range(first, pair[0].last), pair[1], pair[0].last - 1)
    reference = analysis.references.at(index)
    if reference and not reference.adjective:
        after = reference.range.last
        if after < last and tokens[after].lower in words.possessive_marks:
            return _possessed(analysis, first, after + 1, last, reference)
        if after >= last or not _continues_noun(analysis, after):
            return _joined(analysis, first, reference, last)
    return _noun(analysis, first, index, last, reference if reference and reference.adjective else None)


def _continues_noun(analysis: Analysis, index: int) -> bool:
    """A plain lower-case word after a name goes on with the noun phrase ("EU efforts"), a verb does not."""
    token = analysis.document.tokens[index]
    words = grammar()
    plain = token.text[0].islower() and token.text.isalpha()
    closed = (
        token.lower
        in words.prepositions | words.subordinators | words.adverbs | words.helpers | words.determiners
    )
    verbal = any(
        verb.range.first <= index < verb.range.last for verb in analysis.verbs_in(Range(index, index + 4))
    )
    return plain and not closed and not verbal and index not in analysis.time_tokens


def _joined(analysis: Analysis, first: int, reference: Reference, last: int) -> Phrase:
    """ "X, Y and Z": references in a row with nothing but commas and "and" between them."""
    tokens = analysis.document.tokens
    members = [reference]
    end = reference.range.last
    while end < last:
        after = end
        while after < last and tokens[after].lower in _LIST_MARKS | {"the"}:
            after += 1
        following = analysis.references.at(after) if after < last else None
        if after == end or following is None or following.adjective or following.range.first != after:
            break
        if after == end + 1 and tokens[end].text == "," and not _list_goes_on(analysis, following, last):
            break
        members.append(following)
        end = following.range.last
    return Phrase(Range(first, end), tuple(members), reference.range.last - 1)


def _list_goes_on(analysis: Analysis, reference: Reference, last: int) -> bool:
    """After "X, Y" a list must go on with a comma or "and" and a further name; else Y is in apposition."""
    tokens = analysis.document.tokens
    after = reference.range.last
    if after >= last or tokens[after].lower not in _LIST_MARKS:
        return False
    while after < last and tokens[after].lower in _LIST_MARKS | {"the"}:
        after += 1
    return after < last and analysis.references.at(after) is not None


def _possessed(analysis: Analysis, first: int, index: int, last: int, owner: Reference) -> Phrase:
    """ "Azerbaijan's operation": the head is what is owned, and a body of the owner speaks for it."""
    end = _noun_end(analysis, index, last)
    head = max(index, end - 1)
    inner = analysis.references.at(head)
    if inner and not inner.adjective:
        return Phrase(Range(first, end), (inner,), head, owner)
    official = analysis.document.tokens[head].lower in grammar().official_nouns
    return Phrase(Range(first, end), (owner,) if official else (), head, owner)


def _noun(analysis: Analysis, first: int, index: int, last: int, owner: Reference | None) -> Phrase | None:
    end = _noun_end(analysis, index, last)
    if end == index:
        return None
    named = analysis.references.at(end - 1)
    if named and not named.adjective and named.range.last == end:
        # "Armenian Prime Minister X", "EU chief Y": the run of nouns ends with the name itself.
        return _joined(analysis, first, named, last)
    return Phrase(Range(first, end), (), end - 1, owner)


def _noun_end(analysis: Analysis, index: int, last: int) -> int:
    """Where a run of adjectives and nouns ends: at a preposition, a verb, a mark or a time."""
    tokens = analysis.document.tokens
    words = grammar()
    stops = (
        words.prepositions
        | words.subordinators
        | words.modals
        | words.adverbs
        | {"to", "have", "has", "had", "is", "are", "was", "were"}
    )
    verbs = (
        {verb.main for verb in analysis.verbs_in(Range(index, last)) if verb.form != "gerund"}
        if index < last
        else set()
    )
    end = index
    while end < last:
        token = tokens[end]
        stop = token.lower in stops or end in verbs or end in analysis.time_tokens
        if stop or not (token.text[0].isalnum() or token.text in {'"', "“", "”", "-"}):
            break
        end += 1
    while end > index and tokens[end - 1].text in {'"', "“", "”", "-"}:
        end -= 1
    return end
