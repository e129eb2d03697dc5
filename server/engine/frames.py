"""Messages between the processes of one server: a JSON head and a body of bytes, over a Unix stream socket.

JSON and not pickle: a process that runs strangers' queries is one to listen to with care.
"""

import array
import json
import socket
import struct
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_LENGTHS = struct.Struct("!II")  # of head and body, in bytes
PREAMBLE = _LENGTHS.size
# Made once: json.dumps makes an encoder at each call, and json.loads looks for the encoding of bytes.
_encode = json.JSONEncoder(separators=(",", ":")).encode
_decode = json.JSONDecoder().decode
_DESCRIPTORS = 4  # more are never sent at once
Head = Mapping[str, Any]


class Closed(Exception):
    """The other process is gone, or closed its end."""


def packed(head: Head, body: bytes = b"") -> bytes:
    """A message as it goes over the wire."""
    encoded = _encode(head).encode()
    return _LENGTHS.pack(len(encoded), len(body)) + encoded + body


def lengths(preamble: bytes) -> tuple[int, int]:
    """How long head and body are, from the first bytes of a message."""
    head, body = _LENGTHS.unpack(preamble)
    return head, body


def unpacked(content: bytes, head: int) -> tuple[dict[str, Any], bytes]:
    """The head and the body of a message without its preamble."""
    return _decode(content[:head].decode()), content[head:]


class Incoming:
    """Bytes as they come, and the messages in them."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def take(self, content: bytes) -> Iterator[tuple[dict[str, Any], bytes]]:
        """The messages that are whole with these bytes, head and body."""
        self._bytes += content
        while len(self._bytes) >= PREAMBLE:
            head, body = lengths(bytes(self._bytes[:PREAMBLE]))
            end = PREAMBLE + head + body
            if len(self._bytes) < end:
                return
            message = bytes(self._bytes[PREAMBLE:end])
            del self._bytes[:end]
            yield unpacked(message, head)


def send(connection: socket.socket, message: bytes, descriptors: Sequence[int] = ()) -> None:
    """Send a whole message, and copies of open files with its first byte. Raises Closed."""
    try:
        sent = socket.send_fds(connection, [message], descriptors) if descriptors else 0
        connection.sendall(message[sent:] if sent else message)
    except OSError as error:
        raise Closed from error


def receive(connection: socket.socket) -> tuple[dict[str, Any], bytes, list[int]]:
    """The next message, with the open files that came with it. Raises Closed."""
    first, descriptors = _first(connection)
    content = bytearray(first)
    while len(content) < PREAMBLE:
        content += _more(connection, PREAMBLE - len(content))
    head, body = lengths(bytes(content[:PREAMBLE]))
    while len(content) < PREAMBLE + head + body:
        content += _more(connection, PREAMBLE + head + body - len(content))
    return *unpacked(bytes(content[PREAMBLE:]), head), descriptors


def _first(connection: socket.socket) -> tuple[bytes, list[int]]:
    space = socket.CMSG_LEN(_DESCRIPTORS * array.array("i").itemsize)
    try:
        content, ancillary, _, _ = connection.recvmsg(PREAMBLE, space)
    except OSError as error:
        raise Closed from error
    if not content:
        raise Closed
    found = array.array("i")
    for level, kind, data in ancillary:
        if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
            found.frombytes(data[: len(data) - len(data) % found.itemsize])
    return content, list(found)


def _more(connection: socket.socket, wanted: int) -> bytes:
    try:
        content = connection.recv(min(wanted, 2**20))
    except OSError as error:
        raise Closed from error
    if not content:
        raise Closed
    return content
