"""Nouns that may tell of an event: what belongs to them, and the verb that says how they stand."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import phrase_start
from kg.reading.events.extent import governed_stop, phrase_stop
from kg.reading.events.joint import joint_start
from kg.reading.events.noun_verbs import course_of
from kg.reading.events.predicates import Predicate, predicate
from kg.reading.names.capitals import is_headline
from kg.reading.names.references import AGENTS
from kg.reading.text.marks import QUOTES
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.events import Frame, event_table
from kg.reading.words.grammar import grammar

NEAR = 60  # tokens around a noun within its sentence in which others can belong to its event
_OBJECT_WITHIN = 9  # tokens behind "the withdrawal" in which its object stands
_SECOND_WITHIN = 14  # tokens of what somebody is, in apposition
_QUOTED = 4  # tokens of a quoted word or two before a noun
_BESIDE_NOUN = 5  # tokens behind a noun in which a word may stand that makes it none


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun that may tell of an event, with its own words and those of the clause in which it stands."""

    index: int
    frame: Frame
    sentence: Range
    own: Range  # the noun phrase with all that belongs to it
    begins: int  # where the words about it begin: "44 days of clashes"
    verb: Verb | None  # what says how the event stands
    says: Predicate | None = None  # or what "be" says of it

    @property
    def lemma(self) -> str:
        """The verb that says how it stands, or nothing."""
        return self.verb.lemma if self.verb else ""


@cache
def event_nouns() -> frozenset[str]:
    """The nouns that may tell of an event, of "cease-fire" the last part."""
    return frozenset(noun.rpartition("-")[2] for noun in event_table().nouns)


def frame_of(analysis: Analysis, index: int) -> Frame | None:
    """The first frame of the noun at a token that the words beside it allow."""
    return next(iter(frames_of(analysis, index)), None)


def frames_of(analysis: Analysis, index: int) -> Iterator[Frame]:
    """The frames of the noun at a token that the words beside it allow, in their order."""
    tokens = analysis.document.tokens
    before = tokens[index - 1].lower if index else ""
    if tokens[index].text[0].isupper() and not _written_large(analysis, index):
        return  # part of a name: "the Boston Massacre"
    beside = {before, *analysis.document.lowers(Range(index + 1, min(index + _BESIDE_NOUN, len(tokens))))}
    hyphen = index > 1 and before == "-" and tokens[index - 1].end == tokens[index].start
    word = f"{tokens[index - 2].lower}-{tokens[index].lower}" if hyphen else tokens[index].lower
    for frame in event_table().nouns.get(word, ()):
        if beside.isdisjoint(frame.without) and _fits(analysis, index, frame):
            yield frame


def _written_large(analysis: Analysis, index: int) -> bool:
    """Whether a capital says nothing: it opens a sentence, or stands in a headline and is no month."""
    sentence = analysis.document.sentence(index)
    if index == sentence.first:
        return True
    return index not in analysis.time_tokens and is_headline(analysis.document, sentence)


def _fits(analysis: Analysis, index: int, frame: Frame) -> bool:
    """Whether what the noun governs, or the word before it, is one of the frame's."""
    if frame.objects:
        return not _governed(analysis, index).isdisjoint(frame.objects)
    return (
        not frame.qualifiers
        or bool(index and _stem(analysis, index - 1) & frame.qualifiers)
        or (frame.kind == "Release" and bool(_of(analysis, index) & frame.qualifiers))
    )


def _of(analysis: Analysis, index: int) -> set[str]:
    """What "of" governs: "an exchange of prisoners"."""
    words = analysis.document.lowers(Range(index + 1, min(index + 4, len(analysis.document.tokens))))
    return set(words) if words[:1] == ["of"] else set()


def _governed(analysis: Analysis, index: int) -> set[str]:
    """The words that "of" or "from" governs behind a noun made of a verb."""
    sentence = analysis.document.sentence(index)
    near = Range(index + 1, min(index + _OBJECT_WITHIN, sentence.last))
    verb = next((v for v in analysis.verbs_in(near) if v.form in {"finite", "passive"}), None)
    words = analysis.document.lowers(Range(near.first, max(near.first, verb.first)) if verb else near)
    return set(words) if words[:1] in (["of"], ["from"]) else set()


