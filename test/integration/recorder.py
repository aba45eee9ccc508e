"""A backend that writes down every request that reaches it, and answers with the request's own body.

It reads strictly what a proxy of ours or nginx may send: a head whose lines end with CRLF, framed by one
Content-Length. Anything else is a fault, and ends the connection.
"""

from __future__ import annotations

import re
import selectors
import socket
import threading
from dataclasses import dataclass, field

LENGTH = re.compile(rb"\r\ncontent-length: *([0-9]+)\r\n", re.IGNORECASE)
LINE = re.compile(rb"[A-Z-_]+ /[^ \r\n\0]* HTTP/1\.1")
NAMED = re.compile(rb"[!-9;-~]+:[^\r\n\0]*")


@dataclass
class _Peer:
    unread: bytes = b""


@dataclass
class Recorder:
    """Listens on a free port of 127.0.0.1 while it is entered. `bodies` are those of all requests but health checks, in
    the order of their ends; `faults` are bytes that are no proper request."""

    bodies: list[bytes] = field(default_factory=list)
    faults: list[bytes] = field(default_factory=list)
    address: str = ""

    def __enter__(self) -> Recorder:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self._listener.setblocking(False)
        self.address = f"127.0.0.1:{self._listener.getsockname()[1]}"
        self._wake, self._stop = socket.socketpair()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.close()
        self._thread.join()
        self._listener.close()
        self._wake.close()

    def _serve(self) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._listener, selectors.EVENT_READ)
            selector.register(self._wake, selectors.EVENT_READ)
            stopped = False
            while not stopped:
                for key, _ in selector.select():
                    if key.fileobj is self._wake:
                        stopped = True
                    elif key.fileobj is self._listener:
                        self._accept(selector)
                    elif not self._go_on(key.fileobj, key.data):
                        selector.unregister(key.fileobj)
                        key.fileobj.close()
            for key in list(selector.get_map().values()):
                if isinstance(key.data, _Peer):
                    key.fileobj.close()

    def _accept(self, selector: selectors.BaseSelector) -> None:
        try:
            peer, _ = self._listener.accept()
        except OSError:  # gone already
            return
        peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        selector.register(peer, selectors.EVENT_READ, _Peer())

    def _go_on(self, socket_: socket.socket, peer: _Peer) -> bool:
        try:
            part = socket_.recv(65536)
            peer.unread += part
            replies = b"".join(iter(lambda: self._take_request(peer), b""))
            if replies:
                socket_.sendall(replies)
        except OSError:
            return False
        return bool(part) and not self._is_faulty(peer)

    def _take_request(self, peer: _Peer) -> bytes:
        """The reply to the next whole request; nothing where there is none."""
        head, end, rest = peer.unread.partition(b"\r\n\r\n")
        lengths = LENGTH.findall(head + b"\r\n")
        size = int(lengths[0]) if lengths else 0
        if not end or len(rest) < size or not _is_proper(head, len(lengths)):
            return b""
        peer.unread = rest[size:]
        if head.startswith(b"GET /readyz "):
            return _reply(b"{}")
        self.bodies.append(rest[:size])
        return _reply(rest[:size])

    def _is_faulty(self, peer: _Peer) -> bool:
        head, end, _ = peer.unread.partition(b"\r\n\r\n")
        faulty = bool(end) and not _is_proper(head, len(LENGTH.findall(head + b"\r\n")))
        if faulty:
            self.faults.append(peer.unread)
        return faulty


def _is_proper(head: bytes, lengths: int) -> bool:
    line, *fields = head.split(b"\r\n")
    coded = re.search(rb"\r\ntransfer-encoding", head, re.IGNORECASE)
    return bool(LINE.fullmatch(line)) and all(map(NAMED.fullmatch, fields)) and lengths <= 1 and not coded


def _reply(body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)
