"""granian as `parley serve` runs it: it says when it answers, and ends when told to, at whatever moment.

granian's workers start with the signal handlers of its main process, so that a SIGTERM which reaches one
before it has its own is lost, and the main process then waits for that worker for ever. Here the signals that
stop a server are blocked while workers start, and a thread waits for them, for which no moment is wrong.
"""

import logging
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from typing import Any

from granian.constants import Interfaces, Loops
from granian.log import LogLevels
from granian.server import MPServer

from server.engine import sandbox
from server.machine import FORKED

_GRACE = 3  # seconds that a worker has to finish what it answers
_DEATHS, _WITHIN = 4, 30.0  # of workers, for each that there shall be, in so many seconds: more is a fault
_STOPS = (signal.SIGINT, signal.SIGTERM)


_log = logging.getLogger("parley")
_BLOCKS = hasattr(signal, "pthread_sigmask")  # Windows has none, and there granian's own handlers do


def block_stops() -> None:
    """Leave the signals that stop a server to one thread that waits; to be called before any starts."""
    if _BLOCKS:
        signal.pthread_sigmask(signal.SIG_BLOCK, _STOPS)


class Listener(MPServer):
    """Serves `server.asgi` from worker processes; `ready` is called once, when the first of them answers.

    `start` says how query processes start: workers whose own are spawned use nothing that only Linux has.
    """

    def __init__(self, host: str, port: int, workers: int, start: str, ready: Callable[[], None]) -> None:
        super().__init__(
            "server.asgi:application",
            address=host,
            port=port,
            workers=workers,
            workers_kill_timeout=_GRACE,
            interface=Interfaces.ASGI,
            loop=Loops.uvloop if start == FORKED else Loops.asyncio,
            respawn_failed_workers=True,
            log_level=LogLevels.error,  # granian warns of more threads or workers than cores, which are meant
        )
        self._ready, self._start = ready, start
        self._deaths = list[float]()  # of workers, when

    def run(self) -> None:
        """Serve until SIGINT or SIGTERM, which are blocked by now. A worker that dies is replaced.

        Where they die again and again, the process ends with exit code 1.
        """
        if _BLOCKS:
            threading.Thread(target=self._wait_for_signal, daemon=True).start()
        loader = partial(_application, os.getpid() if self._start == FORKED else None)
        self.serve(target_loader=loader, wrap_loader=False)

    def startup(self, spawn_target: Any, target_loader: Any) -> None:
        """Start the workers, then look out for the first answer."""
        super().startup(spawn_target, target_loader)  # type: ignore[no-untyped-call]
        threading.Thread(target=self._announce).start()

    def _respawn_workers(
        self, workers: list[int], spawn_target: Any, target_loader: Any, delay: float = 0
    ) -> None:
        """Replace workers that died. granian itself would end with the first that dies soon after another."""
        now = time.monotonic()
        self._deaths = [death for death in self._deaths if now - death < _WITHIN] + [now] * len(workers)
        if len(self._deaths) > _DEATHS * self.workers:
            what = "more than %d workers ended within %g s of each other, so the server ends too"
            _log.error(what, _DEATHS * self.workers, _WITHIN)
            self.interrupt_children += workers  # which makes it end with 1
            self.interrupt_signal = True
            self.main_loop_interrupt.set()
            return
        super()._respawn_workers(workers, spawn_target, target_loader, delay)
        self.respawned_wrks.clear()  # or granian would count for itself

    def _wait_for_signal(self) -> None:
        signal.sigwait(_STOPS)
        self.interrupt_signal = True
        self.main_loop_interrupt.set()

    def _announce(self) -> None:
        while not self.main_loop_interrupt.wait(0.02):  # seconds
            if _answers(self.bind_addr, self.bind_port):
                with suppress(OSError):  # nobody reads what we say
                    self._ready()
                return


def _answers(host: str, port: int) -> bool:
    connection = HTTPConnection(host, port, timeout=1)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status == HTTPStatus.OK
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _application(parent: int | None) -> Any:
    """The application, in a worker; until granian's own handlers are there, SIGTERM just ends the worker.

    A worker does not outlive its main process: nobody would end it, and it would serve old data for ever.
    """
    if parent is None:
        threading.Thread(target=_end_with_parent, daemon=True).start()
    else:
        sandbox.die_with_parent(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the main process too, which ends us
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if _BLOCKS:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPS)
    from server.asgi import application

    return application()


def _end_with_parent() -> None:
    """What the kernel of Linux does for others."""
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)