def _stem(analysis: Analysis, index: int) -> set[str]:
    """A hyphenated qualifier as one word: "anti-terror"."""
    tokens = analysis.document.tokens
    joined = "".join(token.lower for token in tokens[max(0, index - 2) : index + 1])
    return {tokens[index].lower, joined}


def noun_start(analysis: Analysis, index: int, sentence: Range) -> int:
    """Where the noun phrase begins, also before a participle in it: "the newly brokered deal"."""
    first = phrase_start(analysis, index)
    verb = analysis.verb_before(first, sentence)
    if verb and verb.last == first == index and _compounded(analysis, verb):
        first = phrase_start(analysis, verb.main)  # "a suicide bombing attack"
        verb = analysis.verb_before(first, sentence)
    while verb and verb.last == first and _qualifies(analysis, verb) and verb.first > sentence.first:
        first = phrase_start(analysis, verb.first - 1)
        verb = analysis.verb_before(first, sentence)
    while first > sentence.first + 1 and analysis.document.tokens[first].text == "-":
        first = phrase_start(analysis, first - 1)  # "near-daily attacks"
    first = _quoted(analysis, joint_start(analysis, first, sentence), sentence)
    return _dated(analysis, _owned(analysis, first, sentence), sentence)


def _quoted(analysis: Analysis, first: int, sentence: Range) -> int:
    """ "the 'unacceptable' attacks": over a quoted word or two to the article before them."""
    tokens = analysis.document.tokens
    quote = analysis.document.quote_around(first - 2) if first - 2 > sentence.first else None
    if quote is None or quote.last > first or quote.last - quote.first > _QUOTED:
        return first
    led = quote.first - 1 - (tokens[quote.first - 1].text in QUOTES)
    return led if led >= sentence.first and tokens[led].lower in grammar().determiners else first


def _compounded(analysis: Analysis, verb: Verb) -> bool:
    """A gerund that names an event before another noun that does."""
    word = analysis.document.tokens[verb.main].lower
    return verb.form == "gerund" and verb.first == verb.main and word in event_table().bare_nouns


def _qualifies(analysis: Analysis, verb: Verb) -> bool:
    """ "the newly brokered deal", "the armed conflict"."""
    word = analysis.document.tokens[verb.main].lower
    alone = verb.first == verb.main and word in event_table().words.qualifying
    return verb.form == "participle" or alone


def _owned(analysis: Analysis, first: int, sentence: Range) -> int:
    """ "Haines’ travel": over an apostrophe without an s."""
    tokens = analysis.document.tokens
    if first - 2 < sentence.first or tokens[first - 1].text not in {"'", "’"}:
        return first
    named = analysis.references.at(first - 2)
    if named is None and tokens[first - 2].lower in event_table().words.forces:
        return phrase_start(analysis, first - 2)  # "the rebels' advance"
    plural = named is not None and tokens[first - 2].lower.endswith("s")
    return max(sentence.first, analysis.introduction_of(named)) if plural and named else first


def _dated(analysis: Analysis, first: int, sentence: Range) -> int:
    """ "X's October 7 attack": over a time to whose it is."""
    at = first
    while at > sentence.first and at - 1 in analysis.time_tokens:
        at -= 1
    if at == first or at == sentence.first:
        return first
    before = phrase_start(analysis, at - 1)
    tokens, owned = analysis.document.tokens, grammar().possessive_marks
    led = tokens[before].lower in grammar().determiners or tokens[at - 1].lower in owned
    return before if led and analysis.document.quote_around(at) is None else first


def measured(analysis: Analysis, first: int, sentence: Range) -> int:
    """ "44 days of clashes", "the end of the war": from how much or what part of it is told."""
    tokens = analysis.document.tokens
    if first - 2 < sentence.first or tokens[first - 1].lower != "of":
        return first
    measure = tokens[first - 2].lower in event_table().words.measures
    return phrase_start(analysis, first - 2) if measure else first


