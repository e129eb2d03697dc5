"""Where a block in braces ends in the text of an update, and runs that can be passed over.

`<` opens an IRI in one place and compares in another; where both are possible, both readings are followed.
"""

import re

from server.query_tokens import IRI, STRING

_HASHLESS = r"""<(?:[^<>"'#{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>"""
# All that is no sign: plain characters, escapes, strings, comments, IRIs that can be nothing else.
TO_SIGN = re.compile(rf"(?:[^<>\"'#\\{{}}()\[\]]+|\\.|{STRING}|#[^\r\n]*|{_HASHLESS})*+", re.DOTALL)
_IRI = re.compile(IRI, re.DOTALL)
_PREFIXED = re.compile(r"<(?P<prefix>(?:[^\W\d_](?:[\w.·-]*[\w·-])?)?):(?P<authority>//)?")
_CLOSERS = {"{": "}", "(": ")", "[": "]"}
_READINGS = 1000  # of one block; more are not followed


class Unclosed(Exception):
    """A block that does not end, or of which it is unsure where."""


def closing(text: str, start: int, plain: re.Pattern[str]) -> int:
    """Past the brace that closes the one at `start`. Raises Unclosed for none, and where that is unsure."""
    todo, seen, ends = [(start, "")], set[tuple[int, str]](), set[int]()
    while todo:
        at, waiting = state = todo.pop()
        if state in seen:
            continue
        seen.add(state)
        end, doubtful = _read_block(text, at, waiting, plain)
        todo += doubtful
        ends |= {end} if end is not None else set()
        if len(ends) > 1 or len(seen) > _READINGS:
            raise Unclosed
    if not ends:
        raise Unclosed
    return ends.pop()


def _read_block(
    text: str, at: int, waiting: str, plain: re.Pattern[str]
) -> tuple[int | None, list[tuple[int, str]]]:
    """The end of the block by one reading, None where it has none, and where other readings begin.

    `waiting` holds the closing brackets that are awaited, the innermost last.
    """
    doubtful: list[tuple[int, str]] = []
    while at < len(text):
        at = past(plain, text, at)
        sign = text[at : at + 1]
        if sign in _CLOSERS and sign:
            waiting += _CLOSERS[sign]
        elif sign in ("}", ")", "]"):
            if not waiting.endswith(sign):
                break
            waiting = waiting[:-1]
            if not waiting:
                return at + 1, doubtful
        elif sign == "<" and (iri := _IRI.match(text, at)):
            if waiting.endswith(")") and _compares(text, at):
                doubtful.append((at + 1, waiting))
            at = iri.end() - 1
        elif sign not in ("<", ">"):
            break
        at += 1
    return None, doubtful


def _compares(text: str, at: int) -> bool:
    """Whether the `<` here may be a comparison: what follows is no name, or one with a declared prefix."""
    found = _PREFIXED.match(text, at)
    if found is None:
        return True
    declared = rf"(?i:prefix)(?:\s|#[^\r\n]*)*{re.escape(found['prefix'])}:"
    return found["authority"] is None and re.search(declared, text) is not None


def past(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Past what a pattern matches at a place, if anything."""
    found = pattern.match(text, at)
    return found.end() if found else at
