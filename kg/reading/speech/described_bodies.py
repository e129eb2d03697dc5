"""Which body "the West African bloc" or "the tribunal" is that speaks: one told of before."""

from functools import cache
from itertools import islice

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase
from kg.reading.names.bodies import state_of
from kg.reading.names.references import BODIES, Reference
from kg.reading.speech.described import last_told
from kg.reading.speech.introductions import said_of
from kg.reading.speech.outlets import is_outlet
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.names import name_table
from kg.reading.words.speech import voice_words

_SOMEBODY = BODIES | {"Person"}
_NAMES = 3  # mentions of a body that are looked at
_WHICH = frozenset({"who", "of", "from", "in", "that", "which", "for"})
_OTHER = frozenset(
    {"other", "another", "rival", "opposition", "ruling", "same", "second", "third", "new", "local"}
)


def body_described(analysis: Analysis, phrase: Phrase, spoken: Phrase | None) -> Reference | None:
    """The body that has spoken last or of which the text tells, if it can be called so; else None."""
    words = analysis.document.lowers(phrase.range)
    behind = analysis.document.lowers(Range(phrase.range.last, phrase.range.last + 1))
    if words[0] not in {"the", "this"} or words[-1] not in voice_words().bodies:
        return None
    if not _WHICH.isdisjoint(behind) or not _says_little(analysis, phrase):
        return None
    last = last_told(analysis, phrase, spoken, BODIES)
    body = last.references[0] if last and len(last.references) == 1 else None
    return body if body and body.type in BODIES and can_be(analysis, body, words[-1]) else None


def _says_little(analysis: Analysis, phrase: Phrase) -> bool:
    """Whether nothing before the noun names somebody or sets one body apart from another."""
    for index in range(phrase.range.first + 1, phrase.head):
        named = analysis.references.at(index)
        token = analysis.document.tokens[index]
        if (named is None and token.lower in _OTHER) or token.lower in grammar().possessive_marks:
            return False
        glued = analysis.document.tokens[index + 1].text == "-"  # "Geneva-based"
        if named and named.type in _SOMEBODY and not (named.adjective or glued):
            return False
    return True


def can_be(analysis: Analysis, body: Reference, noun: str) -> bool:
    """Whether a body can be called by a noun: a bloc is of states, a court has it in its name."""
    words = voice_words()
    of_state = state_of(body.key) is not None or "ministry" in body.label.lower()
    if noun in name_table().described.media:
        return _is_press(analysis, body) or _is_called(analysis, body, noun)
    if _is_press(analysis, body):
        return _is_called(analysis, body, noun)
    if noun in words.armed:
        return body.type == "NonStateGroup" or _is_called(analysis, body, noun)
    if noun in words.leagues:
        return body.type == "IntergovernmentalOrganisation" or _is_called(analysis, body, noun)
    if noun in words.organised:
        return not of_state
    return _is_called(analysis, body, noun)


def _is_press(analysis: Analysis, body: Reference) -> bool:
    return any(is_outlet(analysis, Phrase(r.range, (r,), r.range.last - 1)) for r in _named(analysis, body))


def _named(analysis: Analysis, body: Reference) -> list[Reference]:
    named = (r for r in analysis.references.items if r.key == body.key and r.form in {"name", "alias"})
    return [*islice(named, _NAMES)]


def _is_called(analysis: Analysis, body: Reference, noun: str) -> bool:
    """Whether its name or the words that introduce it have the noun, or a word that tells the same."""
    wanted = {noun, *_same().get(noun, ())}
    spelled = {word for r in _named(analysis, body) for word in analysis.document.lowers(r.range)}
    label = body.label.lower().replace("-", " ").split()
    return not wanted.isdisjoint(spelled.union(label, said_of(analysis, body.key)))


@cache
def _same() -> dict[str, frozenset[str]]:
    """Each noun with those that stand for it in names."""
    alike = (
        {"court", "tribunal"},
        {"force", "forces", "mission", "command"},
        {"ministry", "department"},
        {"army", "military", "forces"},
        {"organisation", "organization"},
        {"alliance", "coalition", "bloc", "union", "front"},
        {"party", "movement", "front", "union"},
    )
    return {word: frozenset(words) for words in alike for word in words}
