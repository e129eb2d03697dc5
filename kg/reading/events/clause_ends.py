"""Where the clause of an event ends, or the phrase of its noun."""

import itertools

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import phrase_at
from kg.reading.names.references import Reference
from kg.reading.text.marks import CLOSING_QUOTES, QUOTES
from kg.reading.text.tokens import Range
from kg.reading.words.events import event_table
from kg.reading.words.grammar import grammar

_STOPS = frozenset({";", ":", "–", "—", "--", "?", "!", "…", "...", "•", "|"})
# They open a clause or an aside of their own.
_OPENERS = frozenset({
    "which", "who", "whose", "whom", "while", "whereas", "because", "although", "though", "if", "unless",
    "when", "where", "amid", "following", "despite", "but", "citing", "ahead", "so", "that", "including",
    "due", "whether", "than", "saying", "without",
})  # fmt: skip
_ALWAYS = frozenset({"while", "because", "but", "when", "although", "whereas", "if", "unless"})
_TIMED = frozenset({"after", "before", "since", "until", "as"})  # of a time they are prepositions
_JOINING = frozenset({"and", "or"})
_BEFORE_NAME = grammar().determiners | _JOINING
_NO_SUBJECT = grammar().prepositions | {",", ";", "that", "which", "who"}
_POSTS = frozenset({"president", "prime", "minister", "leader", "chief", "chairman", "head", "commander"})
_REVENGE = frozenset({"response", "retaliation", "protest", "reaction", "revenge"})
_REASONS = _REVENGE | {"order", "exchange", "return"}
_GOALS = frozenset({"goal", "aim", "intention", "purpose", "objective"})
_TRYING = frozenset({"trying", "seeking", "hoping", "attempting", "aiming", "vowing", "threatening"})
_COMPARED = frozenset({"more", "less", "fewer", "other", "rather", "larger", "later"})
_ALONG = frozenset({("along", "with"), ("together", "with")})
_TOGETHER = _ALONG | {("as", "well")}
_BESIDE_EVENT = frozenset({"during", "over"})
_MEASURES = frozenset({"lockdown", "crackdown", "curfew"})
_PARTING = frozenset({",", ".", "and"})
_EVENT_WITHIN = 6  # tokens behind "during" in which its noun stands
_LONGEST_CLAUSE = 80  # tokens; what is longer is a list, or a text without marks
_LONGEST_ASIDE = 8  # tokens in brackets
_LONGEST_TERM = 4  # tokens in quotation marks that belong to the clause around them
_PURPOSE_AFTER = 3  # tokens of a clause before its aim may begin


def clause_stop(analysis: Analysis, index: int, sentence: Range, opened: int) -> int:
    """Where the clause ends that goes on at a token; `opened` is where it began."""
    tokens = analysis.document.tokens
    sentence = Range(sentence.first, min(sentence.last, index + _LONGEST_CLAUSE))
    quote = analysis.document.quote_around(opened)
    quote = quote if quote and quote.last - quote.first > _LONGEST_TERM else None
    last, purpose = index, 0
    while last < sentence.last:
        token = tokens[last]
        if purpose and last - purpose > purpose - opened:
            return purpose  # an aim told at more length than the event is told apart
        if quote and last >= quote.last:
            return last
        if (token.text in _STOPS and not _hyphen(analysis, last)) or (
            token.text == "-" and _dash(analysis, last)
        ):
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
        elif token.lower == "to" and last - opened > _PURPOSE_AFTER and _purpose(analysis, last, index):
            purpose = purpose or last
        last += 1
    return last


def _purpose(analysis: Analysis, index: int, start: int) -> bool:
    """ "to resume talks" behind more than the verb itself."""
    following = analysis.verbs_in(Range(index + 1, index + 4))
    return index > start + 1 and any(v.form == "infinitive" and v.first <= index for v in following)


def _hyphen(analysis: Analysis, index: int) -> bool:
    tokens = analysis.document.tokens
    return tokens[index].text in {"–", "—"} and index > 0 and tokens[index - 1].end == tokens[index].start


def _dash(analysis: Analysis, index: int) -> bool:
    """A hyphen with room on both sides, which stands for a dash."""
    tokens = analysis.document.tokens
    if not 0 < index < len(tokens) - 1:
        return False
    return tokens[index - 1].end < tokens[index].start and tokens[index].end < tokens[index + 1].start


