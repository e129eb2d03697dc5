"""Leaders and ministers at one table: "the summit between X and Y", "the ministers of A, B, C and D met"."""

from collections.abc import Iterator

from kg.reading.analysis import Analysis
from kg.reading.clauses.subjects import subject_of
from kg.reading.events.certainty import asked, untrue
from kg.reading.names.references import MEDIATORS, Reference
from kg.reading.talks.compounds import modifies
from kg.reading.talks.grouping import Clue
from kg.reading.talks.sides import bodies_of, joined_start, listed_at
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.grammar import grammar

_SUMMITS = frozenset({"summit"})
_MEETING = frozenset({"meet", "gather", "convene", "sit down", "hold talks"})
_HOLDING = frozenset({"hold", "have", "plan", "agree", "attend", "cancel", "postpone", "propose", "arrange"})
_HOSTING = frozenset({"host", "convene", "welcome", "receive", "gather"})
_PAIR = 2
_MANY = 3
_OBJECT = 5  # words from "hold" to "summit"
_BEFORE = 6  # words of a summit's phrase before its head


def summits(analysis: Analysis) -> Iterator[Clue]:
    """Every summit of two leaders whom its words name, in a text of a conflict."""
    for index in analysis.document.positions(_SUMMITS) if analysis.strife else ():
        if analysis.references.at(index) is None:
            told, part = _of_two(analysis, index)
            keys = _seats(told)
            if len(keys) == _PAIR:
                yield Clue((part,), keys, ())


def gathered(analysis: Analysis) -> Iterator[Clue]:
    """ "the foreign ministers of A, B, C and D met in X": three or more, whoever they are."""
    for verb in analysis.verbs_of(_MEETING, Range(0, len(analysis.document.tokens))):
        if verb.form != "finite" or verb.negated or verb.modality not in {"asserted", "future"}:
            continue
        if asked(analysis, verb.main) or untrue(analysis, verb.main):
            continue
        first, named = _subject(analysis, verb, analysis.document.sentence(verb.main))
        keys = frozenset(bodies_of(analysis, named))
        if len(keys) >= _MANY and all(key.startswith(("state/", "group/")) for key in keys):
            yield Clue((_with_place(analysis, Range(first, verb.last)),), keys, (), several=True)


def hosted(analysis: Analysis) -> Iterator[Clue]:
    """ "X hosted President P of A and Prime Minister Q of B": two others, who may be at odds."""
    for verb in analysis.verbs_of(_HOSTING, Range(0, len(analysis.document.tokens))):
        sentence = analysis.document.sentence(verb.main)
        if verb.form != "finite" or verb.negated or verb.modality != "asserted":
            continue
        guests, end = listed_at(analysis, verb.last, sentence.last)
        first, hosts = _subject(analysis, verb, sentence)
        sides, who = frozenset(bodies_of(analysis, guests)), tuple(r for r in hosts if r.type in MEDIATORS)
        strange = sides.isdisjoint((*bodies_of(analysis, who), *(r.key for r in who)))
        if len(sides) == _PAIR and who and strange:
            yield Clue((_with_place(analysis, Range(first, end)),), sides, who)


def _subject(analysis: Analysis, verb: Verb, sentence: Range) -> tuple[int, tuple[Reference, ...]]:
    """Who meets, and where they are named."""
    subject = subject_of(analysis, verb, sentence)
    if subject is None or subject.range.first >= verb.first:
        return verb.first, ()
    first = joined_start(analysis, subject.range.first, sentence)
    return first, listed_at(analysis, first, verb.first)[0] or subject.references


def _of_two(analysis: Analysis, index: int) -> tuple[tuple[Reference, ...], Range]:
    """Who meets at the summit whose head stands here, and its words."""
    tokens, sentence = analysis.document.tokens, analysis.document.sentence(index)
    before, first = _compound(analysis, index, sentence)
    after = tokens[index + 1].lower if index + 1 < sentence.last else ""
    if before:
        return before, Range(_start(analysis, first, sentence), index + 1)
    told, end = listed_at(analysis, index + 2, sentence.last) if after in {"between", "with"} else ((), index)
    first = _start(analysis, index, sentence)
    if after == "between" and told:
        return told, _with_place(analysis, Range(first, end))
    verb = analysis.verb_before(first, sentence) if told else None
    if verb is None or first - verb.last > _OBJECT or verb.lemma not in _HOLDING or verb.negated:
        return (), Range(index, index + 1)
    opening, own = _subject(analysis, verb, sentence)
    return (*own, *told), Range(opening, end)


def _compound(analysis: Analysis, index: int, sentence: Range) -> tuple[tuple[Reference, ...], int]:
    """ "the Kim-Trump summit": the two names before the head."""
    tokens = analysis.document.tokens
    last = analysis.references.at(index - 1) if index > sentence.first else None
    dash = last.range.first - 1 if last else index
    if last is None or dash <= sentence.first or tokens[dash].text not in {"-", "–"}:
        return (), index
    other = analysis.references.at(dash - 1)
    return ((other, last), other.range.first) if other else ((), index)


def _start(analysis: Analysis, index: int, sentence: Range) -> int:
    """Where the phrase begins: "the second", "a historic"."""
    first = index
    while first > max(sentence.first, index - _BEFORE) and modifies(analysis, first - 1):
        first -= 1
    determined = first > sentence.first and analysis.document.tokens[first - 1].lower in grammar().determiners
    return first - 1 if determined else first


def _with_place(analysis: Analysis, part: Range) -> Range:
    """With "in X" behind it."""
    tokens, sentence = analysis.document.tokens, analysis.document.sentence(part.first)
    behind = part.last + 1
    if behind >= sentence.last or tokens[part.last].lower not in {"in", "at"}:
        return part
    place = analysis.references.at(behind)
    return Range(part.first, place.range.last) if place and place.type in {"Place", "State"} else part


def _seats(told: tuple[Reference, ...]) -> frozenset[str]:
    """The two leaders, where both are named: whom else the words name has other talks too."""
    people = frozenset(r.key for r in told if r.type == "Person")
    return people if len(people) == len(told) == _PAIR else frozenset()
