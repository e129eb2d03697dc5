"""What stands between quotation marks, paragraph by paragraph."""

from bisect import bisect_left

from kg.reading.text.tokens import Range, Token

_PAIRS = {"“": "”", "«": "»", "„": "“", "''": "''", "``": "''"}
_SINGLE = frozenset({"’", "'"})
_MARKS = frozenset({*_PAIRS, *_PAIRS.values(), '"', "‘", "’", "'"})


def find_quotes(text: str, tokens: tuple[Token, ...], paragraphs: tuple[Range, ...]) -> list[Range]:
    """Pairs of quotation marks, paragraph by paragraph."""
    marks = [token for token in tokens if token.text in _MARKS]
    places = [token.index for token in marks]
    return [
        quote
        for part in paragraphs
        if (near := marks[bisect_left(places, part.first) : bisect_left(places, part.last)])
        for quote in _in_paragraph(text, near, part)
    ]


def _in_paragraph(text: str, marks: list[Token], paragraph: Range) -> list[Range]:
    """Those of one paragraph; one that is never closed runs to its end."""
    found: list[Range] = []
    opened: int | None = None
    closer, inner = "", 0
    for token in marks:
        index = token.index
        if opened is None:
            closer, inner = _closer(text, token), 0
            opened = index + 1 if closer else None
        elif closer == '"' and token.text in {"“", "”"} and (inner or token.text == "“"):
            inner += 1 if token.text == "“" else -1
        elif (token.text == closer or (closer, token.text) == ('"', "”")) and (
            closer not in _SINGLE or _closes_single(text, token)
        ):
            if opened < index:
                found.append(Range(opened, index))
            opened = None
    if opened is not None and opened < paragraph.last and closer not in _SINGLE:
        found.append(Range(opened, paragraph.last))
    return found


def _closer(text: str, token: Token) -> str:
    """The mark that closes what this token opens, or nothing if it opens nothing."""
    if token.text == '"':
        return '"'
    if token.text in {"‘", "'"}:
        before = text[token.start - 1 : token.start]
        after = text[token.end : token.end + 1]
        opens = (not before or before.isspace() or before in "([—–") and after.isalnum()
        return ("’" if token.text == "‘" else "'") if opens else ""
    return _PAIRS.get(token.text, "")


def _closes_single(text: str, token: Token) -> bool:
    after = text[token.end : token.end + 1]
    return not after.isalnum()
