"""Tests of who may change a store."""

import pytest

from server.messages import HttpRequest
from server.problems import Problem
from server.protocol.authorization import authorize

TOKEN = "s3cret-token"


@pytest.mark.parametrize("header", [f"Bearer {TOKEN}", f"bearer  {TOKEN} "])
def test_the_token_lets_pass(header: str) -> None:
    """The token passes, however the scheme is written."""
    authorize(HttpRequest("POST", "/sparql", headers=(("authorization", header),)), TOKEN)


WRONG = (
    *("", TOKEN, "Bearer", f"Basic {TOKEN}", "Bearer é", "Bearer a b"),
    *(f"Bearer {TOKEN[:-1]}", f"Bearer {TOKEN}x"),
)


@pytest.mark.parametrize("header", [None, *WRONG])
def test_anything_else_does_not(header: str | None) -> None:
    """No token, a part of it, more than it, another scheme: 401 that names the scheme to use."""
    headers = () if header is None else (("authorization", header),)
    with pytest.raises(Problem) as caught:
        authorize(HttpRequest("POST", "/sparql", headers=headers), TOKEN)
    assert caught.value.status == 401
    told = caught.value.headers["WWW-Authenticate"]
    assert told.startswith("Bearer realm=")
    assert ("invalid_token" in told) is (header is not None)
    assert TOKEN not in caught.value.detail


def test_no_token_opens_a_store_that_takes_no_changes() -> None:
    """Where nothing may be changed, every token is answered 403."""
    with pytest.raises(Problem) as caught:
        authorize(HttpRequest("POST", "/sparql", headers=(("authorization", "Bearer None"),)), None)
    assert caught.value.status == 403
