"""Tests of small answers that are found by the request alone."""

from dataclasses import replace

import pytest

from server.engine import endings
from server.messages import HttpAnswer, HttpRequest, Spooled
from server.notes import begin, note, noted
from server.recent_answers import RecentAnswers

ASKED = HttpRequest("GET", "/sparql", "query=ASK{}", (("accept", "text/csv"),), url="http://e/sparql")
TOLD = HttpAnswer(200, (("Parley-Cache", "hit"),), b"true")
OTHERS = {  # what differs, and would differ in the answer
    "method": replace(ASKED, method="HEAD"),
    "query": replace(ASKED, query="query=ASK{+}"),
    "address": replace(ASKED, url="http://f/sparql"),
    "format": replace(ASKED, headers=(("accept", "text/html"),)),
    "coding": replace(ASKED, headers=(*ASKED.headers, ("accept-encoding", "br"))),
}
UNFIT = {  # what is never found
    "condition": replace(ASKED, headers=(*ASKED.headers, ("if-none-match", '"x"'))),
    "body": replace(ASKED, method="POST", body=b"query=ASK{}"),
    "long": replace(ASKED, query="query=ASK{" + 4096 * "+" + "}"),
}
UNKEPT = {
    "large": HttpAnswer(200, (), b"x" * (2**14 + 1)),
    "file": HttpAnswer(200, (), Spooled(-1, 4)),
    "fault": HttpAnswer(404, (), b"no"),
}


class Served:
    """What is served now."""

    version = "one"

    def __call__(self) -> str:
        if not self.version:
            raise endings.loading()
        return self.version


def _kept(recent: RecentAnswers, request: HttpRequest, answer: HttpAnswer, cache: str = "hit") -> None:
    begin("first")
    note(query="ASK{}", version="one", cache=cache, rows=1, outcome="whole")
    recent.keep(request, answer)
    begin("second")


def test_the_same_request_has_the_same_answer() -> None:
    """It is found with all that logs tell of it, by no other request, and over no other data."""
    served = Served()
    recent = RecentAnswers(served)
    _kept(recent, ASKED, TOLD)
    assert [name for name, other in OTHERS.items() if recent.find(other)] == []
    assert recent.find(replace(ASKED, client="192.0.2.1", id="7")) is TOLD
    notes = noted()
    assert notes is not None
    told = (notes.id, notes.query, notes.version, notes.cache, notes.rows, notes.outcome)
    assert told == ("second", "ASK{}", "one", "hit", 1, "whole")
    for served.version in ("two", ""):
        assert recent.find(ASKED) is None


def test_an_answer_belongs_to_the_data_that_gave_it() -> None:
    """Where other data came while it was answered, it is not taken for an answer of these."""
    served = Served()
    recent = RecentAnswers(served)
    served.version = "two"
    _kept(recent, ASKED, TOLD)
    assert recent.find(ASKED) is None


@pytest.mark.parametrize("request_", UNFIT.values(), ids=[*UNFIT])
def test_some_requests_are_read_each_time(request_: HttpRequest) -> None:
    """Those with a condition, a body, or a long address."""
    recent = RecentAnswers(Served())
    _kept(recent, request_, TOLD)
    assert recent.find(request_) is None


def test_what_is_large_or_was_not_kept_is_not_remembered() -> None:
    """Nor are faults, nor what a query has just given; and the oldest goes when there are many."""
    recent = RecentAnswers(Served())
    for answer in UNKEPT.values():
        _kept(recent, ASKED, answer)
    _kept(recent, ASKED, TOLD, cache="miss")
    assert recent.find(ASKED) is None
    for number in range(513):
        _kept(recent, replace(ASKED, query=str(number)), TOLD)
    assert [recent.find(replace(ASKED, query=query)) for query in ("0", "512")] == [None, TOLD]
