"""What the service says of itself (Reconciliation Service API 0.2, section 3.1)."""

from typing import Any

from kg import __version__
from kg.vocab import NS, Base
from server import urls
from server.reconciliation.batches import LARGEST
from server.reconciliation.extension import SETTINGS

WIDTH, HEIGHT = 420, 200  # of a preview, in pixels
# With the names that the ontology gives them: nothing here may wait for the graph, since OpenRefine gives up
# on a service that takes five seconds to say what it is.
_DEFAULT_TYPES = {
    "Person": "person",
    "State": "state",
    "Organisation": "organisation",
    "NonStateGroup": "non state group",
    "TerritorialAuthority": "territorial authority",
    "Place": "place",
    "NegotiationFormat": "negotiation format",
    "Corridor": "corridor",
    "Post": "post",
}


def manifest(base: Base) -> dict[str, Any]:
    """The manifest; its addresses are those under which the client reached us."""
    service = urls.reconciliation()
    return {
        "versions": ["0.2"],
        "name": "Parley: actors, places and talks in the news",
        "identifierSpace": f"{base.iri}id/",
        "schemaSpace": str(NS),
        "documentation": urls.reconciliation("about"),
        "logo": urls.logo(),
        "serviceVersion": __version__,
        "view": {"url": f"{urls.home(whole=True)}id/{{{{id}}}}"},
        "defaultTypes": [{"id": key, "name": name} for key, name in _DEFAULT_TYPES.items()],
        "batchSize": LARGEST,
        "suggest": {what: _suggest(service, what) for what in ("entity", "type", "property")},
        "preview": {"url": f"{service}/preview?id={{{{id}}}}", "width": WIDTH, "height": HEIGHT},
        "extend": {
            "propose_properties": {"service_url": service, "service_path": "/properties"},
            "property_settings": SETTINGS,
        },
    }


def _suggest(service: str, what: str) -> dict[str, str]:
    return {
        "service_url": service,
        "service_path": f"/suggest/{what}",
        "flyout_service_url": service,
        "flyout_service_path": f"/flyout/{what}?id=${{id}}",
    }
