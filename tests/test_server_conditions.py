"""Tests of conditional requests: when a client is told that it has the answer already."""

import pytest

from server.cache import key
from server.engine.contract import Question
from server.messages import HttpRequest
from server.protocol import conditions

KEY = key("one", Question("ASK {}"))
TAG = conditions.tag(KEY)
WEAK = conditions.tag(KEY, weak=True)


def _request(if_none_match: str | None, method: str = "GET") -> HttpRequest:
    sent = (("if-none-match", if_none_match),) if if_none_match is not None else ()
    return HttpRequest(method, "/sparql", headers=sent)


@pytest.mark.parametrize(
    ("header", "named"),
    [
        ("{tag}", True),
        ("W/{tag}", True),
        ('"other", {tag}', True),
        ('"other",{tag},W/"third"', True),
        ('"a,b" , , W/"c" ,\t{tag} ', True),
        ('"", {tag}', True),
        ('"é", {tag}', True),
        ("{tag} junk", False),
        ("junk, {tag}", False),
        ('"other"', False),
        ("{bare}", False),
        ("w/{tag}", False),
        ('"x{tag}', False),
        ('"a"{tag}', False),
        ("*", False),
        ("", False),
        (None, False),
    ],
)
@pytest.mark.parametrize("tag", [TAG, WEAK])
def test_lists_of_tags(header: str | None, named: bool, tag: str) -> None:
    """A list names a tag by weak comparison, with whatever blanks; what breaks the grammar names nothing."""
    filled = header.format(tag=TAG, bare=TAG.strip('"')) if header is not None else None
    assert conditions.names(filled, tag) is named


def test_a_long_header_takes_no_long_time() -> None:
    """A hostile header is looked through once: megabytes of commas or open quotes end at once."""
    for hostile in (", " * 500_000, '"' * 500_000, 'W/"a",' * 100_000, '"a" ' * 100_000):
        assert not conditions.names(hostile, TAG)


@pytest.mark.parametrize("method", ["GET", "HEAD", "QUERY"])
def test_who_has_the_answer_is_told_so(method: str) -> None:
    """304 has the headers of the answer that the client has, and no body."""
    told = conditions.unchanged(_request(TAG, method), TAG, "one")
    assert told
    assert (told.status, told.body) == (304, b"")
    assert told.headers == conditions.headers(TAG, "one", method)
    assert dict(told.headers) == {
        "ETag": TAG,
        "Cache-Control": "public, no-cache",
        "Vary": "Accept, Accept-Encoding",
        "Accept-Ranges": "none",
        "Parley-Data-Version": "one",
    }


def test_who_has_another_answer_gets_this_one() -> None:
    """Another tag, another version of the data, no condition, a POST, an answer without a tag: no 304."""
    other = conditions.tag(key("two", Question("ASK {}")))
    assert conditions.unchanged(_request(other), TAG, "one") is None
    assert conditions.unchanged(_request(None), TAG, "one") is None
    assert conditions.unchanged(_request(TAG, "POST"), TAG, "one") is None
    assert conditions.unchanged(_request("*"), None, "one", ran=True) is None


def test_any_answer_is_known_when_it_is_there() -> None:
    """`*` is met by an answer that is there, and by none whose query has not run: it might not even parse."""
    assert conditions.unchanged(_request(" * "), TAG, "one") is None
    told = conditions.unchanged(_request(" * "), TAG, "one", ran=True)
    assert told
    assert told.status == 304


def test_tags_of_queries() -> None:
    """Tags are strong where bytes repeat, weak where blank nodes are made, and none where answers differ."""
    strong = ("SELECT * { ?s ?p [] }", "ASK {}", "DESCRIBE <http://e/a>", "CONSTRUCT WHERE { ?s ?p ?o }")
    weak = ("CONSTRUCT { [] ?p ?o } { ?s ?p ?o }", "CONSTRUCT { _:a ?p ?o } { ?s ?p ?o }")
    lists = ("CONSTRUCT { ?s ?p (1 2) } { ?s ?p ?o }",)
    assert {conditions.tag_of_query(KEY, text) for text in strong} == {TAG}
    assert {conditions.tag_of_query(KEY, text) for text in weak + lists} == {WEAK}
    assert conditions.tag_of_query(KEY, "SELECT (NOW() AS ?t) {}") is None


def test_headers_of_what_changes_each_time() -> None:
    """An answer that holds for no other moment is not to be kept; one to POST has no tag but may be shown."""
    assert dict(conditions.headers(None, "one"))["Cache-Control"] == "no-store"
    assert "ETag" not in dict(conditions.headers(None, "one"))
    assert "ETag" not in dict(conditions.headers(TAG, "one", "POST"))
