"""Who "the Armenian prime minister" is where the text names nobody: who held the office on its day."""

import re
from collections.abc import Iterator
from datetime import date

from kg.lexicon import Lexicon
from kg.reading.names.people import Appointment
from kg.reading.names.references import Reference
from kg.reading.text.document import Document
from kg.reading.words.grammar import grammar

_YEAR = re.compile(r"(?:19|20)\d\d")


def office_holders(
    document: Document, appointments: list[Appointment], lexicon: Lexicon, day: date | None
) -> Iterator[Reference]:
    """References to the people whom the authority data have in an office on the day of the text.

    Only where the text itself gives nobody for the office, the title stands alone behind "the" or a
    possessive, and nothing in its sentence speaks of another time.
    """
    told = {(a.of, a.office) for a in appointments if a.holder}
    for appointment in appointments:
        if appointment.of is None or appointment.holder or (appointment.of, appointment.office) in told:
            continue
        key = lexicon.holder(appointment.office, appointment.of, day)
        if key and day and _is_definite(document, appointment) and not _is_of_old(document, appointment, day):
            yield Reference(appointment.title, key, "Person", "role", lexicon.labels[key])


def _is_definite(document: Document, appointment: Appointment) -> bool:
    """ "the Armenian prime minister", "Armenia's prime minister"; not "a", "the former" or one to be."""
    tokens, title, first = document.tokens, appointment.title, appointment.evidence.first
    opening = document.sentence(title.first).first
    before = tokens[first - 1].lower if first > opening else ""
    own = tokens[title.first - 1].lower if title.first > opening else ""
    after = [token.text for token in tokens[title.last : title.last + 2]]
    to_be = bool(after) and after[0].lower() in grammar().holders_to_be
    of_group = appointment.of is not None and appointment.of.startswith("group/")
    partly = of_group and len(after) == 2 and after[0] == "in"  # "the Hamas leader in Gaza"
    return (before == "the" or own in grammar().possessive_marks) and not to_be and not partly


def _is_of_old(document: Document, appointment: Appointment, day: date) -> bool:
    """Whether the sentence names another year, or says "then", "ago" or "at the time"."""
    words = document.lowers(document.sentence(appointment.title.first))
    years = {word for word in words if _YEAR.fullmatch(word)}
    gone = not grammar().times_gone.isdisjoint(words) or ["at", "the", "time"] in _threes(words)
    return gone or bool(years - {str(day.year)})


def _threes(words: list[str]) -> Iterator[list[str]]:
    return (words[index : index + 3] for index in range(len(words)))
