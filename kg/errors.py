"""Every error that Parley raises on purpose: what is wrong, where, and how to mend it.

ParleyError
├── SourceError        an article or report that cannot be read
│   └── LeftOut        one that could be, but has no place in the graph
├── AuthorityError     authority data that break their own rules
├── StoreError         the data folder
│   ├── NothingBuilt   no graph there yet
│   └── StoreLocked    another build is at work
├── QueryError         a query that cannot be run
├── EvaluationError    a reading that cannot be scored
└── CheckError         a check that could not be carried out
"""


class ParleyError(Exception):
    """A fault that a person can mend; its text is one line: what (where): mend."""

    exit_code = 1  # of a command that meets it: 1 for work that failed, 2 for a call that is not allowed

    def __init__(self, what: str, where: str | None = None, mend: str | None = None) -> None:
        self.what, self.where, self.mend = what, where, mend
        line = what if where is None else f"{where}: {what}"
        super().__init__(line if mend is None else f"{line}. {mend}")


class SourceError(ParleyError):
    """An article or report that cannot be read."""


class LeftOut(SourceError):
    """A sound text that has no place in the graph: in another language, or the same as another."""


class AuthorityError(ParleyError):
    """Authority data that break their own rules."""


class StoreError(ParleyError):
    """The data folder cannot be used as it is."""


class NothingBuilt(StoreError):
    """The data folder holds no graph yet."""


class StoreLocked(StoreError):
    """Another process is building in the same data folder."""


class QueryError(ParleyError):
    """A query that cannot be run."""


class CheckError(ParleyError):
    """A check that could not be carried out."""


class EvaluationError(ParleyError):
    """What a person wrote down about a text cannot be compared with a reading of it."""
