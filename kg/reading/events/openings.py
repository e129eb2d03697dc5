"""Where the clause of a verb begins: at its subject, however long that is."""

from kg.reading.analysis import Analysis, once
from kg.reading.clauses.insertions import described_first
from kg.reading.clauses.phrases import phrase_start
from kg.reading.text.marks import CLOSING_QUOTES, OPENING_QUOTES
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.grammar import grammar
from kg.reading.words.verbs import verb_table

_ENDS = frozenset({";", ":", "–", "—", "--", "…", "•", "|", "?", "!"})
_SUBORDINATORS = frozenset({
    "when", "while", "because", "if", "although", "though", "whereas", "where", "whether", "but", "after",
    "before", "since", "until", "as", "unless", "so", "than", "once", "how", "why", "what",
})  # fmt: skip
_RELATIVES = frozenset({"which", "who", "that", "whose"})
_BEHIND_PARTICIPLES = frozenset({"by", "of", "from", "in", "with", "at", "between", "on"})
# Participles that tell who is said to have done what the noun before them names.
_SAID_OF = frozenset({("blame", "on"), ("claim", "by"), ("condemn", "by")})
_QUOTES = OPENING_QUOTES | CLOSING_QUOTES
# Words and marks before which a subject may begin; before others it does only behind a verb.
_TURNING = _RELATIVES | _ENDS | _QUOTES | {",", ")", "so", "than", "and", "or"} | _SUBORDINATORS
_EMPTY = (grammar().adverbs - {"both", "once"}) | {
    "and", "or", "but", ",", "then", "also", "however", "meanwhile", "that", "-",
}  # fmt: skip
_PRONOUNS = frozenset({"he", "she", "it", "they", "we", "i"})
_TELLING = frozenset({"tell", "warn", "remind", "inform"})
_AMID = frozenset({"with", "amid", "despite", "besides", "unlike", "given"})
_LONGEST_INSERTION = 16  # tokens between two commas
_LONGEST_SUBJECT = 30
_LONGEST_ASIDE = 7  # tokens
_BLOWS = frozenset({"blasts", "strikes", "airstrikes", "attacks", "clashes", "bombs", "raids", "ambushes"})
_LONGEST_TERM = 4  # tokens in quotation marks that belong to the clause around them


@once
def opening(analysis: Analysis, verb: Verb) -> int:
    """The first token of the verb's subject, with a time before it; the verb's own where it shares one."""
    sentence = analysis.document.sentence(verb.main)
    if _is_told(analysis, verb, sentence):
        return verb.first - 1
    having = analysis.document.tokens[verb.first].lower == "having"
    if having or described_first(analysis, verb, sentence):
        return verb.first
    quote = analysis.document.quote_around(verb.main)
    quote = quote if quote and quote.last - quote.first > _LONGEST_TERM else None
    lowest = max(sentence.first, verb.first - _LONGEST_SUBJECT, quote.first if quote else 0)
    index = verb.first
    while index > lowest:
        before = _step(analysis, index, lowest, verb)
        token = analysis.document.tokens[index - 1]
        relative = token.lower in _RELATIVES and _bare(analysis, index, verb)
        index = index if before is None else before
        if before is None or relative:
            break
    if verb.form != "passive" and _told_at_length(analysis, index, verb):
        return verb.first
    return _trimmed(analysis, _past_saying_time(analysis, index, verb), verb.first)


def _is_told(analysis: Analysis, verb: Verb, sentence: Range) -> bool:
    """ "told X he must leave": a pronoun right behind whoever is told, which opens what they are told."""
    at = verb.first - 1
    if at <= sentence.first or analysis.document.tokens[at].lower not in _PRONOUNS:
        return False
    hearer = analysis.references.at(at - 1)
    said = analysis.verb_before(at, sentence) if hearer and hearer.range.last == at else None
    return hearer is not None and said is not None and said.lemma in _TELLING


def _told_at_length(analysis: Analysis, index: int, verb: Verb) -> bool:
    """ "X, who …, withdrew": whether a clause about the subject parts it from its verb at length."""
    tokens = analysis.document.tokens
    return any(
        tokens[at].lower in {"who", "which", "whose"} and tokens[at - 1].text == ","
        for at in range(index + 1, verb.first - _LONGEST_ASIDE)
    )


