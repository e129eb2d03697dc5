"""What a query process gives up before it sees a query: the network, other programs.

pyoxigraph follows SERVICE and LOAD with no switch to stop it. The text is judged before the query runs
(`server.query_text`); here the kernel refuses whatever was overlooked. The filter is a program in BPF,
made here, so that neither a compiler nor libseccomp is needed (Linux, userspace-api/seccomp_filter).
"""

import csv
import ctypes
import os
import platform
import signal
import struct
from collections.abc import Collection, Iterator
from errno import EPERM
from functools import cache
from importlib import resources

from kg.errors import ParleyError

# linux/prctl.h, linux/seccomp.h, linux/audit.h
_SET_PARENT_DEATH_SIGNAL, _SET_NO_NEW_PRIVILEGES = 1, 38
_SET_FILTER, _ACTION_AVAILABLE, _ALL_THREADS = 1, 2, 1
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000
ANSWERING = ("accept", "accept4", "socketpair")  # what a process keeps that others of this server call
_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_SECCOMP = {"x86_64": 317, "aarch64": 277}
_SENDTO = {"x86_64": 44, "aarch64": 206}
_X32 = 0x40000000  # numbers from here are the calls of x86_64 once more, for the x32 ABI
# linux/filter.h and struct seccomp_data: where the number, the architecture and the fifth argument lie
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER, _ARCHITECTURE, _ADDRESS = 0, 4, 16 + 8 * 4


class NoSandbox(ParleyError):
    """A kernel that does not let this process give up its rights."""


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_char_p))


def obstacle() -> str | None:
    """Why the network cannot be closed here, in words for a log; None where it can. Changes nothing."""
    machine = platform.machine()
    if platform.system() != "Linux" or machine not in _ARCHITECTURES:
        return f"no filter of system calls is known for {platform.system()} on {machine}"
    action = ctypes.byref(ctypes.c_uint32(_ERRNO))
    if _call("syscall", _SECCOMP[machine], _ACTION_AVAILABLE, 0, action):
        return f"the kernel takes no filter of system calls: {os.strerror(ctypes.get_errno())}"
    return None


def close_network(keep: Collection[str] = ()) -> None:
    """Take from this process, all its threads and all that it forks whatever reaches another process.

    Sockets that are open stay, and send and receive as before, descriptors too. Calls that are closed
    (`closed-calls.tsv`, but for those to `keep`) fail with EPERM. There is no way back. Raises NoSandbox.
    """
    found = obstacle()
    if found:
        raise NoSandbox(found)
    machine = platform.machine()
    code = b"".join(_instructions(machine, keep))
    program = ctypes.byref(_Program(len(code) // 8, code))
    _checked("prctl", _SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    _checked("syscall", _SECCOMP[machine], _SET_FILTER, _ALL_THREADS, program)


def die_with_parent(parent: int) -> None:
    """Have the kernel kill this process once the thread that forked it ends; `parent` is that process.

    Where the parent has gone already, this process ends at once. Raises NoSandbox.
    """
    _checked("prctl", _SET_PARENT_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)


def _instructions(machine: str, keep: Collection[str]) -> Iterator[bytes]:
    """The filter: refuse foreign ABIs, closed calls and a sendto that names an address; allow the rest."""
    calls = [int(row[machine]) for row in _closed_calls() if row["call"] not in keep]
    refuse = len(calls) + 10  # the number of the last instruction
    yield _instruction(_LOAD, _ARCHITECTURE)
    yield _instruction(_IF_EQUAL, _ARCHITECTURES[machine], missed=refuse - 2)
    yield _instruction(_LOAD, _NUMBER)
    yield _instruction(_IF_AT_LEAST, _X32, met=refuse - 4)
    for index, call in enumerate(calls, start=4):
        yield _instruction(_IF_EQUAL, call, met=refuse - index - 1)
    yield _instruction(_IF_EQUAL, _SENDTO[machine], missed=4)
    yield _instruction(_LOAD, _ADDRESS)  # its lower half
    yield _instruction(_IF_EQUAL, 0, missed=3)
    yield _instruction(_LOAD, _ADDRESS + 4)  # its upper half
    yield _instruction(_IF_EQUAL, 0, missed=1)
    yield _instruction(_RETURN, _ALLOW)
    yield _instruction(_RETURN, _ERRNO | EPERM)


def _instruction(code: int, value: int, met: int = 0, missed: int = 0) -> bytes:
    """struct sock_filter: a jump leaves out so many instructions where its test is met or missed."""
    return struct.pack("=HBBI", code, met, missed, value)


@cache
def _closed_calls() -> list[dict[str, str]]:
    text = resources.files(__package__).joinpath("closed-calls.tsv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t"))


def _call(function: str, *arguments: object) -> int:
    library = ctypes.CDLL(None, use_errno=True)
    passed = [ctypes.c_long(value) if isinstance(value, int) else value for value in arguments]
    return int(getattr(library, function)(*passed))


def _checked(function: str, *arguments: object) -> None:
    if _call(function, *arguments):
        raise NoSandbox(f"the kernel refused a limit on this process: {os.strerror(ctypes.get_errno())}")
