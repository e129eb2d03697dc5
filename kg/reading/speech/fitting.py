"""Whether a reporting verb can have said these words: a clause, a quotation, a noun phrase, an act."""

import itertools

from kg.reading.analysis import Analysis
from kg.reading.speech.headlines import opens_text
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.grammar import grammar
from kg.reading.words.speech import voice_words
from kg.reading.words.verbs import verb_table

_PLACES = frozenset({"outside", "near", "inside", "across", "along", "around"})
_PLACING = frozenset({"at", "in", "on", "during", "before", "after", "by"})
_CAUSING = frozenset({"for", "by", "on", "due", "in", "from", "since", "during", "over", "after", "with"})
_OF_HARM = frozenset({"against", "of", "about"})
_POSTING = frozenset({"post", "tweet", "write"})
_WHEN = grammar().time_conjunctions - {"as"}
_LONGEST_TELLER = 4  # tokens from "which" to "says"
_FEWEST = 5  # tokens of a clause whose verb no table lists


def suits(analysis: Analysis, verb: Verb, part: Range) -> bool:
    """Whether a verb can report these words: a clause, a quotation, or a noun phrase if it takes one."""
    table = verb_table()
    tokens = analysis.document.tokens
    opens = part.first - 1
    while opens > 0 and tokens[opens].text == ",":  # "told parliament that, after the war, …"
        opens -= 1
    opening = tokens[opens] if opens >= 0 else None
    clause = tokens[part.first].lower == "that" or (opening is not None and opening.lower in {"that", ":"})
    quoted = analysis.document.opens_quote(part)
    finite = has_finite_verb(analysis, part)
    infinitive = any(v.form == "infinitive" for v in analysis.verbs_in(part))
    if not any(token.text[0].isalnum() for token in tokens[part.first : part.last]):
        return False
    if any(
        v.first == part.first and v.form in {"participle", "finite", "passive"}
        for v in analysis.verbs_in(part)
    ):
        return clause or quoted or _in_relative(analysis, verb)  # "a statement issued on Friday" says nothing
    if tokens[part.first].text in grammar().copulas and verb.lemma not in table.uses.saying:
        return False  # "what they want is not clear"
    if tokens[part.first].lower in _WHEN and not clause:
        return False  # "responded after …" tells when, not what
    if verb.lemma == "commit" and not (clause or quoted or tokens[part.first].lower == "to"):
        return False  # "crimes committed in May"
    if verb.lemma in table.uses.refusing and tokens[part.first].lower in _CAUSING:
        return False  # "which Kenya rejected for …": what it rejected stands before
    if verb.lemma == "warn" and tokens[part.first].lower in _OF_HARM:
        return True  # "warned Kenya against haste"
    if verb.lemma == "agree":
        return clause or quoted or (tokens[part.first].lower == "to" and part.last > part.first + 2)
    if verb.lemma in table.uses.saying and opens_text(analysis, analysis.document.sentence(part.first)):
        return True
    if verb.lemma in table.uses.presenting:
        return quoted or not voice_words().plans.isdisjoint(analysis.document.lowers(part))
    if verb.lemma == "add" and not (clause or quoted) and tokens[part.first].text[0].isdigit():
        return False  # "added 12 names to the list"
    if verb.lemma in table.uses.needing_to and not ("to" in analysis.document.lowers(part) or quoted):
        return False
    if verb.lemma == "consider" and not clause:
        return ("to", "be") in itertools.pairwise(analysis.document.lowers(part))
    if verb.lemma in table.uses.needing_that:
        return clause or (verb.negated and verb.lemma in table.uses.withholding)
    if verb.lemma in table.uses.needing_clause:
        return clause or quoted
    if verb.lemma in _POSTING and tokens[part.first].lower in _PLACING and not clause:
        return False  # "residents posting on social media said"
    placed = _PLACES | (_PLACING if verb.lemma in table.noun_content - {"agree"} else frozenset())
    if tokens[part.first].lower in placed and not (quoted or clause or finite):
        return False  # "alluded to at a meeting": what was alluded to stands before
    if verb.lemma in table.uses.presenting_now:
        return tokens[verb.main].lower.endswith("s")
    if verb.lemma in table.uses.defending:
        return clause or not voice_words().defended.isdisjoint(analysis.document.lowers(part))
    if verb.lemma in table.uses.needing_as:
        inside = analysis.document.quoted(part) > 0  # "refers to a "breakdown of order""
        return inside or "as" in analysis.document.lowers(Range(part.first + 1, part.last))
    if tokens[part.first].lower == "this" and verb.lemma in table.uses.saying:
        return True  # "X said this on Monday"
    if verb.lemma in table.noun_content:
        return True
    if verb.lemma == "seek":
        return True
    long = verb.lemma in table.uses.clausal and part.last - part.first >= _FEWEST
    if long and tokens[part.first].lower not in grammar().prepositions:
        return True
    return clause or quoted or finite or (infinitive and verb.lemma in table.uses.wishing)


def _in_relative(analysis: Analysis, verb: Verb) -> bool:
    """ "the law, which he says will pardon": the subject of what is said is the relative."""
    before = analysis.document.lowers(Range(max(0, verb.first - _LONGEST_TELLER), verb.first))
    return verb.lemma in verb_table().uses.framing and "which" in before


def has_finite_verb(analysis: Analysis, part: Range) -> bool:
    """A verb that the table knows, or a helper that no clause without a verb has: "the wall was finished"."""
    known = any(v.form in {"finite", "passive"} for v in analysis.verbs_in(part))
    tokens, helpers = analysis.document.tokens, analysis.document.positions(grammar().predicating, part)
    return known or any(tokens[index].text.islower() for index in helpers)
