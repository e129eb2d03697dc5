"""People and the posts they hold, from titles and appositions, whether or not anybody lists them."""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.lexicon import Title
from kg.reading.names.gazetteer import Phrases
from kg.reading.names.holders import before_title, find_holder
from kg.reading.names.references import Reference, References
from kg.reading.text.document import Document
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.names import name_table
from kg.reading.words.nouns import noun_table


@dataclass(frozen=True, slots=True)
class Appointment:
    """A title in the text: where it stands, of which body, and who holds it (None: nobody is named).

    `office` is the title with its remit, in the word that all the words for that office share.
    """

    title: Range
    words: str
    office: str
    of: str | None
    holder: Reference | None
    evidence: Range


def find_people(
    document: Document, titles: Phrases[Title], listed: References, place: str
) -> tuple[list[Appointment], list[Reference]]:
    """Titles with their holders, and references to people whom the authority data do not list.

    `place` is the slug of the source: a person whom nobody lists is only known within it.
    """
    words = document.lowers(Range(0, len(document.tokens)))
    appointments: list[Appointment] = []
    people: list[Reference] = []
    taken = 0
    for index in document.positions(titles.openers):
        hit = titles.at(words, index, document.sentence(index).last) if index >= taken else None
        if hit is None:
            continue
        part, title = hit
        taken = part.last
        joined = appointments and _joined(document, appointments[-1], part)
        whole = _with_remit(document, part, listed)
        holder = (
            find_holder(document, whole, listed, place)
            or (find_holder(document, part, listed, place) if whole != part else None)
            or (appointments[-1].holder if joined else None)
        )
        if holder and not holder.known:
            people.append(holder)
        appointments.append(_appointment(document, part, title, holder, listed))
    return appointments, people


def _joined(document: Document, before: Appointment, part: Range) -> bool:
    """ "the assistant secretary of state and special envoy": a second title of the same person."""
    if document.sentence_number(before.title.first) != document.sentence_number(part.first):
        return False
    between = (
        document.lowers(Range(before.evidence.last, part.first)) if before.evidence.last <= part.first else []
    )
    return between in (["and"], ["and", "the"], [",", "and"])


def _appointment(
    document: Document, part: Range, title: Title, holder: Reference | None, listed: References
) -> Appointment:
    remit = _with_remit(document, part, listed)
    behind = holder.range if holder and holder.range.first >= part.last else part
    bodies = (_complement(document, part, listed), _complement(document, behind, listed))
    of = _qualifier(document, part, listed) or next((body for body in bodies if body), title.of)
    first = _left_edge(document, part, listed)
    last = max(remit.last, holder.range.last if holder and holder.range.first >= part.last else 0)
    if holder and holder.range.last <= part.first:
        first = holder.range.first
    words = document.words(Range(part.first, remit.last))
    office = title.office if remit == part else words.lower()
    return Appointment(part, words, office or title.form, of, holder, Range(first, last))


def _with_remit(document: Document, part: Range, listed: References) -> Range:
    """The title with its remit: "envoy for European and Eurasian Affairs"; only capitalised words."""
    if _complement(document, part, listed):
        return part
    tokens, end = document.tokens, document.sentence(part.first).last
    last = part.last
    if last >= end or tokens[last].lower not in grammar().remit_marks:
        return part
    index = last + 1
    while (
        index < end
        and not _names_person(listed, index)
        and (
            tokens[index].text[0].isupper()
            or tokens[index].lower in {"and", "the", "of", *noun_table().remits}
        )
    ):
        index += 1
    while index > last + 1 and tokens[index - 1].lower in {"and", "the", "of"}:
        index -= 1
    return Range(part.first, index) if index > last + 1 else part


def _names_person(listed: References, index: int) -> bool:
    reference = listed.at(index)
    return reference is not None and reference.type == "Person"


def _qualifier(document: Document, part: Range, listed: References) -> str | None:
    """The body before the title: "Azerbaijani President", "EU chief", "Azerbaijan's president"."""
    index = before_title(document, part)
    reference = listed.at(index) if index >= document.sentence(part.first).first else None
    return reference.key if reference and reference.type != "Person" else None


def _complement(document: Document, part: Range, listed: References) -> str | None:
    """The body named after the title: "president of Azerbaijan"."""
    tokens, end = document.tokens, document.sentence(part.first).last
    index = part.last
    if index >= end or tokens[index].lower != "of":
        return None
    index += 1
    if index < end and tokens[index].lower == "the":
        index += 1
    reference = listed.at(index) if index < end else None
    return reference.key if reference and reference.type != "Person" else None


def _left_edge(document: Document, part: Range, listed: References) -> int:
    index = before_title(document, part)
    reference = listed.at(index) if index >= document.sentence(part.first).first else None
    return reference.range.first if reference and reference.type != "Person" else part.first


def surnames(document: Document, people: Iterator[Reference]) -> dict[str, Reference]:
    """The last word of each full name as it stands in the text: later it alone means that person."""
    found: dict[str, Reference] = {}
    for person in people:
        first, last = (document.tokens[i].text for i in (person.range.first, person.range.last - 1))
        if first.lower() in name_table().people.family_first:
            found.setdefault(first, person)  # "Kim" of "Kim Jong Un"
        if person.range.last - person.range.first > 1 and last[0].isupper() and len(last) > 1:
            found.setdefault(last, person)
    return found
