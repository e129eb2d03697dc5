"""Holds one version of a graph and forks query processes for the workers that ask for them.

A worker connects to the nursery's socket and keeps the connection; when that ends, so do the processes that
it was given. What the nursery has to tell about a process that ended comes over the same connection.
"""

import gc
import os
import select
import signal
import socket
import sys
from dataclasses import dataclass, field
from pathlib import Path

from server.engine import frames, reader, served
from server.engine.holding import BuiltGraph, Spec, built, spec

_SAID = 2000  # bytes of what a process wrote on standard error before it ended
_BACKLOG = 64


@dataclass
class _Child:
    """A query process: who was given it, and the file that its standard error goes to."""

    owner: socket.socket
    errors: int


@dataclass
class _Nursery:
    held: BuiltGraph
    spec: Spec
    listener: socket.socket
    lifeline: int  # whoever holds the other end wants us; at its end no more workers are taken
    children: dict[int, _Child] = field(default_factory=dict)
    workers: list[socket.socket] = field(default_factory=list)
    retiring: bool = False

    def run(self) -> None:
        """Serve until the lifeline has ended and the last worker is gone."""
        wakeup, waker = socket.socketpair()
        wakeup.setblocking(False)
        waker.setblocking(False)
        signal.set_wakeup_fd(waker.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        while not self.retiring or self.workers:
            sources: list[socket.socket | int] = [wakeup, *self.workers]
            if not self.retiring:
                sources += [self.lifeline, self.listener]
            ready, _, _ = select.select(sources, [], [])
            for source in ready:
                self._serve(source, wakeup)
            self._bury()
        signal.set_wakeup_fd(-1)

    def _serve(self, source: socket.socket | int, wakeup: socket.socket) -> None:
        if source is wakeup:
            wakeup.recv(4096)
        elif source is self.listener:
            self.workers.append(self.listener.accept()[0])
        elif source == self.lifeline:
            self.retiring = True
            self.listener.close()
        elif source in self.workers:
            self._hear(source)

    def _hear(self, worker: socket.socket) -> None:
        try:
            frames.receive(worker)
            self._give(worker)
        except frames.Closed:
            self._forget(worker)

    def _give(self, worker: socket.socket) -> None:
        """Fork a query process, and hand the worker its connection and a descriptor to end it by."""
        theirs, ours = socket.socketpair()
        errors = os.memfd_create("errors", os.MFD_CLOEXEC)
        child = os.fork()
        if child == 0:
            _become_reader(ours, errors, self.held, self.spec)
        ours.close()
        self.children[child] = _Child(worker, errors)
        handle = os.pidfd_open(child)
        try:
            frames.send(worker, frames.packed({"reader": child}), [theirs.fileno(), handle])
        finally:
            theirs.close()
            os.close(handle)

    def _forget(self, worker: socket.socket) -> None:
        self.workers.remove(worker)
        worker.close()
        for process, child in self.children.items():
            if child.owner is worker:
                os.kill(process, signal.SIGKILL)

    def _bury(self) -> None:
        """Take note of every process that has ended, and tell its worker how."""
        while self.children:
            process, status = os.waitpid(-1, os.WNOHANG)
            if process == 0:
                return
            child = self.children.pop(process)
            said = os.pread(child.errors, _SAID, 0).decode(errors="replace")
            os.close(child.errors)
            if child.owner in self.workers:
                told = {"ended": process, "code": os.waitstatus_to_exitcode(status), "said": said}
                try:
                    frames.send(child.owner, frames.packed(told))
                except frames.Closed:
                    self._forget(child.owner)


def _become_reader(connection: socket.socket, errors: int, held: BuiltGraph, spec: Spec) -> None:
    """What a forked process does; it never comes back to what the nursery does."""
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        os.dup2(errors, 2)
        kept = connection.fileno()
        os.closerange(3, kept)
        os.closerange(kept + 1, os.sysconf("SC_OPEN_MAX") if kept > 1000 else 4096)
        reader.run(connection, held.open, dict(held.prefixes), spec.memory, Path(spec.spool))
        code = 0
    finally:
        os._exit(code)


def main(specification: Spec) -> None:
    """Load, say where, and serve. The lifeline is standard input."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process; the keeper decides
    signal.pthread_sigmask(signal.SIG_SETMASK, ())  # the keeper blocks what stops it
    held = built(specification)
    path = Path(specification.run) / served.socket_name(os.getpid())
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(path))
    listener.listen(_BACKLOG)
    gc.collect()
    gc.freeze()  # so that no collection in a forked process touches, and copies, what is shared
    served.publish(Path(specification.run), path.name, held.version)
    try:
        _Nursery(held, specification, listener, sys.stdin.fileno()).run()
    finally:
        path.unlink(missing_ok=True)


if __name__ == "__main__":
    main(spec(sys.argv[1]))
