"""Other words for parts of a text, with a way back to where they stood."""

from dataclasses import dataclass

from server.query_tokens import position


@dataclass(frozen=True)
class Edit:
    """Other words for [start, end) of a text."""

    start: int
    end: int
    words: str


@dataclass(frozen=True)
class Edited:
    """A text with edits made, which knows where in the original each place of it was."""

    original: str
    edits: tuple[Edit, ...] = ()

    @property
    def text(self) -> str:
        """The text to run."""
        parts, at = list[str](), 0
        for edit in self.edits:
            parts += (self.original[at : edit.start], edit.words)
            at = edit.end
        return "".join((*parts, self.original[at:]))

    def origin(self, line: int, column: int) -> tuple[int, int]:
        """Line and column in the original, for those in the edited text."""
        lines = self.text.split("\n")
        offset = sum(len(one) + 1 for one in lines[: line - 1]) + column - 1
        grown = 0
        for edit in self.edits:
            if offset < edit.start + grown:
                break
            within = offset < edit.start + grown + len(edit.words)
            grown += len(edit.words) - (edit.end - edit.start)
            offset = edit.start + grown if within else offset
        return position(self.original, max(offset - grown, 0))
