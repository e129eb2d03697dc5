"""Holds one version of a graph and forks query processes for the workers that ask for them.

A worker connects to the nursery's socket and keeps the connection; when that ends, so do the processes that
it was given. What the nursery has to tell about a process that ended comes over the same connection. Of a
writable store the nursery holds one version after another, and makes the changes too.
"""

import gc
import os
import selectors
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from server.engine import frames, reader, sandbox, served, wire
from server.engine.changing import Changing, Wanted
from server.engine.forking import Child, forked
from server.engine.frames import Head
from server.engine.holding import Held, Spec, held, spec

_BACKLOG = 64
_PIECE = 2**20  # bytes that are read at a time


class Nursery:
    """`lifeline` ends when nobody wants this nursery any more: then it takes no more workers."""

    def __init__(self, held: Held, spec: Spec, listener: socket.socket, lifeline: int) -> None:
        self._held, self._spec = held, spec
        self._listener, self._lifeline = listener, lifeline
        self._readers: dict[int, tuple[Child, socket.socket]] = {}  # by process, with the worker that has it
        self._workers: dict[
            socket.socket, frames.Incoming
        ] = {}  # with what each has sent of a message so far
        self._sources = selectors.DefaultSelector()
        self._changing = Changing(held, spec.memory)
        self._retiring = False

    def run(self) -> None:
        """Serve until the lifeline has ended and the last worker is gone."""
        wakeup, waker = socket.socketpair()
        wakeup.setblocking(False)
        waker.setblocking(False)
        signal.set_wakeup_fd(waker.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self._watch(wakeup, lambda: wakeup.recv(4096))
        self._watch(self._lifeline, self._retire)
        self._watch(self._listener, self._accept)
        while not self._retiring or self._workers:
            for ready, _ in self._sources.select():
                ready.data()
            self._bury()
        signal.set_wakeup_fd(-1)

    def publish(self) -> None:
        """Say that this nursery serves the version that it holds now."""
        served.publish(Path(self._spec.run), served.socket_name(os.getpid()), self._held.version)

    def _watch(self, source: socket.socket | int, act: Callable[[], object]) -> None:
        self._sources.register(source, selectors.EVENT_READ, act)

    def _retire(self) -> None:
        self._retiring = True
        for source in (self._lifeline, self._listener):
            self._sources.unregister(source)
        self._listener.close()

    def _accept(self) -> None:
        if self._retiring:
            return  # in the same moment
        worker, _ = self._listener.accept()
        worker.setblocking(False)  # no worker that stops in the middle of a message keeps others waiting
        self._workers[worker] = frames.Incoming()
        self._watch(worker, partial(self._hear, worker))

    def _hear(self, worker: socket.socket) -> None:
        incoming = self._workers.get(worker)
        if incoming is None:
            return  # it was forgotten in the same moment
        try:
            for head, body in incoming.take(_received(worker)):
                self._act(worker, head, body)
        except frames.Closed:
            self._forget(worker)

    def _act(self, worker: socket.socket, head: Head, body: bytes) -> None:
        """Do what a worker wants. Raises Closed."""
        if head["want"] == "reader":
            self._give(worker)
        else:
            change = wire.change(head, body)
            self._changing.take(Wanted(worker, head["number"], change, head["seconds"]))

    def _give(self, worker: socket.socket) -> None:
        """Fork a query process, and hand the worker its connection and a descriptor to end it by."""
        theirs, ours = socket.socketpair()
        child = forked(lambda: self._read(ours), kept=ours.fileno())
        ours.close()
        self._readers[child.process] = (child, worker)
        handle = os.pidfd_open(child.process)
        told = {"reader": child.process, "version": self._held.version}  # maybe newer than was asked for
        try:
            frames.send(worker, frames.packed(told), [theirs.fileno(), handle])
        finally:
            theirs.close()
            os.close(handle)

    def _read(self, connection: socket.socket) -> None:
        held, spec = self._held, self._spec
        reader.run(connection, held.open, dict(held.prefixes), spec.memory, Path(spec.spool))

    def _forget(self, worker: socket.socket) -> None:
        if self._workers.pop(worker, None) is None:
            return
        self._sources.unregister(worker)
        worker.close()
        for child, owner in self._readers.values():
            if owner is worker:
                child.kill()

    def _bury(self) -> None:
        """Take note of every process that has ended, and tell whom it concerns."""
        while True:
            try:
                process, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if process == 0:
                return
            if process in self._readers:
                child, worker = self._readers.pop(process)
                self._tell(worker, {"ended": process, "said": child.last_words()})
            elif changed := self._changing.ended(process, os.waitstatus_to_exitcode(status)):
                wanted, told = changed
                if "version" in told:
                    self.publish()
                self._tell(wanted.worker, {"changed": wanted.number} | dict(told))

    def _tell(self, worker: socket.socket, head: Head) -> None:
        if worker in self._workers:
            try:
                frames.send(worker, frames.packed(head))
            except frames.Closed:
                self._forget(worker)


def _received(worker: socket.socket) -> bytes:
    """What has come. Raises Closed."""
    try:
        content = worker.recv(_PIECE)
    except BlockingIOError:
        return b""
    except OSError as error:
        raise frames.Closed from error
    if not content:
        raise frames.Closed
    return content


def main(specification: Spec) -> None:
    """Load, say where, and serve. The lifeline is standard input."""
    for stop in (signal.SIGINT, signal.SIGTERM):  # Ctrl-C and systemd reach every process; the keeper decides
        signal.signal(stop, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())  # the keeper blocks what stops it
    with held(specification) as holding:
        path = Path(specification.run) / served.socket_name(os.getpid())
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(str(path))
        listener.listen(_BACKLOG)
        if sandbox.obstacle() is None:  # a change that was tried without a network is made here again
            sandbox.close_network(keep=sandbox.ANSWERING)
        gc.collect()
        gc.freeze()  # so that no collection in a forked process touches, and copies, what is shared
        nursery = Nursery(holding, specification, listener, sys.stdin.fileno())
        nursery.publish()
        nursery.run()
        with suppress(FileNotFoundError):
            path.unlink()


if __name__ == "__main__":
    main(spec(sys.argv[1]))
