"""Backends that misbehave, and a port on which nobody listens."""

from __future__ import annotations

import contextlib
import json
import select
import socket
import ssl
import threading
from collections.abc import Callable, Iterator

from support.playground import poll
from support.threaded_listener import ThreadedListener

# What a backend does with a connection on which a request has come whole: the n-th request of the
# n-th connection, both from 1. It returns whether the connection stays open.
Behaviour = Callable[[socket.socket, int, int], bool]

CHUNK_BYTES = 64 * 1024
STALL_SECONDS = 0.3
SETTLE_SECONDS = 20.0  # a guard against waiting for ever


def answer(status: str, body: bytes, *headers: str) -> bytes:
    """A reply as bytes."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def stream_head(media_type: str, *headers: str) -> bytes:
    """The head of a reply that comes in chunks."""
    lines = ["HTTP/1.1 200 OK", f"Content-Type: {media_type}", "Transfer-Encoding: chunked", *headers, "", ""]
    return "\r\n".join(lines).encode()


def chunk(data: bytes) -> bytes:
    """One chunk; the last one for no data."""
    return b"%x\r\n%s\r\n" % (len(data), data)


def well(connection: socket.socket, _number: int, _request: int) -> bool:
    """A proper reply; the connection is kept."""
    body = json.dumps({"stdout": "from a fake\n", "status": "ok"}).encode()
    connection.sendall(answer("200 OK", body, "Content-Type: application/json"))
    return True


def hang(connection: socket.socket, _number: int, _request: int) -> bool:
    """No reply, until the other side gives up."""
    connection.recv(1)
    return False


def offers(size: int, stalled: threading.Event) -> Behaviour:
    """Sends so many bytes in chunks; `stalled` is set once the other side has taken nothing for a while."""
    piece = chunk(b"x" * CHUNK_BYTES)

    def behave(connection: socket.socket, _number: int, _request: int) -> bool:
        connection.sendall(stream_head("application/json"))
        connection.setblocking(False)
        for _ in range(size // CHUNK_BYTES):
            left = memoryview(piece)
            while left:
                try:
                    left = left[connection.send(left):]
                except (BlockingIOError, ssl.SSLWantWriteError):
                    if not select.select([], [connection], [], STALL_SECONDS)[1]:
                        stalled.set()
                        select.select([], [connection], [])
        connection.setblocking(True)
        connection.sendall(chunk(b""))
        return True

    return behave


class FakeBackend(ThreadedListener):
    """A listener, on a free port unless one is named. Every request goes to `behaviour`, but for the
    ui's health checks: these are answered by what `ready` says, and count neither as requests nor
    as connections. `heads` has the head of each other request.
    """

    def __init__(self, behaviour: Behaviour, host: str = "127.0.0.1", port: int = 0,
                 tls: ssl.SSLContext | None = None) -> None:
        """With `tls` it speaks TLS, and counts in `resumed` the connections that resumed a session, in
        `resumed_checks` the health checks that did."""
        self._behaviour = behaviour
        self._tls = tls
        self.resumed = self.resumed_checks = 0
        listener = socket.create_server((host, port))
        super().__init__(listener)
        self.port = listener.getsockname()[1]
        self.address = f"{host}:{self.port}"
        self.ready = True
        self.connections = 0
        self.requests = 0
        self.heads: list[bytes] = []  # of the requests, as they came
        self._counts = threading.Lock()

    def wait_requests(self, count: int) -> None:
        """Returns once so many requests have come. Raises AssertionError."""
        assert poll(lambda: self.requests >= count, SETTLE_SECONDS), self.requests

    def wrap(self, connection: socket.socket) -> socket.socket:
        if self._tls is None:
            return connection
        return self._tls.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)

    def serve(self, connection: socket.socket) -> None:
        with connection.makefile("rb") as incoming:
            resumed = False
            if isinstance(connection, ssl.SSLSocket):
                connection.do_handshake()
                resumed = bool(connection.session_reused)
            request = number = 0
            while head := _read_request(incoming):
                if head.startswith(b"GET /readyz "):
                    self.resumed_checks += resumed
                    connection.sendall(answer("200 OK" if self.ready else "503 Service Unavailable", b"{}"))
                    return
                with self._counts:
                    if request == 0:
                        self.connections += 1
                        self.resumed += resumed
                    self.requests += 1
                    number = number or self.connections
                    self.heads.append(head)
                request += 1
                if not self._behaviour(connection, number, request):
                    return


def _read_request(incoming: socket.SocketIO) -> bytes:
    """Reads one request away; its head, or nothing at the end of the connection."""
    size = 0
    head = b""
    while (line := incoming.readline()) not in (b"", b"\r\n"):
        head += line
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            size = int(value)
    return head if line and len(incoming.read(size)) == size else b""


@contextlib.contextmanager
def nobody(host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """An address that refuses connections: its port is taken, but nobody listens."""
    with socket.socket(family_of(host)) as holder:
        if port:  # connections of an earlier listener may still be in TIME_WAIT there
            holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        holder.bind((host, port))
        yield f"{host}:{holder.getsockname()[1]}"


@contextlib.contextmanager
def black_hole(host: str, port: int) -> Iterator[None]:
    """An address that neither takes a connection nor refuses it: the backlog is full for good."""
    with socket.socket(family_of(host)) as listener, socket.socket(family_of(host)) as filler:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(0)
        filler.connect((host, port))
        yield


def family_of(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET
