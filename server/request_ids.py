"""A name for each request, by which its answer, its log lines and a proxy's are found together."""

import os
import re

HEADER = "X-Request-Id"
_SANE = re.compile(r"[A-Za-z0-9._~+/=:@-]{1,128}")  # what no log can be broken with


def request_id(given: str | None) -> str:
    """The name that the client or a proxy gave, where it is harmless; else a new one, 16 hex digits."""
    return given if given and _SANE.fullmatch(given) else os.urandom(8).hex()
