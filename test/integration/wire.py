"""Requests byte by byte with what has to come back: the words in which the tables of `cases_*.py` are written.

Behind each request stands a marker, a second request that asks to be the last. Whether that is answered tells
where the server saw the first one end, and whether it kept the connection.
"""

from __future__ import annotations

import json
import socket
from dataclasses import dataclass

from raw_http import RawConnection

BODY = b'{"code":""}'  # a program that does nothing: 200
MARKER = b"GET /healthz HTTP/1.1\r\nHost: marker\r\nConnection: close\r\n\r\n"
PATH = b"{path}"  # stands for the role's own


@dataclass(frozen=True)
class Case:
    """A request and its fate. `replies` are status and error code (None where it is no error) of each reply before
    the marker's; `kept` tells whether the marker is answered. `words` are part of the first reply's message. A `cut`
    case has no marker: the client ends its side instead."""

    name: str
    data: bytes
    replies: tuple[tuple[int, str | None], ...]
    kept: bool
    words: str = ""
    cut: bool = False


@dataclass(frozen=True)
class Outcome:
    """What came back: status and parsed body of each reply, the marker's left out."""

    replies: tuple[tuple[int, dict], ...]
    kept: bool

    def statuses(self) -> tuple[int, ...]:
        """Of the replies, in order."""
        return tuple(status for status, _ in self.replies)


def refused(name: str, data: bytes, status: int = 400, code: str = "bad_request", words: str = "") -> Case:
    """One reply says why, and the connection ends."""
    return Case(name, data, ((status, code),), False, words)


def taken(name: str, data: bytes, status: int = 200, code: str | None = None, kept: bool = True) -> Case:
    """One reply to the request, which ended where it should."""
    return Case(name, data, ((status, code),), kept)


def silent(name: str, data: bytes) -> Case:
    """A request that the client breaks off: nothing comes back."""
    return Case(name, data, (), False, cut=True)


def with_line(line: str) -> bytes:
    """A request of this first line (latin-1) that is well apart from it."""
    return line.encode("latin-1") + b"\r\nHost: h\r\n" + _TYPE + b"Content-Length: %d\r\n\r\n" % len(BODY) + BODY


def with_fields(*fields: str, line: str = "POST {path} HTTP/1.1") -> bytes:
    """A request with these fields (latin-1) between Host and Content-Length."""
    return post(*fields, f"Content-Length: {len(BODY)}", line=line, body=BODY)


def post(*fields: str, line: str = "POST {path} HTTP/1.1", host: str = "Host: h", body: bytes = b"") -> bytes:
    """A request with exactly these fields (latin-1) behind its Host, where `host` is not empty, and Content-Type."""
    lines = "\r\n".join([line, *filter(None, [host]), _TYPE.decode().rstrip(), *fields, "", ""])
    return lines.encode("latin-1") + body


def chunked(body: bytes) -> bytes:
    """A request with this chunked body, written out."""
    return post("Transfer-Encoding: chunked", body=body)


def ask(address: str, case: Case, path: str) -> Outcome:
    """Sends a case to a server and reads until that closes. Raises OSError, AssertionError."""
    data = case.data.replace(PATH, path.encode())
    with RawConnection(address) as connection:
        connection.send(data + (b"" if case.cut else MARKER))
        if case.cut:
            connection.end_sending()
        return read_outcome(connection, data.lstrip(b"\r\n").startswith(b"HEAD "))


def read_outcome(connection: RawConnection, head_first: bool) -> Outcome:
    """Reads all replies up to the end. With `head_first` the first has no body."""
    replies = []
    while True:
        try:
            bodiless = head_first and not replies
            reply = connection.read_head() if bodiless else connection.read_reply()
        except (ConnectionError, socket.timeout):
            return Outcome(tuple(replies), False)
        body = _parsed(reply.body)
        if reply.status == 200 and body == {"status": "ok"}:
            assert connection.at_end()
            return Outcome(tuple(replies), True)
        replies.append((reply.status, body))


def _parsed(body: bytes) -> dict:
    try:
        value = json.loads(body or b"{}")
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


_TYPE = b"Content-Type: application/json\r\n"
