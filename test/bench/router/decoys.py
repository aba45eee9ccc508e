"""Servers in a backend's place that do everything wrong, each in a way of its own.

    with Decoy(machine, "10.77.2.2:6000", garbage): …
"""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable

from router.network import Machine
from support.threaded_listener import ThreadedListener

# What is done with a connection, until it returns: `stop` is set at the end.
Behaviour = Callable[[socket.socket, threading.Event], None]

BYTE_SECONDS = 1.0
READY = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"


class Decoy(ThreadedListener):
    """Listens on that address of that machine and hands each connection to `behaviour`."""

    def __init__(self, machine: Machine, address: str, behaviour: Behaviour) -> None:
        host, _, port = address.rpartition(":")
        with machine.inside():
            super().__init__(socket.create_server((host, int(port)), backlog=1024))
        self._behaviour = behaviour
        self._stop = threading.Event()

    def serve(self, connection: socket.socket) -> None:
        self._behaviour(connection, self._stop)

    def __exit__(self, *exception: object) -> None:
        self._stop.set()
        super().__exit__(*exception)


def resets(connection: socket.socket, _stop: threading.Event) -> None:
    """A reset in place of anything else: to close with data unread, or without lingering, sends one (tcp(7))."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def unavailable(connection: socket.socket, _stop: threading.Event) -> None:
    """503 to everything, promising nothing: without `"started": false`."""
    body = b'{"error": {"code": "unavailable", "message": "no"}}'
    while request(connection):
        connection.sendall(b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\n"
                           b"Content-Length: %d\r\n\r\n%s" % (len(body), body))


def garbage(connection: socket.socket, _stop: threading.Event) -> None:
    """Bytes that are no HTTP."""
    if request(connection):
        connection.sendall(bytes(range(256)) * 4)


def trickle(connection: socket.socket, stop: threading.Event) -> None:
    """A proper reply, one byte a second."""
    if request(connection):
        for byte in READY:
            connection.sendall(bytes([byte]))
            if stop.wait(BYTE_SECONDS):
                return


def request(connection: socket.socket) -> bytes:
    """Reads one request away; its head, or nothing at the connection's end. None are sent ahead of replies."""
    received = b""
    while b"\r\n\r\n" not in received:
        data = connection.recv(65536)
        if not data:
            return b""
        received += data
    head, _, body = received.partition(b"\r\n\r\n")
    missing = body_size(head) - len(body)
    while missing > 0:
        data = connection.recv(65536)
        if not data:
            return b""
        missing -= len(data)
    return head


def body_size(head: bytes) -> int:
    """Its Content-Length; 0 without one."""
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            return int(value)
    return 0


def but_ready(behaviour: Behaviour) -> Behaviour:
    """The same for programs, while GET /readyz is answered as by a backend in good health."""

    def answer(connection: socket.socket, stop: threading.Event) -> None:
        # Looked at, not taken: the other behaviour reads the request itself.
        start = connection.recv(4, socket.MSG_PEEK)
        if start != b"GET ":
            behaviour(connection, stop)
            return
        while request(connection):
            connection.sendall(READY)

    return answer
