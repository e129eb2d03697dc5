"""Statements as lines of a page: who says what to whom, how firmly, when, through whom, in which words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from kg.vocab import NS, REL, VAL, Base
from server import lookups, urls
from server.engine.contract import Engine, Row
from server.portraits.verbs import verb
from server.tables import Cell
from server.words import Words, named, value

_SAYS = f"{REL}says"  # words that were not analysed further: the passage has them
_NEGATIVE = {f"{VAL}polarity-negative", f"{VAL}modality-negated"}
_PLAIN = f"{VAL}modality-asserted"


@dataclass(frozen=True)
class Content:
    """A piece of what is said, as it was read: a relation between a subject and an object, or words."""

    subject: Cell
    relation: Cell
    object: Cell
    negated: bool


@dataclass(frozen=True)
class Utterance:
    """One statement. `date` is the day of its source, `when` the time at which it was made, if that is told.

    `firmness` is there where it is not simply asserted, `negated` where the statement or a piece of it is.
    """

    iri: str
    href: str
    speakers: tuple[Cell, ...]
    verb: str
    stance: str
    addressees: tuple[Cell, ...] = ()
    contents: tuple[Content, ...] = ()
    conditions: tuple[Cell, ...] = ()
    firmness: Cell | None = None
    form: Cell | None = None
    negated: bool = False
    when: Cell | None = None
    date: str = ""
    issuers: tuple[Cell, ...] = ()
    words: tuple[Words, ...] = ()


def rows_of(engine: Engine, statements: Sequence[str]) -> list[Row]:
    """What there is to tell of these statements; names are to be added."""
    found = lookups.select(engine, "utterances", these=statements) if statements else []
    return sorted(
        found, key=lambda row: [value(row, name) for name in ("statement", "content", "property", "value")]
    )


def utterances(
    rows: Iterable[Row], said: Mapping[str, tuple[Words, ...]], base: Base
) -> Mapping[str, Utterance]:
    """Statements by their IRIs, of rows with names that come sorted by statement and content."""
    by_statement = groupby(rows, key=lambda row: value(row, "statement"))
    return {iri: _utterance(iri, [*members], said.get(iri, ()), base) for iri, members in by_statement}


def _utterance(iri: str, rows: Sequence[Row], said: tuple[Words, ...], base: Base) -> Utterance:
    own = _by_property([row for row in rows if "content" not in row], base)
    inner = groupby((row for row in rows if "content" in row), key=lambda row: value(row, "content"))
    contents = tuple(_content(_by_property(members, base)) for _, members in inner)
    speakers = _cells(own, "hasSpeaker")
    stance = _iri(own, "stance")
    firmness = next(iter(own.get("modality", ())), None)
    plain = firmness is None or firmness[0] in (_PLAIN, *_NEGATIVE)
    return Utterance(
        iri,
        urls.of(iri, base) or iri,
        speakers,
        verb(stance, len(speakers) > 1),
        stance.removeprefix(f"{VAL}stance-"),
        _cells(own, "addressedTo"),
        tuple(content for content in contents if content and content.relation.text),
        _cells(own, "hasCondition"),
        firmness=None if plain or firmness is None else firmness[1],
        form=next(iter(_cells(own, "speechForm")), None),
        negated=bool({_iri(own, "modality"), _iri(own, "polarity")} & _NEGATIVE),
        when=next(iter(_cells(own, "saidAt")), None),
        date=min((told for told, _ in own.get("date", ())), default=""),
        issuers=_cells(own, "issuedBy"),
        words=said,
    )


_Values = Mapping[str, Sequence[tuple[str, Cell]]]  # of a property, by its name: as they are, and as shown


def _by_property(rows: Iterable[Row], base: Base) -> _Values:
    found: dict[str, list[tuple[str, Cell]]] = defaultdict(list)
    for row in rows:
        name = value(row, "property").removeprefix(str(NS)).rpartition("/")[2]
        found[name].append((value(row, "value"), named(row, "value", base)))
    return found


def _content(values: _Values) -> Content | None:
    if _iri(values, "propPredicate") == _SAYS:
        return None
    relation, subject = _cells(values, "propPredicate"), _cells(values, "propSubject")
    things = _cells(values, "propObject") or _cells(values, "propValue")
    if not (relation and subject):
        return None
    negated = _iri(values, "propPolarity") in _NEGATIVE
    return Content(subject[0], relation[0], things[0] if things else Cell(""), negated)


def _cells(values: _Values, name: str) -> tuple[Cell, ...]:
    return tuple(cell for _, cell in values.get(name, ()))


def _iri(values: _Values, name: str) -> str:
    return next((told for told, _ in values.get(name, ())), "")
