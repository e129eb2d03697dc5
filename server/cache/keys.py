"""What an answer is found by: everything that decides its bytes, in one digest."""

from collections.abc import Iterable, Iterator
from hashlib import blake2b

from server.code_version import code_version
from server.engine.contract import Question

SIZE = 18  # bytes: too many for two queries of one key, and a multiple of three, so base64 needs no filling


def key(version: str, question: Question, held: str = "") -> bytes:
    """The key of the answer to a question over a version of the data: equal keys mean equal bytes.

    `held` says how the store is held, where there are several ways: rows that nobody ordered come from one in
    memory in another order than from one on disk, though from each always in the same.
    """
    return digest((code_version(), version, held, *_parts(question)))


def digest(texts: Iterable[str], size: int = SIZE) -> bytes:
    """One digest of several texts, which no other division of the same letters has; size in bytes."""
    return blake2b(repr((*texts,)).encode(), digest_size=size).digest()


def _parts(question: Question) -> Iterator[str]:
    yield question.text
    yield question.coding
    yield question.base or ""
    yield question.formats.results.name
    yield question.formats.graphs.name
    yield from ("default", *question.dataset.default)
    yield from ("named", *question.dataset.named)
    for table in question.tables:
        yield from ("table", str(table.at), table.rows)
    if question.partial:  # only then does a limit decide what an answer holds, and not whether there is one
        yield f"cut at {question.limits.rows} rows, {question.limits.size} bytes"
