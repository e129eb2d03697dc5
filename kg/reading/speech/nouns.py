"""Words told by a noun: "X's claim that …", "his call for …", "reports that …"."""

from collections.abc import Iterator

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase, phrase_at
from kg.reading.speech.attribution import Attribution
from kg.reading.speech.content_end import content_end
from kg.reading.speech.light import giver, met_with
from kg.reading.speech.speakers import can_speak, is_somebody
from kg.reading.speech.trimming import trim
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.speech import noun_matter, noun_verbs, saying_nouns, voice_words

_NOTHING = (["comment"], ["comments"], ["information"], ["an", "interview"])  # "requests for comment"
_JUDGING = frozenset({"criticize", "praise", "accuse"})  # one who hears of it faces it
_BY = frozenset({"by", "from"})
_SUBJECTS = frozenset({"it", "he", "she", "they"})
_LONGEST_AUTHOR = 12  # tokens between "claims" and "that"
_MODIFIERS = 2  # words between the owner and the noun


def nouns_of_saying(analysis: Analysis, sentence: Range) -> Iterator[Attribution]:
    """Who is said to have made a claim, a demand and the like, and what it is."""
    inner = Range(sentence.first + 1, sentence.last - 2)
    for index in analysis.document.positions(saying_nouns(), inner):
        lemma = noun_verbs()[analysis.document.tokens[index].lower]
        if analysis.document.quote_around(index) or _is_verb(analysis, index):
            continue
        start = _content_start(analysis, index, sentence)
        speaker = _owner(analysis, index, sentence) if start else None
        if start is None or speaker is None:
            continue
        end = content_end(analysis, start, sentence, [])
        if not _is_clause(analysis, start):
            end = _phrase_end(analysis, start, end)
        elif _opens_sentence(analysis, index, speaker, sentence):
            end = _subject_end(analysis, start, end)
        content = trim(analysis, Range(start, end))
        told = analysis.document.lowers(content) not in _NOTHING
        if content and told and start not in analysis.time_tokens:  # "the same call on 7 May" says when
            yield Attribution(speaker, lemma, Range(index, index + 1), (content,))


def _is_clause(analysis: Analysis, start: int) -> bool:
    """Whether "that", a subject pronoun or an infinitive opens what is said."""
    tokens = analysis.document.tokens
    that = tokens[start - 1].lower == "that" or tokens[start].lower in _SUBJECTS
    return that or _infinitive(analysis, start)


def _phrase_end(analysis: Analysis, start: int, end: int) -> int:
    """Before the verb of the clause: "support for Kenya will grow"; a relative belongs to the phrase."""
    tokens, words = analysis.document.tokens, grammar()
    relative = False
    for index in range(start, end):
        lower = tokens[index].lower
        relative = relative or lower in words.relatives
        verbs = [] if relative else analysis.verbs_in(Range(index, index + 1))
        told = any(v.first == index and v.form in {"finite", "passive"} for v in verbs)
        if not relative and index > start and (told or (lower in words.predicating and not verbs)):
            return index
    return end


def _opens_sentence(analysis: Analysis, index: int, speaker: Phrase, sentence: Range) -> bool:
    """Whether the noun is the subject of the sentence: "Kenya's claim that …", "The claim by …"."""
    opens = min(index, speaker.range.first) - sentence.first <= _MODIFIERS
    return opens and not analysis.verbs_in(Range(sentence.first, index))


def _subject_end(analysis: Analysis, start: int, end: int) -> int:
    """Before the verb of the sentence, the second one outside further clauses: "had held was false"."""
    tokens, words = analysis.document.tokens, grammar()
    told, inside = _infinitive(analysis, start), False
    for index in range(start, end):
        lower = tokens[index].lower
        inside = inside or lower in words.relatives | words.subordinators | {",", "and", "but", "or"}
        verb = next((v for v in analysis.verbs_in(Range(index, index + 1)) if v.first == index), None)
        helper = lower in words.predicating and tokens[index - 1].lower not in words.predicating
        finite = verb.form in {"finite", "passive"} if verb else helper
        if finite and told and not inside:
            return index
        told = told or finite
    return end


def _infinitive(analysis: Analysis, start: int) -> bool:
    return any(verb.first == start for verb in analysis.verbs_in(Range(start, start + 2)))


def _is_verb(analysis: Analysis, index: int) -> bool:
    return bool(analysis.verbs_in(Range(index, index + 1)))


def _content_start(analysis: Analysis, index: int, sentence: Range) -> int | None:
    """Behind "that"; or the words that a call, a demand, a threat is for."""
    tokens = analysis.document.tokens
    following = tokens[index + 1].lower
    if following == "that" and _opens_clause(analysis, index + 2, sentence):
        return index + 2
    if following in _SUBJECTS and _opens_clause(analysis, index + 1, sentence):
        return index + 1  # "Kenya's statement it would leave"
    if following in _BY:
        near = range(index + 2, min(index + _LONGEST_AUTHOR, sentence.last - 2))
        that = next((i for i in near if tokens[i].lower == "that"), None)
        between = analysis.document.lowers(Range(index, that)) if that else []
        return that + 1 if that and "," not in between and not analysis.verbs_in(Range(index, that)) else None
    if following not in noun_matter().get(noun_verbs()[tokens[index].lower], ()):
        return None
    acts = following == "to" and analysis.verbs_in(Range(index + 1, index + 3))
    if following == "to" and not acts and noun_verbs()[tokens[index].lower] != "oppose":
        return None  # "the request to Kenya"
    return index + 1 if acts else index + 2


def _opens_clause(analysis: Analysis, index: int, sentence: Range) -> bool:
    """ "the claim that X did …", no "the claim that was made": a subject stands before the verb."""
    verbs = analysis.verbs_in(Range(index, sentence.last))
    is_ = analysis.document.positions(grammar().predicating, Range(index, sentence.last))
    first = min([*(verb.first for verb in verbs[:1]), *list(is_)[:1]], default=index)
    return first > index and phrase_at(analysis, index, first) is not None


def _owner(analysis: Analysis, index: int, sentence: Range) -> Phrase | None:
    """Whose claim it is: "Kenya's", "his", "the U.S. proposal"; nobody named in "reports that"."""
    tokens, words = analysis.document.tokens, grammar()
    if tokens[index + 1].lower in _BY:
        author = phrase_at(analysis, index + 2, sentence.last)
        return author if author and is_somebody(analysis, author) else None
    for first in range(index - 1, max(sentence.first, index - _MODIFIERS - 2) - 1, -1):
        lower = tokens[first].lower
        reference = analysis.references.at(first)
        owned = first + 1 < index and tokens[first + 1].lower in words.possessive_marks
        beside = reference is not None and reference.range.last == index and reference.type != "Person"
        if reference and (reference.adjective or owned or beside or lower in words.possessives_person):
            phrase = Phrase(reference.range, (reference,), reference.range.last - 1)
            return phrase if can_speak(analysis, phrase, "say") else None
        if lower in words.closed | words.possessive_marks and lower not in words.possessive_marks:
            break
    given = giver(analysis, index, sentence)
    if given:
        return given
    if noun_verbs()[tokens[index].lower] in _JUDGING and met_with(analysis, index, sentence):
        return Phrase(Range(index, index + 1), (), index)
    if tokens[index].lower in voice_words().rumours and tokens[index + 1].lower == "that":
        return Phrase(Range(index, index + 1), (), index)
    return None
