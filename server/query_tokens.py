"""The tokens of a SPARQL text: SPARQL 1.1 Query Language, section 19.8, productions 139 to 173."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_LOCAL = r"(?:[\w:·‿⁀-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%])"
IRI = r"""<(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>"""
# A prefix that is longer than this, which no one has, is read as a word and a name without a prefix.
PREFIXED = rf"(?:[^\W\d_][\w.·-]{{0,250}}+(?<!\.))?:(?:{_LOCAL}(?:\.*{_LOCAL})*)?"
STRING = (
    r"""(?:'''(?:'{0,2}(?:[^'\\]|\\.))*'''|\"\"\"(?:"{0,2}(?:[^"\\]|\\.))*\"\"\""""
    r"""|'(?:[^'\\\r\n]|\\.)*'|"(?:[^"\\\r\n]|\\.)*")"""
)
# A run of what is neither a bracket nor a lone `<` or `>`, where `<` opens IRIs only: one match for all.
PLAIN = re.compile(rf"(?:[^<>\"'#\\{{}}()\[\]]+|\\.|{STRING}|#[^\r\n]*|{IRI})*+", re.DOTALL)
_TOKEN = re.compile(
    rf"""
    (?P<iri>{IRI})
  | (?P<variable>[?$]\w+)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<prefixed>{PREFIXED}|_:\w(?:[.·-]*\w)*)
  | (?P<word>[^\W\d_]+)
  | (?P<other>\d+|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_STRING = re.compile(STRING, re.DOTALL)
_QUOTES = ("'", '"')
_BLANKS = re.compile(r"\s*")


@dataclass(frozen=True)
class Token:
    """One token of the text, [start, end) in characters; `kind` is a group of the pattern above."""

    kind: str
    text: str
    start: int
    end: int


def position(text: str, offset: int) -> tuple[int, int]:
    """Line and column of a character, both counted from 1."""
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


def token_at(text: str, at: int) -> Token | None:
    """The token at or after a place, past blanks and comments."""
    start = _past_gap(text, at)
    sign = text[start : start + 1]
    if sign in _QUOTES:
        return _quoted(text, start, sign)
    match = _TOKEN.match(text, start)
    if match is None or match.lastgroup is None:
        return None
    return Token(match.lastgroup, match.group(), start, match.end())


def _quoted(text: str, at: int, sign: str) -> Token:
    """The token at a quote: a string, or the quote alone where it opens none."""
    failed, is_long = _unclosed(text), text.startswith(3 * sign, at)
    long, short = (3 * sign, len(text)), (sign, _line_end(text, at))
    if is_long and at > failed.get(long, at):
        return Token("string", 2 * sign, at, at + 2)
    if at > failed.get(short, at):
        return Token("other", sign, at, at + 1)
    match = _STRING.match(text, at)
    if match is None:
        failed[short] = at
        return Token("other", sign, at, at + 1)
    if is_long and match.end() == at + 2:
        failed[long] = at
    return Token("string", match.group(), at, match.end())


@lru_cache(maxsize=16)
def _unclosed(_text: str) -> dict[tuple[str, int], int]:
    """The first place where quotes open no string, by the quotes and where such a string would have to end.

    Each later place like it has a backslash before it and so opens none either: it is not tried, since to try
    them all would take a time that grows with the square of the text. Filled in as places are found.
    """
    return {}


def _past_gap(text: str, at: int) -> int:
    """Past blanks and comments. Many readings of one text may each end in the same long comment, so its end
    is found by the quickest search there is.
    """
    while True:
        found = _BLANKS.match(text, at)
        at = found.end() if found else at
        if text[at : at + 1] != "#":
            return at
        at = _line_end(text, at)


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    earlier = text.find("\r", at, end)
    return end if earlier < 0 else earlier


def tokens(text: str) -> Iterator[Token]:
    """All tokens, in the usual reading: what can be an IRI is one."""
    token = token_at(text, 0)
    while token:
        yield token
        token = token_at(text, token.end)
