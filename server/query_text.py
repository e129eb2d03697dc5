"""What a SPARQL text is, told from its tokens: its form, the graphs it names, whether it calls SERVICE.

pyoxigraph shows no query algebra and follows SERVICE with no switch to stop it, so the text is judged before
it runs. Two habits of its parser make this harder than splitting at blanks, and are met here:

- keywords may touch (`trueSERVICE<…>` is true followed by SERVICE), so any word that contains it counts;
- `<` opens an IRI in one place and compares in another. Where the two readings would fall out of step,
  because the would-be IRI holds a quote or a hash, both are followed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from server.query_tokens import Token, token_at, tokens

# Followed by a bracket, or by a comment before one. Blanks, and nothing else, stand between in any reading.
_CHANGING = ("now", "rand", "uuid", "bnode", "service")
_VOLATILE = re.compile(r"(?:NOW|RAND|UUID|BNODE)\s*+[(#]|SERVICE", re.IGNORECASE)
_FORMS = ("select", "ask", "construct", "describe")
_UPDATES = ("insert", "delete", "load", "clear", "create", "drop", "copy", "move", "add", "with")


@dataclass(frozen=True)
class Reading:
    """What the tokens tell: `form` is select, ask, construct, describe, update, or empty for none.

    `default` and `named` are the graphs after FROM and FROM NAMED, written as in the text; `prologue` has
    the prefixes and the base to read them by.
    """

    form: str
    prologue: str
    default: tuple[str, ...]
    named: tuple[str, ...]
    service_at: int | None
    undeclared: tuple[Token, ...]


def mentions(text: str, keyword: str) -> bool:
    """Whether a keyword, in lower case, can stand in the text in any reading; rather yes than no."""
    lowered = text.lower()
    return keyword in lowered or "\\u" in lowered  # which may spell it, \u0053ERVICE


@lru_cache(maxsize=256)
def read(text: str) -> Reading:
    """Judge a query by its tokens; never raises, since syntax errors are the engine's to report."""
    words = list(tokens(text))
    start = next((token for token in words if token.kind == "word" and _form(token.text.lower())), None)
    return Reading(
        form=_form(start.text.lower()) if start else "",
        prologue=text[: start.start] if start else "",
        default=tuple(_graphs(words, "from")),
        named=tuple(_graphs(words, "named")),
        service_at=min(services(text), default=None),
        undeclared=tuple(_undeclared(words)),
    )


def volatile(text: str) -> bool:
    """Whether the answer may differ each time it is asked for, since the text calls NOW, RAND, UUID, STRUUID,
    BNODE or SERVICE in some reading of it.

    Looks at characters and not at tokens, so that no reading escapes; a string that says "now (" counts too.
    """
    lowered = text.lower()  # most texts have none of the words, which is seen a hundred times faster so
    return any(word in lowered for word in _CHANGING) and _VOLATILE.search(text) is not None


def _form(word: str) -> str:
    if word.startswith(_UPDATES):
        return "update"
    return next((form for form in _FORMS if word.startswith(form)), "")


def _graphs(tokens: list[Token], keyword: str) -> Iterator[str]:
    """The names after a keyword, which may be the end of a word, as in `ASKFROM<g>`."""
    for first, second in pairwise(tokens):
        if (
            first.kind == "word"
            and first.text.lower().endswith(keyword)
            and second.kind in ("iri", "prefixed")
        ):
            yield second.text


def _declared(tokens: list[Token]) -> Iterator[str]:
    for first, second in pairwise(tokens):
        if first.text.lower() == "prefix" and second.kind == "prefixed":
            yield second.text
        elif first.kind == "prefixed" and first.text.lower() == "prefix:":
            yield ":"


def _undeclared(tokens: list[Token]) -> Iterator[Token]:
    """The prefixed names whose prefix is not declared anywhere in the text."""
    declared = {*_declared(tokens), "_:"}
    for token in tokens:
        prefix = token.text.partition(":")[0] + ":"
        if token.kind == "prefixed" and prefix not in declared and prefix.lower() != "prefix:":
            yield token


def services(text: str) -> frozenset[int]:
    """Where calls of SERVICE stand, in any reading of the text."""
    todo, seen, found = [(0, "")], set(), set[int]()
    while todo:
        at, before = todo.pop()
        token = None if (at, before) in seen else token_at(text, at)
        seen.add((at, before))
        if token is None:
            continue
        if before != "graph" and _calls(text, token):
            found.add(token.start)
        todo.append((token.end, token.text.lower() if token.kind == "word" else ""))
        if token.kind == "iri" and ("'" in token.text or "#" in token.text):
            todo.append((token.start + 1, ""))  # the other reading: a comparison
    return frozenset(found)


def _calls(text: str, token: Token) -> bool:
    word = token.text.lower()
    follower = token_at(text, token.end) if "service" in word else None
    if follower is None:
        return False
    if token.kind == "word":
        return follower.kind in ("iri", "variable", "prefixed") or follower.text.lower().startswith("silent")
    # `SERVICE:x {` is a call to `:x`, though it looks like a name with the prefix `SERVICE:`.
    return token.kind == "prefixed" and "service" in word.partition(":")[0] and follower.text == "{"
