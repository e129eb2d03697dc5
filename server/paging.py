"""Parts of long answers: which are beside one, and the headers that say so."""

from collections.abc import Callable, Mapping

from flask import Response

TOTAL = "Parley-Total"  # how many rows there are, on an answer that has some of them


def neighbours(offset: int, limit: int, total: int) -> Mapping[str, int]:
    """The parts before and after, `prev` and `next`, each by the number of rows before it."""
    before = {"prev": max(min(offset, total) - limit, 0)} if offset else {}
    return before | ({"next": offset + limit} if offset + limit < total else {})


def linked(response: Response, total: int, beside: Mapping[str, int], part: Callable[[int], str]) -> Response:
    """With the total and the addresses of the parts beside it (RFC 8288), which `part` gives."""
    response.headers[TOTAL] = str(total)
    for name, place in beside.items():
        response.headers.add("Link", f'<{part(place)}>; rel="{name}"')
    return response
