"""Tests of content codings: which is chosen, and that what is coded comes back."""

import time
import tomllib
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import brotli
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from server.negotiation import choose as chosen
from server.negotiation import weighted
from server.protocol.codings import CODINGS, IDENTITY, choose, compressed
from server.protocol.formats import RESULT_FORMATS

CASES = Path(__file__).parent / "cases" / "protocol"
TABLE = tomllib.loads((CASES / "codings.toml").read_text("utf-8"))["case"]
_DECODERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": lambda data: zlib.decompress(data, wbits=31),
    "br": brotli.decompress,
    "zstd": lambda data: zstandard.ZstdDecompressor().decompressobj().decompress(data),
    IDENTITY: bytes,
}
_NAMES = ("gzip", "x-gzip", "br", "zstd", "identity", "*", "deflate")
_WEIGHTS = st.sampled_from(("", ";q=0", ";q=0.5", ";q=1.000", ";q=x"))
_HEADERS = st.lists(st.tuples(st.sampled_from(_NAMES), _WEIGHTS).map("".join)).map(", ".join)


def test_case_count() -> None:
    """No case was lost."""
    assert len(TABLE) == 19


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case["says"])
def test_choice(case: dict[str, Any]) -> None:
    """The coding is the one that Accept-Encoding likes best."""
    assert (choose(case.get("accept")) or "406") == case["coding"]


@settings(deadline=None)
@given(_HEADERS | st.text('gzipbr,;q=0.1*" \\', max_size=60))
def test_a_choice_is_legal(header: str) -> None:
    """Whatever the header, no coding is sent that it refuses or does not name."""
    found = choose(header)
    refused = {name for name, quality in weighted(header) if quality == 0}
    named = {name.removeprefix("x-") for name, quality in weighted(header) if quality > 0}
    if found is None:
        assert refused & {IDENTITY, "*"}
    elif found != IDENTITY:
        assert found in named or "*" in named


@pytest.mark.parametrize("coding", [*(coding.name for coding in CODINGS), IDENTITY])
@settings(deadline=None)
@given(data=st.binary(max_size=3000), size=st.integers(1, 700))
def test_what_is_coded_comes_back(coding: str, data: bytes, size: int) -> None:
    """The pieces of a coded stream are together what went in, in whatever pieces that came."""
    pieces = [data[at : at + size] for at in range(0, len(data), size)]
    assert _DECODERS[coding](b"".join(compressed(coding, pieces))) == data


@pytest.mark.parametrize("coding", [coding.name for coding in CODINGS])
def test_coding_is_stable_and_worth_it(coding: str) -> None:
    """Equal bytes are coded equally at any time, and an answer of rows to less than a fifth."""
    rows = b"".join(b"https://w3id.org/parley/id/state/%d,%d\r\n" % (row % 190, row) for row in range(5000))
    first, second = (b"".join(compressed(coding, [rows])) for _ in range(2))
    assert first == second
    assert len(first) < len(rows) / 5


@pytest.mark.parametrize("junk", ['"' + '\\"' * 100_000, '"' * 200_001, "," * 200_000, "a;" * 100_000])
def test_absurd_headers_take_no_time(junk: str) -> None:
    """The time for a header grows with its length, and no faster: 200 kB of junk take under a second."""
    start = time.perf_counter()
    assert choose(junk) == IDENTITY
    assert chosen(junk, RESULT_FORMATS) is None
    assert time.perf_counter() - start < 1  # seconds
