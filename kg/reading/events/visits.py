"""Visits that are to come, "was due in Baku", and journeys on which nobody is visited."""

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase
from kg.reading.clauses.subjects import subject_of
from kg.reading.events.sightings import Sighting, cover, keys_of
from kg.reading.events.telling import Told
from kg.reading.text.tokens import Range
from kg.reading.verbs.groups import Verb
from kg.reading.words.events import Frame

EXPECTING = frozenset({"expect", "schedule"})
_VISITING = frozenset({"visit", "tour", "shuttle"})
_EXILE = frozenset({"exile", "asylum", "refuge", "custody"})


def expected_visit(analysis: Analysis, verb: Verb) -> Sighting | None:
    """ "was expected in Baku": a visit that is to come."""
    tokens = analysis.document.tokens
    if verb.lemma not in EXPECTING or verb.form != "passive" or verb.last >= len(tokens):
        return None
    subject = subject_of(analysis, verb)
    return _visit(analysis, subject, verb.last) if subject else None


def due_visits(analysis: Analysis) -> list[Sighting]:
    """ "was due in Baku"."""
    found = []
    for index in analysis.document.positions({"due"}):
        if index + 1 == len(analysis.document.tokens):
            continue
        before = Range(analysis.document.sentence(index).first, index)
        people = [r for r in analysis.references.within(before) if r.type == "Person"]
        person = next((r for r in people if r.form != "pronoun"), None)
        phrase = Phrase(person.range, (person,), person.range.last - 1) if person else None
        if phrase and (sighting := _visit(analysis, phrase, index + 1)):
            found.append(sighting)
    return found


def _visit(analysis: Analysis, subject: Phrase, index: int) -> Sighting | None:
    place = analysis.references.at(index + 1) if index + 1 < len(analysis.document.tokens) else None
    agents = keys_of(subject, frozenset({"Person"}))
    if analysis.document.tokens[index].lower != "in" or place is None or place.type != "Place" or not agents:
        return None
    return Sighting(
        "Encounter",
        trigger=Range(index, index + 1),
        evidence=cover(subject.range, place.range),
        code="CONSULT",
        agents=agents,
        participants=agents,
        place=place.key,
        time=analysis.published,
        status="planned",
        factuality="expected",
    )


def private(analysis: Analysis, frame: Frame, told: Told) -> bool:
    """ "went into exile", "travelled to X to marry": nobody who acts for others goes, or they go home."""
    if frame.needs != "travel" or told.verb.lemma in _VISITING:
        return False
    words = analysis.document.lowers(told.part)
    if not _EXILE.isdisjoint(words):
        return True
    if not frame.subjects.isdisjoint(words):
        return False
    people = [key for key in told.people if key.startswith("person/")]
    serve = {analysis.employers.get(key, "") for key in people} - {""}
    serve = serve or {state for key in people for state in analysis.served.get(key, ())}
    there = {r.key for r in analysis.references.within(told.governed)}
    return serve <= {analysis.seats.get(key, key) for key in there}
