"""The start page as a whole: the processes to choose from, and the one that is chosen."""

from collections.abc import Sequence
from dataclasses import dataclass

from kg.vocab import NS
from server import lookups, urls
from server.engine.contract import Engine
from server.glance.board import Board, board
from server.glance.material import gather
from server.glance.previews import Previews, previews
from server.glance.voices import Voices, voices
from server.portraits.utterances import Utterance
from server.problems import Problem
from server.tables import Cell
from server.words import named, value

OTHER = "other"  # how the talks of no named process are asked for
_CHOICES = 12  # processes to choose from
_PREFIX = "Peace process: "
_KIND = "process/"
_COUNTED = {
    "Statement": "statements",
    "Event": "events",
    "PeaceProcess": "peace processes",
    "NegotiationRound": "rounds of talks",
    "TextSpan": "passages cited",
}


@dataclass(frozen=True)
class Choice:
    """A process by its key, such as process/armenia-azerbaijan."""

    key: str
    name: Cell


@dataclass(frozen=True)
class Glance:
    """What is told of the chosen process; `counts` of the whole graph."""

    choices: tuple[Choice, ...]
    chosen: Choice
    board: Board
    voices: Voices
    latest: tuple[Utterance, ...]
    previews: Previews
    counts: tuple[tuple[str, int], ...]


def glance(engine: Engine, key: str | None) -> Glance:
    """The process with this key, or the one of which most is told. Raises Problem 404."""
    choices = _choices(engine)
    chosen = _chosen(engine, choices, key)
    base = engine.generation().base
    found = gather(engine, None if chosen.key == OTHER else f"{base.iri}id/{chosen.key}")
    shown = board(found)
    return Glance(
        choices,
        chosen,
        shown,
        voices(found),
        tuple(found.statements[one] for one in found.latest if one in found.statements),
        previews(found, shown),
        counts(engine),
    )


def counts(engine: Engine) -> tuple[tuple[str, int], ...]:
    """How much there is: as the graph describes itself, else counted, which takes long on a large one."""
    present = engine.generation()
    if str(present.base.graph("void")) not in present.manifest["graphs"]:
        return tuple((value(row, "what"), int(value(row, "n"))) for row in lookups.select(engine, "counts"))
    found = lookups.select(engine, "class-counts", these=[f"{NS}{name}" for name in _COUNTED])
    numbers = {value(row, "class").removeprefix(str(NS)): int(value(row, "n")) for row in found}
    read = ("sources", len(present.manifest.get("built_from", ())))
    return (read, *((words, numbers.get(name, 0)) for name, words in _COUNTED.items()))


def _choices(engine: Engine) -> tuple[Choice, ...]:
    base = engine.generation().base
    rows = {value(row, "process"): row for row in lookups.select(engine, "fullest-processes", limit=_CHOICES)}
    found = [
        Choice(iri.removeprefix(f"{base.iri}id/"), _short(named(row, "process", base)))
        for iri, row in rows.items()
    ]
    return (*found, Choice(OTHER, Cell("Other talks" if found else "Talks")))


def _chosen(engine: Engine, choices: Sequence[Choice], key: str | None) -> Choice:
    if not key:
        return choices[0]
    found = next((one for one in choices if one.key == key), None) or _further(engine, key)
    if found is None:
        raise Problem(
            404, f"No peace process here is called {key[:80]!r}. The start page has those that there are."
        )
    return found


def _further(engine: Engine, key: str) -> Choice | None:
    """A process that is not among the fullest."""
    base = engine.generation().base
    iri = f"{base.iri}id/{key}"
    if not key.startswith(_KIND):
        return None
    try:
        label = value(lookups.select(engine, "title", this=iri)[0], "label")
    except ValueError:  # no IRI
        return None
    return Choice(key, _short(Cell(label, urls.of(iri, base)))) if label else None


def _short(name: Cell) -> Cell:
    """Without the words that all of them begin with."""
    return Cell(name.text.removeprefix(_PREFIX), name.href)
