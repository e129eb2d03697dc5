"""Range headers, and bodies put together from bytes and stretches of a file."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.ranges import ranges
from server.stretches import Body, Stretch

TABLE = Path(__file__).parent / "cases" / "ranges.tsv"
CASES = list(csv.DictReader(TABLE.read_text("utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def test_number_of_cases() -> None:
    """No case is lost."""
    assert len(CASES) == 27


@pytest.mark.parametrize("case", CASES, ids=[case["header"] for case in CASES])
def test_ranges(case: dict[str, str]) -> None:
    """Other units and broken headers bring the whole file, ranges beyond its end none of it."""
    found = ranges(case["header"], int(case["size"]))
    shown = "whole" if found is None else " ".join(f"{start}-{end}" for start, end in found) or "none"
    assert shown == case["ranges"]


@settings(max_examples=40)
@given(st.text(), st.integers(0, 1000))
def test_no_header_breaks_anything(header: str, size: int) -> None:
    """Whatever is sent, ranges lie within the file."""
    for prefix in ("", "bytes="):
        found = ranges(prefix + header, size) or []
        assert all(0 <= start < end <= size for start, end in found)


FILE = bytes(range(100))


@settings(max_examples=40)
@given(
    st.lists(st.one_of(st.binary(max_size=9), st.tuples(st.integers(0, 90), st.integers(0, 9)))),
    st.integers(0, 99),
    st.integers(0, 99),
)
def test_a_part_of_a_body_is_that_part_of_its_bytes(
    parts: list[bytes | tuple[int, int]], first: int, end: int
) -> None:
    """Cutting a body and reading it give the same as reading it and cutting."""
    body = Body(tuple(Stretch(*part) if isinstance(part, tuple) else part for part in parts))
    whole = _bytes(body)
    assert body.size == len(whole)
    end = min(end, len(whole))
    assert _bytes(body.within(first, end)) == whole[first:end]


def _bytes(body: Body) -> bytes:
    return b"".join(
        part if isinstance(part, bytes) else FILE[part.start : part.start + part.size] for part in body.parts
    )
