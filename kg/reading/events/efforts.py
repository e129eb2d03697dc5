"""Efforts to make peace: "X's efforts to broker a truce", "attempts by outside powers to end the war"."""

from collections.abc import Iterator

from kg.reading.analysis import Analysis
from kg.reading.events.extent import governed_stop, tidied
from kg.reading.events.noun_phrases import noun_start
from kg.reading.events.participants import taking_part
from kg.reading.events.sightings import Sighting
from kg.reading.events.time_and_place import time_of
from kg.reading.text.tokens import Range
from kg.reading.words.events import event_table

_WITHIN = 8  # tokens of who makes them: "attempts by outside powers to"


def efforts(analysis: Analysis, told: dict[int, Sighting]) -> Iterator[Sighting]:
    """One for each noun of an effort with an infinitive of mediation; not what a verb tells of already."""
    table = event_table().words
    for index in analysis.document.positions(table.efforts):
        sentence = analysis.document.sentence(index)
        near = analysis.verbs_in(Range(index + 1, min(index + _WITHIN, sentence.last)))
        verb = near[0] if near else None
        if verb is None or verb.form != "infinitive" or verb.lemma not in table.peacemaking:
            continue
        last = governed_stop(analysis, verb)
        own = tidied(analysis, Range(noun_start(analysis, index, sentence), last))
        about = set(analysis.document.lowers(Range(verb.last, last)))
        people = taking_part(analysis, own, None)
        joined = verb.lemma == "bring together" and len(people) > 2
        if not people or index in told or not (joined or about & table.at_peace):
            continue
        yield Sighting(
            "Encounter",
            trigger=Range(own.first, index + 1),
            evidence=own,
            code="CONSULT",
            name="Mediation",
            agents=taking_part(analysis, Range(own.first, verb.first), None),
            participants=people,
            time=time_of(analysis, own, sentence),
        )
