"""The calls of SERVICE in a query that the engine has parsed: target, pattern and place of each.

Only plain calls are found: the keyword as a word by itself, a constant target, a pattern without a call of
its own. Whatever else calls, or may call in some reading of the text, is refused with its place.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NoReturn

from server.engine.contract import ServiceRefused
from server.query_text import services
from server.query_tokens import Token, position, tokens

_OPERATORS = frozenset("(,=<>!&|+-*/^{[;")  # what an operand comes after
_CLOSERS = {"(": ")", "{": "}", "[": "]"}
_PLAINLY = "Write it as SERVICE <…> { … }, the word by itself, and put blanks around every `<` that compares"


@dataclass(frozen=True)
class Call:
    """`SERVICE [SILENT] target { pattern }`, [start, end) in characters; target and pattern as written."""

    start: int
    end: int
    target: str
    pattern: str
    silent: bool


def calls(text: str) -> tuple[Call, ...]:
    """All calls of a query without syntax errors. Raises ServiceRefused where one is not plain."""
    found, words = tuple(_calls(text)), list(tokens(text))
    hidden = services(text) - {call.start for call in found}
    odd = [word.start for word in words if word.kind == "word" and "lateral" in word.text.lower()]
    unclear = sorted({*hidden, *_unclear(words)})
    if odd:
        refuse(text, odd[0], "SERVICE does not work together with LATERAL", "Leave out LATERAL")
    if unclear:
        refuse(text, unclear[0], "it cannot be told here what the query sends to another endpoint", _PLAINLY)
    return found


def refuse(text: str, at: int, what: str, mend: str | None) -> NoReturn:
    """Raises ServiceRefused with line and column."""
    raise ServiceRefused(what, *position(text, at), mend)


def _calls(text: str) -> Iterator[Call]:
    words = [*tokens(text), *[Token("", "", len(text), len(text))] * 3]
    end = 0
    for index, word in enumerate(words):
        if word.start < end or word.kind != "word" or word.text.lower() != "service":
            continue
        silent = words[index + 1].text.lower() == "silent"
        target, opening = words[index + 1 + silent], index + 2 + silent
        if target.kind == "variable":
            what = f"SERVICE {target.text} is not allowed: its target must be known before the query runs"
            refuse(text, word.start, what, "Name the endpoint: SERVICE <…> { … }")
        if target.kind not in ("iri", "prefixed") or words[opening].text != "{":
            continue
        pattern = _block(words[opening:])
        _refuse_nested(text, pattern)
        end = pattern[-1].end
        yield Call(word.start, end, target.text, text[pattern[0].start : end], silent)


def _block(words: Sequence[Token]) -> Sequence[Token]:
    """The tokens from an opening brace to the one that closes it."""
    depth = 0
    for index, word in enumerate(words):
        depth += (word.text == "{") - (word.text == "}")
        if depth == 0:
            return words[: index + 1]
    return words


def _refuse_nested(text: str, pattern: Sequence[Token]) -> None:
    for word in pattern:
        if word.kind == "word" and word.text.lower() == "service":
            what = "a SERVICE inside another would have that endpoint call a third"
            refuse(text, word.start, what, "Put the two side by side")


def _unclear(words: Sequence[Token]) -> Iterator[int]:
    """Where `<…>` is taken for an IRI that may compare, with a string, comment or bracket in what follows.

    Only in round brackets and after an operand; and not where `//` comes first, which compares nothing.
    """
    open_brackets: list[str] = []
    before = ""
    for word in words:
        if word.text in _CLOSERS:
            open_brackets.append(word.text)
        elif open_brackets and word.text == _CLOSERS[open_brackets[-1]]:
            open_brackets.pop()
        odd = word.kind == "iri" and re.match(r"<(?:(?!//)[^'#()])*['#()]", word.text)
        if odd and open_brackets and open_brackets[-1] == "(" and before not in _OPERATORS:
            yield word.start
        before = word.text
