"""Whether a verb reports speech where it stands: no order, no supposition, nobody's deed told by others."""

import itertools

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase, phrase_at
from kg.reading.clauses.subjects import subject_of
from kg.reading.names.references import AGENTS
from kg.reading.speech.framing import quotes
from kg.reading.speech.led import leads_on, led_to
from kg.reading.speech.passive import agent_of, laid_at
from kg.reading.text.marks import CLOSING_QUOTES
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.grammar import grammar
from kg.reading.words.nouns import noun_table
from kg.reading.words.verbs import verb_table

_OWNING = grammar().possessive_marks | frozenset({"the", "a", "an", "its", "their", "our", "my"})
_HELD_OF = frozenset({"expect", "believe", "think", "suspect", "report", "allege", "estimate", "know", "say"})
_ENDS = CLOSING_QUOTES | {",", ";", ":"}
_OPENING = 6  # tokens of "according to …,"
_LONGEST_NEITHER = 8  # tokens of "neither X nor Y"
_NEAR_THAT = 6  # tokens


def reports(analysis: Analysis, verb: Verb, sentence: Range) -> bool:
    """A verb that reports speech here: not inside a quotation, with somebody who can speak."""
    if verb.lemma not in verb_table().stances:
        return False
    if analysis.document.quote_around(verb.main) and not _of_another(analysis, verb, sentence):
        return False
    if verb.form == "participle" or _before_noun(analysis, verb, sentence):
        return False
    if _as_told(analysis, verb, sentence) or leads_on(analysis, verb, sentence):
        return False
    if verb.form == "infinitive" and led_to(analysis, verb, sentence) is None:
        return False
    if _is_told_to(analysis, verb, sentence) or _by_nobody(analysis, verb, sentence):
        return False
    if not _with_that(analysis, verb, sentence) or _governed(analysis, verb, sentence):
        return False
    if _is_deed(analysis, verb, sentence):
        return False
    if verb.form == "passive" and not _told_in_passive(analysis, verb, sentence):
        return False
    if verb.negated and _leaves_open(analysis, verb, sentence):
        return True
    if verb.modality != "asserted" and not _no_more_than(analysis, verb):
        return False  # "will announce", "could demand": nobody has yet
    if _supposed(analysis, verb, sentence) or (verb.negated and _asks(analysis, verb, sentence)):
        return False
    uses = verb_table().uses
    return not verb.negated or verb.lemma in uses.said_not or verb.lemma in uses.withholding


def _by_nobody(analysis: Analysis, verb: Verb, sentence: Range) -> bool:
    """ "nobody said that", "no one has said", "neither X nor Y said"."""
    first = max(sentence.first, verb.first - _LONGEST_NEITHER)
    words = analysis.document.lowers(Range(first, verb.first))
    if words[-1:] == ["nobody"] or words[-2:] == ["no", "one"]:
        return True
    return "neither" in words and "nor" in words[words.index("neither") :] and not verb.negated


def _is_deed(analysis: Analysis, verb: Verb, sentence: Range) -> bool:
    """What somebody did rather than said: "sought to open the gate", "backed the rebels"."""
    tokens, uses = analysis.document.tokens, verb_table().uses
    near = analysis.document.lowers(Range(verb.last, min(verb.last + _NEAR_THAT, sentence.last)))
    past = verb_table().forms.get(tokens[verb.main].lower, ("", frozenset()))[1] & {"past", "participle"}
    if past and verb.lemma in uses.deeds_in_the_past and verb.form == "finite":
        return near[:1] == ["to"] if verb.lemma == "seek" else _sided(analysis, verb.last, sentence)
    if verb.lemma == "appeal to":
        measured = tokens[verb.first - 1].lower in {"less", "more"}  # "less appealing to"
        return measured or not noun_table().speech.courts.isdisjoint(near)
    return verb.lemma == "suspect" and verb.form == "finite" and near[:1] == ["of"]


def _sided(analysis: Analysis, start: int, sentence: Range) -> bool:
    """Whether a side or its forces stand here: "the rebels", "Kenya's troops"; no "Kenya's right"."""
    phrase = phrase_at(analysis, start, sentence.last) if start < sentence.last else None
    if phrase is None:
        return False
    fighting = analysis.document.tokens[phrase.head].lower in noun_table().speech.speakers
    actors = (r for r in phrase.references if r.type in AGENTS)
    return fighting or (phrase.possessor is None and any(actors)) or _commands(analysis, phrase)


def _commands(analysis: Analysis, phrase: Phrase) -> bool:
    return analysis.document.tokens[phrase.head].lower in grammar().official_nouns