def _closing(analysis: Analysis, index: int, sentence: Range) -> int | None:
    """The bracket that closes a short aside, such as an abbreviation."""
    tokens = analysis.document.tokens
    ahead = range(index + 1, min(index + _LONGEST_ASIDE, sentence.last))
    return next((i for i in ahead if tokens[i].text == ")"), None)


def _opens_clause(analysis: Analysis, index: int, start: int, sentence: Range) -> bool:
    """Whether a clause of its own begins at a token."""
    lower = analysis.document.tokens[index].lower
    if lower == "as" and "well" in analysis.document.lowers(Range(index - 1, index + 2)):
        return False  # "as well as"
    if lower == "as" and analysis.document.tokens[min(index + 1, sentence.last - 1)].lower in _POSTS:
        return False  # "ousted as president"
    if lower in {"after", "before"} and _owned_by_time(analysis, index + 1, sentence):
        return index > start  # "a day before Thursday's summit"
    if lower in _TIMED:
        return index + 1 not in analysis.time_tokens and not _time_near(analysis, index, sentence)
    if lower in _JOINING:
        paired = lower == "and" and (_between(analysis, start, index) or _others(analysis, index, sentence))
        return not paired and (
            _helped(analysis, index + 1, sentence) or _verb_follows(analysis, index + 1, sentence)
        )
    if lower in _BESIDE_EVENT:
        return index > start and _event_behind(analysis, index, sentence)
    if lower == "by" and index > start:
        following = analysis.verbs_in(Range(index + 1, min(index + 2, sentence.last)))
        return any(verb.form == "gerund" for verb in following)
    behind = analysis.document.tokens[min(index + 1, sentence.last - 1)].lower
    if lower == "in" and behind in _REASONS:
        return index > start or behind in _REVENGE
    if lower == "with" and not _GOALS.isdisjoint(analysis.document.lowers(Range(index + 1, index + 4))):
        return index > start  # "with the stated goal of"
    if lower == "than" and analysis.document.tokens[index - 1].lower in _COMPARED:
        return False  # "more than 200 people"
    if lower in {"how", "why"} and analysis.document.tokens[index - 1].lower in grammar().prepositions:
        return False  # "agreed on how to share the water"
    if lower in {"how", "why"} and index > start:
        return True
    if lower in _TRYING and index > start + 1 and _tries(analysis, index, sentence):
        return True
    if lower == "while" and _participial(analysis, index, sentence):
        return False  # "was hit while leaving the port"
    if lower in _OPENERS:
        return index > start or lower in _ALWAYS
    return False


def _event_behind(analysis: Analysis, index: int, sentence: Range) -> bool:
    """ "shells hit the town during clashes", "killed four over the attacks": told by a noun of its own."""
    near = analysis.document.lowers(Range(index + 1, min(index + _EVENT_WITHIN, sentence.last)))
    own = set(itertools.takewhile(lambda word: word not in _PARTING, near))
    return not (event_table().bare_nouns.isdisjoint(own) and _MEASURES.isdisjoint(own))


def _tries(analysis: Analysis, index: int, sentence: Range) -> bool:
    """ "fighters trying to take the town", not "was trying to"."""
    tokens = analysis.document.tokens
    helped = tokens[index - 1].lower in grammar().be
    return not helped and index + 1 < sentence.last and tokens[index + 1].lower == "to"


def _participial(analysis: Analysis, index: int, sentence: Range) -> bool:
    """Whether a gerund stands straight behind a token that no comma parts from the rest."""
    tokens = analysis.document.tokens
    behind = tokens[index + 1].lower if index + 1 < sentence.last else ""
    return tokens[index - 1].text != "," and behind.endswith("ing")


def _between(analysis: Analysis, start: int, index: int) -> bool:
    """Whether "and" at a token is that of "between X and Y"."""
    words = analysis.document.lowers(Range(max(0, start - 1), index))
    return "between" in words and "and" not in words[words.index("between") :]


def _owned_by_time(analysis: Analysis, index: int, sentence: Range) -> bool:
    """ "Thursday's summit": a time that owns what follows."""
    tokens, at = analysis.document.tokens, index
    while at < sentence.last and at in analysis.time_tokens:
        at += 1
    return index < at < sentence.last and tokens[at].lower in grammar().possessive_marks


def _time_near(analysis: Analysis, index: int, sentence: Range) -> bool:
    near = range(index, min(index + 3, sentence.last))
    return any(i in analysis.time_tokens for i in near)


