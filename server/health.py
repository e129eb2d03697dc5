"""/health: whether there is a graph to serve, which version, how large."""

from flask import Blueprint, Response, current_app, json

from kg.errors import StoreError
from server.context import engine

blueprint = Blueprint("health", __name__)


@blueprint.get("/health")
def health() -> Response:
    """200 with version and size of the graph; 503 where none can be served."""
    try:
        generation = engine().generation()
    except StoreError as error:
        current_app.logger.warning("not healthy: %s", error)
        return _json({"status": "unavailable", "reason": str(error)}, 503)
    return _json(
        {"status": "ok", "version": generation.version, "triples": generation.manifest["triples"]}, 200
    )


def _json(value: object, status: int) -> Response:
    response = Response(json.dumps(value) + "\n", status, content_type="application/json")
    response.cache_control.no_store = True
    return response
