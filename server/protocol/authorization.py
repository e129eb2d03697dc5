"""Who may change a writable store: whoever sends its token (RFC 6750, bearer tokens)."""

import re
from hashlib import sha256
from hmac import compare_digest

from server.messages import HttpRequest
from server.problems import Problem
from server.protocol.operation import refuse_update

_BEARER = re.compile(r"bearer +(\S+) *", re.IGNORECASE)
_REALM = 'Bearer realm="updates"'


def authorize(request: HttpRequest, token: str | None) -> None:
    """Let a change pass; `token` is the store's own, None where nothing may be changed.

    Raises Problem: 401 without the token or with another, 403 where no token would help. The time that it
    takes says neither how long the token is nor how much of a wrong one is right.
    """
    if token is None:
        raise refuse_update()
    header = request.header("authorization")
    if header is None:
        what = "Changes need the token of this store: send Authorization: Bearer <token>."
        raise Problem(401, what, {"WWW-Authenticate": _REALM})
    sent = _BEARER.fullmatch(header)
    if sent is None or not compare_digest(_digest(sent[1]), _digest(token)):
        what = "This is not the token of this store."
        raise Problem(401, what, {"WWW-Authenticate": f'{_REALM}, error="invalid_token"'})


def _digest(token: str) -> bytes:
    return sha256(token.encode("utf-8", "replace")).digest()