def _verb_follows(analysis: Analysis, index: int, sentence: Range) -> bool:
    """Whether "and" joins a further clause: a verb right behind it, or a subject with its verb."""
    following = analysis.verbs_in(Range(index, min(index + 9, sentence.last)))
    for verb in following:
        if verb.form == "participle" and verb.first != index:
            continue  # "and a UN-brokered deal was signed"
        if verb.form in {"participle", "infinitive"}:
            return verb.first == index
        skipped = range(index, verb.first)
        tokens = analysis.document.tokens
        if all(tokens[i].lower in grammar().adverbs or tokens[i].lower.endswith("ly") for i in skipped):
            return True
        if verb.form == "gerund":
            continue
        return not any(tokens[i].lower in _NO_SUBJECT and not _counts(analysis, i + 1) for i in skipped)
    return False


def _counts(analysis: Analysis, index: int) -> bool:
    """ "over 20 soldiers", which "over" does not govern."""
    return analysis.document.tokens[index].text[0].isdigit() and index not in analysis.time_tokens


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
    if tokens[after].lower in {"in", "on"} and after + 1 in analysis.time_tokens:
        return after + 1  # ", on Sunday"
    if (added := _added_end(analysis, comma, sentence)) is not None:
        return added
    if (apposed := _apposition_end(analysis, comma, sentence)) is not None:
        return apposed
    if tuple(analysis.document.lowers(Range(after, min(after + 2, sentence.last)))) in _TOGETHER:
        return after + 2
    start = after
    while start < sentence.last and tokens[start].lower in _BEFORE_NAME:
        start += 1
    named = analysis.references.at(start) if start < sentence.last else None
    if start < sentence.last and named is None:
        named = analysis.introduced_at(start)
    before = analysis.references.at(comma - 1)
    titled = named is not None and named.type == "Person" and analysis.titled(comma - 1)
    if named and before is None and (titled or _introduces(analysis, comma, named, sentence)):
        return named.range.last  # "with the UN chief, X"
    if named is None or before is None or _verb_follows(analysis, after, sentence):
        return None
    if _helped(analysis, named.range.last, sentence):
        return None  # ", and X is proud of it"
    behind = tokens[named.range.last].lower if named.range.last < sentence.last else "."
    if before.type == "Place" and named.type in {"Place", "State"}:
        return named.range.last
    joined = start > after and tokens[after].lower in _JOINING
    return named.range.last if joined or behind in {",", "and"} else None


def _added_end(analysis: Analysis, comma: int, sentence: Range) -> int | None:
    """Behind the names of "met Arab officials, including A and B", "…, along with A"; None elsewhere."""
    words = tuple(analysis.document.lowers(Range(comma + 1, min(comma + 3, sentence.last))))
    first = comma + (3 if words in _ALONG else 2)
    if words not in _ALONG and words[:1] != ("including",):
        return None
    phrase = phrase_at(analysis, first, sentence.last) if first < sentence.last else None
    if phrase is None or not (phrase.references or phrase.possessor):
        return None
    return phrase.range.last


def _apposition_end(analysis: Analysis, comma: int, sentence: Range) -> int | None:
    """Behind "met X, the prime minister of Y, in Z", where when and where follow; None elsewhere."""
    before = analysis.references.at(comma - 1)
    if before is None or before.type != "Person" or not analysis.serving(comma + 1):
        return None
    tokens, end = analysis.document.tokens, comma + 1
    while end < sentence.last and (analysis.serving(end) or tokens[end].lower in grammar().determiners):
        end += 1
    goes_on = end + 1 < sentence.last and tokens[end].text == ","
    where = goes_on and (tokens[end + 1].lower in grammar().prepositions or end + 1 in analysis.time_tokens)
    return end + 2 if where else None


def _others(analysis: Analysis, index: int, sentence: Range) -> bool:
    """ "met with X and other leaders"."""
    return index + 1 < sentence.last and analysis.document.tokens[index + 1].lower in {"other", "others"}


def _helped(analysis: Analysis, index: int, sentence: Range) -> bool:
    """Whether a helping verb stands at a token."""
    words = grammar()
    lower = analysis.document.tokens[index].lower if index < sentence.last else "."
    return lower in words.predicating


def _introduces(analysis: Analysis, comma: int, named: Reference, sentence: Range) -> bool:
    """ "their prime ministers, X and Y": names that say who a plural means."""
    after = named.range.last
    behind = analysis.document.tokens[after].lower if after < sentence.last else "."
    return analysis.document.tokens[comma - 1].lower.endswith("s") and behind in {"and", ","}
