"""Clients in great numbers, each hardly busy: one process holds them all. For benches."""

from __future__ import annotations

import contextlib
import resource
import selectors
import socket
import threading
import time
from collections.abc import Callable

RESERVE = 100  # descriptors beside the connections
SERVER_RESERVE = 1000
TICKS = 20  # a second's bytes are sent in so many turns
CONNECT_SECONDS = 30.0


class TooFewFiles(RuntimeError):
    """The hard RLIMIT_NOFILE does not allow so many connections."""


def most_connections() -> int:
    """As many as a server may have that is started from here, with room for the rest of what it opens."""
    return resource.getrlimit(resource.RLIMIT_NOFILE)[1] - SERVER_RESERVE


def allow_files(count: int) -> None:
    """Raises the soft limit of open files for so many connections. Raises TooFewFiles."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < count + RESERVE:
        raise TooFewFiles(f"{count} connections need {count + RESERVE} open files; the hard limit is {hard}")
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def connect(address: str) -> socket.socket:
    """A plain connection. Raises OSError."""
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), CONNECT_SECONDS)


class SlowClients:
    """Clients that send one byte a second each, of one of `texts` in turn behind what it sends at once, and begin anew
    when the server has ended them, while the block runs. `ended` has how many seconds each of those connections lasted."""

    def __init__(self, address: str, count: int, texts: list[tuple[bytes, bytes]]) -> None:
        allow_files(count)
        self._address, self._count, self._texts = address, count, texts
        self._stop = threading.Event()
        self._peers: dict[socket.socket, list] = {}  # begun at, what is left, number
        self.ended: list[float] = []

    def __enter__(self) -> SlowClients:
        self._selector = selectors.DefaultSelector()
        for number in range(self._count):
            self._begin(number)
        self._thread = threading.Thread(target=self._run)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()
        for peer in self._peers:
            peer.close()
        self._selector.close()

    def _begin(self, number: int) -> None:
        peer = connect(self._address)
        at_once, slowly = self._texts[number % len(self._texts)]
        peer.sendall(at_once)
        peer.setblocking(False)
        self._selector.register(peer, selectors.EVENT_READ)
        self._peers[peer] = [time.monotonic(), memoryview(slowly), number]

    def _run(self) -> None:
        turn = 0
        while not self._stop.wait(1 / TICKS):
            for key, _ in self._selector.select(0):
                self._read(key.fileobj)
            for peer in [peer for peer, (_, _, number) in self._peers.items() if number % TICKS == turn]:
                self._send_byte(peer)
            turn = (turn + 1) % TICKS

    def _read(self, peer: socket.socket) -> None:
        """A reply that says why is no end: that comes behind it."""
        with contextlib.suppress(ConnectionResetError):
            if peer.recv(65536):
                return
        begun, _, number = self._peers.pop(peer)
        self.ended.append(time.monotonic() - begun)
        self._selector.unregister(peer)
        peer.close()
        self._begin(number)

    def _send_byte(self, peer: socket.socket) -> None:
        entry = self._peers[peer]
        with contextlib.suppress(OSError):  # ended meanwhile
            peer.send(entry[1][:1])
        entry[1] = entry[1][1:]


class IdleClients:
    """Connections that have carried `request`, sent in two pieces, and stay. Use as a context manager."""

    def __init__(self, address: str, count: int, request: bytes) -> None:
        allow_files(count)
        self._address, self._count, self._request = address, count, request
        self._peers: list[socket.socket] = []

    def __enter__(self) -> IdleClients:
        cut = len(self._request) // 2
        for _ in range(self._count):
            peer = connect(self._address)
            self._peers.append(peer)
            peer.sendall(self._request[:cut])
        for peer in self._peers:
            peer.sendall(self._request[cut:])
        for peer in self._peers:
            assert peer.recv(65536).startswith(b"HTTP/1.1 200 ")
        return self

    def __exit__(self, *_: object) -> None:
        for peer in self._peers:
            peer.close()


class SilentClients:
    """Connections that say nothing. Use as a context manager."""

    def __init__(self, address: str, count: int) -> None:
        allow_files(count)
        self._open: Callable[[], list[socket.socket]] = lambda: [connect(address) for _ in range(count)]

    def __enter__(self) -> SilentClients:
        self._peers = self._open()
        return self

    def __exit__(self, *_: object) -> None:
        for peer in self._peers:
            peer.close()
