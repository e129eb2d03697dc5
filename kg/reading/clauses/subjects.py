"""Who does what in a clause: the noun phrase that a verb has as its subject, without a parser."""

from kg.reading.analysis import Analysis
from kg.reading.clauses.antecedents import antecedent, apposed, named_last
from kg.reading.clauses.boundaries import clause_start
from kg.reading.clauses.heads import EMPTY, head_phrase
from kg.reading.clauses.insertions import (
    after_comma,
    before_insertion,
    before_times,
    described_first,
    passed,
    who_is,
)
from kg.reading.clauses.phrases import NOMINATIVE, Phrase, phrase_at, phrase_start
from kg.reading.clauses.reduced import described_by_clause, person_right_before
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.grammar import grammar
from kg.reading.words.nouns import noun_table
from kg.reading.words.speech import voice_words
from kg.reading.words.verbs import verb_table

_LONGEST_COMPANY = 14  # tokens between "with" and the gerund
_OPENERS = frozenset({"in", "by", "while", "after", "when", "upon", "before", "without", "despite"})

_CLAUSE_OPENERS = frozenset({"while", "although", "though", "as", "after", "when", "if", "because", "since"})
_GOING_ON = frozenset({"and", "but", "then"})
_JOINING = frozenset({"but", "and", "yet"})
_ADJECTIVAL = ("al", "ic", "ive", "ous", "ary", "ory", "ful", "ble", "less", "ern", "ish")
_CLOSED = grammar().closed | {"and", "or", "but"}
_OTHERS = frozenset({"some", "other", "others", "several", "many", "its", "their", "her", "his"})
_CALLERS = 3  # tokens of whoever calls something so: "what the ministry calls"


def subject_of(analysis: Analysis, verb: Verb, within: Range | None = None) -> Phrase | None:
    """The subject of a verb; None where `within` (the sentence, if not given) holds none.

    A gerund or a second verb takes the subject of the verb before it.
    """
    within = within or analysis.document.sentence(verb.main)
    coming = coming_subject(analysis, verb, within) or _pronoun(analysis, verb, within)
    if coming:
        return coming
    named = described_first(analysis, verb, within)
    if named:
        return Phrase(named.range, (named,), named.range.last - 1)
    accompanying = _accompanying(analysis, verb, within) if verb.form == "gerund" else None
    if accompanying:
        return accompanying
    each = verb.first - 2 > within.first and analysis.document.tokens[verb.first - 1].lower == "each"
    if verb.form == "gerund" and verb.first > within.first and after_comma(analysis, verb.first - each):
        return _inserted_subject(analysis, verb, within) or _main_subject(analysis, verb, within)
    beside = _gerund_before(analysis, verb, within) if verb.form == "gerund" else None
    if beside:
        return subject_of(analysis, beside, within)
    having = analysis.document.tokens[verb.first].lower == "having"  # "despite having abandoned talks"
    noun = _noun_before(analysis, verb, within) if verb.form == "gerund" and not having else None
    if noun:
        return noun
    if having or verb.form in {"gerund", "participle", "infinitive"}:
        return _shared_subject(analysis, verb, within)
    end = before_insertion(analysis, before_times(analysis, verb.first, within), within)
    if end - 2 > within.first and analysis.document.tokens[end - 1].lower == "both":
        end -= 1  # "X and Y both deny"
    start = clause_start(analysis, end, within, verb.main)
    phrase = head_phrase(analysis, Range(start, end))
    if phrase and not phrase.references:
        phrase = _beside_named(analysis, phrase, within)
    if phrase:
        return apposed(analysis, phrase, within, {"a", "an"}) or named_last(analysis, phrase, end) or phrase
    if start > within.first and analysis.document.tokens[start - 1].lower in grammar().relatives:
        return antecedent(analysis, start - 1, within)
    return (
        _opening(analysis, verb, within)
        or described_by_clause(analysis, start, end, within)
        or person_right_before(analysis, end, within)
        or _shared_subject(analysis, verb, within)
    )


