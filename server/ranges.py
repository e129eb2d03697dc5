"""Which parts of a file a request asks for: RFC 9110, section 14."""

import re

Range = tuple[int, int]  # the first byte, and the one after the last

_SPECIFIER = re.compile(r"\s*bytes\s*=(?P<set>.*)", re.IGNORECASE | re.DOTALL)
_ONE = re.compile(r"(?P<first>\d{0,19})-(?P<last>\d{0,19})")
_MOST = 16  # ranges of one request; who asks for more gets the whole (section 17.15)


def ranges(header: str | None, size: int) -> list[Range] | None:
    """The ranges of a file of this size, in the order asked for; none that it has: an empty list.

    None where the whole is to be sent: no header, another unit, a broken one, or more than is sensible.
    """
    specifier = _SPECIFIER.fullmatch(header or "")
    if specifier is None or size == 0:
        return None
    asked = [part.strip() for part in specifier["set"].split(",") if part.strip()]
    matches = [_ONE.fullmatch(part) for part in asked]
    if not asked or len(asked) > _MOST or any(match is None or not _sound(match) for match in matches):
        return None
    found = [one for match in matches if match and (one := _within(match, size))]
    return None if sum(end - start for start, end in found) > size else found


def _sound(match: re.Match[str]) -> bool:
    first, last = match["first"], match["last"]
    return bool(first or last) and not (first and last and int(last) < int(first))


def _within(match: re.Match[str], size: int) -> Range | None:
    """The part of the file that is meant, if it has it."""
    first, last = match["first"], match["last"]
    if not first:
        return (max(size - int(last), 0), size) if int(last) else None
    return (int(first), min(int(last) + 1, size) if last else size) if int(first) < size else None
