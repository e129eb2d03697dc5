"""/health and /ready: what a load balancer asks before it sends anybody here.

/health: does the process live, and is there a graph that it serves? Where not, restarting may help.
/ready: would a request be answered now? Where not, send it elsewhere and ask again; restarting is no help.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from server.messages import HttpAnswer

_AGAIN = 5  # seconds after which a load balancer may ask again


@dataclass(frozen=True)
class Condition:
    """What a worker knows of itself; with a reason in `missing` no graph is served, in `unready` not now.

    `triples` is None where nobody counted them.
    """

    version: str = ""
    triples: int | None = None
    missing: str = ""
    unready: str = ""


def health(now: Condition) -> HttpAnswer:
    """200 with version and size of the graph; 503 with the reason where none is served."""
    if now.missing:
        return _json(503, {"status": "unavailable", "reason": now.missing})
    return _json(200, {"status": "ok"} | _graph(now))


def ready(now: Condition) -> HttpAnswer:
    """200 where requests are answered; 503 with the reason while the graph is loaded, drained or missing."""
    reason = now.missing or now.unready
    if reason:
        return _json(503, {"status": "not ready", "reason": reason})
    return _json(200, {"status": "ready"} | _graph(now))


def _graph(now: Condition) -> dict[str, Any]:
    return {"version": now.version} | ({} if now.triples is None else {"triples": now.triples})


def _json(status: int, told: Mapping[str, Any]) -> HttpAnswer:
    retry = (("Retry-After", str(_AGAIN)),) if status == 503 else ()
    headers = (("Content-Type", "application/json"), ("Cache-Control", "no-store"), *retry)
    return HttpAnswer(status, headers, (json.dumps(told) + "\n").encode())
