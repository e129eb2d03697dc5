"""What is said of a thing in the passive: "the ceasefire was announced by X", "X was quoted as saying …"."""

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase, phrase_at
from kg.reading.clauses.subjects import subject_of
from kg.reading.speech.accusing import BLAME
from kg.reading.speech.attribution import Attribution
from kg.reading.speech.content_end import content_end
from kg.reading.speech.speakers import can_speak
from kg.reading.speech.trimming import trim
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.verbs import verb_table

_NEAR = 6  # tokens between the verb and "by"
_STANDING = frozenset({"call", "back", "support", "favour", "favor"})
_UNSEEN = frozenset({"see", "view", "regard"})
_HEARSAY = frozenset({"say", "allege", "rumour"})
_RUMOURED = frozenset({"say", "report", "allege", "rumour", "claim", "believe", "suspect"})


def agent_of(analysis: Analysis, verb: Verb, sentence: Range) -> Phrase | None:
    """Who did what a passive tells of, if the text says so and it is somebody who can speak."""
    blames = verb.lemma in verb_table().uses.blaming
    for index in range(verb.last, min(verb.last + _NEAR, sentence.last - 1)):
        if blames and analysis.document.tokens[index].lower in BLAME:
            return None  # "accused of helping by selling"
        if analysis.document.tokens[index].lower == "by":
            phrase = phrase_at(analysis, index + 1, sentence.last)
            return phrase if can_speak(analysis, phrase, verb.lemma) else None
    return None


def by_agent(analysis: Analysis, verb: Verb, sentence: Range) -> list[Attribution]:
    """ "X was praised by Y": Y praises X; nothing for an accusation, whose object is not what is said."""
    speaker, told = agent_of(analysis, verb, sentence), subject_of(analysis, verb, sentence)
    if speaker is None or told is None or verb.lemma in verb_table().uses.accusing:
        return []
    if verb.lemma not in verb_table().noun_content or told.range.last > verb.first:
        return []
    if verb.lemma in _STANDING or analysis.document.tokens[verb.first].lower == "to":
        return []  # "the meeting was called by X", "rebels who are backed by X", "went to be welcomed by X"
    content = trim(analysis, Range(told.range.first, verb.first))
    cue = Range(verb.first, verb.last)
    return [Attribution(speaker, verb.lemma, cue, (content,), verb)] if content else []


def laid_at(analysis: Analysis, verb: Verb, sentence: Range) -> list[Attribution]:
    """ "X is accused (by Y) of Z", "was described as Z", "were ordered to V": Y says so, or nobody named."""
    start = _matter(analysis, verb, sentence)
    if start is None:
        return _hearsay(analysis, verb, sentence)
    content = trim(analysis, Range(start, content_end(analysis, start, sentence, [])))
    speaker = agent_of(analysis, verb, sentence) or Phrase(Range(verb.main, verb.last), (), verb.main)
    cue = Range(verb.first, verb.last)
    return [Attribution(speaker, verb.lemma, cue, (content,), verb)] if content else []


def _hearsay(analysis: Analysis, verb: Verb, sentence: Range) -> list[Attribution]:
    """ "the army is said to have fled": nobody in particular says of the army that it fled."""
    tokens = analysis.document.tokens
    if verb.lemma not in _HEARSAY or tokens[verb.last].lower != "to" or verb.last >= sentence.last:
        return []
    told = subject_of(analysis, verb, sentence)
    start = verb.last + 1
    rest = trim(analysis, Range(start, content_end(analysis, start, sentence, [])))
    before = tokens[verb.first - 1].lower if verb.first > sentence.first else ""
    if not rest or before in {"what", "which", "who", "that"}:
        return []
    about = (told.range,) if told and told.range.last <= verb.first and before != "there" else ()
    if before == "there" and tokens[rest.first].lower == "be":
        rest = Range(rest.first + 1, rest.last)
    nobody = Phrase(Range(verb.main, verb.last), (), verb.main)
    return [Attribution(nobody, verb.lemma, Range(verb.first, verb.last), (*about, rest), verb)]


def _matter(analysis: Analysis, verb: Verb, sentence: Range) -> int | None:
    """Where what the passive verb lays at somebody's door begins."""
    tokens, uses = analysis.document.tokens, verb_table().uses
    agent = agent_of(analysis, verb, sentence) if verb.lemma in uses.blaming else None
    named = verb.lemma not in _UNSEEN or agent_of(analysis, verb, sentence) is not None
    near = max(verb.last, agent.range.last if agent else 0) + _NEAR
    if agent is None and _said_that(analysis, verb, sentence):
        return verb.last + 1
    for index in range(verb.last, min(near, sentence.last - 1)):
        lower = tokens[index].lower
        if verb.lemma in uses.blaming and lower in BLAME:
            return index
        if verb.lemma in uses.naming_as and lower == "as" and (named or verb.lemma not in _UNSEEN):
            return index + 1
        if lower in {"to", "not"} and verb.lemma in uses.ordering and _infinitive(analysis, index):
            return index
        if tokens[index].text in {",", ";", ":"}:
            return None
    return None


def _said_that(analysis: Analysis, verb: Verb, sentence: Range) -> bool:
    """ "it is said that": nobody in particular says so."""
    words = analysis.document.lowers(Range(max(sentence.first, verb.first - 1), verb.last + 1))
    return words[:1] == ["it"] and words[-1:] == ["that"] and verb.lemma in _RUMOURED


def _infinitive(analysis: Analysis, index: int) -> bool:
    found = analysis.verbs_in(Range(index, index + 4))
    return bool(found) and found[0].form == "infinitive" and found[0].first in {index, index + 1}
