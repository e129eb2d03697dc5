"""A statement: who says what in whose words, how it reached the reader, and who agrees or contradicts."""

from collections.abc import Sequence
from dataclasses import dataclass

from kg.vocab import NS, VAL, Base
from server import text_layout as layout
from server.engine.contract import Engine, Row
from server.portraits import material
from server.portraits.annotated import Annotator, Paragraph
from server.portraits.marks import Mark, marks
from server.portraits.material import Material
from server.portraits.records import each
from server.portraits.source import Publication, publication, shown_text
from server.portraits.utterances import Utterance
from server.portraits.voices import Voice, sign
from server.tables import Cell
from server.words import Words, flag, named, value

_AROUND = 1200  # characters of a paragraph before and after the words, at most
_PARAGRAPHS = 6
_OTHERS = ("same", "opposite", "answers", "answered", "tension", "restates")
_ASSERTED = f"{VAL}factuality-asserted"


@dataclass(frozen=True)
class Quoted:
    """A run of characters of a source: what it is to the statement, and the words."""

    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Context:
    """The paragraphs of one source in which the words stand, and where their first characters are."""

    source: Cell
    kind: str
    slug: str
    publication: Publication
    paragraphs: tuple[Paragraph, ...]
    content: tuple[Quoted, ...]
    spans: tuple[Quoted, ...]
    terms: tuple[Mark, ...]

    @property
    def report(self) -> bool:
        return self.kind == "report"

    def of(self, kind: str) -> tuple[Quoted, ...]:
        """The spans of one kind: content, cue, antecedent."""
        return tuple(dict.fromkeys(span for span in self.spans if span.kind == kind))


@dataclass(frozen=True)
class Relay:
    """An official text through which the words came; `explicit` as the source says so outright, or not."""

    text: Cell
    issuer: Cell
    state: Cell
    explicit: bool | None


@dataclass(frozen=True)
class Ground:
    """What is refused with this statement as ground; `vouched`: the source tells it in its own voice."""

    refusal: Cell
    by: Cell
    round: Cell
    vouched: bool
    words: tuple[Words, ...]


@dataclass(frozen=True)
class Post:
    """An office of a speaker: as the source names it, or with the days between which it was held."""

    holder: Cell
    post: Cell
    since: str = ""
    until: str = ""


@dataclass(frozen=True)
class Beside:
    """Another statement about the same, and how the two stand to each other."""

    how: str
    statement: Utterance


@dataclass(frozen=True)
class Statement:
    """What the page of a statement shows."""

    own: Utterance
    contexts: tuple[Context, ...]
    posts: tuple[Post, ...]
    speaks_for: tuple[tuple[Cell, bool], ...]
    relays: tuple[Relay, ...]
    grounds: tuple[Ground, ...]
    alleges: tuple[tuple[Cell, Cell], ...]
    demands: tuple[Cell, ...]
    due: tuple[Cell, ...]
    agree: tuple[Beside, ...]
    contradict: tuple[Beside, ...]
    review: tuple[Cell, ...]
    readings: tuple[Cell, ...]
    readers: tuple[Cell, ...]

    @property
    def behind(self) -> tuple[Publication, bool] | None:
        """The article that citations name, and whether it is restated by a report of ours."""
        return (self.contexts[0].publication, self.contexts[0].report) if self.contexts else None


def draw(engine: Engine, iri: str, part: int) -> Statement | None:
    """The portrait of a statement; further parts of its page have only what the graph says."""
    if part > 1:
        return None
    said = (("self", "item"), *((section, "item") for section in _OTHERS))
    found = material.gather(engine, "portrait-statement", iri, said, supported=(("ground", "thing"),))
    if iri not in found.heard:
        return None
    base, own = found.base, found.heard[iri]
    contexts = each(found.rows("source"), lambda row: _context(engine, row, own, found))
    agree, contradict = _others(found, own)
    return Statement(
        own=own,
        contexts=contexts,
        posts=_posts(found, next((context.publication.day for context in contexts), "")),
        speaks_for=each(found.rows("for"), lambda row: (named(row, "thing", base), flag(row, "kind"))),
        relays=each(found.rows("relay"), lambda row: _relay(row, base)),
        grounds=each(found.rows("ground"), lambda row: _ground(row, found)),
        alleges=each(
            found.rows("alleges"), lambda row: (named(row, "thing", base), named(row, "kind", base))
        ),
        demands=found.cells("demand"),
        due=found.cells("due"),
        agree=agree,
        contradict=contradict,
        review=found.cells("review"),
        readings=found.cells("reading"),
        readers=found.cells("reading", "who"),
    )


