"""How an answer from the graph is sent: its type, the version of the data, and that it depends on Accept."""

from flask import Response


def answered(body: str | bytes, content_type: str, version: str) -> Response:
    """200 with a whole body that was made from this version of the graph."""
    response = Response(body, content_type=content_type)
    response.headers["Parley-Data-Version"] = version
    response.vary.add("Accept")
    return response
