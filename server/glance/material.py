"""What the graph has on the talks of a process, in few queries that stay cheap however much there is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.vocab import VAL, Base
from server import lookups
from server.engine.contract import Engine, Row
from server.on_behalf import Standing, standing
from server.portraits import material
from server.portraits.utterances import Utterance, rows_of, utterances
from server.words import Words, value

TRACKS = 12  # of a process that are shown
_SOURCES = 12  # texts, the latest, from which statements come
_LOOKED_AT = 60  # texts, the latest, of which it is asked whether they belong to a process
_LATEST = 6  # statements that are shown
_OF_ONE_SOURCE = 3  # of these, so that one text does not speak for all
_UNNAMED = ("said", "dated", "place")  # sections of which no page shows names: they have many rows
# By which columns the rows of a section are sorted, and which day of theirs comes last first.
_ORDERS: Mapping[str, tuple[Sequence[str], str]] = {
    "mediator": (("thing", "item", "who"), ""),
    "refusal": (("thing", "item", "who", "ground"), ""),
    "round": (("item",), "from"),
    "status": (("thing", "item"), "to"),
    "dated": (("from", "to", "item"), ""),
    "term": (("thing", "text", "who"), ""),
    "place": (("thing",), ""),
    "party": (("thing",), ""),
    "said": (("item", "who"), ""),
}
_NOBODY = f"{VAL}unknown-speaker"


@dataclass(frozen=True)
class Material:
    """Rows by section, with names; statements as lines; passages by thing; sources with their days.

    `texts` is how many texts there are, of which `sources` are the latest; `stands` says who stands for whom.
    """

    told: material.Sections
    tracks: tuple[str, ...]
    sources: Mapping[str, str]
    texts: int
    stands: Standing
    statements: Mapping[str, Utterance]
    latest: tuple[str, ...]
    words: Mapping[str, tuple[Words, ...]]
    base: Base

    def rows(self, section: str) -> Sequence[Row]:
        return self.told.get(section, ())


def gather(engine: Engine, process: str | None) -> Material:
    """What there is on the talks of a process; None: on those that are of no named one."""
    talks = (
        material.sections(engine, "process-talks", this=process, limit=TRACKS)
        if process
        else material.sections(engine, "other-talks", limit=TRACKS)
    )
    tracks, loose = (material.iris(talks.get(section, ()), "item") for section in ("track", "loose"))
    texts = _texts(engine, process, [*tracks, *loose])
    sources = dict([*texts.items()][:_SOURCES])
    read = material.sections(engine, "glance", tracks=tracks, loose=loose, sources=[*sources])
    found = {"track": talks.get("track", ())} | {name: _sorted(name, rows) for name, rows in read.items()}
    latest = _latest(found.get("said", ()), [*sources])
    grounds = material.iris(found.get("refusal", ()), "ground")
    shown = {name: rows for name, rows in found.items() if name not in _UNNAMED}
    shown["speaker"] = [*{row["who"]: {"who": row["who"]} for row in found.get("said", ())}.values()]
    named, spoken = material.with_names(engine, shown, rows_of(engine, [*latest, *grounds]))
    told = {**found, **named}
    supported = [row for section in ("status", "refusal") for row in told.get(section, ())]
    words = material.passages(engine, [*latest, *grounds], material.iris(supported, "item"))
    base = engine.generation().base
    stands = standing(
        engine, [row for part in ("speaker", "mediator") for row in told.get(part, ())], ("who",)
    )
    lines = utterances(spoken, words, base)
    return Material(told, tuple(tracks), sources, len(texts), stands, lines, latest, words, base)


def _texts(engine: Engine, process: str | None, talks: Sequence[str]) -> Mapping[str, str]:
    """The texts of a process with their days, the latest first; None: those that are of no process."""
    if process:
        return _days(lookups.select(engine, "process-texts", these=[process]))
    found = _days(lookups.select(engine, "talks-sources", these=talks, limit=_LOOKED_AT))
    belonging = lookups.select(engine, "in-processes", these=[*found]) if found else ()
    taken = {value(row, "source") for row in belonging}
    return {source: day for source, day in found.items() if source not in taken}


def _days(rows: Sequence[Row]) -> Mapping[str, str]:
    return {value(row, "source"): value(row, "date") for row in rows}


def _sorted(section: str, rows: Sequence[Row]) -> Sequence[Row]:
    columns, last_first = _ORDERS.get(section, ((), ""))
    ordered = sorted(rows, key=lambda row: [value(row, column) for column in columns])
    return sorted(ordered, key=lambda row: value(row, last_first), reverse=True) if last_first else ordered


def _latest(said: Sequence[Row], sources: Sequence[str]) -> tuple[str, ...]:
    """Statements of known speakers, the latest sources first; in each, all speakers before a second turn."""
    found: list[str] = []
    for source in sources:
        own = [row for row in said if value(row, "thing") == source and value(row, "who") != _NOBODY]
        found += [one for one in _in_turn(own) if one not in found][:_OF_ONE_SOURCE]
    return tuple(found[:_LATEST])


def _in_turn(said: Sequence[Row]) -> list[str]:
    by_speaker: dict[str, list[str]] = {}
    for row in said:
        own = by_speaker.setdefault(value(row, "who"), [])
        if value(row, "item") not in own:
            own.append(value(row, "item"))
    ranked = sorted(
        (rank, who, one) for who, own in by_speaker.items() for rank, one in enumerate(sorted(own))
    )
    return [*dict.fromkeys(one for _, _, one in ranked)]
