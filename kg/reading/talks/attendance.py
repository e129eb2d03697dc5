"""Who sits down to talks: the subject of the verb that holds them, or of one that goes somewhere for them."""

from kg.reading.analysis import Analysis
from kg.reading.clauses.subjects import subject_of
from kg.reading.names.references import Reference
from kg.reading.talks.sides import bodies_of, joined_start, listed_at
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.grammar import grammar
from kg.reading.words.nouns import noun_table
from kg.reading.words.verbs import verb_table

_GAP = 6  # words between "hold" and "a further round of talks"
_MARKS = frozenset({"for", "in", "to", "at", "from", "after", "following", "during"})
_AFTER = frozenset({"after", "following", "in", "at", "during"})
_MEASURES = frozenset({"days", "weeks", "months", "years", "hours", "rounds"})
_AGREEING = frozenset({"agree", "plan", "prepare", "decide", "begin", "start", "continue"})
_OUT = frozenset({"pull out", "walk out", "drop out", "back out"})
_WAY = 14  # words between "arrived" and "for talks"


def attending(analysis: Analysis, first: int) -> tuple[Reference, ...]:
    """Who holds the talks whose phrase begins here, comes to them, or is in them."""
    sentence = analysis.document.sentence(first)
    verb = _governing(analysis, _verb(analysis, first, sentence), sentence)
    subject = subject_of(analysis, verb, sentence) if verb else None
    pronouns = grammar().pronouns_thing | grammar().pronouns_person | grammar().pronouns_plural
    if verb is None or subject is None:
        return ()
    if analysis.document.tokens[verb.first - 1].lower in pronouns:
        return _leader(analysis, subject.references)
    start = joined_start(analysis, subject.range.first, sentence)
    named = listed_at(analysis, start, verb.first)[0] if start < verb.first else ()
    if subject.references or named:
        told = named if len(named) > len(subject.references) else subject.references
        return tuple(r for r in told if r.form != "pronoun")
    after = subject.range.last
    if after < sentence.last and analysis.document.tokens[after].lower in {"of", "from"}:
        return listed_at(analysis, after + 1, sentence.last)[0]
    return ()


def _governing(analysis: Analysis, verb: Verb | None, sentence: Range) -> Verb | None:
    """ "agreed to meet for talks": who agreed is who meets."""
    if verb is None or verb.form != "infinitive":
        return verb
    before = analysis.verb_before(verb.first, sentence)
    joined = before is not None and before.last == verb.first and before.lemma in _AGREEING
    return before if joined and before and not before.negated else verb


def _leader(analysis: Analysis, references: tuple[Reference, ...]) -> tuple[Reference, ...]:
    """ "he cancelled talks with X": who that is, if he speaks for a body; "they" may be anybody."""
    one = references[0] if len(references) == 1 and references[0].type == "Person" else None
    return (one,) if one and bodies_of(analysis, (one,)) != (one.key,) else ()


def _verb(analysis: Analysis, first: int, sentence: Range) -> Verb | None:
    """ "hold talks", "arrived in Doha for talks", "has been in talks"."""
    tokens, uses = analysis.document.tokens, verb_table().uses
    own = analysis.verb_at(first - 1) if first > sentence.first else None
    if own and own.last > first and own.lemma in uses.sitting:
        return own  # "hold talks" is one verb
    verb = analysis.verb_before(first, sentence)
    if verb and first - verb.last <= _GAP and verb.lemma in uses.sitting:
        return verb
    mark = _past_measure(analysis, first - 1)
    out = verb is not None and verb.lemma in _OUT and mark == verb.last and tokens[mark].lower == "of"
    if verb and out:
        return verb  # "pulled out of planned peace talks with X"
    if mark <= sentence.first or tokens[mark].lower not in _MARKS:
        return None
    measured = mark < first - 1  # "failed again after two days of talks"
    if verb and (measured or verb.lemma in uses.concluding) and first - verb.last <= _WAY:
        return verb if tokens[mark].lower in _AFTER else None
    if tokens[mark].lower == "in" and tokens[mark - 1].lower in grammar().be:
        return Verb("be", mark - 1, _helpers(analysis, mark - 1, sentence), mark, "finite", False, "")
    if verb is None or verb.lemma not in uses.coming or first - verb.last > _WAY:
        return None
    between = analysis.document.lowers(Range(verb.last, mark))
    return None if {",", ";", ":"}.intersection(between) else verb


def _past_measure(analysis: Analysis, index: int) -> int:
    """Before "months of"."""
    tokens = analysis.document.tokens
    measured = index > 1 and tokens[index].lower == "of" and tokens[index - 1].lower in _MEASURES
    if not measured:
        return index
    counted = tokens[index - 2].lower in grammar().determiners or index - 2 in analysis.time_tokens
    numeral = tokens[index - 2].lower in noun_table().talks.numerals or tokens[index - 2].text.isdigit()
    return index - 3 if counted or numeral else index - 2


def _helpers(analysis: Analysis, index: int, sentence: Range) -> int:
    """Where the helpers before "been" begin."""
    while index > sentence.first and analysis.document.tokens[index - 1].lower in grammar().helpers:
        index -= 1
    return index
