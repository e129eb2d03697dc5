"""Who may change a store: whoever sends the bearer token (RFC 6750, section 2.1).

Reads are open. The token never goes into a log, an answer, or a form of an object that is printed.
"""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass, field

from kg.errors import ParleyError
from server.messages import HttpRequest
from server.problems import Problem

NO_TOKEN = "This store is read-only: the server was started without PARLEY_UPDATE_TOKEN."
_REALM = 'Bearer realm="parley update"'


@dataclass(frozen=True)
class Access:
    """How a store may be changed: `closed` says why it may not be at all, `secret` gives the token.

    The token is asked for anew with each change, so that a file with another one counts at once.
    """

    closed: str | None = None
    secret: Callable[[], str | None] = field(default=lambda: None, repr=False)

    @property
    def writable(self) -> bool:
        """Whether there is anything that could be changed, by whoever has the token."""
        return self.closed is None

    def permit(self, request: HttpRequest) -> None:
        """Return for a request that may change the store.

        Raises Problem: 401 without the token or with another (RFC 6750, section 3.1), 403 where nothing may
        be changed; ParleyError where the token's file cannot be read.
        """
        wanted = None if self.closed else self.secret()
        if not wanted:
            raise Problem(403, self.closed or NO_TOKEN, kind="read-only")
        given = _bearer(request.header("authorization"))
        if given is None:
            detail = "Changes need a token. Send it in the header: Authorization: Bearer TOKEN"
            raise Problem(401, detail, {"WWW-Authenticate": _REALM}, "token-missing")
        if not _same(given, wanted):
            challenge = {"WWW-Authenticate": f'{_REALM}, error="invalid_token"'}
            raise Problem(401, "This is not the token of this store.", challenge, "token-refused")

    def permits(self, request: HttpRequest) -> bool:
        """Whether the request may change the store."""
        try:
            self.permit(request)
        except (Problem, ParleyError):
            return False
        return True


def _bearer(header: str | None) -> str | None:
    """The token of an Authorization header; None where it has none of this kind."""
    scheme, _, token = (header or "").strip().partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token.strip() else None


def _same(given: str, wanted: str) -> bool:
    """Whether they are equal, in a time that tells neither their length nor where they differ."""
    digests = (hashlib.sha256(one.encode("utf-8", "surrogateescape")).digest() for one in (given, wanted))
    return hmac.compare_digest(*digests)
