"""A text in paragraphs with its marks: words, signs where a statement begins, and notes beside them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from server.portraits.marks import Mark
from server.portraits.segments import Segment, segments
from server.portraits.voices import Voice
from server.tables import Cell
from server.text_layout import HIDDEN, Stretch, hidden_runs, paragraphs

_STATEMENT, _NAME = "statement", "name"


@dataclass(frozen=True)
class Note:
    """What stands beside the words: things of one layer that rest on the same characters.

    Statements are numbered apart from the rest.
    """

    number: int
    layer: str
    iris: tuple[str, ...]
    things: tuple[Cell, ...]
    mark: Mark
    voice: Voice | None = None
    does: str = ""

    @property
    def anchor(self) -> str:
        return f"{'said' if self.voice else 'note'}-{self.number}"

    @property
    def content(self) -> str:
        """What a statement says, without its speaker and stance, which stand apart."""
        return self.things[0].text.partition("): ")[2] or self.things[0].text


@dataclass(frozen=True)
class Piece:
    """Words, or a gap where they are not shown, that all lie in the same marks.

    `opens` are notes of statements whose words begin here, `closes` other notes whose words end here.
    `anchors` are the passages that begin here.
    """

    start: int
    text: str
    length: int
    gap: bool
    classes: str = ""
    href: str | None = None
    anchors: tuple[str, ...] = ()
    opens: tuple[Note, ...] = ()
    closes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Paragraph:
    """Its words, and the notes that come up first in it."""

    pieces: tuple[Piece, ...]
    notes: tuple[Note, ...]


@dataclass
class Annotator:
    """Makes paragraphs of a text; `speaks` and `does` tell a statement's voice and verb by its IRI."""

    text: str
    marks: Sequence[Mark]
    speaks: Mapping[str, Voice]
    does: Mapping[str, str]
    _notes: dict[tuple[str, ...], Note] = field(default_factory=dict)
    _placed: set[str] = field(default_factory=set)

    def paragraphs(self, within: Stretch) -> tuple[Paragraph, ...]:
        """Those of a stretch of the text; what is hidden whole, one after another, becomes one gap."""
        noted = self._noted()
        told: list[Paragraph] = []
        for place in paragraphs(self.text, within):
            made = self._paragraph(place, noted)
            if told and _is_gap(made) and _is_gap(told[-1]):
                told[-1] = _joined(told[-1], made)
            else:
                told.append(made)
        return tuple(told)

    @property
    def notes(self) -> tuple[Note, ...]:
        """All notes, in order."""
        return tuple(self._notes.values())

    def _noted(self) -> Mapping[Mark, Note]:
        """The note of each mark that has one; things that come up again keep their first note."""
        found: dict[Mark, Note] = {}
        counted: Counter[bool] = Counter()
        for several in sorted(_together(self.marks), key=_comes_up):
            key = (several[0].layer, *(mark.iri for mark in several))
            if key not in self._notes:
                spoken = several[0].iri in self.speaks
                counted[spoken] += 1
                self._notes[key] = self._note(counted[spoken], several)
            found |= dict.fromkeys(several, self._notes[key])
        return found

    def _note(self, number: int, several: Sequence[Mark]) -> Note:
        first = several[0]
        iris, things = tuple(mark.iri for mark in several), tuple(mark.of.thing for mark in several)
        voice, does = self.speaks.get(first.iri), self.does.get(first.iri, "")
        return Note(number, first.layer, iris, things, first, voice, does)

    def _paragraph(self, place: Stretch, noted: Mapping[Mark, Note]) -> Paragraph:
        within = [mark for mark in self.marks if mark.start < place.end and mark.end > place.start]
        cuts = [edge for run in hidden_runs(self.text, place) for edge in (run.start, run.end)]
        cut = segments(place.start, place.end, within, cuts)
        pieces = tuple(self._piece(segment, place, noted) for segment in cut)
        came = dict.fromkeys(note for piece in pieces for note in (*piece.opens, *piece.closes))
        fresh = tuple(note for note in came if note.anchor not in self._placed)
        self._placed |= {note.anchor for note in fresh}
        return Paragraph(pieces, fresh)

    def _piece(self, segment: Segment[Mark], place: Stretch, noted: Mapping[Mark, Note]) -> Piece:
        words = self.text[segment.start : segment.end]
        begun = [mark for mark in segment.marks if max(mark.start, place.start) == segment.start]
        ended = [mark for mark in segment.marks if min(mark.end, place.end) == segment.end]
        names = [mark for mark in segment.marks if mark.layer == _NAME]
        return Piece(
            start=segment.start,
            text=words,
            length=len(words),
            gap=words.startswith(HIDDEN),
            classes=" ".join(self._classes(segment.marks)),
            href=names[-1].of.thing.href if names else None,
            anchors=self._anchors(begun),
            opens=tuple(dict.fromkeys(noted[m] for m in begun if m in noted and m.layer == _STATEMENT)),
            closes=tuple(dict.fromkeys(noted[m] for m in ended if m in noted and m.layer != _STATEMENT)),
        )

    def _anchors(self, begun: Iterable[Mark]) -> tuple[str, ...]:
        """The addresses of passages that begin here, each once on a page."""
        fresh = [f"char={mark.start},{mark.end}" for mark in begun]
        fresh = [anchor for anchor in dict.fromkeys(fresh) if anchor not in self._placed]
        self._placed |= {*fresh}
        return tuple(fresh)

    def _classes(self, marks: Sequence[Mark]) -> Iterator[str]:
        """The narrowest statement colours the words; every other layer has a class of its own."""
        said = [m for m in marks if m.iri in self.speaks and m.how in ("content", "cue")]
        if said:
            voice = self.speaks[said[-1].iri]
            yield f"{'said-by' if said[-1].how == 'content' else 'cue'} hue-{voice.hue} voice-{voice.number}"
        yield from dict.fromkeys(mark.layer for mark in marks if mark.layer != _STATEMENT)


def _together(marks: Sequence[Mark]) -> Iterable[list[Mark]]:
    """Marks by layer and place: those that have a note. Each statement has its own, at its content."""
    found: dict[tuple[str, int, int], list[Mark]] = defaultdict(list)
    content = {mark.iri for mark in marks if mark.how == "content"}
    for mark in marks:
        if mark.layer == _STATEMENT:
            if mark.how == "content" or (mark.how == "evidence" and mark.iri not in content):
                found[mark.iri, mark.start, mark.end].append(mark)
        elif mark.layer != _NAME:
            found[mark.layer, mark.start, mark.end].append(mark)
    return found.values()


def _comes_up(several: Sequence[Mark]) -> int:
    """Where a reader meets the note: a statement's before its words, others after theirs."""
    return several[0].start if several[0].layer == _STATEMENT else several[0].end


def _is_gap(paragraph: Paragraph) -> bool:
    return all(piece.gap for piece in paragraph.pieces)


def _joined(one: Paragraph, other: Paragraph) -> Paragraph:
    length = sum(piece.length for piece in (*one.pieces, *other.pieces))
    return Paragraph((Piece(one.pieces[0].start, "", length, gap=True),), ())
