"""Posts that an article shows as they stand: words in a paragraph of their own, signed with a handle."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from kg.reading.analysis import Analysis
from kg.reading.clauses.phrases import Phrase
from kg.reading.names.references import AGENTS
from kg.reading.speech.attribution import Attribution
from kg.reading.text.tokens import Range

_SIGNED = re.compile(r"[—–-] ?(?P<who>[^()\n—–]{2,60}?) ?\(@\w+\)")
_LINK = re.compile(r"https?:|www\.|pic\.twitter|t\.co/")
_FEWEST = 3  # tokens that say something


def posts(analysis: Analysis) -> Iterator[Attribution]:
    """ "The dam is full! — Ann Berg (@annberg) May 9, 2018": Ann Berg says what stands before."""
    document = analysis.document
    found = _SIGNED.finditer(document.text) if "(@" in document.text else iter(())
    for signed in found:
        mark = bisect_left(document.starts, signed.start())
        name = Range(
            bisect_left(document.starts, signed.start("who")), bisect_left(document.starts, signed.end("who"))
        )
        paragraph = document.paragraphs[document.paragraph_number(mark)]
        last = next((i for i in range(paragraph.first, mark) if _LINK.match(document.tokens[i].lower)), mark)
        content = Range(paragraph.first, last)
        if name and content.last - content.first >= _FEWEST:
            named = tuple(r for r in analysis.references.within(name) if r.type in AGENTS and not r.adjective)
            yield Attribution(Phrase(name, named[:1], name.last - 1), "tweet", name, (content,))
