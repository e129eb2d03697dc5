"""How deep a query nests and how much it chains, judged before the engine parses it.

pyoxigraph's parser and optimiser call themselves for every bracket, every `!` and every link of a chain such
as `a || b || c`. Too many overflow the stack, which ends the process and which no exception can stop. Queries
of every shape within the limits were tried on the threads that `parley serve` answers in (`server.listener`).
"""

import re
from dataclasses import dataclass

from kg.errors import QueryError
from server.query_tokens import PLAIN, Token, position, token_at

DEEPEST = 200  # brackets and unary operators around one place
LONGEST = 5000  # operators and keywords in one query
MOST = 1_000_000  # words, numbers and signs in one query: to read them takes some seconds
_CLOSERS = {"{": "}", "(": ")", "[": "]", "<<": ">>"}
_BRACKET = re.compile(rf"{PLAIN.pattern}(?P<sign><<|>>|.)?", re.DOTALL)
_UNARY = frozenset("!+-^")
_DEEPENERS = (*"{([<", *_UNARY)
_CHAINED = frozenset("|&+-*/=!^{")


class TooNested(QueryError):
    """A query that the engine could not be trusted with."""

    exit_code = 2

    def __init__(self, what: str, text: str, at: int) -> None:
        self.line, self.column = position(text, at)
        where = f"line {self.line}, column {self.column}"
        super().__init__(what, where, "Ask in several smaller queries")


@dataclass(frozen=True)
class _Frame:
    """An open bracket: how deep what it holds stands, what closes it, and what it stands in."""

    depth: int
    closer: str
    outer: "_Frame | None"


@dataclass(frozen=True)
class _State:
    """A place in one reading of the text; `run` counts the unary operators that wait for their operand."""

    at: int
    frame: _Frame
    run: int
    chained: int

    @property
    def depth(self) -> int:
        return self.frame.depth + self.run


def refuse_nested(text: str) -> None:
    """Raises TooNested at the first place past a limit, in any reading of the text.

    The usual reading goes first, to its end; another is followed until it falls in with one before it.
    """
    if len(text) <= LONGEST and sum(map(text.count, _DEEPENERS)) <= DEEPEST:
        return  # too short for the one limit, and too few signs for the other
    todo, deepest = [_State(0, _Frame(0, "", None), 0, 0)], dict[int, int]()
    while todo:
        state = todo.pop()
        token = token_at(text, state.at)
        if token is None or deepest.get(token.start, -1) >= state.depth:
            continue
        deepest[token.start] = state.depth
        if len(deepest) > MOST:
            raise TooNested(f"the query has more than {MOST:,} words, numbers and signs", text, token.start)
        after = _after(text, state, token)
        _within_limits(text, token, after, _inside(token))
        if token.kind == "iri" and ("'" in token.text or "#" in token.text):
            todo.append(_State(token.start + 1, state.frame, 0, 0))  # the other reading: a comparison
        todo.append(after)


def refuse_nested_data(text: str, start: int, end: int) -> None:
    """As `refuse_nested` for what stands between the braces of INSERT DATA or DELETE DATA.

    Lists of triples may be as long as they like: the engine's parser takes them one after another.
    """
    depth, at = 0, start
    while (found := _BRACKET.match(text, at, end)) and found["sign"]:
        depth += 1 if found["sign"] in _CLOSERS else -1 if found["sign"] in _CLOSERS.values() else 0
        at = found.end()
        if depth > DEEPEST:
            raise TooNested(f"the data are nested more than {DEEPEST} deep", text, at - 1)


def _within_limits(text: str, token: Token, after: _State, inside: int) -> None:
    if after.depth + inside > DEEPEST:
        raise TooNested(f"the query is nested more than {DEEPEST} deep", text, token.start)
    if after.chained > LONGEST:
        raise TooNested(f"the query has more than {LONGEST} operators and keywords", text, token.start)


def _inside(token: Token) -> int:
    """What an IRI would add, were its `<` a comparison: the parser may try that first."""
    return sum(map(token.text.count, "([!")) if token.kind == "iri" else 0


def _after(text: str, state: _State, token: Token) -> _State:
    """The state past a token."""
    sign = text[token.start : token.start + 2] if token.text in "<>" else token.text
    frame, end = state.frame, token.start + len(sign) if sign in ("<<", ">>") else token.end
    if token.kind != "other":
        waits = token.kind in ("word", "prefixed", "iri")  # `!EXISTS {`, `!ex:f(`: the operand goes on
        return _State(end, frame, state.run if waits else 0, state.chained + (token.kind == "word"))
    chained = state.chained + (sign in _CHAINED or (sign == "(" and frame.closer != "}"))
    if sign == ";" and frame.outer is None:
        return _State(end, frame, 0, 0)  # the next operation of an update, which nothing chains to this one
    if sign in _CLOSERS:
        return _State(end, _Frame(state.depth + 1, _CLOSERS[sign], frame), 0, chained)
    if sign in _CLOSERS.values():
        return _State(end, _closed(frame, sign), 0, chained)
    return _State(end, frame, state.run + 1 if sign in _UNARY else 0, chained)


def _closed(frame: _Frame, sign: str) -> _Frame:
    """What stands around the bracket that this sign closes; nothing changes where none is open."""
    found: _Frame | None = frame
    while found and found.closer != sign:
        found = found.outer
    return found.outer if found and found.outer else frame
