"""A load generator of one thread that tells what became of every request, and when.

    /usr/bin/python3 -m router.load --address HOST:PORT --output FILE [--rate N] [--connections 32] …

A request is due every 1/rate seconds, whatever became of the ones before (an open loop), and goes out on the
first idle one of the kept connections; at rate 0 each connection sends as soon as its last reply is there. It
runs until its stdin ends, and then until --at-least requests were sent and all replies are there. Every
program prints its own number, so that a reply to another request is noticed. Every line on stdout is the
number of replies so far; FILE gets the records (outcomes.py), a JSON array a line.
"""

from __future__ import annotations

import argparse
import collections
import json
import select
import socket
import sys
import time
from pathlib import Path

from router.outcomes import OK, Record
from router.reply_reader import BadReply, Reply, ReplyReader

CONNECT_SECONDS = 5.0
REPLY_SECONDS = 30.0  # the client's own patience
TELL_SECONDS = 0.2
LONG_PROGRAM_SECONDS = 0.5


class Connection:
    """A kept connection, opened by the first request that needs it."""

    def __init__(self, address: tuple[str, int], epoll: select.epoll) -> None:
        self.number = -1  # of the request under way
        self.due = self.sent = 0.0
        self._address = address
        self._epoll = epoll
        self._socket: socket.socket | None = None
        self._reader = ReplyReader()

    def send(self, message: bytes) -> None:
        """Raises OSError. A request is small: it fits into the socket's buffer."""
        if self._socket is None:
            self._socket = socket.create_connection(self._address, CONNECT_SECONDS)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._reader = ReplyReader()
            self._epoll.register(self._socket, select.EPOLLIN)
        self._socket.sendall(message)

    def receive(self) -> Reply | None:
        """What has come, once it is whole. Raises OSError (at the connection's end too), BadReply."""
        assert self._socket is not None
        data = self._socket.recv(65536)
        if not data:
            raise ConnectionError("closed within the reply" if self._reader.begun else "closed before the reply")
        reply = self._reader.feed(data)
        if reply is not None and reply.closes:
            self.close()
        return reply

    def close(self) -> None:
        if self._socket is not None:
            self._epoll.unregister(self._socket)
            self._socket.close()
            self._socket = None

    def fileno(self) -> int:
        return -1 if self._socket is None else self._socket.fileno()


class Generator:
    """The loop."""

    def __init__(self, options: argparse.Namespace) -> None:
        host, _, port = options.address.rpartition(":")
        self._options = options
        self._epoll = select.epoll()
        self._epoll.register(sys.stdin, select.EPOLLIN | select.EPOLLHUP)
        self._idle = collections.deque(Connection((host, int(port)), self._epoll)
                                       for _ in range(options.connections))
        self._busy: dict[int, Connection] = {}
        self._next = 0
        self._stopping = False
        self._told = self._start = 0.0
        self.records: list[Record] = []

    def run(self) -> None:
        """Until there is nothing left to send and to receive."""
        self._start = time.monotonic()
        while self._wanted() or self._busy:
            self._send_due(time.monotonic())
            for descriptor, _ in self._epoll.poll(self._pause(time.monotonic())):
                if descriptor == sys.stdin.fileno():
                    self._stopping = True
                    self._epoll.unregister(descriptor)
                elif descriptor in self._busy:
                    self._receive(descriptor)
                else:
                    self._drop_idle(descriptor)
            self._tell(time.monotonic())
        print(len(self.records), flush=True)

    def _wanted(self) -> bool:
        return not self._stopping or self._next < self._options.at_least

    def _due(self, now: float) -> float:
        """When the next request is to be sent."""
        return self._start + self._next / self._options.rate if self._options.rate else now

    def _send_due(self, now: float) -> None:
        while self._idle and self._wanted() and (due := self._due(now)) <= now:
            connection = self._idle.popleft()
            connection.number, connection.due, connection.sent = self._next, due, now
            self._next += 1
            try:
                connection.send(message(connection.number, self._options))
                self._busy[connection.fileno()] = connection
            except OSError as error:
                self._end(connection, "broken", detail=f"sending: {error}")

    def _pause(self, now: float) -> float:
        """Seconds that may pass without an event."""
        if self._idle and self._wanted():
            return min(max(0.0, self._due(now) - now), TELL_SECONDS)
        return TELL_SECONDS

    def _receive(self, descriptor: int) -> None:
        connection = self._busy[descriptor]
        try:
            reply = connection.receive()
        except (OSError, BadReply) as error:
            del self._busy[descriptor]
            self._end(connection, "bad reply" if isinstance(error, BadReply) else "broken", detail=str(error))
            return
        if reply is not None:
            del self._busy[descriptor]
            kind = judge_reply(reply, connection.number)
            detail = "" if kind == OK else f"{reply.status} {reply.body[:200].decode(errors='replace')}"
            self._end(connection, kind, reply.headers.get("x-playground-backend", ""), detail)

    def _drop_idle(self, descriptor: int) -> None:
        """The server closed a connection that nobody uses: the next request opens another."""
        for connection in self._idle:
            if connection.fileno() == descriptor:
                connection.close()

    def _end(self, connection: Connection, kind: str, backend: str = "", detail: str = "") -> None:
        self.records.append(Record(connection.due, time.monotonic(), kind, backend,
                                   is_long(connection.number, self._options.long_every), detail))
        if kind in ("broken", "bad reply", "no reply"):
            connection.close()
        self._idle.append(connection)

    def _tell(self, now: float) -> None:
        """Now and then: how far this is, and which replies have not come in time."""
        if now - self._told < TELL_SECONDS:
            return
        self._told = now
        print(len(self.records), flush=True)
        for descriptor, connection in list(self._busy.items()):
            if now - connection.sent > REPLY_SECONDS:
                del self._busy[descriptor]
                self._end(connection, "no reply", detail=f"nothing in {REPLY_SECONDS:.0f} s")


def is_long(number: int, every: int) -> bool:
    """Whether this request's program sleeps; never when `every` is 0."""
    return every > 0 and number % every == every - 1


def message(number: int, options: argparse.Namespace) -> bytes:
    """The request of that number."""
    code = f"print({number})"
    if is_long(number, options.long_every):
        code = f"import time; time.sleep({LONG_PROGRAM_SECONDS}); {code}"
    body = json.dumps({"code": code}).encode()
    return (f"POST {options.path} HTTP/1.1\r\nHost: {options.address}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n").encode() + body


def judge_reply(reply: Reply, number: int) -> str:
    """The kind of this reply to the request of that number."""
    if reply.status != 200:
        return f"status {reply.status}"
    try:
        answer = json.loads(reply.body)
        status, stdout = answer["status"], answer["stdout"]
    except (ValueError, KeyError, TypeError):
        return "wrong output"
    if status != "ok":
        return f"program {status}"
    return OK if stdout == f"{number}\n" else "wrong output"


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Send programs and note what becomes of each.")
    parser.add_argument("--address", required=True)
    parser.add_argument("--path", default="/python")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--rate", type=float, default=0.0, help="requests a second; 0: as fast as replies come")
    parser.add_argument("--connections", type=int, default=32)
    parser.add_argument("--at-least", type=int, default=0)
    parser.add_argument("--long-every", type=int, default=0, help="each so manieth program sleeps; 0: none")
    options = parser.parse_args(words)
    generator = Generator(options)
    generator.run()
    with options.output.open("w") as file:
        file.writelines(json.dumps(record.as_row()) + "\n" for record in generator.records)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