def _past_saying_time(analysis: Analysis, index: int, verb: Verb) -> int:
    """ "said on Tuesday they would leave": the time behind a verb of saying is that of the saying."""
    said = analysis.verb_before(index, analysis.document.sentence(verb.main))
    if said is None or said.last != index or said.lemma not in verb_table().uses.saying:
        return index
    first = index + (analysis.document.tokens[index].lower in grammar().prepositions)
    behind = first
    while behind < verb.first and behind in analysis.time_tokens:
        behind += 1
    return behind if behind > first and behind < verb.first else index


def direct_subject(analysis: Analysis, verb: Verb) -> int | None:
    """ "X holding talks", as captions have it: the name right before a gerund."""
    named = analysis.references.at(verb.first - 1) if verb.first else None
    sentence = analysis.document.sentence(verb.main)
    if verb.form != "gerund" or named is None or named.adjective or named.range.first < sentence.first:
        return None
    return max(sentence.first, analysis.introduction_of(named))


def _step(analysis: Analysis, index: int, lowest: int, verb: Verb) -> int | None:
    """One token or insertion further back; None where the subject begins here."""
    token = analysis.document.tokens[index - 1]
    if token.lower not in _TURNING and analysis.verb_ending_at(index) is None:
        return index - 1
    if token.lower in _RELATIVES and not _bare(analysis, index, verb):
        near = analysis.verbs_in(Range(index, index + 4))
        goes_on = index - 1 > lowest and any(v.first == index for v in near)
        return index - 1 if goes_on else None
    if token.lower in _RELATIVES:
        return _antecedent(analysis, index - 1, lowest)
    if token.text in _ENDS and not _hyphen(analysis, index - 1):
        return None
    if token.text in _QUOTES:
        return index - 1 if verb.first - index < 4 or index - 1 == lowest else None
    if token.text == "," and analysis.document.tokens[index].lower in {"jr", "jr.", "sr", "sr."}:
        return index - 1
    if token.text == ",":
        return _past_insertion(analysis, index - 1, lowest, verb)
    if token.text == ")":
        return next((i for i in range(index - 2, max(lowest, index - 8), -1) if _is(analysis, i, "(")), None)
    if token.lower == "so" and analysis.document.tokens[index].lower == "far":
        return index - 1
    if token.lower == "than" and analysis.document.tokens[index - 2].lower in {"more", "less", "fewer"}:
        return max(lowest, index - 2)  # "more than 40,000 people"
    if token.lower in _SUBORDINATORS and not _timed(analysis, index):
        since = token.lower == "since" and index > lowest + 1
        helped = since and analysis.document.tokens[index - 2].lower in grammar().have
        return index - 1 if helped else None
    if token.lower in {"and", "or"} and (
        _bare(analysis, index, verb) or _joins_clauses(analysis, index - 1, lowest)
    ):
        return None
    inner = _inner_relative(analysis, index, lowest)
    if inner is not None:
        return inner
    if _announces(analysis, index):
        return None
    if _ends_verb(analysis, index) and not (
        _adjectival(analysis, index, verb) or _reduced(analysis, index, verb)
    ):
        return None
    return index - 1


def _bare(analysis: Analysis, index: int, verb: Verb) -> bool:
    """ "which began": nothing between but adverbs, so that "which" is itself the subject."""
    empty = grammar().adverbs
    return all(
        token.lower in empty or token.lower.endswith("ly") or token.index in analysis.time_tokens
        for token in analysis.document.tokens[index : verb.first]
    )


def _adjectival(analysis: Analysis, index: int, verb: Verb) -> bool:
    """ "the M23 armed group launched": a participle before the noun that is the subject."""
    before = analysis.verb_before(index, analysis.document.sentence(index - 1))
    if before is None or before.first != before.main or before.lemma in verb_table().stances:
        return False
    between = analysis.document.tokens[index : verb.first]
    ed = analysis.document.tokens[before.main].lower.endswith("ed")
    return ed and 0 < len(between) <= 2 and all(t.text.islower() and t.text.isalpha() for t in between)


def _reduced(analysis: Analysis, index: int, verb: Verb) -> bool:
    """ "the delegation composed of officials arrived": a participle behind the noun that is the subject."""
    tokens = analysis.document.tokens
    before = analysis.verb_before(index, analysis.document.sentence(index - 1))
    if before is None or before.first != before.main:
        return False
    if before.lemma in verb_table().stances and (before.lemma, tokens[index].lower) not in _SAID_OF:
        return False
    past = "participle" in verb_table().forms[tokens[before.main].lower][1]
    return past and index < verb.first and tokens[index].lower in _BEHIND_PARTICIPLES


