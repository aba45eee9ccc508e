"""HTTP/1.1 byte by byte: for requests that no well-behaved client would send, or not in that order."""

from __future__ import annotations

import http.client
import json
import socket
import ssl
from dataclasses import dataclass

from support.client import EVAL_PATH, TIMEOUT_SECONDS


@dataclass(frozen=True)
class RawReply:
    """One reply as it stood on the wire. `headers` compares names without regard to case."""

    version: str  # "HTTP/1.1"
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    def json(self) -> dict:
        """The body as JSON. Raises ValueError."""
        return json.loads(self.body)


class RawConnection:
    """One connection to `"HOST:PORT"`, over TLS with `tls`. Use as a context manager, or call `close()`."""

    def __init__(self, address: str, tls: ssl.SSLContext | None = None) -> None:
        host, _, port = address.rpartition(":")
        self._socket = socket.create_connection((host.strip("[]"), int(port)), TIMEOUT_SECONDS)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if tls is not None:
            self._socket = tls.wrap_socket(self._socket, server_hostname=host.strip("[]"))
        self._file = self._socket.makefile("rb")

    def __enter__(self) -> RawConnection:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes both directions; what the other side still sends is refused."""
        self._file.close()
        self._socket.close()

    def send(self, data: bytes) -> None:
        """Sends all of `data`. Raises OSError."""
        self._socket.sendall(data)

    def end_sending(self) -> None:
        """Ends this side; what the other one still sends can be read."""
        self._socket.shutdown(socket.SHUT_WR)

    def read_reply(self) -> RawReply:
        """Reads one reply with a Content-Length or in chunks, or one of those that have no body.

        Raises ConnectionError when the connection ends before its first byte, AssertionError when
        it ends within or is not well formed.
        """
        head = self.read_head()
        if head.headers["Transfer-Encoding"] == "chunked":
            return RawReply(head.version, head.status, head.headers, self.read_chunked())
        if head.status < 200 or head.status in (204, 304):
            return head
        size = int(head.headers["Content-Length"])
        body = self._file.read(size)
        assert len(body) == size, f"cut off after {len(body)} of {size} bytes"
        return RawReply(head.version, head.status, head.headers, body)

    def read_head(self) -> RawReply:
        """Reads a reply that has no body: to HEAD, or a 100."""
        line = self._file.readline()
        if not line:
            raise ConnectionError("closed without a reply")
        assert line.endswith(b"\r\n"), f"cut off: {line!r}"
        version, status, _ = line.decode("ascii").split(" ", 2)
        return RawReply(version, int(status), http.client.parse_headers(self._file), b"")

    def read_chunk(self) -> bytes:
        """Reads one chunk of a body; b"" for the last one. Raises AssertionError where it is cut off."""
        line = self._file.readline()
        assert line.endswith(b"\r\n"), f"cut off in a chunk's size: {line!r}"
        size = int(line, 16)
        data = self._file.read(size)
        assert len(data) == size and self._file.read(2) == b"\r\n", "cut off in a chunk"
        return data

    def read_chunked(self) -> bytes:
        """Reads a body in chunks up to its last one. Raises AssertionError where it is cut off."""
        return b"".join(iter(self.read_chunk, b""))

    def read(self, size: int) -> bytes:
        """Reads so many bytes, or fewer up to the end. Raises OSError."""
        return self._file.read(size)

    def read_all(self) -> bytes:
        """Reads up to the end, also where that is a reset."""
        received = bytearray()
        try:
            while part := self._file.read1(65536):
                received += part
        except ConnectionResetError:
            pass
        return bytes(received)

    def at_end(self) -> bool:
        """Waits for the other side: True when it closes, False when it sends another byte."""
        try:
            return self._file.read(1) == b""
        except ConnectionResetError:
            return True


def request_bytes(method: str, path: str, body: bytes | None = None, *headers: str,
                  version: str = "HTTP/1.1") -> bytes:
    """A request with Host, with a Content-Length if it has a body, and with further header lines."""
    lines = [f"{method} {path} {version}", "Host: test", *headers]
    if body is not None:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + (body or b"")


def evaluation_bytes(code: str, *headers: str, path: str = EVAL_PATH, version: str = "HTTP/1.1",
                     **fields: object) -> bytes:
    """A request that evaluates `code`."""
    body = json.dumps({"code": code, **fields}).encode()
    return request_bytes("POST", path, body, "Content-Type: application/json", *headers,
                         version=version)
