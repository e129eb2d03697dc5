"""Negotiation tracks: which formats a text tells of, who mediates each, and how far each has come."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass

from kg.identifiers import digest, names_of, slug
from kg.model import AttributedLabel, Format, MediatorRole, Process, StatusReport
from kg.reading.analysis import Analysis
from kg.reading.talks.clues import find_clues
from kg.reading.talks.grouping import Track, group
from kg.reading.talks.nature import kinds_of_talks
from kg.reading.talks.progress import find_assessments
from kg.reading.text.tokens import Range
from kg.reading.words.nouns import noun_table

_UNIONS = frozenset({"IntergovernmentalOrganisation", "Mission"})


@dataclass(frozen=True)
class Talks:
    """The peace processes of a text with their formats, mediators and assessments."""

    processes: tuple[Process, ...]
    formats: tuple[Format, ...]
    roles: tuple[MediatorRole, ...]
    status_reports: tuple[StatusReport, ...]
    labels: tuple[AttributedLabel, ...]
    mediator_of: dict[str, tuple[str, ...]]  # format key → mediators


def find_talks(
    analysis: Analysis,
    parties: tuple[str, ...],
    conflicts: tuple[str, ...],
    quoted: Mapping[int, str | None],
    labels: dict[str, str],
) -> Talks:
    """Formats are named by their mediators and the parties; `quoted`: whose words a token is in."""
    tracks = group(analysis, find_clues(analysis))
    found = _Records(analysis, labels)
    formats = {(form := found.format(track)).key: form for track in tracks}
    processes = found.processes(tracks, parties, conflicts)
    mediator_of = {found.key(track): tuple(track.mediators) for track in tracks}
    assessments = find_assessments(analysis, mediator_of, quoted, labels)
    return Talks(
        processes,
        tuple(formats.values()),
        tuple(role for track in tracks for role in found.roles(track)),
        tuple(assessments),
        tuple(term for track in tracks for term in found.terms(track, quoted)),
        mediator_of,
    )


@dataclass(frozen=True)
class _Records:
    """Turns tracks into records."""

    analysis: Analysis
    labels: dict[str, str]

    def key(self, track: Track) -> str:
        """Named by the authority data, by its mediators and parties, or by its parties and place."""
        if track.named or track.title:
            return track.named.key if track.named else f"format/{slug(track.title)}"
        sides = names_of(track.sides) or digest(self.analysis.source.key, *track.mediators, length=6)
        if track.mediators:
            return f"format/{names_of(track.mediators)}-track-{sides}"
        return f"format/{self._place(track) and slug(self._place(track)) + '-'}talks-{sides}"

    def format(self, track: Track) -> Format:
        """With the words of every passage about it."""
        sides = tuple(sorted(track.sides))
        return Format(
            self.key(track),
            self._label(track),
            _process_key(self._settling(track)),
            sides,
            self.analysis.spans(*(part for clue in track.clues for part in clue.evidence)),
            kinds_of_talks(self.analysis, [part for clue in track.clues for part in clue.evidence]),
        )

    def _settling(self, track: Track) -> tuple[str, ...]:
        """Whose conflict it is to settle, sorted: no union of states is a party, no Quad settles its own."""
        unions = {r.key for r in self.analysis.references.items if r.type in _UNIONS}
        return () if track.united else tuple(sorted(track.sides - unions))

    def _label(self, track: Track) -> str:
        if track.named or track.title:
            return track.named.label if track.named else track.title
        mediators = sorted(track.mediators, key=lambda key: key)
        named = " and ".join(self.labels.get(key, key) for key in mediators)
        place = self._place(track)
        head = f"{named} track" if named else f"{place} talks" if place else "Talks"
        return ", ".join(part for part in (head, self._names(track.sides)) if part)

    def _place(self, track: Track) -> str:
        """The place that the text names the talks after, or nothing."""
        told = next((clue.place for clue in track.clues if clue.place), None)
        return self.analysis.document.words(Range(told.first, told.last - 1)) if told else ""

    def _names(self, keys: frozenset[str]) -> str:
        return "–".join(self.labels.get(key, key) for key in sorted(keys))

    def roles(self, track: Track) -> Iterator[MediatorRole]:
        """One for each mediator, with the passages that say so."""
        within = self.key(track)
        for key in track.mediators:
            told = [clue for clue in track.clues if key in {r.key for r in clue.mediators}]
            state = "active" if any(clue.state == "active" for clue in told) else told[0].state
            yield MediatorRole(
                f"role/{key.split('/', 1)[1]}-in-{within.split('/', 1)[1]}",
                key,
                within,
                state,
                self.analysis.spans(*(part for clue in told for part in clue.evidence)),
                self.analysis.spans(*self.analysis.antecedents(*(clue.evidence[0] for clue in told))),
                tuple(sorted({kind for clue in told for holder, kind in clue.parts if holder == key})),
            )

    def terms(self, track: Track, quoted: Container[int]) -> Iterator[AttributedLabel]:
        """ "the Jeddah talks": what the outlet calls the track."""
        for clue in track.clues:
            if clue.place and clue.place.first not in quoted:
                term = self.analysis.document.words(clue.place)
                mark = digest(self.analysis.source.key, self.key(track), term, length=8)
                span = self.analysis.spans(clue.place)
                yield AttributedLabel(f"label/{slug(term)}-{mark}", term, self.key(track), None, span)

    def processes(
        self, tracks: list[Track], parties: tuple[str, ...], conflicts: tuple[str, ...]
    ) -> tuple[Process, ...]:
        """One for each set of parties of the tracks, and for the text's two if it speaks of their peace."""
        words = _process_words(self.analysis, parties)
        told: dict[tuple[str, ...], list[Range]] = {parties: words} if parties and words else {}
        for track in tracks:
            if len(sides := self._settling(track)) > 1:
                told.setdefault(sides, [part for clue in track.clues for part in clue.evidence])
        return tuple(
            Process(
                f"process/{names_of(sides)}",
                f"Peace process: {self._names(frozenset(sides))}",
                sides,
                conflicts if sides == parties else (),
                self.analysis.spans(*parts),
            )
            for sides, parts in told.items()
        )


def _process_key(sides: tuple[str, ...]) -> str | None:
    return f"process/{names_of(sides)}" if len(sides) > 1 else None


def _process_words(analysis: Analysis, parties: tuple[str, ...]) -> list[Range]:
    """Where the text speaks of the talks or the peace process of its two parties."""
    found = []
    tokens = analysis.document.tokens
    for index in analysis.document.positions(noun_table().talks.processes):
        peace = index and tokens[index - 1].lower == "peace"
        near = analysis.references.within(Range(max(0, index - 6), min(len(tokens), index + 8)))
        if peace and {r.key for r in near} & set(parties):
            found.append(_around(analysis, index, parties))
    return found


def _around(analysis: Analysis, index: int, parties: tuple[str, ...]) -> Range:
    """The talks with those parties that are named beside them."""
    sentence = analysis.document.sentence(index)
    near = Range(max(sentence.first, index - 5), min(sentence.last, index + 6))
    joined = [r.range for r in analysis.references.within(near) if r.key in parties and r.form != "pronoun"]
    return Range(min([index - 1, *(r.first for r in joined)]), max([index + 1, *(r.last for r in joined)]))
