"""Citations for BibTeX and biber: UTF-8, since LaTeX reads nothing else by itself since 2018.

A brace counts even after a backslash (plk/biber issue 61), so braces are written as commands. Signs that TeX
draws together, such as two hyphens, are kept apart. What is in `url` or in `\\url` is taken as it stands, so
nothing is escaped there but what would end the field.
"""

import re
from collections.abc import Iterator
from urllib.parse import quote

from server.citing.work import Work, forms, plain, project

# The ten signs that mean something to TeX, and three that its oldest fonts have other shapes for.
_WRITTEN = {
    "\\": "\\textbackslash{}",
    "{": "$\\lbrace$",
    "}": "$\\rbrace$",
    "#": "\\#",
    "$": "\\$",
    "%": "\\%",
    "&": "\\&",
    "_": "\\_",
    "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}",
    "<": "$<$",
    ">": "$>$",
    "|": "$|$",
}
_DRAWN_TOGETHER = re.compile(r"(?<=[-'`,])(?=[-'`,])|(?<=[?!])(?=`)")
_ENDING = "\\{}"  # what a field that is taken as it stands cannot have


def written(work: Work) -> str:
    """The citation as an entry that BibTeX reads."""
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in _fields(work))
    return f"@{forms()[work.form]['bibtex']}{{{key(work)},\n{fields}}}\n"


def key(work: Work) -> str:
    """What a text cites the entry by: letters, digits and hyphens, which no style of keys refuses."""
    return "parley-" + re.sub(r"[^A-Za-z0-9]+", "-", work.key).strip("-")


def escaped(text: str) -> str:
    """The text as TeX sets it, in one line."""
    pieces = _DRAWN_TOGETHER.split(plain(text))
    return "{}".join("".join(_WRITTEN.get(sign, sign) for sign in piece) for piece in pieces)


def _fields(work: Work) -> Iterator[tuple[str, str]]:
    # Braces within braces: a name that is no person's, and a title whose capitals stay as they are.
    yield "author", " and ".join(f"{{{escaped(name)}}}" for name in project()["authors"])
    yield "title", f"{{{escaped(work.title)}}}"
    yield "year", project()["released"][:4]
    kind = escaped(work.name[:1].upper() + work.name[1:])
    within = "" if work.whole else f" in: {escaped(project()['title'])}"
    yield "howpublished", f"{kind}{within}, {escaped(work.edition)}"
    yield "url", _verbatim(work.address)
    if work.original:
        place = f", \\url{{{_verbatim(work.original.url)}}}" if work.original.url else ""
        yield "note", f"{escaped(work.source)}{place}"


def _verbatim(address: str) -> str:
    return "".join(quote(sign) if sign in _ENDING else sign for sign in plain(address).replace(" ", "%20"))
