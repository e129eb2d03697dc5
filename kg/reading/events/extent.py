"""Which words tell of an event: the clause of its verb, or its noun with all that belongs to it."""

from kg.reading.analysis import Analysis, once
from kg.reading.clauses.phrases import Phrase
from kg.reading.events.clause_ends import clause_stop
from kg.reading.events.openings import direct_subject, opening
from kg.reading.text.marks import CLOSING_QUOTES, QUOTES
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.events import event_table
from kg.reading.words.grammar import grammar
from kg.reading.words.verbs import verb_table

_NO_NOUN = grammar().closed | {
    "close",
    "closer",
    "deep",
    "near",
    "nearer",
    "opposite",
    "abroad",
    "home",
    "overseas",
    "ahead",
    "go",  # "let the hostages go"
    "hours",  # "left the talks hours before"
    "days",
    "weeks",
    "due",
    "set",
    "held",
    "led",
    "planned",
    "late",
    "early",
    "last",
    "next",
    "more",
    "less",
}
_FOUGHT = frozenset({"fighting", "shelling", "bombing"})
_ENDURING = frozenset({"of", "by", "in", "amid", "during", "after", "despite", "from", "through"})
_BEHIND_FIGHTING = frozenset({"in", "between", "around", "near", "across", "with", "and", "on", "over", "at"})
_NO_QUALIFIER = grammar().closed | {"while", "not"}
_DANGLING = grammar().prepositions | {"and", "or", ",", ";", ":", "which", "who", "(", "also"}
_BY_THEMSELVES = frozenset({
    "erupt", "flare", "flare up", "break out", "occur", "happen", "take place", "kick off", "escalate",
})  # fmt: skip
_DONE_TO = frozenset({"impose", "provide", "give", "offer"})  # behind sanctions, aid and support
_BEHIND = frozenset(
    {"by", "on", "in", "from", "at", "between", "against", "to", "towards", "toward", "into", "near"}
)
_BEFORE_TIME = grammar().prepositions | grammar().determiners | {","}
_LONGEST_OPENING = 14  # tokens of a time that opens the sentence


def clause(analysis: Analysis, verb: Verb, subject: Phrase | None) -> Range:
    """From the verb's own subject, or the time that opens the sentence, to the end of its clause."""
    sentence = analysis.document.sentence(verb.main)
    first = verb.first
    if verb.form in {"finite", "passive"}:
        first = opening(analysis, verb)
    elif (named := direct_subject(analysis, verb)) is not None:
        first = named
    elif subject and owns(analysis, subject, verb) and not _participial(subject, verb):
        first = _with_opening(analysis, subject.range.first, sentence)
    return tidied(analysis, Range(first, max(verb.last, governed_stop(analysis, verb))))


@once
def governed_stop(analysis: Analysis, verb: Verb) -> int:
    """Where what a verb governs ends; also before the verb of the clause that it is part of."""
    sentence = analysis.document.sentence(verb.main)
    last = clause_stop(analysis, verb.last, sentence, verb.first)
    if verb.form == "passive" and _that(analysis, verb.last):
        return verb.last  # "a deal was announced that would end it"
    if verb.form in {"finite", "passive"}:
        if verb.last < last and analysis.document.tokens[verb.last].lower in grammar().predicating:
            return verb.last  # "the village that X shelled was empty"
        beside = verb.last
        while beside < last and _adverb(analysis, beside):
            beside += 1
        if any(
            v.first == beside and v.form == "finite" and not _qualifying(analysis, v)
            for v in analysis.verbs_in(Range(beside, beside + 2))
        ):
            return verb.last  # "the girls who were kidnapped told reporters"
    if participial(analysis, verb):
        return _before_predicate(analysis, Range(verb.last, last))
    if verb.form in {"infinitive", "gerund"}:
        for other in analysis.verbs_in(Range(verb.last, last)):
            if other.form in {"finite", "passive"} and opening(analysis, other) <= verb.first:
                return other.first
    return last


def participial(analysis: Analysis, verb: Verb) -> bool:
    """ "people jailed in X": a bare past participle, with a preposition or a time behind it."""
    tokens = analysis.document.tokens
    if verb.first != verb.main or verb.first == 0 or verb.negated or verb.last >= len(tokens):
        return False
    past = "participle" in verb_table().forms[tokens[verb.main].lower][1]
    led = tokens[verb.last].lower in _BEHIND or verb.last in analysis.time_tokens
    return past and led and verb.form in {"finite", "participle"}