def _of_another(analysis: Analysis, verb: Verb, sentence: Range) -> bool:
    """ "Mr. Berg condemned the raid," she said: a quotation that tells what somebody named has said."""
    subject = subject_of(analysis, verb, sentence) if verb.form == "finite" else None
    if subject is None or not subject.references:
        return False
    one = subject.references[0]
    named = one.type == "Person" and one.form not in {"pronoun", "description"}
    inside = analysis.document.quote_around(subject.head) == analysis.document.quote_around(verb.main)
    return inside and (named or len(subject.references) > 1)


def _before_noun(analysis: Analysis, verb: Verb, sentence: Range) -> bool:
    """ "the suspected rebels", "its estimated cost", "the initial offering of shares": no verb."""
    tokens = analysis.document.tokens
    if verb.first != verb.main or verb.form not in {"finite", "gerund"}:
        return False
    if verb.form == "gerund" and verb.last < sentence.last and tokens[verb.last].lower == "of":
        return " " not in verb.lemma
    index = verb.first - 1
    while index > sentence.first and tokens[index].lower.endswith("ly"):
        index -= 1
    return index >= sentence.first and tokens[index].lower in _OWNING


def _leaves_open(analysis: Analysis, verb: Verb, sentence: Range) -> bool:
    """ "could not say whether", "did not specify if": a question that whoever speaks does not answer."""
    following = analysis.document.tokens[verb.last].lower if verb.last < sentence.last else ""
    return verb.lemma in verb_table().uses.leaving_open and following in {"whether", "if"}


def _no_more_than(analysis: Analysis, verb: Verb) -> bool:
    """ "would only say that": that was said."""
    return analysis.document.lowers(Range(verb.first, verb.main)) == ["would", "only"]


def _told_in_passive(analysis: Analysis, verb: Verb, sentence: Range) -> bool:
    """A passive with its agent, or with what is laid at somebody's door."""
    return (
        quotes(analysis, verb, sentence)
        or bool(laid_at(analysis, verb, sentence))
        or agent_of(analysis, verb, sentence) is not None
    )


def _is_told_to(analysis: Analysis, verb: Verb, sentence: Range) -> bool:
    """ "Minister urged to raise pay", "members expected to meet": a passive without its helper."""
    following = analysis.document.tokens[verb.last].lower if verb.last < sentence.last else ""
    ordered = verb.lemma in _HELD_OF or verb.lemma in verb_table().uses.ordering
    return (
        ordered
        and following == "to"
        and verb.form == "finite"
        and verb.first == verb.main
        and (analysis.document.tokens[verb.main].lower.endswith("ed"))
    )


def _governed(analysis: Analysis, verb: Verb, sentence: Range) -> bool:
    """ "accused of backing rebels", "kept from saying": a deed that somebody else tells of."""
    if verb.form != "gerund" or verb.first == sentence.first:
        return False
    words = analysis.document.lowers(Range(max(sentence.first, verb.first - 3), verb.first))
    again = words[-1] in {"or", "and"} and "without" in words  # "without confirming or denying"
    return again or words[-1] in {"of", "from", "without", "against"}


def _with_that(analysis: Analysis, verb: Verb, sentence: Range) -> bool:
    """ "shows that", "found, in May, that"; true of any verb that can do without."""
    uses = verb_table().uses
    if verb.lemma not in uses.needing_that or (verb.negated and verb.lemma in uses.withholding):
        return True
    near = Range(verb.last, min(verb.last + _NEAR_THAT, sentence.last))
    words = analysis.document.lowers(near)
    if verb.lemma == "consider":
        wider = analysis.document.lowers(Range(verb.last, min(verb.last + 2 * _NEAR_THAT, sentence.last)))
        return "that" in words or ("to", "be") in itertools.pairwise(wider)
    return "that" in words or words[:1] == ["."]  # "…, they found."


def _as_told(analysis: Analysis, verb: Verb, sentence: Range) -> bool:
    """ "as outlined in the treaty", "according to UN reports, …": nobody's words by this verb."""
    tokens = analysis.document.tokens
    before = tokens[verb.first - 1].lower if verb.first > sentence.first else ""
    opens = tokens[sentence.first].lower == "according" and verb.first <= sentence.first + _OPENING
    sourced = opens and verb.last < sentence.last and tokens[verb.last].text == ","
    return verb.form == "finite" and (before == "as" or sourced)


def _asks(analysis: Analysis, verb: Verb, sentence: Range) -> bool:
    """ "did not say when": what follows was not said."""
    following = analysis.document.tokens[verb.last].lower if verb.last < sentence.last else ""
    return following in grammar().question_words


def _supposed(analysis: Analysis, verb: Verb, sentence: Range) -> bool:
    """ "if X says", "should X say": nobody has said it."""
    tokens = analysis.document.tokens
    for index in range(verb.first - 1, max(sentence.first, verb.first - 8) - 1, -1):
        if tokens[index].text in _ENDS:
            return False
        if tokens[index].lower in grammar().supposing or (
            tokens[index].text == "Should" and index == sentence.first
        ):
            return True
    return False
