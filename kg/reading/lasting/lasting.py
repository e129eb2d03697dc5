"""Adds to a reading what lasts: after statements, events and talks, on which it leans."""

from collections.abc import Mapping
from dataclasses import replace

from kg.model import Reading
from kg.reading.analysis import Analysis
from kg.reading.lasting.commissions import commissions
from kg.reading.lasting.counts import counted
from kg.reading.lasting.missions import missions
from kg.reading.lasting.moves import with_due_time, with_places
from kg.reading.lasting.preconditions import preconditions
from kg.reading.lasting.provisions import provisions
from kg.reading.lasting.sanctions import sanctions
from kg.reading.lasting.signatures import signatures
from kg.reading.lasting.told import Told
from kg.reading.parts import by_key, unique


def with_lasting(analysis: Analysis, reading: Reading, labels: Mapping[str, str]) -> Reading:
    """The reading with missions, commissions, sanctions, provisions, signatures, preconditions and counts."""
    told = Told(analysis, reading, labels)
    sent, of_missions = missions(told)
    laid, of_measures = sanctions(told)
    statements, counts = counted(told)
    moved = (with_places(told, event) for event in reading.events)
    events = (replace(e, sanction=laid[e.key].key) if e.key in laid else e for e in moved)
    propositions = {p.key: p for p in (*counts, *reading.propositions)}
    return replace(
        reading,
        events=tuple(events),
        statements=tuple(with_due_time(told, said) for said in statements),
        propositions=by_key(propositions.values()),
        status_reports=unique([*reading.status_reports, *of_missions, *of_measures]),
        provisions=unique(provisions(told)),
        signatures=unique(signatures(told)),
        preconditions=unique(preconditions(told)),
        missions=unique(sent),
        commissions=unique(commissions(told)),
        sanctions=unique(laid.values()),
    )
