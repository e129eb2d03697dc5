"""The events of the gold as accounts, and as readings that the rest of the project can take."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kg.evaluation.dates import interval
from kg.lexicon import Lexicon
from kg.model import Entity, Event, Reading, Source, Span, TimeSpan
from kg.sources import load, shipped_reports

SETS = tuple(Path(__file__).with_name("extraction") / name for name in ("development", "seed-report"))
# The class of an event by its type or PLOVER class in the gold; the first that is listed counts.
_KINDS = {
    **dict.fromkeys(("capture", "change of control"), "ControlChange"),
    **dict.fromkeys(("conflict", "dispute", "war"), "Conflict"),
    **dict.fromkeys(("fighting", "clashes"), "Conflict"),
    "displacement": "Displacement",
    "CONSULT": "Encounter",
    "REJECT": "Refusal",
    "ASSAULT": "MilitaryOperation",
    "AGREE": "AgreementEvent",
    "SANCTION": "Sanctioning",
    "COERCE": "Coercion",
    "MOBILIZE": "Mobilisation",
}
_STATUS = frozenset({"occurred", "ongoing", "planned", "cancelled", "refused"})
_WIDE = 10**6  # days; of an interval without one of its ends


@dataclass(frozen=True)
class Told:
    """Everything that one report tells of one happening."""

    happening: str
    report: str
    source: Source
    kind: str
    status: str
    participants: tuple[str, ...]
    place: str | None
    time: TimeSpan | None
    evidence: tuple[Span, ...]

    @property
    def key(self) -> str:
        return f"event/{self.report}-{self.evidence[0].start}"

    def shares(self, spans: Iterable[Span]) -> bool:
        """Whether any of the spans has a character in common with the evidence."""
        return any(a.start < b.end and b.start < a.end for a in self.evidence for b in spans)


def tellings(happenings: Mapping[tuple[str, int], str]) -> Iterator[Told]:
    """One account for each happening of each report; `happenings` names those told more than once."""
    for path in shipped_reports():
        gold = next((one / f"{path.stem}.gold.json" for one in SETS if _has(one, path.stem)), None)
        if gold is None:
            continue
        source = load(path).source
        groups: defaultdict[str, list[Told]] = defaultdict(list)
        for one in _events(json.loads(gold.read_text("utf-8")), path.stem, source):
            start = one.evidence[0].start
            name = happenings.get((path.stem, start), f"{path.stem}-{start}")
            groups[name].append(replace(one, happening=name))
        yield from (_merged(group) for group in groups.values())


def _has(folder: Path, name: str) -> bool:
    return (folder / f"{name}.gold.json").is_file()


def _events(gold: dict[str, Any], report: str, source: Source) -> Iterator[Told]:
    names = {one["id"]: one.get("name") or one["id"] for one in gold["entities"]}
    for event in gold["events"]:
        kind = _KINDS.get(event["type"]) or _KINDS.get(event["plover"] or "", "Event")
        status = event["status"] if event["status"] in _STATUS else "planned"
        yield Told(
            happening="",
            report=report,
            source=source,
            kind=kind,
            status="occurred" if event["status"] == "alleged" else status,
            participants=tuple(names.get(key, key) for key in event["participants"]),
            place=event["place"],
            time=_time(event["date"]),
            evidence=tuple(Span(*span) for span in sorted(event["evidence"])),
        )


def _time(text: str | None) -> TimeSpan | None:
    days = interval(text) if text else None
    if days is None or text is None:
        return None
    precision = "day" if days.earliest == days.latest else "interval"
    return TimeSpan(days.earliest, days.latest, precision, text)


def _merged(group: list[Told]) -> Told:
    """Who, where and when by all tellings of a report together, the kind by the first."""
    return replace(
        group[0],
        participants=tuple(dict.fromkeys(who for one in group for who in one.participants)),
        place=next((one.place for one in group if one.place), None),
        time=min((one.time for one in group if one.time), key=_width, default=None),
        evidence=tuple(sorted({span for one in group for span in one.evidence})),
    )


def _width(time: TimeSpan) -> int:
    return (time.latest - time.earliest).days if time.earliest and time.latest else _WIDE


def reading(told: Told, lexicon: Lexicon) -> Reading:
    """The account as the reader would have it; names count as what the authority data list under them."""
    who = tuple(dict.fromkeys(_key(lexicon, name) for name in told.participants))
    place = _key(lexicon, told.place) if told.place else None
    event = Event(
        told.key,
        told.kind,
        told.happening,
        told.evidence,
        status=told.status,
        participants=who,
        place=place,
        time=told.time,
    )
    keys = dict.fromkeys((*who, *((place,) if place else ())))
    entities = (Entity(key, lexicon.types.get(key, "Place"), key, True, ()) for key in keys)
    return Reading(told.source, entities=tuple(entities), events=(event,))


def _key(lexicon: Lexicon, name: str) -> str:
    """That of the first listed thing of this name, of the state for a capital that is a metonym."""
    listed = lexicon.names.get(name, ())
    return listed[0].key if listed else f"place/{name.lower().replace(' ', '-')}"
