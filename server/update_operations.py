"""The operations of a SPARQL update as its text tells them (see update_text)."""

from dataclasses import dataclass

Span = tuple[int, int]


class NotUnderstood(Exception):
    """The text is no update, or not one whose operations can be told apart; `at` is where that shows."""

    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at = at


@dataclass(frozen=True)
class Load:
    """`LOAD [SILENT] source [INTO GRAPH target]`, the names as they are written; None: the default graph."""

    source: str
    target: str | None
    silent: bool


@dataclass(frozen=True)
class Using:
    """`USING name`, [start, end) in characters; USING NAMED is none of them."""

    name: str
    start: int
    end: int


@dataclass(frozen=True)
class Operation:
    """One operation, [start, end) in characters, and the prefixes and bases that stand before it.

    `data` is what stands between the braces of INSERT DATA or DELETE DATA. `using_at` is where a USING clause
    fits, in an operation with a pattern, and `pattern` that pattern, in braces, where DELETE WHERE has no
    template. `dataset_at` is where the operation itself says WITH or USING; `usings` are its USING clauses.
    """

    kind: str
    start: int
    end: int
    prologue: str = ""
    data: Span | None = None
    using_at: int | None = None
    pattern: Span | None = None
    dataset_at: int | None = None
    usings: tuple[Using, ...] = ()
    load: Load | None = None
