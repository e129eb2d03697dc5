"""A query process that was spawned: opens a version on disk, and answers over standard input and output.

    python -m server.engine.spawned_reader '{"data": …, "version": …, "folder": …, "memory": …}'

It takes nothing from the process that starts it but words, so that it runs wherever Python does. Its first
message says that it is ready; a long answer lies in a file in its folder, which is named in the message. One
thread answers and one listens: when the other end closes, it ends at once, whatever it does.
"""

import json
import os
import shutil
import signal
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import IO

from kg.errors import ParleyError
from kg.store import DataFolder
from server.engine import frames, holding, rlimits, wire
from server.engine.answering import answered
from server.engine.contract import Question
from server.engine.frames import Head
from server.engine.scratch import INLINE, ScratchFile

_PIECE = 64 * 1024  # bytes that are read at a time


@dataclass(frozen=True)
class Birth:
    """What a process is told at its start; `memory` is what a query may take beside the store, in bytes."""

    data: str
    version: str
    folder: str
    memory: int

    def to_json(self) -> str:
        return json.dumps(asdict(self))


def main(birth: Birth) -> None:
    """Answer until standard input ends. Raises StoreError."""
    for stop in (signal.SIGINT, signal.SIGTERM):  # Ctrl-C reaches every process; the worker decides
        signal.signal(stop, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever is printed is no answer
    generation = DataFolder(Path(birth.data)).generation(birth.version)
    store, prefixes, scratch = (
        generation.open(),
        holding.prefixes(generation),
        ScratchFile(Path(birth.folder)),
    )
    rlimits.limit_memory(birth.memory)
    questions: SimpleQueue[Question] = SimpleQueue()

    def answer() -> None:
        try:
            _write(answers, frames.packed({"ready": True}))
            while True:
                head = answered(store, questions.get(), prefixes, scratch)
                _write(answers, _message(head, scratch))
        except BaseException:
            traceback.print_exc()
            os._exit(1)

    threading.stack_size(rlimits.STACK)
    threading.Thread(target=answer, daemon=True).start()
    for head in _heads(sys.stdin.buffer):
        questions.put(wire.question(head))
    _leave(Path(birth.folder))


def _heads(stream: IO[bytes]) -> Iterator[Head]:
    incoming = frames.Incoming()
    while content := os.read(stream.fileno(), _PIECE):
        yield from (head for head, _ in incoming.take(content))


def _message(head: Head, scratch: ScratchFile) -> bytes:
    if head.get("size", 0) > INLINE:
        return frames.packed({**head, "file": scratch.take()})
    return frames.packed(head, scratch.read() if "size" in head else b"")


def _write(stream: IO[bytes], message: bytes) -> None:
    stream.write(message)
    stream.flush()


def _leave(folder: Path) -> None:
    """End, and take the folder along, which a worker that was killed leaves behind."""
    shutil.rmtree(folder, ignore_errors=True)
    with suppress(OSError):  # others are still in there
        folder.parent.rmdir()
    os._exit(0)


if __name__ == "__main__":
    try:
        main(Birth(**json.loads(sys.argv[1])))
    except ParleyError as error:
        sys.exit(str(error))
