"""An actor: its posts, what it says, what others say of it, its part in talks, its words, its events."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.vocab import VAL, Base
from server import urls
from server.engine.contract import Engine, Row
from server.portraits import material
from server.portraits.records import Count, Happening, Talks, cells, counts, each, first, happening, together
from server.portraits.strip import Strip, strip
from server.portraits.utterances import Utterance, rows_of, utterances
from server.portraits.verbs import verb
from server.tables import EMPTY, Cell
from server.words import named, value

_ORDER = ("process", "format", "round", "agreement")  # of talks in a table, as kinds in their IRIs


@dataclass(frozen=True)
class Tally:
    """How often somebody speaks of the actor: a verb, a number, and the list of these statements."""

    who: Cell
    counts: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True)
class Membership:
    """A place on a corridor: its position and role there."""

    corridor: Cell
    position: str
    role: Cell


@dataclass(frozen=True)
class Actor:
    """What the page of an actor shows; `key` is what addresses name it by, such as `state/azerbaijan`."""

    key: str
    posts: tuple[Cell, ...]
    strip: Strip
    represents: tuple[Cell, ...]
    represented: tuple[Cell, ...]
    belongs: tuple[Cell, ...]
    bodies: tuple[Cell, ...]
    conflicts: tuple[Happening, ...]
    said: tuple[Utterance, ...]
    told: tuple[Utterance, ...]
    tallies: tuple[Tally, ...]
    talks: tuple[Talks, ...]
    corridors: tuple[Membership, ...]
    uses: tuple[tuple[Cell, tuple[str, ...]], ...]
    called: tuple[tuple[str, tuple[Cell, ...]], ...]
    events: tuple[Happening, ...]
    counts: Mapping[str, Count]


def draw(engine: Engine, iri: str, part: int) -> Actor | None:
    """The portrait of an actor; further parts of its page have only what the graph says."""
    if part > 1:
        return None
    found = material.sections(engine, "portrait-actor", this=iri)
    statements = material.iris([*found["said"], *found["told"]], "item")
    told, spoken = material.named(engine, found, rows_of(engine, statements))
    base = engine.generation().base
    heard = utterances(spoken, material.passages(engine, statements, ()), base)
    posts = strip([*told["tenure"], *told["office"]], material.day(engine), base)
    return _actor(iri.removeprefix(f"{base.iri}id/"), told, heard, posts, base)


def _actor(
    key: str, told: material.Sections, heard: Mapping[str, Utterance], posts: Strip, base: Base
) -> Actor:
    return Actor(
        key=key,
        posts=cells(told["post"], base),
        strip=posts,
        represents=cells(told["represents"], base),
        represented=cells(told["represented"], base),
        belongs=cells(told["belongs"], base),
        bodies=cells(told["bodies"], base),
        conflicts=each(first(told["conflict"], "thing"), lambda row: happening(row, base, "thing")),
        said=_lines(told["said"], heard),
        told=_lines(told["told"], heard),
        tallies=_tallies(told["tally"], key, base),
        talks=_talks(told, key, base),
        corridors=each(told["corridor"], lambda row: _membership(row, base)),
        uses=tuple(
            (named(rows[0], "thing", base), _texts(rows)) for _, rows in together(told["uses"], "thing")
        ),
        called=tuple((text, cells(rows, base, "who")) for text, rows in together(told["called"], "text")),
        events=each(first(told["event"], "item"), lambda row: happening(row, base)),
        counts=counts(told["count"]),
    )


def _lines(rows: Iterable[Row], heard: Mapping[str, Utterance]) -> tuple[Utterance, ...]:
    return tuple(heard[iri] for iri in material.iris(rows, "item") if iri in heard)


def _texts(rows: Iterable[Row]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value(row, "text") for row in rows))


def _membership(row: Row, base: Base) -> Membership:
    return Membership(named(row, "thing", base), value(row, "n"), named(row, "kind", base))


def _tallies(rows: Iterable[Row], key: str, base: Base) -> tuple[Tally, ...]:
    """By speaker, the most eager first."""
    by_speaker: dict[Cell, list[tuple[str, int, str]]] = {}
    for row in rows:
        stance = value(row, "kind")
        chosen = {
            "about": key,
            "speaker": value(row, "who").removeprefix(f"{base.iri}id/"),
            "stance": stance.removeprefix(f"{VAL}stance-"),
        }
        count = (verb(stance), int(value(row, "n")), urls.listing("statements", values=chosen))
        by_speaker.setdefault(named(row, "who", base), []).append(count)
    return tuple(Tally(who, tuple(told)) for who, told in by_speaker.items())


def _talks(told: material.Sections, key: str, base: Base) -> tuple[Talks, ...]:
    """Every part in talks: wholes before their rounds, and the latest of these first."""
    refused = {value(row, "thing"): named(row, "item", base) for row in told["refusal"]}
    rows = [*first(told["party"], "thing"), *told["role"], *told["refusal"]]
    rows.sort(key=lambda row: value(row, "from"), reverse=True)
    rows.sort(key=lambda row: _place(value(row, "thing")))
    seen = {value(row, "thing") for row in told["party"]}
    kept = [row for row in rows if value(row, "section") != "refusal" or value(row, "thing") not in seen]
    return each(kept, lambda row: _part(row, refused, key, base))


def _place(thing: str) -> int:
    kind = thing.rpartition("/id/")[2].partition("/")[0]
    return _ORDER.index(kind) if kind in _ORDER else len(_ORDER)


def _part(row: Row, refused: Mapping[str, Cell], key: str, base: Base) -> Talks:
    section, thing = value(row, "section"), value(row, "thing")
    refusal = refused.get(thing, EMPTY) if section != "role" else EMPTY
    if section == "role":
        own = value(row, "who") == f"{base.iri}id/{key}"
        part = f"{named(row, 'kind', base).text or 'third party'}, {named(row, 'state', base).text}".rstrip(
            ", "
        )
        return Talks(
            named(row, "thing", base),
            part,
            EMPTY,
            named(row, "time", base),
            EMPTY if own else named(row, "who", base),
        )
    part = "party" if section == "party" else "refused it"
    return Talks(
        named(row, "thing", base),
        part,
        named(row, "state", base) if section == "party" else EMPTY,
        named(row, "time", base),
        stalled=value(row, "kind").endswith("StalledFormat"),
        refusal=refusal,
    )
