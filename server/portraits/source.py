"""A report or an article: its citation, its text with every passage marked, and who speaks in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from kg.vocab import Base
from server import lookups
from server import text_layout as layout
from server.context import shown_of_articles
from server.engine.contract import Engine, Row
from server.portraits.annotated import Annotator, Note, Paragraph
from server.portraits.marks import Mark, labels, marks, words
from server.portraits.verbs import verb
from server.portraits.voices import Said, Voice, shared, voices
from server.tables import Cell
from server.words import named, value

_STATEMENTS = 2000  # of one text, to tell who speaks in it
_TERMS = 100


@dataclass(frozen=True)
class Publication:
    """What is known of where a text was published."""

    article: Cell
    outlet: Cell
    author: str
    day: str
    url: str
    hash: str
    characters: int
    reports: tuple[Cell, ...]  # of ours that restate this article


@dataclass(frozen=True)
class Term:
    """A term, whose it is, for what, and where it stands first."""

    term: Cell
    user: Cell
    named: Cell
    start: int
    end: int


@dataclass(frozen=True)
class Text:
    """What the page of a source shows: `whole`, or passages alone; `apart` are words of nobody who speaks."""

    report: bool
    publication: Publication
    whole: bool
    said_alone: bool
    paragraphs: tuple[Paragraph, ...]
    layers: dict[str, str]
    unread: tuple[tuple[Note, str], ...]
    voices: tuple[Voice, ...]
    apart: int
    words: int
    terms: tuple[Term, ...]
    part: int
    parts: int

    @property
    def behind(self) -> tuple[Publication, bool]:
        """The article that citations name, and whether it is restated by a report of ours."""
        return self.publication, self.report


def draw(engine: Engine, iri: str, part: int) -> Text | None:
    """The source with this IRI; None beyond the end of its text. Raises errors of the engine, StoreError."""
    base = engine.generation().base
    about = publication(engine, iri)
    parts = layout.parts_of(about.characters)
    if part > parts:
        return None
    told = said(engine, iri)
    heard = voices(told)
    text, found, whole = _text(engine, iri, about.characters, part)
    apart, heard = shared(text, told, heard) if whole and len(told) < _STATEMENTS else (0, heard)
    annotator = Annotator(text, found, *_by_statement(told, heard))
    told_in = annotator.paragraphs(layout.part(text, part))
    present = {mark.layer for mark in found}
    return Text(
        report=iri.startswith(f"{base.iri}id/report/"),
        publication=about,
        whole=whole,
        said_alone=shown_of_articles() == "said",
        paragraphs=told_in,
        layers={name: label for name, label in labels().items() if name in present},
        unread=tuple(
            (note, text[note.mark.start : note.mark.end].replace(layout.HIDDEN, "…"))
            for note in annotator.notes
            if note.layer == "unread"
        ),
        voices=heard,
        apart=apart,
        words=apart + sum(voice.words for voice in heard),
        terms=_terms(engine, iri) if part == 1 else (),
        part=part,
        parts=parts,
    )


def parts(engine: Engine, iri: str) -> int:
    """How many parts the page of a source has for its text."""
    return layout.parts_of(publication(engine, iri).characters)


def publication(engine: Engine, iri: str) -> Publication:
    """Where the source with this IRI, or the article that it restates, was published."""
    base = engine.generation().base
    found = lookups.select(engine, "publication", this=iri)
    first: Row = found[0] if found else {}
    reports = dict.fromkeys(named(row, "report", base) for row in found if "report" in row)
    return Publication(
        article=named(first, "article", base),
        outlet=named(first, "outlet", base),
        author="; ".join(dict.fromkeys(value(row, "author") for row in found if value(row, "author"))),
        day=value(first, "day"),
        url=value(first, "url"),
        hash=value(first, "hash"),
        characters=int(value(first, "characters") or 0),
        reports=tuple(reports),
    )


def said(engine: Engine, iri: str) -> list[Said]:
    """What the statements of a source say, run by run."""
    base = engine.generation().base
    found = lookups.select(engine, "text-statements", this=iri, limit=_STATEMENTS)
    runs = groupby(found, key=lambda row: tuple(value(row, name) for name in ("start", "end", "statement")))
    return [_said(list(rows), base) for _, rows in runs]


def shown_text(
    engine: Engine, iri: str, length: int, near: layout.Stretch, found: Sequence[Mark]
) -> tuple[str, bool]:
    """The text of a source as pages may show it near some characters, and whether that is all of it.

    Of an article, which its publisher owns, only what somebody says in it and terms are shown unless the
    settings allow more. Of a text that this build keeps no copy of, there are passages alone.
    """
    generation = engine.generation()
    is_report = iri.startswith(f"{generation.base.iri}id/report/")
    kept = generation.text(iri.removeprefix(f"{generation.base.iri}id/"))
    if kept is not None and (is_report or shown_of_articles() == "whole"):
        return kept, True
    text = kept or layout.patched(length, words(engine, iri, near.start, near.end))
    said_alone = not is_report and shown_of_articles() == "said"
    open_to_all = [mark for mark in found if not said_alone or mark.how != "evidence" or mark.layer == "term"]
    return layout.passages_of(text, (layout.Stretch(mark.start, mark.end) for mark in open_to_all)), False


def _text(engine: Engine, iri: str, length: int, part: int) -> tuple[str, list[Mark], bool]:
    near = layout.Stretch(max(0, (part - 1) * layout.PART - layout.REACH), part * layout.PART + layout.REACH)
    found = marks(engine, iri, near.start, near.end)
    length = length or max((mark.end for mark in found), default=0)  # where nothing tells how long it is
    text, whole = shown_text(engine, iri, length, near, found)
    return text, found, whole


def _said(rows: list[Row], base: Base) -> Said:
    first = rows[0]
    return Said(
        statement=value(first, "statement"),
        stance=value(first, "stance"),
        modality=value(first, "modality"),
        speakers=tuple(dict.fromkeys(named(row, "speaker", base) for row in rows)),
        start=int(value(first, "start")),
        end=int(value(first, "end")),
    )


def _by_statement(told: Sequence[Said], heard: Sequence[Voice]) -> tuple[dict[str, Voice], dict[str, str]]:
    by_speakers = {voice.speakers: voice for voice in heard}
    return (
        {one.statement: by_speakers[one.speakers] for one in told},
        {one.statement: verb(one.stance, several=len(one.speakers) > 1) for one in told},
    )


def _terms(engine: Engine, iri: str) -> tuple[Term, ...]:
    base = engine.generation().base
    found = lookups.select(engine, "text-terms", this=iri, limit=_TERMS)
    return tuple(
        Term(
            named(row, "term", base),
            named(row, "user", base),
            named(row, "named", base),
            int(value(row, "start")),
            int(value(row, "end")),
        )
        for row in found
    )
