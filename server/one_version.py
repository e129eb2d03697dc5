"""Pages over one version of the data: a page asks several queries, and between two the data may change."""

from flask import Flask, Response
from flask.typing import ResponseReturnValue

from kg.errors import ParleyError
from server.context import engine

_TRIES = 3  # before one that takes the page as it comes
_VERSION = "Parley-Data-Version"


class PagesOfOneVersion(Flask):
    """Makes a page again where the data changed meanwhile.

    Where they change each time, it is sent without a version, and as a page that nobody is to keep.
    """

    def dispatch_request(self) -> ResponseReturnValue:
        """The page, from one version of the data."""
        for _ in range(_TRIES):
            before = _version()
            try:
                page = super().dispatch_request()
            except Exception:
                if _version() == before:
                    raise
                continue
            if _version() == before:
                return page
        return _of_several(self.make_response(super().dispatch_request()))


def _version() -> str | None:
    try:
        return engine().generation().version
    except ParleyError:
        return None


def _of_several(page: Response) -> Response:
    page.headers.remove(_VERSION)
    page.headers.remove("ETag")
    page.cache_control.no_store = True
    return page