def _beside_named(analysis: Analysis, phrase: Phrase, within: Range) -> Phrase:
    """ "Kenya and some other states", "Kenya and its allies": Kenya, where the sentence opens so."""
    tokens, first = analysis.document.tokens, phrase.range.first
    if first - 2 < within.first or tokens[first - 1].lower != "and":
        return phrase
    if tokens[first].lower not in _OTHERS and tokens[first + 1].lower not in _OTHERS:
        return phrase
    named = phrase_at(analysis, within.first, first - 1)
    if named is None or not named.references or named.range.last != first - 1:
        return phrase
    return Phrase(Range(named.range.first, phrase.range.last), named.references, named.head)


def _opening(analysis: Analysis, verb: Verb, within: Range) -> Phrase | None:
    """ "X, 29, of Y, Z, says": whoever opens the sentence, parted from the verb by insertions."""
    tokens = analysis.document.tokens
    if verb.first - 1 <= within.first or tokens[verb.first - 1].text != ",":
        return None
    first = within.first
    while first < verb.first and tokens[first].lower in _JOINING:
        first += 1
    phrase = phrase_at(analysis, first, verb.first)
    if phrase is None or phrase.range.last >= verb.first - 1 or tokens[phrase.range.last].text != ",":
        return None
    return (
        phrase if tokens[phrase.range.first].text[0].isupper() and tokens[first].lower not in EMPTY else None
    )


def _gerund_before(analysis: Analysis, verb: Verb, within: Range) -> Verb | None:
    """ "…, saying that it was hit, and blaming Y": the gerund behind a comma that "and" goes on with."""
    tokens = analysis.document.tokens
    opener = tokens[verb.first - 1].lower if verb.first > within.first else ""
    if opener not in {"and", "but"} or verb.lemma not in verb_table().stances:
        return None
    for before in reversed(list(analysis.verbs_in(Range(within.first, verb.first)))):
        each = tokens[before.first - 1].lower == "each"
        if before.form == "gerund" and before.lemma in verb_table().stances:
            if before.first - 1 <= within.first:
                return None
            opening = tokens[before.first - 1 - each]
            apart = opening.text == "," or opening.lower in grammar().document_nouns
            return before if apart else None
    return None


def _pronoun(analysis: Analysis, verb: Verb, within: Range) -> Phrase | None:
    """ "a tie he said was broken": the pronoun right before the verb, whatever stands before that."""
    if verb.first <= within.first or verb.form not in {"finite", "passive"}:
        return None
    pronoun = analysis.document.tokens[verb.first - 1].lower in NOMINATIVE
    return phrase_at(analysis, verb.first - 1, verb.first) if pronoun else None


def _accompanying(analysis: Analysis, verb: Verb, within: Range) -> Phrase | None:
    """ "…, with the army saying that": the noun phrase between "with" and the gerund."""
    tokens = analysis.document.tokens
    for index in range(verb.first - 1, max(within.first, verb.first - _LONGEST_COMPANY) - 1, -1):
        if tokens[index].lower == "with":
            if tokens[verb.first - 1].text == "," and tokens[index - 1].lower not in {",", "and"}:
                return None
            end = verb.first - 1 if tokens[verb.first - 1].text == "," else verb.first
            phrase = _with_of(analysis, phrase_at(analysis, index + 1, verb.first), verb.first)
            last = analysis.references.at(end - 1)
            if last and last.type == "Person" and last.range.last == end:
                return Phrase(last.range, (last,), end - 1)
            return phrase if phrase and phrase.range.last == end else None
        if tokens[index].text in {";", ":", "."}:
            return None
    return None


def _with_of(analysis: Analysis, phrase: Phrase | None, last: int) -> Phrase | None:
    """ "growing numbers of states": up to what "of" adds."""
    end = phrase.range.last if phrase else last
    if phrase is None or end >= last or analysis.document.tokens[end].lower != "of":
        return phrase
    inner = phrase_at(analysis, end + 1, last)
    return Phrase(Range(phrase.range.first, inner.range.last), (), inner.head) if inner else phrase


