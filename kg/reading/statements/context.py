"""What was read before the statements, and what they lean on."""

from dataclasses import dataclass

from kg.reading.analysis import Analysis
from kg.reading.events.happenings import Happenings
from kg.reading.speech.relays import Relays
from kg.reading.talks.rounds import Rounds


@dataclass(frozen=True)
class Context:
    """What was read before the statements."""

    analysis: Analysis
    happenings: Happenings
    relays: Relays
    rounds: Rounds
    labels: dict[str, str]