def _context(engine: Engine, row: Row, own: Utterance, found: Material) -> Context:
    """Where the words stand in one source: their paragraphs, with these words marked and names linked."""
    source = value(row, "thing")
    about = publication(engine, source)
    spans = _quoted(found, "span", source)
    content = tuple(span for span in spans if span.kind == "content") or _quoted(found, "evidence", source)
    kind, _, slug = source.removeprefix(f"{found.base.iri}id/").partition("/")
    near: list[Mark] = []
    shown: tuple[Paragraph, ...] = ()
    if content:
        first, last = content[0].start, max(span.end for span in content)
        around = layout.Stretch(max(0, first - _AROUND), last + _AROUND)
        near = marks(engine, source, around.start, around.end)
        text, _ = shown_text(engine, source, max(about.characters, last), around, near)
        shown = _marked(text, near, own, content)
    terms = tuple(mark for mark in near if mark.layer == "term" and _within(mark, content))
    return Context(named(row, "thing", found.base), kind, slug, about, shown, content, spans, terms)


def _marked(
    text: str, near: Sequence[Mark], own: Utterance, content: Sequence[Quoted]
) -> tuple[Paragraph, ...]:
    voice = Voice(1, sign([cell.text for cell in own.speakers]), own.speakers, 1)
    kept = [mark for mark in near if mark.iri == own.iri or mark.layer in ("name", "term")]
    annotator = Annotator(text, kept, {own.iri: voice}, {own.iri: own.verb})
    found: list[Paragraph] = []
    for place in _lines(text, content)[:_PARAGRAPHS]:
        found += annotator.paragraphs(place)
    return tuple(found)


def _lines(text: str, content: Sequence[Quoted]) -> list[layout.Stretch]:
    """The lines that the words stand in, each once; of very long ones what is near."""
    found: list[layout.Stretch] = []
    for span in content:
        start = max(text.rfind("\n", 0, span.start) + 1, span.start - _AROUND)
        end = text.find("\n", span.end)
        end = min(len(text) if end < 0 else end, span.end + _AROUND)
        if found and start <= found[-1].end:
            found[-1] = layout.Stretch(found[-1].start, max(end, found[-1].end))
        else:
            found.append(layout.Stretch(start, end))
    return found


def _within(mark: Mark, content: Sequence[Quoted]) -> bool:
    return any(span.start <= mark.start and mark.end <= span.end for span in content)


def _quoted(found: Material, section: str, source: str) -> tuple[Quoted, ...]:
    return tuple(
        Quoted(
            value(row, "kind").removeprefix(str(NS)).removesuffix("Span"),
            value(row, "text"),
            int(value(row, "start")),
            int(value(row, "end")),
        )
        for row in found.rows(section)
        if value(row, "thing") == source
    )


def _relay(row: Row, base: Base) -> Relay:
    explicit = flag(row, "kind") if "kind" in row else None
    return Relay(named(row, "thing", base), named(row, "who", base), named(row, "about", base), explicit)


def _ground(row: Row, found: Material) -> Ground:
    base = found.base
    return Ground(
        named(row, "thing", base),
        named(row, "who", base),
        named(row, "about", base),
        value(row, "kind") == _ASSERTED,
        found.words(row, "thing"),
    )


def _posts(found: Material, day: str) -> tuple[Post, ...]:
    """What each speaker was on the day of the source: by known tenures, and as the source has it."""
    told: dict[tuple[Cell, Cell], Post] = {}
    for row in found.rows("post"):
        since, until = value(row, "from"), value(row, "to")
        post = Post(named(row, "who", found.base), named(row, "thing", found.base), since, until)
        in_office = not day or ((not since or since <= day) and (not until or day <= until))
        if "about" in row or in_office:
            key = (post.holder, post.post)
            told[key] = post if since or key not in told else told[key]
    return tuple(told.values())


def _others(found: Material, own: Utterance) -> tuple[tuple[Beside, ...], tuple[Beside, ...]]:
    """Statements that say the same, and those that stand against it."""
    agree: list[Beside] = []
    contradict: list[Beside] = []
    for one in found.lines("same"):
        against = one.negated != own.negated
        (contradict if against else agree).append(Beside("on the same content", one))
    agree += [Beside("restatement", one) for one in found.lines("restates")]
    for section, how in _AGAINST.items():
        contradict += [Beside(how, one) for one in found.lines(section)]
    return tuple(dict.fromkeys(agree)), tuple(dict.fromkeys(contradict))


_AGAINST = {
    "answers": "what this denies or counters",
    "answered": "denies or counters this",
    "tension": "noted by an editor as hard to hold together with this",
    "opposite": "the opposite of the same content",
}
