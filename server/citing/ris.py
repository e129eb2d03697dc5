"""Citations for reference managers, in RIS: a tag, two spaces, a hyphen, a space and a value on each line.

RIS Format Specifications, Research Information Systems: lines end with CR and LF, TY comes first and ER last,
and names of authors have no asterisk. Its characters were those of Windows; readers now take UTF-8.
"""

from collections.abc import Iterator

from server.citing.bibtex import key
from server.citing.work import Work, forms, plain, project

_END = "\r\n"


def written(work: Work) -> str:
    """The citation as one record."""
    lines = (f"{tag}  - {plain(value)}" for tag, value in _fields(work) if plain(value))
    return _END.join((*lines, "ER  - ", ""))


def _fields(work: Work) -> Iterator[tuple[str, str]]:
    yield "TY", forms()[work.form]["ris"]
    yield "ID", key(work)
    for name in project()["authors"]:
        yield "AU", name.replace("*", " ")
    yield "TI", work.title
    if not work.whole:
        yield "T2", project()["title"]
    yield "PY", project()["released"][:4]
    yield "ET", work.edition
    yield "M3", work.name
    yield "UR", work.address
    yield "N1", work.source_with_address