def _noun_before(analysis: Analysis, verb: Verb, within: Range) -> Phrase | None:
    """ "a letter saying", "protesters demanding": the noun phrase right before a gerund."""
    before = analysis.document.tokens[verb.first - 1] if verb.first > within.first else None
    if before is None or not before.text[0].isalnum() or before.lower in _CLOSED:
        return None
    if analysis.verb_ending_at(verb.first) or verb.first - 1 in analysis.time_tokens:
        return None
    if grammar().is_adverb(before.lower) or before.lower.endswith(_ADJECTIVAL):
        return None
    if before.lower in noun_table().speech.occasions | grammar().document_nouns:
        return None  # "issued a statement saying": whoever issued it
    start = max(within.first, phrase_start(analysis, verb.first - 1))
    if verb.lemma in verb_table().uses.saying and _is_there(analysis, start, within):
        return None  # "told reporters in Accra adding that"
    phrase = phrase_at(analysis, start, verb.first)
    return phrase if phrase and phrase.range.last == verb.first else None


def _is_there(analysis: Analysis, index: int, within: Range) -> bool:
    """A place behind "in" or "at": nobody who speaks."""
    reference = analysis.references.at(index)
    located = index > within.first and analysis.document.tokens[index - 1].lower in {"in", "at"}
    return located and reference is not None and reference.type in {"Place", "State"}


def coming_subject(analysis: Analysis, verb: Verb, within: Range) -> Phrase | None:
    """ "Accusing Y of Z, X said …", "In announcing that …, X …": a gerund that opens the sentence."""
    opener = analysis.document.tokens[within.first].lower
    opens = verb.first == within.first or (verb.first == within.first + 1 and opener in _OPENERS)
    if verb.form != "gerund" or not opens:
        return None
    tokens = analysis.document.tokens
    for main in analysis.verbs_in(Range(verb.last, within.last)):
        if main.form in {"finite", "passive"} and not analysis.document.quote_around(main.main):
            subject = subject_of(analysis, main, Range(verb.last, within.last))
            if subject and tokens[subject.range.first - 1].text == ",":
                return subject
    return None


def _inserted_subject(analysis: Analysis, verb: Verb, within: Range) -> Phrase | None:
    """ "the operation, displacing thousands, had led": a gerund between commas goes with the verb after."""
    tokens = analysis.document.tokens
    comma = next((i for i in range(verb.last, within.last) if tokens[i].text == ","), within.last)
    following = analysis.verbs_in(Range(comma + 1, min(comma + 4, within.last)))
    if following and following[0].first == comma + 1 and following[0].form in {"finite", "passive"}:
        return subject_of(analysis, following[0], within)
    return None


def _main_subject(analysis: Analysis, verb: Verb, within: Range) -> Phrase | None:
    """ "X said …, adding": the subject of the sentence's first finite verb outside quotations.

    Behind "…, X said, adding" it is that of the verb before the comma.
    """
    before = analysis.verb_before(verb.first, within)
    told = before and before.lemma in verb_table().stances
    if before and told and before.form == "finite" and _beside(analysis, before.last, verb.first - 1):
        return subject_of(analysis, before, within)
    quote = analysis.document.quote_around(verb.main)
    mains = [
        main
        for main in analysis.verbs_in(Range(_main_clause(analysis, within, verb.first), verb.first))
        if main.form in {"finite", "passive"} and analysis.document.quote_around(main.main) == quote
    ]
    stances = verb_table().stances
    acts = verb.lemma not in stances and len(mains) > 1 and mains[0].lemma in stances
    main = mains[1] if acts else next(iter(mains), None)  # "X claimed that Y opened fire, hitting Z"
    if main is None:
        return _opening_name(analysis, verb, within) if quote is None else None
    return _behind(analysis, main, verb.first) or subject_of(analysis, main, within)


