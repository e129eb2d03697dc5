"""What a file format gives: one text, where it is from, and what the file says of its publication."""

from dataclasses import dataclass

from kg.sources.fields import NONE, Fields


@dataclass(frozen=True)
class Document:
    """One text of a file, before its citation is settled.

    `stated` is what its header or record says on purpose, `found` what was made out from a page's markup;
    `where` is the file, with the line where it holds several texts.
    """

    text: str
    where: str
    stated: Fields = NONE
    found: Fields = NONE
    kind: str = "article"
    notes: tuple[str, ...] = ()
