"""The particle of a verb, behind it ("pulled out") or behind what it acts on ("pulled tanks out of")."""

from kg.reading.dates.words import WEEKDAYS
from kg.reading.text.document import Document
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.verbs import verb_table

_LONGEST_INSERTION = 6  # tokens
_LONGEST_OBJECT = 7  # tokens between a verb and the particle that ends its clause
_DAYS = frozenset(day.lower() for day in WEEKDAYS)
# Particles that may stand behind what the verb acts on; "on" and "through" hardly do.
_SEPARABLE = frozenset({"out", "off", "down", "back", "over", "up", "away", "in", "aside", "home"})
_JOINED = frozenset({"of", "and", "or"})  # "some of its troops and tanks"
_GLUED = frozenset({"-", "$", "€", "£", "%"})
_STOPS = frozenset({",", ".", ";", ":", "!", "?", "—", "–", "(", ")", '"', "“", "”"})
_SUBJECTS = grammar().pronouns_own | {"he", "she", "they", "who"}
_NOT_IN_OBJECT = (
    ((grammar().prepositions | grammar().subordinators | _SUBJECTS) - grammar().determiners - _JOINED)
    | grammar().finite_helpers
    | grammar().modals_possible
    | grammar().modals_future
)
_BEHIND = grammar().prepositions | grammar().subordinators | grammar().adverbs | _DAYS | _STOPS


def with_particle(document: Document, head: str, main: int) -> tuple[str, int]:
    """The lemma with its particle, if it has one ("point out"), and the end of the verb group."""
    particles = verb_table().particles.get(head)
    if not particles:
        return head, main + 1
    behind = document.lowers(Range(main + 1, main + 1 + 2 * _LONGEST_INSERTION))
    starts = _starts(behind)
    for rest in particles:
        for first in starts:
            last = first + len(rest)
            if behind[first:last] == [*rest]:
                return " ".join((head, *rest)), main + 1 + last
    apart = _apart(particles, behind)
    return (f"{head} {apart}" if apart else head), main + 1


def _starts(words: list[str]) -> tuple[int, ...]:
    """Where a particle may stand: behind the verb, or behind "Sunday", "on Sunday", "again" as well."""
    first = words[0] if words else ""
    if first == "on" and words[1:] and words[1] in _DAYS:
        return 0, 2
    if first in _DAYS or first in grammar().adverbs or first.endswith("ly"):
        return 0, 1
    if first == "," and "," in words[1:_LONGEST_INSERTION]:  # "called, among other things, for"
        return 0, words.index(",", 1) + 1
    return (0,)


def _apart(particles: tuple[tuple[str, ...], ...], behind: list[str]) -> str | None:
    """The particle behind a short object, if it leads nothing itself: "over to", not "over the"."""
    wanted = _SEPARABLE.intersection(rest[0] for rest in particles if len(rest) == 1)
    if wanted.isdisjoint(behind[1:]):
        return None
    for index, word in enumerate(behind[: _LONGEST_OBJECT + 1]):
        if index and word in wanted:
            led = behind[index + 1] if len(behind) > index + 1 else "."
            return word if led in _BEHIND else None
        if word in _NOT_IN_OBJECT or not (word[0].isalnum() or word in _GLUED or word[0] in "'’"):
            return None
    return None
