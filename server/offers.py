"""What a request for a page asks for among what the page can be had as."""

from collections.abc import Sequence

from flask import request

from server.choice import AnyNamed, chosen


def asked(offers: Sequence[AnyNamed]) -> AnyNamed:
    """The offer to send. Raises Problem: 406 where nothing fits, 400 for a name that no format has."""
    return chosen(offers, request.args.get("format"), request.headers.get("Accept"))
