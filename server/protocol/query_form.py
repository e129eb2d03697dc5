"""Which form a query has, told from what it begins with.

`server.query_text` reads whole texts, and takes seconds for a megabyte of junk. That is for query processes,
which end when their time is up; a process that answers many clients has no second for one of them.
"""

import re

_GAP = r"(?:\s|\#[^\r\n]*+)*+"
_IRI = r"<[^<>]*+>"
_DECLARATION = (
    rf"(?:BASE{_GAP}{_IRI}|PREFIX{_GAP}[^\s<>#]*+{_GAP}{_IRI}"
    rf"""|VERSION{_GAP}(?:"[^"\r\n]*+"|'[^'\r\n]*+'))"""
)
# SPARQL 1.2, productions 4 to 7. Nothing here is read twice, so the time is linear in what is read.
_BEGIN = re.compile(rf"{_GAP}(?:{_DECLARATION}{_GAP})*+([A-Z]*+)", re.IGNORECASE)
_LONGEST = 2**16  # characters that are read: a longer prologue than that is nobody's, and takes long
_QUERIES = ("select", "ask", "construct", "describe")
_UPDATES = ("insert", "delete", "load", "clear", "create", "drop", "copy", "move", "add", "with")


def query_form(text: str) -> str:
    """select, ask, construct, describe, update, or nothing for a text that is none, and so fails to parse.

    Keywords may touch what follows, as in `ASKFROM<g>{}`, so the beginning of a word counts.
    """
    begin = _BEGIN.match(text, 0, _LONGEST)
    word = begin[1].lower() if begin else ""
    if word.startswith(_UPDATES):
        return "update"
    return next((form for form in _QUERIES if word.startswith(form)), "")
