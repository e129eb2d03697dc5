"""Headers of every page: open to other origins for reading, closed to scripts and framing."""

from flask import Flask, Response, request

from server import cross_origin

# No script runs here, and every style sheet is a file of ours; so nothing inline is allowed.
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_ALWAYS = (
    ("Content-Security-Policy", _POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
)


def register(app: Flask) -> None:
    """Put the headers on every answer, errors included."""
    app.after_request(_add)


def _add(response: Response) -> Response:
    for name, value in _ALWAYS + cross_origin.headers(request.method):
        response.headers.setdefault(name, value)
    return response