def _before_predicate(analysis: Analysis, part: Range) -> int:
    """ "people jailed in X were freed": where the verb stands that has the whole phrase as its subject."""
    tokens = analysis.document.tokens
    ends = [
        v.first for v in analysis.verbs_in(part) if v.form in {"finite", "passive"} and v.first > part.first
    ]
    ends += [i for i in range(part.first, part.last) if tokens[i].text in grammar().predicating]  # no "May"
    return min(ends, default=part.last)


def _that(analysis: Analysis, index: int) -> bool:
    tokens = analysis.document.tokens
    return index < len(tokens) and tokens[index].lower == "that"


def _adverb(analysis: Analysis, index: int) -> bool:
    lower = analysis.document.tokens[index].lower
    return lower in grammar().adverbs or lower.endswith("ly")


def owns(analysis: Analysis, subject: Phrase, verb: Verb) -> bool:
    """Whether the subject stands before this verb with no other verb that it belongs to between."""
    if not subject.range.last <= verb.first:
        return False
    between = analysis.verbs_in(Range(subject.range.last, verb.first))
    return not any(other.form in {"finite", "passive"} for other in between)


def _participial(subject: Phrase, verb: Verb) -> bool:
    """ "the operation, displacing thousands", "accused X of attacking": the words begin at the gerund."""
    return verb.form == "gerund" and subject.range.last != verb.first


def _with_opening(analysis: Analysis, first: int, sentence: Range) -> int:
    """The first token of the sentence, if there is nothing but a time before the subject."""
    tokens = analysis.document.tokens
    before = range(sentence.first, first)
    timed = [i for i in before if i in analysis.time_tokens]
    plain = all(i in analysis.time_tokens or tokens[i].lower in _BEFORE_TIME for i in before)
    return sentence.first if timed and plain and len(before) <= _LONGEST_OPENING else first


def phrase_stop(analysis: Analysis, index: int, sentence: Range) -> int:
    """Where the noun at a token ends with all that belongs to it: before a verb or a further clause."""
    last = _phrase_marks(analysis, index, clause_stop(analysis, index + 1, sentence, index))
    for verb in analysis.verbs_in(Range(index + 1, last)):
        if _reduced(analysis, verb, index) or _qualifying(analysis, verb):
            continue
        if verb.form in {"finite", "passive"} or (verb.first == index + 1 and verb.form == "infinitive"):
            return min(last, verb.first)
    return last


def _qualifying(analysis: Analysis, verb: Verb) -> bool:
    """ "fighting between local armed groups"."""
    word = analysis.document.tokens[verb.main].lower
    return verb.first == verb.main and word in event_table().words.qualifying


def _phrase_marks(analysis: Analysis, index: int, last: int) -> int:
    """Before a helping verb, and before a further noun phrase: "the war and ways to end it"."""
    tokens, words = analysis.document.tokens, grammar()
    for at in range(index + 1, last):
        if tokens[at].lower in words.predicating or _another(analysis, index, at, last):
            return at
    return last


def _another(analysis: Analysis, index: int, at: int, last: int) -> bool:
    """Whether a noun phrase of its own begins at a token: behind "and", or with an article behind a noun."""
    tokens, words = analysis.document.tokens, grammar()
    before = tokens[at - 1]
    if tokens[at].lower in {"a", "an"}:
        plain = before.text.islower() and before.text.isalpha() and at > index + 1
        return plain and before.lower not in words.prepositions | words.closed | words.adverbs
    if tokens[at].lower != "and" or at + 1 >= last:
        return False
    if tokens[at + 1].lower in words.prepositions:
        return tokens[at + 1].lower not in analysis.document.lowers(Range(index, at))
    if before.index == index and tokens[at + 1].lower in {"the", "a", "an"}:
        return True  # "the invasion and the interest of"
    between = analysis.document.lowers(Range(index, at))
    if "between" in between and "and" not in between[between.index("between") :]:
        return False
    if _owned(analysis, at + 1, last):
        return before.index != index
    near = range(at + 1, min(at + 4, last))
    named = any(analysis.references.at(i) or analysis.introduced_at(i) or analysis.pair_at(i) for i in near)
    return not named and before.index != index and at + 1 not in analysis.time_tokens


def _owned(analysis: Analysis, index: int, last: int) -> bool:
    """ "and X's election": a name that owns what follows."""
    named = analysis.references.at(index)
    after = named.range.last if named else last
    return after < last and analysis.document.tokens[after].lower in grammar().possessive_marks


