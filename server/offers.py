"""What a request for a page asks for among what the page can be had as."""

from collections.abc import Sequence

from flask import request

from server.choice import AnyNamed, chosen
from server.responses import refuse_known


def asked(offers: Sequence[AnyNamed]) -> AnyNamed:
    """The offer to send. Raises Unchanged where the client has it, Problem: 406, 400 for an unknown name."""
    offer = chosen(offers, request.args.get("format"), request.headers.get("Accept"))
    refuse_known(offer.content_type)
    return offer
