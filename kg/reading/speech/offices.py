"""The bodies that issue official texts: an organisation, or the office of whoever holds a post."""

from dataclasses import dataclass, replace

from kg.identifiers import slug
from kg.model import Office
from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase, phrase_at
from kg.reading.names.people import Appointment
from kg.reading.speech.writings import author_of
from kg.reading.text.tokens import Range
from kg.reading.words.grammar import grammar
from kg.reading.words.nouns import noun_table

_ISSUED = frozenset({"released", "issued", "published", "signed", "posted", "made"})


@dataclass(frozen=True)
class Issuer:
    """Who issued a text: the body, the words that say so, and the keys of those whom these words name."""

    office: Office
    told: Range
    voices: tuple[str, ...]


def find_issuer(analysis: Analysis, relay: Phrase, labels: dict[str, str]) -> Issuer | None:
    """ "a statement by his office", "his office said in a statement", "a joint statement by X and Y"."""
    if analysis.document.tokens[relay.head].lower not in grammar().document_nouns:
        return _issuer(analysis, relay, relay.range, labels)
    index = relay.range.last
    sentence = analysis.document.sentence(relay.head)
    if index < sentence.last and analysis.document.tokens[index].lower in _ISSUED:
        index += 1  # "a statement released by"
    if index < sentence.last and analysis.document.tokens[index].lower in {"by", "from", "of"}:
        phrase = phrase_at(analysis, index + 1, sentence.last)
        if phrase:
            return _issuer(analysis, phrase, Range(relay.range.first, phrase.range.last), labels)
    authors = author_of(analysis, relay)  # "the State Department statement"
    return _issuer(analysis, replace(relay, references=authors), relay.range, labels) if authors else None


def _issuer(analysis: Analysis, phrase: Phrase, told: Range, labels: dict[str, str]) -> Issuer | None:
    office = _office(analysis, phrase, labels)
    voices = tuple(dict.fromkeys(r.key for r in phrase.references))
    return Issuer(office, told, voices or (office.key,)) if office else None


def _office(analysis: Analysis, phrase: Phrase, labels: dict[str, str]) -> Office | None:
    """The body that a phrase names: an organisation, or the office of whoever holds the post."""
    if phrase.references:
        named = phrase.references[0]
        if named.key.startswith("state/"):
            return _body(analysis, phrase, named.key, labels)
        return Office(named.key, labels.get(named.key, named.label), None, analysis.spans(phrase.range))
    if analysis.document.tokens[phrase.head].lower not in noun_table().speech.offices:
        return None
    person = next((r for r in analysis.references.within(phrase.range) if r.type == "Person"), None)
    appointment = _appointment(analysis, person.key) if person else None
    if person and appointment and appointment.of:
        title = analysis.document.words(appointment.title).title()
        label = f"Office of the {title} of {labels.get(appointment.of, appointment.of)}"
        leans_on = analysis.spans(*analysis.antecedents(phrase.range), *analysis.posts_of([person.key]))
        return Office(
            f"organisation/{slug(label)}", label, appointment.of, analysis.spans(phrase.range), leans_on
        )
    return _body(analysis, phrase, phrase.possessor.key, labels) if phrase.possessor else None


def _body(analysis: Analysis, phrase: Phrase, state: str, labels: dict[str, str]) -> Office:
    """A state's "ministry", "presidency" and the like; its government where no such noun heads the phrase."""
    head = analysis.document.tokens[phrase.head].lower
    kind = head.capitalize() if head in noun_table().speech.offices else "Government"
    label = f"{kind} of {labels.get(state, state)}"
    return Office(f"organisation/{slug(label)}", label, state, analysis.spans(phrase.range))


def _appointment(analysis: Analysis, person: str) -> Appointment | None:
    return next((a for a in analysis.appointments if a.holder and a.holder.key == person and a.of), None)