def _reduced(analysis: Analysis, verb: Verb, index: int) -> bool:
    """ "the talks held between X and Y in Z", "the deal signed in Z": a participle behind its noun."""
    tokens = analysis.document.tokens
    if verb.first != verb.main or verb.main > index + 3 or tokens[verb.main].lower.endswith("ing"):
        return False
    after = tokens[verb.last].lower if verb.last < len(tokens) else "."
    timed = verb.last in analysis.time_tokens
    led = tokens[verb.first - 1].lower in {"that", "which"}
    if verb.lemma in _BY_THEMSELVES and not led:
        return False  # "clashes erupted in X": a clause of its own
    done = verb.lemma in event_table().course.held | _DONE_TO
    return done and (after in grammar().prepositions or timed)


def qualifies(analysis: Analysis, index: int) -> bool:
    """ "peace talks delegation", "the meeting room": the noun only qualifies the next."""
    tokens = analysis.document.tokens
    if index + 1 >= analysis.document.sentence(index).last:
        return False
    after = tokens[index + 1]
    if after.text == "-" and after.start == tokens[index].end:
        return True
    plain = after.text.isalpha() and after.text.islower() and after.lower not in _NO_NOUN
    if not plain or after.lower.endswith(("ly", "ed", "ing", "wide")):
        return False
    timed = index + 1 in analysis.time_tokens or analysis.pair_at(index + 1) is not None
    verbs = analysis.verbs_in(Range(index + 1, index + 4))
    return not timed and not any(verb.first <= index + 1 for verb in verbs)


def nominal(analysis: Analysis, verb: Verb) -> bool:
    """ "a trilateral meeting", "heavy fighting": a noun of the table that looks like a gerund."""
    word = analysis.document.tokens[verb.main].lower
    if verb.form != "gerund" or word not in event_table().nouns or verb.first != verb.main:
        return False
    if verb.main - 1 in analysis.time_tokens:
        return True  # "their September 27 meeting"
    before = analysis.document.tokens[verb.main - 1] if verb.main else None
    if _complemented(analysis, verb) or _endured(analysis, verb, word):
        return True
    plain = before is not None and before.text.isalpha() and before.lower not in _NO_QUALIFIER
    verbal = analysis.verb_before(verb.main, analysis.document.sentence(verb.main))
    if verbal and verbal.last == verb.main and verbal.form == "participle":
        return True  # "an EU-brokered meeting"
    named = before is not None and analysis.references.at(before.index)
    return plain and not (verbal and verbal.last == verb.main) and (not named or named.adjective)


def _endured(analysis: Analysis, verb: Verb, word: str) -> bool:
    """ "hours of fighting", "displaced by shelling in X": no object follows that anybody would act on."""
    sentence, tokens = analysis.document.sentence(verb.main), analysis.document.tokens
    led = verb.main > sentence.first and tokens[verb.main - 1].lower in _ENDURING
    after = tokens[verb.last].lower if verb.last < sentence.last else "."
    return led and word in _FOUGHT and (after in _BEHIND_FIGHTING or not after.isalpha())


def _complemented(analysis: Analysis, verb: Verb) -> bool:
    """ "the signing of a treaty", "Fighting between X and Y erupted": no verb has these behind it."""
    sentence = analysis.document.sentence(verb.main)
    after = analysis.document.tokens[verb.last].lower if verb.last < sentence.last else ""
    if verb.main == sentence.first:
        return after in {"between", "in", "around", "near", "across"}
    return after in {"between", "of"}


def tidied(analysis: Analysis, part: Range) -> Range:
    """Without prepositions, conjunctions and marks that dangle at either end."""
    tokens = analysis.document.tokens
    first, last = part.first, part.last
    while last > first + 1 and (tokens[last - 1].lower in _DANGLING and last - 1 not in analysis.time_tokens):
        last -= 1
    while first < last - 1 and tokens[first].text in {",", ";", ":", "(", "•"}:
        first += 1
    while last - 1 > first and tokens[last - 1].text in {".", "“", "‘", "-"}:
        last -= 1
    if tokens[last - 1].text in CLOSING_QUOTES and last - 1 > first:
        opened = any(tokens[i].text in QUOTES for i in range(first, last - 1))
        last = last if opened else last - 1
    if last - 1 > first and tokens[last - 1].text == "." and tokens[last - 1].start == tokens[last - 2].end:
        last -= 1
    return Range(first, last)