def _inner_relative(analysis: Analysis, index: int, lowest: int) -> int | None:
    """ "the clashes that erupted last month killed": over the relative clause to the noun before it."""
    before = analysis.verb_ending_at(index)
    if before is None or before.first <= lowest + 1:
        return None
    relative = analysis.document.tokens[before.first - 1].lower
    return before.first - 1 if relative in {"that", "which", "who"} and index > lowest else None


def _is(analysis: Analysis, index: int, text: str) -> bool:
    return analysis.document.tokens[index].text == text


def _timed(analysis: Analysis, index: int) -> bool:
    return any(i in analysis.time_tokens for i in range(index, index + 2))


def _hyphen(analysis: Analysis, index: int) -> bool:
    tokens = analysis.document.tokens
    return index > 0 and tokens[index - 1].end == tokens[index].start and tokens[index].text in {"–", "—"}


def _ends_verb(analysis: Analysis, index: int) -> bool:
    verb = analysis.verb_ending_at(index)
    if verb is None or verb.form not in {"finite", "passive"}:
        return False
    return verb.first < verb.main or analysis.document.tokens[verb.main].lower not in _BLOWS


def _announces(analysis: Analysis, index: int) -> bool:
    """ "by announcing X would send": what somebody says begins behind the gerund."""
    verb = analysis.verb_before(index, analysis.document.sentence(index - 1))
    return (
        verb is not None
        and verb.last == index
        and verb.form == "gerund"
        and verb.lemma in verb_table().stances
    )


def _joins_clauses(analysis: Analysis, index: int, lowest: int) -> bool:
    """ "X met Y and Z left": behind a finite verb that does not report, "and" opens a new clause."""
    verb = analysis.verb_before(index, Range(lowest, index))
    while verb and verb.form not in {"finite", "passive"}:
        verb = analysis.verb_before(verb.first, Range(lowest, index))
    if verb is None or verb.lemma in verb_table().stances:
        return False
    between = analysis.document.lowers(Range(verb.last, index))
    return not ({",", "that"} | _SUBORDINATORS) & set(between)


def _past_insertion(analysis: Analysis, comma: int, lowest: int, verb: Verb) -> int | None:
    """Over "X, the president of Y, met" and "A, B and C met"; None behind what opens a sentence."""
    tokens = analysis.document.tokens
    led = tokens[lowest].lower if tokens[lowest].text.isalpha() else ""
    led = tokens[lowest + 1].lower if led in {"but", "and", "yet"} else led
    if led in _AMID:
        return None  # "with soldiers dying, X withdrew"
    before = analysis.references.at(comma - 1) if comma else None
    listed = analysis.references.at(min(comma + 1, len(tokens) - 1))
    words = analysis.document.lowers(Range(comma + 1, verb.first))
    if before and listed and {"and", "&"} & set(words):
        return comma
    if comma in analysis.time_tokens:
        return comma
    for index in range(comma - 1, max(lowest, comma - _LONGEST_INSERTION), -1):
        if tokens[index].text == ",":
            inside = analysis.verbs_in(Range(index + 1, comma))
            clause = any(v.form in {"finite", "passive"} for v in inside)
            relative = tokens[index + 1].lower in {"which", "who", "whose"}
            return index if relative or not clause else None
        if tokens[index].text in _ENDS:
            return None
    opened = Range(lowest, comma)
    timed, length = sum(i in analysis.time_tokens for i in range(lowest, comma)), comma - lowest
    only_time = length <= 8 and timed > 0 and timed * 2 > length - 2  # no "In a speech late on Monday,"
    return comma if only_time and not analysis.verbs_in(opened) and not before else None


def _antecedent(analysis: Analysis, relative: int, lowest: int) -> int | None:
    """Over "which" to the noun that it refers to; None where it opens a clause of reported words."""
    tokens = analysis.document.tokens
    end = relative - 1 if relative > lowest and tokens[relative - 1].text == "," else relative
    if end <= lowest or _ends_verb(analysis, end) or (tokens[relative].lower == "that" and end < relative):
        return None
    named = analysis.references.at(end - 1)
    if named:
        return max(lowest, analysis.introduction_of(named))
    noun = tokens[end - 1]
    plain = noun.text.isalpha() and noun.lower not in grammar().function_words
    return max(lowest, phrase_start(analysis, end - 1)) if plain else None


def _trimmed(analysis: Analysis, index: int, last: int) -> int:
    """Without conjunctions, adverbs and marks before the subject."""
    tokens = analysis.document.tokens
    while index < last and (tokens[index].lower in _EMPTY or tokens[index].text in _QUOTES):
        index += 1
    return index
