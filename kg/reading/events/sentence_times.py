"""Which of the times of a sentence are an event's, and which belong to other words in it."""

from kg.model import TimeSpan
from kg.reading.analysis import Analysis
from kg.reading.dates import FoundTime, find_times
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.grammar import grammar
from kg.reading.words.verbs import verb_table

_SAID = 3  # tokens between a time and the verb that says when somebody spoke
# They tell more often of deeds.
_GOING_ON = frozenset({"continue", "conclude", "discuss", "order", "gather", "refuse", "decline"})
# Their subject is what the time dates.
_BEGINNING = frozenset(
    {"begin", "start", "end", "erupt", "occur", "happen", "take place", "break out", "resume", "launch"}
)
# Behind these a clause tells what something was done for, at another time.
_LEADING_BACK = frozenset({"response", "retaliation", "reprisal", "revenge"})
_OF_ONE = frozenset({"the", "its", "their", "his", "her", "a", "that", "this"}) | grammar().possessive_marks
_RANKING = frozenset(
    {"first", "second", "third", "worst", "biggest", "largest", "deadliest", "heaviest", "most"}
)
_FIRST = 9  # tokens between such a word and "since"
_JOINED = 24  # tokens from "when" to what "and" joins to its clause
_BOUNDS = ("since ", "after ", "before ", "until ", "till ", "by ")


def own_time(analysis: Analysis, part: Range, trigger: int | None = None) -> FoundTime | None:
    """The first time in an event's words that dates it; what is only named by its day comes last."""
    times = [
        t
        for t in analysis.times_in(part)
        if not (_of_another(analysis, t, trigger) or _first_since(analysis, t))
    ]
    plain = (t for t in times if trigger is None or not naming(analysis, t))
    return next(plain, None) or next((t for t in times if _of_its_noun(analysis, t, trigger)), None)


def _of_its_noun(analysis: Analysis, found: FoundTime, trigger: int | None) -> bool:
    """ "Friday's summit", "the 2020 war" as what is told of; "to save the 2015 deal" has no year from it."""
    own = analysis.tokens_of(found.span)
    owned = analysis.document.tokens[own.last].lower in grammar().possessive_marks
    return owned or trigger is None or own.last <= trigger < own.last + _SAID


def naming(analysis: Analysis, found: FoundTime) -> bool:
    """ "Friday's summit", "the 2015 nuclear deal": the time says which one."""
    own, tokens = analysis.tokens_of(found.span), analysis.document.tokens
    if own.last >= len(tokens):
        return False
    after = tokens[own.last]
    year = own.last - own.first == 1 and tokens[own.first].text.isdigit() and own.first > 0
    known = year and tokens[own.first - 1].lower in _OF_ONE
    return after.lower in grammar().possessive_marks or (known and after.text[0].isalpha())


def _of_another(analysis: Analysis, found: FoundTime, trigger: int | None) -> bool:
    """ "a memorandum signed last month", "in response to an attack last month": not when it was told of."""
    own = analysis.tokens_of(found.span).first
    verb = analysis.verb_at(own - 1) if own else None
    other = verb is not None and verb.main != trigger and verb.lemma not in _BEGINNING
    if other and verb and verb.form in {"participle", "finite"}:
        return True
    return trigger is not None and not _LEADING_BACK.isdisjoint(_between(analysis, trigger, own))


def _first_since(analysis: Analysis, found: FoundTime) -> bool:
    """ "his first visit since April": when none was, up to the one that is told of."""
    first = analysis.tokens_of(found.span).first
    before = analysis.document.lowers(
        Range(max(analysis.document.sentence(first).first, first - _FIRST), first)
    )
    return found.text.lower().startswith("since") and not _RANKING.isdisjoint(before)


def _between(analysis: Analysis, first: int, last: int) -> list[str]:
    return analysis.document.lowers(Range(first, max(first, last)))


def of_another(analysis: Analysis, found: FoundTime, part: Range, trigger: int | None) -> bool:
    """ "On Monday X accused Y of an attack", "said in a statement issued on Friday": not when that was."""
    own = analysis.tokens_of(found.span)
    verb = analysis.verb_at(own.first - 2) if own.first > 1 else None
    if verb is not None and verb.form == "participle" and verb.main != trigger:
        return True
    if own.first >= part.last and not _LEADING_BACK.isdisjoint(_between(analysis, part.last, own.first)):
        return True
    return any(_tells(analysis, v) for v in analysis.verbs_in(Range(own.last, max(own.last, part.first))))


def _tells(analysis: Analysis, verb: Verb) -> bool:
    """Of what need not be of that day, as announcements mostly are; no "suspected" without a subject."""
    told = verb.lemma in verb_table().stances and verb.lemma not in _GOING_ON | {"announce"}
    adjective = verb.first > 0 and analysis.document.tokens[verb.first - 1].text == ","
    return told and not adjective and verb.form in {"finite", "gerund"}


def in_relative(analysis: Analysis, index: int, part: Range) -> bool:
    """ "a raid that began on Monday": when that was, and nothing else of the sentence but the raid."""
    verb = analysis.verb_before(index, analysis.document.sentence(index))
    if verb is None or not verb.first or index - verb.last >= _SAID:
        return False
    mark = verb.first - 1
    relative = analysis.document.tokens[mark].lower in {"that", "which", "who"}
    return relative and not part.last <= mark <= part.last + 1


def said_then(analysis: Analysis, found: FoundTime, sentence: Range) -> bool:
    """ "said on Monday": when somebody spoke."""
    own = analysis.tokens_of(found.span)
    beside = analysis.verbs_in(Range(max(sentence.first, own.first - _SAID), own.last + _SAID))
    return any(v.lemma in verb_table().stances and v.lemma not in _GOING_ON for v in beside)


def before_when(analysis: Analysis, first: int, sentence: Range) -> TimeSpan | None:
    """ "since 19 September, when X attacked and took Y": when that was, as a point."""
    tokens, at = analysis.document.tokens, first
    if at - 2 > sentence.first and tokens[at - 1].lower == "and":
        back = range(at - 2, max(sentence.first, at - _JOINED), -1)
        at = next((i + 1 for i in back if tokens[i].lower == "when"), at)
    if at - 2 < sentence.first or tokens[at - 1].lower != "when":
        return None
    at -= 2 if tokens[at - 2].text == "," else 1
    near = list(analysis.times_in(Range(sentence.first, at)))
    if not near or analysis.tokens_of(near[-1].span).last != at:
        return None
    told = near[-1]
    bound = next((word for word in _BOUNDS if told.text.lower().startswith(word)), "")
    if not bound:
        return told.time
    point = find_times(f"in {told.text[len(bound) :]}", analysis.source.citation.date)
    return point[0].time if point else None


def closing(analysis: Analysis, sentence: Range) -> FoundTime | None:
    """A full date that closes a caption behind a comma: "X speaks with Y in Z, Feb. 21, 2016."."""
    times = list(analysis.times_in(sentence))
    found = times[-1] if times else None
    if found is None or found.time.precision != "day" or not found.text[-4:].isdigit():
        return None
    own, tokens = analysis.tokens_of(found.span), analysis.document.tokens
    last = own.last + 1 >= sentence.last
    return found if last and own.first > sentence.first and tokens[own.first - 1].text == "," else None
