"""Answers a question over a store that is only read, into a scratch file; used by every query process."""

import time
from collections.abc import Mapping
from typing import Any

import pyoxigraph as ox

from kg.errors import ParleyError
from server.engine import endings, wire
from server.engine.contract import Question
from server.engine.evaluate import evaluate
from server.engine.frames import Head
from server.engine.scratch import Scratch
from server.engine.writing import Written, write
from server.protocol import codings


def answered(store: ox.Store, question: Question, prefixes: Mapping[str, str], scratch: Scratch) -> Head:
    """The head of the answer, whose `size` bytes lie in the scratch file, or that of an error."""
    began = time.process_time()
    try:
        found = evaluate(store, question.text, question.dataset, question.base, question.tables)
        written = write(found, question, prefixes, scratch)
        coding = _coded(question.coding, scratch)
        return _head(written, coding, scratch.size) | {"cost": time.process_time() - began}
    except ParleyError as error:
        return wire.error_head(error)
    except MemoryError:
        return wire.error_head(endings.out_of_memory())


def _coded(coding: str, scratch: Scratch) -> str:
    """The coding that the answer has now: none where it is too short to gain from one."""
    if coding == codings.IDENTITY or scratch.size < codings.WORTH:
        return codings.IDENTITY
    scratch.write(b"".join(codings.compressed(coding, [scratch.read()])))
    return coding


def _head(written: Written, coding: str, size: int) -> dict[str, Any]:
    return {
        "format": written.format.name,
        "graph": written.graph,
        "rows": written.rows,
        "cut": written.cut,
        "coding": coding,
        "size": size,
    }