def preposition(analysis: Analysis, noun: Noun) -> str:
    """The word before the noun phrase, or nothing."""
    first = noun.own.first
    return analysis.document.tokens[first - 1].lower if first > noun.sentence.first else ""


def intended(analysis: Analysis, noun: Noun) -> bool:
    """ "a timetable for the withdrawal": agreed on or planned."""
    at, tokens = noun.own.first - 2, analysis.document.tokens
    led = at >= noun.sentence.first and tokens[at + 1].lower in {"for", "on", "about"}
    return led and tokens[at].lower in event_table().words.plans


def definite(analysis: Analysis, noun: Noun) -> bool:
    """ "the operation", also where quotation marks stand between."""
    tokens, first = analysis.document.tokens, noun.own.first
    if first - 1 in analysis.document.quote_marks and first - 1 > noun.sentence.first:
        first -= 2 if tokens[first].lower not in grammar().definite else 0
    return tokens[first].lower in grammar().definite


def owner(analysis: Analysis, noun: Noun) -> tuple[str, ...]:
    """Whose it is: "X's operation", "Azerbaijani operation", "its recapture" by the first state told of."""
    before = Range(noun.own.first, noun.index)
    owner = next((r for r in analysis.references.within(before) if r.type in AGENTS), None)
    if owner is None and "its" in analysis.document.lowers(before):
        ahead = Range(near(noun).first, noun.own.first)
        owner = next((r for r in analysis.references.within(ahead) if r.type == "State"), None)
    return (owner.key,) if owner else ()


def near(noun: Noun) -> Range:
    """The sentence, or what is near in one without end."""
    first = max(noun.sentence.first, noun.index - NEAR)
    return Range(first, min(noun.sentence.last, noun.index + NEAR))


def find_noun(analysis: Analysis, index: int, frame: Frame) -> Noun:
    """The noun at a token with what belongs to it."""
    sentence = analysis.document.sentence(index)
    stop = _past_aim(analysis, index, frame, phrase_stop(analysis, index, sentence))
    own = Range(noun_start(analysis, index, sentence), _second_of_two(analysis, index, stop, sentence))
    verb = course_of(analysis, index, own, sentence)
    says = None if verb else predicate(analysis, own, sentence)
    return Noun(index, frame, sentence, own, measured(analysis, own.first, sentence), verb, says)


def _past_aim(analysis: Analysis, index: int, frame: Frame, stop: int) -> int:
    """ "the operation to retake the dam": where what it was for ends."""
    verb = next(iter(analysis.verbs_in(Range(index + 1, index + 3))), None)
    aimed = verb is not None and verb.form == "infinitive"
    told = stop == index + 1 and frame.kind == "MilitaryOperation"
    return governed_stop(analysis, verb) if verb and aimed and told else stop


def _second_of_two(analysis: Analysis, index: int, stop: int, sentence: Range) -> int:
    """ "the meeting between X, minister of A, and Y, minister of B, began": where Y and what he is end."""
    tokens = analysis.document.tokens
    if stop >= sentence.last or tokens[stop].text != "," or tokens[index + 1].lower != "between":
        return stop
    for at in range(stop + 1, min(stop + _SECOND_WITHIN, sentence.last - 1)):
        if tokens[at].lower == "and" and tokens[at - 1].text == ",":
            named = analysis.references.at(at + 1) or analysis.introduced_at(at + 1)
            return _past_apposition(analysis, named.range.last, sentence) if named else stop
    return stop


def _past_apposition(analysis: Analysis, last: int, sentence: Range) -> int:
    """Behind ", the minister of B," if one follows a name."""
    tokens = analysis.document.tokens
    if last >= sentence.last or tokens[last].text != ",":
        return last
    ahead = range(last + 1, min(last + _SECOND_WITHIN, sentence.last))
    closed = next((at for at in ahead if tokens[at].text == ","), None)
    return closed + 1 if closed else last
