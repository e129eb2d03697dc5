"""Reads the texts of a folder and scores each against its gold, with the time and the memory that it took."""

import resource
import sys
from collections.abc import Callable
from dataclasses import dataclass
from time import process_time

from kg.errors import EvaluationError, SourceError
from kg.evaluation.compare import Comparison, compare
from kg.evaluation.figures import Figures, counted, figures
from kg.evaluation.folder import Folder
from kg.evaluation.offered import offered
from kg.evaluation.values import Values
from kg.lexicon import Lexicon
from kg.model import Reading, Source

_RSS_UNIT = 1 if sys.platform == "darwin" else 1024  # getrusage(2): bytes on macOS, kilobytes on Linux


@dataclass(frozen=True)
class Scored:
    """One text with its comparison, and the seconds of processor time that reading it took."""

    source: Source
    name: str
    comparison: Comparison
    seconds: float


@dataclass(frozen=True)
class Evaluation:
    """All texts of a folder that were scored, and what stood in the way of the others."""

    scored: tuple[Scored, ...]
    not_here: tuple[str, ...]
    errors: tuple[SourceError | EvaluationError, ...]
    unknown: dict[tuple[str, str], int]  # kind and value → how often the gold has it
    peak: int  # bytes of memory that the process held at most

    def figures(self) -> dict[str, Figures]:
        """Each kind that the gold asks for, micro-averaged over the texts."""
        return figures(counted(one.comparison.outcomes for one in self.scored))

    def traps(self) -> tuple[int, int]:
        """How many traps were hit, and how many there are."""
        hit = sum(len(one.comparison.hit) for one in self.scored)
        return hit, sum(len(one.comparison.traps) for one in self.scored)

    def speed(self) -> tuple[float, float]:
        """Texts and words per second of one processor that reads; none where no text was scored."""
        seconds = sum(one.seconds for one in self.scored) or 1.0
        words = sum(len(one.source.text.split()) for one in self.scored)
        return len(self.scored) / seconds, words / seconds


def evaluate(folder: Folder, read: Callable[[Source], Reading], lexicon: Lexicon) -> Evaluation:
    """Score every text of the folder that has gold; a text that cannot be scored is among the errors."""
    values = Values()
    scored: list[Scored] = []
    errors: list[SourceError | EvaluationError] = []
    for name in folder.scored:
        try:
            case = folder.case(name, values)
        except (SourceError, EvaluationError) as error:
            errors.append(error)
            continue
        if not scored:
            read(case.source)  # loads the tables of words, which is start-up and not reading
        begun = process_time()
        reading = read(case.source)
        seconds = process_time() - begun
        comparison = compare(case.gold, offered(reading, lexicon, values))
        scored.append(Scored(case.source, name, comparison, seconds))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _RSS_UNIT
    return Evaluation(tuple(scored), folder.not_here, tuple(errors), dict(values.unknown), peak)
