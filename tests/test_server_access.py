"""Who may change a store: whoever sends the token, and nobody where there is none or nothing may change."""

from pathlib import Path

import pytest

from server.access import NO_TOKEN, Access
from server.messages import HttpRequest
from server.problems import Problem, answer
from server.setting_sections import Update

TOKEN = "s3cret-Token"


def request(*authorization: str) -> HttpRequest:
    return HttpRequest("POST", "/sparql", headers=tuple(("authorization", value) for value in authorization))


def refused(access: Access, *authorization: str) -> Problem:
    with pytest.raises(Problem) as met:
        access.permit(request(*authorization))
    assert TOKEN not in repr(met.value) + str(vars(met.value))
    return met.value


@pytest.mark.parametrize("header", [f"Bearer {TOKEN}", f"bearer  {TOKEN}", f"  BEARER {TOKEN} "])
def test_the_token_opens(header: str) -> None:
    """The name of the scheme is in any case, blanks around the token do not count."""
    Access(secret=lambda: TOKEN).permit(request(header))


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Basic czNjcmV0", TOKEN, f"Bearer{TOKEN}"])
def test_without_a_token_the_answer_says_which_kind(header: str | None) -> None:
    """401 with the challenge, as RFC 9110 wants it."""
    fault = refused(Access(secret=lambda: TOKEN), *([header] if header is not None else []))
    assert fault.status == 401
    assert dict(answer(fault, None).headers)["WWW-Authenticate"].startswith("Bearer ")


@pytest.mark.parametrize(
    "headers",
    [
        (f"Bearer {TOKEN}x",), (f"Bearer {TOKEN[:-1]}",), (f"Bearer {TOKEN.lower()}",), ("Bearer é",),
        ("Bearer \udcff",), (f"Bearer {TOKEN}", f"Bearer {TOKEN}"), (f"Bearer {TOKEN} {TOKEN}",),
    ],
)  # fmt: skip
def test_a_wrong_token_is_refused(headers: tuple[str, ...]) -> None:
    """401 that says so, also for one that is not ASCII, and for two of them."""
    fault = refused(Access(secret=lambda: TOKEN), *headers)
    assert (fault.status, fault.kind) == (401, "token-refused")
    assert 'error="invalid_token"' in fault.headers["WWW-Authenticate"]


@pytest.mark.parametrize(("access", "reason"), [
    (Access(), NO_TOKEN),
    (Access(secret=lambda: ""), NO_TOKEN),
    (Access("built", lambda: TOKEN), "built"),
])  # fmt: skip
def test_nobody_changes_what_is_closed(access: Access, reason: str) -> None:
    """Without a token at the server, or where the graph takes no change, the right token does not help."""
    for headers in ((), ("Bearer ",), (f"Bearer {TOKEN}",)):
        fault = refused(access, *headers)
        assert (fault.status, fault.detail) == (403, reason)


def test_whether() -> None:
    """The same as a question: who may send much, before it is read."""
    access = Access(secret=lambda: TOKEN)
    assert [access.permits(request(*sent)) for sent in ((f"Bearer {TOKEN}",), ("Bearer x",), ())] == [
        True,
        False,
        False,
    ]


def test_a_file_with_another_token_counts_at_once(tmp_path: Path) -> None:
    """Tokens are changed without a restart."""
    file = tmp_path / "token"
    file.write_text("first\n")
    access = Access(secret=Update(token_file=file).secret)
    access.permit(request("Bearer first"))
    file.write_text("second\n")
    access.permit(request("Bearer second"))
    assert refused(access, "Bearer first").status == 401
    assert "first" not in repr(access)
