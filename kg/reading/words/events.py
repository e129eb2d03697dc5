"""What tells of an event: the frames of verbs and nouns, from `event-deeds.toml`, `events.toml`,
`event-verbs.toml`, `event-force.toml`, `event-nouns.toml`; what verbs act on by kind, from `things.toml`."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from kg.prepared import prepared
from kg.reading.words.inflection import numbers
from kg.reading.words.tables import WordClasses, table


@dataclass(frozen=True, slots=True)
class Frame:
    """One way to tell of an event by a verb or a noun; the file says what each condition means."""

    kind: str  # class of the events module
    code: str | None  # PLOVER class
    name: str | None  # for the label, where the class says too little
    needs: str
    objects: frozenset[str]
    without: frozenset[str]
    governs: frozenset[str]
    subjects: frozenset[str]
    qualifiers: frozenset[str]


class Course(WordClasses):
    """Lemmas that say of an event that it was held, goes on, fell through, was put off, or is planned."""

    reported: frozenset[str]
    held: frozenset[str]
    continuing: frozenset[str]
    lasting: frozenset[str]
    abiding: frozenset[str]
    cancelled: frozenset[str]
    postponed: frozenset[str]
    planned: frozenset[str]
    suspended: frozenset[str]
    collapsing: frozenset[str]

    @cached_property
    def saying(self) -> frozenset[str]:
        """All but those of what breaks down by itself."""
        held = self.reported | self.held | self.continuing
        return held | self.cancelled | self.planned | self.suspended


class Ahead(WordClasses):
    """Lemmas and nouns behind which an infinitive tells of an event."""

    planned: frozenset[str]
    tried: frozenset[str]
    efforts: frozenset[str]
    going_on: frozenset[str]
    done: frozenset[str]
    ordered: frozenset[str]
    asked: frozenset[str]
    wanted: frozenset[str]
    mused: frozenset[str]
    kept_from: frozenset[str]
    open: frozenset[str]
    judged: frozenset[str]
    for_: frozenset[str]
    gerunds: frozenset[str]
    factive: frozenset[str]
    nouns: frozenset[str]


class Sought(WordClasses):
    """Words behind which a noun names what is only sought, feared or thought of."""

    verbs: frozenset[str]
    before: frozenset[str]
    alone: frozenset[str]


class EventWords(WordClasses):
    """Words that single rules ask for."""

    durative: frozenset[str]
    forces: frozenset[str]
    troops: frozenset[str]
    actors: frozenset[str]
    sides: frozenset[str]
    unwilling: frozenset[str]
    under: frozenset[str]
    willing: frozenset[str]
    saying_no: frozenset[str]
    bombings: frozenset[str]
    fights: frozenset[str]
    mishaps: frozenset[str]
    heads_of_state: frozenset[str]
    spoken_of: frozenset[str]
    thought_of: frozenset[str]
    over: frozenset[str]
    conceivable: frozenset[str]
    coming: frozenset[str]
    going_on: frozenset[str]
    measures: frozenset[str]
    plans: frozenset[str]
    told_of: frozenset[str]
    proposals: frozenset[str]
    stopping: frozenset[str]
    attacks: frozenset[str]
    armed_groups: frozenset[str]
    abducting: frozenset[str]
    state_forces: frozenset[str]
    persons: frozenset[str]
    qualifying: frozenset[str]
    concluded: frozenset[str]
    taking_part: frozenset[str]
    backed: frozenset[str]
    doers: frozenset[str]
    posts: frozenset[str]
    of_measures: frozenset[str]
    efforts: frozenset[str]
    peacemaking: frozenset[str]
    at_peace: frozenset[str]

    @cached_property
    def standings(self) -> tuple[tuple[frozenset[str], tuple[str, str]], ...]:
        """What "be" may say of an event, with the status and factuality that this gives it."""
        return (
            (self.over, ("occurred", "asserted")),
            (self.conceivable, ("planned", "possible")),
            (self.coming, ("planned", "expected")),
            (self.going_on, ("ongoing", "asserted")),
        )


@dataclass(frozen=True)
class EventTable:
    """The file, turned round for look-up; frames in the order in which they are tried."""

    verbs: dict[str, tuple[Frame, ...]]
    nouns: dict[str, tuple[Frame, ...]]
    course: Course
    ahead: Ahead
    sought: Sought
    words: EventWords

    @cached_property
    def telling(self) -> frozenset[str]:
        """The verbs that may tell of an event, or of an absence."""
        return frozenset(self.verbs) | self.words.taking_part

    @cached_property
    def bare_nouns(self) -> frozenset[str]:
        """The nouns that name an event by themselves, unlike the "people" of "displaced people"."""
        return frozenset(
            noun for noun, frames in self.nouns.items() if any(not frame.qualifiers for frame in frames)
        )

    @property
    def lemmas(self) -> frozenset[str]:
        """Every verb that the table asks for, with its particle."""
        course, ahead = self.course, self.ahead
        said = (
            course.reported
            | course.held
            | course.continuing
            | course.cancelled
            | course.planned
            | course.suspended
            | course.collapsing
        )
        said |= (
            ahead.planned
            | ahead.tried
            | ahead.going_on
            | ahead.done
            | ahead.ordered
            | ahead.asked
            | ahead.wanted
            | ahead.mused
            | ahead.kept_from
            | self.sought.verbs
        )
        return frozenset(self.verbs) | said | self.words.taking_part


@prepared
def event_table() -> EventTable:
    """The table, read once."""
    data, kinds = table("events.toml"), table("things.toml")
    verbs = (table("event-deeds.toml"), data, table("event-verbs.toml"), table("event-force.toml"))
    return EventTable(
        verbs=_frames([row for rows in verbs for row in rows["verb"]], "verbs", kinds),
        nouns=_frames([*data["noun"], *table("event-nouns.toml")["noun"]], "nouns", kinds),
        course=Course.of(data["course"]),
        ahead=Ahead.of(data["ahead"]),
        sought=Sought.of(data["sought"]),
        words=EventWords.of(data["words"]),
    )


_Kinds = Mapping[str, list[str]]


def _frames(rows: list[dict[str, Any]], words: str, kinds: _Kinds) -> dict[str, tuple[Frame, ...]]:
    found: dict[str, list[Frame]] = defaultdict(list)
    for row in rows:
        frame = _frame(row, kinds)
        for word in row[words]:
            found[word].append(frame)
    return {word: tuple(frames) for word, frames in found.items()}


def _frame(row: Mapping[str, Any], kinds: _Kinds) -> Frame:
    sets = {
        name: frozenset(_spelled_out(row.get(name, ()), kinds))
        for name in ("objects", "without", "governs", "subjects", "qualifiers")
    }
    sets["objects"] -= sets["without"]
    if row.get("code") == "ASSAULT":  # what is struck is one thing or several
        sets["objects"] |= {number for word in sets["objects"] for number in numbers(word)}
    return Frame(row["kind"], row.get("code"), row.get("name"), row.get("needs", ""), **sets)


def _spelled_out(words: Iterable[str], kinds: _Kinds) -> Iterator[str]:
    """The words, and those of the kinds among them: "@arms"; KeyError names a kind that the file lacks."""
    for word in words:
        if word.startswith("@"):
            yield from kinds[word[1:]]
        else:
            yield word