def _opening_name(analysis: Analysis, verb: Verb, within: Range) -> Phrase | None:
    """ "Berg deflected it, saying": who is named first, where no table lists the verb."""
    if verb.lemma not in verb_table().stances:
        return None
    phrase = head_phrase(analysis, Range(within.first, verb.first))
    if phrase and phrase.references:
        return phrase
    named = analysis.references.at(phrase.range.first) if phrase else None
    person = named is not None and named.type == "Person"  # "Berg deflected", as if one noun
    return Phrase(named.range, (named,), named.range.last - 1) if named and person else None


def _main_clause(analysis: Analysis, within: Range, last: int) -> int:
    """Behind the comma of a clause that opens the sentence: "While nobody was hurt, X …, accusing Y"."""
    document = analysis.document
    if document.tokens[within.first].lower not in _CLAUSE_OPENERS:
        return within.first
    comma = next((i for i in range(within.first, last) if document.tokens[i].text == ","), last)
    finite = {"finite", "passive"}
    told = [v for v in analysis.verbs_in(Range(comma, last)) if v.form in finite]
    opened = any(v.form in finite for v in analysis.verbs_in(Range(within.first, comma)))
    return comma + 1 if told and opened else within.first


def _beside(analysis: Analysis, first: int, last: int) -> bool:
    """Nothing but a time between two tokens: "X said on Monday, adding"."""
    tokens = analysis.document.tokens
    return all(i in analysis.time_tokens or tokens[i].lower in {"on", "in"} for i in range(first, last))


def _behind(analysis: Analysis, main: Verb, last: int) -> Phrase | None:
    """`"…," said X, adding`: the subject stands behind a verb that follows a quotation."""
    after = main.first - 1
    said = analysis.document.tokens[after].text == "," and main.lemma in voice_words().inverting
    if not (said or after in analysis.document.quote_marks) or main.lemma not in verb_table().stances:
        return None
    phrase = phrase_at(analysis, main.last, last)
    if phrase is None or phrase.range.last >= last:
        return None
    return phrase if analysis.document.tokens[phrase.range.last].text == "," else None


def _shared_subject(analysis: Analysis, verb: Verb, within: Range) -> Phrase | None:
    told = _told_before(analysis, verb, within)
    if told:
        return subject_of(analysis, told, within)
    before = analysis.verb_before(verb.first, within)
    while before and (before.form not in {"finite", "passive"} or _framing(analysis, before)):
        before = analysis.verb_before(before.first, within)
    between = Range(before.last if before else within.first, verb.first)
    relative = who_is(analysis, between)
    person = antecedent(analysis, relative, within) if relative is not None else None
    if person and person.references:
        return person
    if before:
        return subject_of(analysis, before, within) or _behind(analysis, before, verb.first)
    return _opening_subject(analysis, verb, within)


def _opening_subject(analysis: Analysis, verb: Verb, within: Range) -> Phrase | None:
    """ "X holds a city and has attacked Y": what the sentence begins with, where "and" goes on with it."""
    tokens, index = analysis.document.tokens, verb.first
    while index > within.first and passed(tokens[index - 1].lower):
        index -= 1
    goes_on = index > within.first and tokens[index - 1].lower in _GOING_ON
    phrase = head_phrase(analysis, Range(within.first, index - 1)) if goes_on else None
    return phrase if phrase and phrase.references and phrase.range.last < index - 1 else None


def _told_before(analysis: Analysis, verb: Verb, within: Range) -> Verb | None:
    """ "X said that Y would go, and warned": whoever said the one said the other; None for any other verb."""
    saying, opener = verb_table().uses.saying, analysis.document.tokens[verb.first - 1].lower
    if verb.lemma not in saying or verb.form != "finite" or opener not in {"and", "but"}:
        return None
    for main in analysis.verbs_in(Range(within.first, verb.first)):
        if (
            main.lemma in verb_table().stances
            and main.form == "finite"
            and not analysis.document.quote_around(main.main)
        ):
            return main if main.first > within.first else None
    return None


def _framing(analysis: Analysis, verb: Verb) -> bool:
    """ "X launched what Y calls an operation and took Z": X took it."""
    return "what" in analysis.document.lowers(Range(max(0, verb.first - _CALLERS), verb.first))
