"""What pages of other origins may do with Parley: read everything, and send what needs no cookie.

Fetch standard, section 3.3. There are no cookies here, so any origin may ask; a token that a page holds
itself (Authorization) is its own business.
"""

from server.messages import Headers

_EXPOSED = (
    *("ETag", "Link", "Location", "Content-Range", "Retry-After", "Allow", "WWW-Authenticate"),
    *("Parley-Data-Version", "Parley-Cut", "Parley-Cache", "X-Request-Id"),
    "*",  # what comes later; the names above are for browsers that do not know the star
)
_SENT = (
    *("Accept", "Authorization", "Content-Type", "Range", "If-Range"),
    *("If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since", "Cache-Control"),
    "*",  # does not cover Authorization, whence the list
)
EVERY_METHOD = ("GET", "HEAD", "POST", "QUERY", "PUT", "DELETE", "OPTIONS")

ALWAYS: Headers = (
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", ", ".join(_EXPOSED)),
)
PREFLIGHT: Headers = (
    ("Access-Control-Allow-Methods", ", ".join(EVERY_METHOD)),
    ("Access-Control-Allow-Headers", ", ".join(_SENT)),
    ("Access-Control-Max-Age", "86400"),  # seconds
)


def headers(method: str) -> Headers:
    """The headers that an answer to this method has, whatever its status."""
    return ALWAYS + PREFLIGHT if method == "OPTIONS" else ALWAYS
