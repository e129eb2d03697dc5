"""An actor: its posts, what it says, what others say of it, its part in talks, its words, its events."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.vocab import VAL, Base
from server import urls
from server.engine.contract import Engine, Row
from server.portraits import material
from server.portraits.material import Material
from server.portraits.memberships import Membership, memberships
from server.portraits.records import Count, Happening, Talks, cells, counts, each, first, happening, together
from server.portraits.strip import Strip, strip
from server.portraits.utterances import Utterance
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
    published: tuple[Cell, ...]
    events: tuple[Happening, ...]
    counts: Mapping[str, Count]


def draw(engine: Engine, iri: str, part: int) -> Actor | None:
    """The portrait of an actor; further parts of its page have only what the graph says."""
    if part > 1:
        return None
    found = material.gather(engine, "portrait-actor", iri, said=(("said", "item"), ("told", "item")))
    base, key = found.base, iri.removeprefix(f"{found.base.iri}id/")
    held = [*found.ordered("tenure", "from", "thing", back=True), *_offices(found)]
    return Actor(
        key=key,
        posts=found.cells("post"),
        strip=strip(held, material.day(engine), base),
        represents=found.cells("represents"),
        represented=found.cells("represented"),
        belongs=found.cells("belongs"),
        bodies=found.cells("bodies"),
        conflicts=each(first(found.rows("conflict"), "thing"), lambda row: happening(row, base, "thing")),
        said=found.latest("said"),
        told=found.lines("told"),
        tallies=_tallies(found.rows("tally"), key, base),
        talks=_talks(found, key),
        corridors=memberships(found),
        published=found.cells("published"),
        uses=tuple(
            (named(rows[0], "thing", base), _texts(rows))
            for _, rows in together(found.ordered("uses", "thing", "text"), "thing")
        ),
        called=tuple(
            (text, cells(rows, "who", base))
            for text, rows in together(found.ordered("called", "text", "who"), "text")
        ),
        events=each(
            first(found.ordered("event", "from", "item", back=True), "item"), lambda row: happening(row, base)
        ),
        counts=counts(found.rows("count")),
    )


def _offices(found: Material) -> list[Row]:
    """Posts by their names, each with its latest holder first."""
    latest = found.ordered("office", "from", "who", back=True)
    return sorted(latest, key=lambda row: value(row, "thingLabel") or value(row, "thing"))


def _texts(rows: Iterable[Row]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value(row, "text") for row in rows))


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


def _talks(found: Material, key: str) -> tuple[Talks, ...]:
    """Every part in talks: wholes before their rounds, and the latest of these first."""
    base = found.base
    refusals = {value(row, "thing"): named(row, "item", base) for row in found.rows("refusal")}
    sides = first(found.rows("party"), "thing")
    seen = {value(row, "thing") for row in sides}
    others = [row for row in found.rows("refusal") if value(row, "thing") not in seen]
    rows = [*sides, *found.rows("role"), *first(others, "thing")]
    rows.sort(key=lambda row: value(row, "from"), reverse=True)
    rows.sort(key=lambda row: _place(value(row, "thing")))
    make = {"party": _side, "role": _role, "refusal": _side}
    return each(rows, lambda row: make[value(row, "section")](row, refusals, key, base))


def _place(thing: str) -> int:
    kind = thing.rpartition("/id/")[2].partition("/")[0]
    return _ORDER.index(kind) if kind in _ORDER else len(_ORDER)


def _side(row: Row, refusals: Mapping[str, Cell], _: str, base: Base) -> Talks:
    """A side to talks, which may have refused them; or somebody who refused and is not told of as a side."""
    side = value(row, "section") == "party"
    return Talks(
        named(row, "thing", base),
        "party" if side else "",
        named(row, "state", base) if side else EMPTY,
        named(row, "time", base),
        stalled=value(row, "kind").endswith("StalledFormat"),
        refusal=refusals.get(value(row, "thing"), EMPTY),
    )


def _role(row: Row, _: Mapping[str, Cell], key: str, base: Base) -> Talks:
    """A part of a third party, which somebody else may play for it."""
    through = EMPTY if value(row, "who") == f"{base.iri}id/{key}" else named(row, "who", base)
    kind, state = named(row, "kind", base).text or "third party", named(row, "state", base).text
    part = f"{kind}, {state}" if state else kind
    return Talks(named(row, "thing", base), part, EMPTY, named(row, "time", base), through)
