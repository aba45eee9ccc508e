"""A name server for tests, over UDP and TCP, that says what it is told to.

    with DnsServer() as names:
        names.set("backend.test", "127.0.0.2", "::1", ttl=1)
        with ui_with({"one": "backend.test:6000"}, PLAYGROUND_DNS_SERVERS=names.address): …

Formats: RFC 1035, 4.
"""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import struct
import threading
from collections import Counter

A, CNAME, AAAA = 1, 5, 28
NOERROR, SERVFAIL, NXDOMAIN = 0, 2, 3
TRUNCATED = 0x0200
UDP_SIZE = 512
HEADER = struct.Struct("!6H")
RECORD = struct.Struct("!HHIH")


class DnsServer:
    """Listens on a free port of 127.0.0.1. A name that was never set does not exist (NXDOMAIN)."""

    def __init__(self) -> None:
        self._records: dict[str, tuple[int, list[tuple[int, bytes]], int]] = {}
        self._changed = threading.Condition()
        self._asked: Counter[str] = Counter()
        self._silent = False
        self._tcp = socket.create_server(("127.0.0.1", 0))
        self._udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._udp.bind(self._tcp.getsockname())
        self._closing = False
        self.address = "%s:%d" % self._tcp.getsockname()
        self._threads = [threading.Thread(target=self._serve_udp), threading.Thread(target=self._serve_tcp)]

    def __enter__(self) -> DnsServer:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing = True
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as waker:
            waker.sendto(b"", self._udp.getsockname())
        self._tcp.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        self._udp.close()
        self._tcp.close()

    # What it says

    def set(self, name: str, *values: str, ttl: int = 300) -> None:
        """`values`: addresses of either family, or a name that this one is an alias of (CNAME)."""
        with self._changed:
            self._records[name] = (NOERROR, [_data(value) for value in values], ttl)

    def fail(self, name: str) -> None:
        """Answers SERVFAIL for this name from now on."""
        with self._changed:
            self._records[name] = (SERVFAIL, [], 0)

    def die(self) -> None:
        """Answers nothing from now on."""
        with self._changed:
            self._silent = True

    # What it was asked

    def wait_asked(self, name: str, times: int = 1, seconds: float = 60.0) -> None:
        """Returns once `name` was asked for so often since the beginning, both families and repeats counted."""
        with self._changed:
            assert self._changed.wait_for(lambda: self._asked[name] >= times, seconds), dict(self._asked)

    def asked(self, name: str) -> int:
        """How often `name` was asked for so far."""
        with self._changed:
            return self._asked[name]

    # Inside

    def _serve_udp(self) -> None:
        while True:
            question, sender = self._udp.recvfrom(UDP_SIZE)
            if self._closing:
                return
            reply = self._reply(question)
            if reply is None:
                continue
            if len(reply) > UDP_SIZE:
                reply = _truncated(question)
            self._udp.sendto(reply, sender)

    def _serve_tcp(self) -> None:
        while True:
            try:
                connection, _ = self._tcp.accept()
            except OSError:  # shut down
                return
            with connection, connection.makefile("rb") as incoming, contextlib.suppress(OSError):
                while len(size := incoming.read(2)) == 2:
                    reply = self._reply(incoming.read(struct.unpack("!H", size)[0]))
                    if reply is None:
                        break
                    connection.sendall(struct.pack("!H", len(reply)) + reply)

    def _reply(self, question: bytes) -> bytes | None:
        name, end = _name(question)
        kind = struct.unpack_from("!H", question, end)[0]
        with self._changed:
            self._asked[name] += 1
            self._changed.notify_all()
            if self._silent:
                return None
            code, answers = self._answers(name, kind)
        number = struct.unpack_from("!H", question)[0]
        return HEADER.pack(number, 0x8180 | code, 1, len(answers), 0, 0) + question[12:end + 4] + b"".join(answers)

    def _answers(self, name: str, kind: int) -> tuple[int, list[bytes]]:
        code, values, ttl = self._records.get(name, (NXDOMAIN, [], 0))
        answers = []
        for type_, data in values:
            if type_ == CNAME:
                answers.append(_record(name, type_, ttl, data))
                answers += self._answers(_name(data, 0)[0], kind)[1]
            elif type_ == kind:
                answers.append(_record(name, type_, ttl, data))
        return code, answers


def _name(message: bytes, at: int = HEADER.size) -> tuple[str, int]:
    """The name at an offset and the offset behind it. Questions hold no pointers."""
    labels = []
    while size := message[at]:
        labels.append(message[at + 1:at + 1 + size].decode())
        at += 1 + size
    return ".".join(labels), at + 1


def _labels(name: str) -> bytes:
    return b"".join(bytes([len(label)]) + label.encode() for label in name.split(".")) + b"\0"


def _data(value: str) -> tuple[int, bytes]:
    """The type and the data of a record with this value."""
    try:
        address = ipaddress.ip_address(value)
    except ValueError:
        return CNAME, _labels(value)
    return (A if address.version == 4 else AAAA), address.packed


def _record(name: str, kind: int, ttl: int, data: bytes) -> bytes:
    return _labels(name) + RECORD.pack(kind, 1, ttl, len(data)) + data


def _truncated(question: bytes) -> bytes:
    """The answer that tells to ask again over TCP."""
    number = struct.unpack_from("!H", question)[0]
    return HEADER.pack(number, 0x8180 | TRUNCATED, 1, 0, 0, 0) + question[12:]
