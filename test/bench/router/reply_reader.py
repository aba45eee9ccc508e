"""Replies of HTTP/1.1 from the bytes of a connection, as fast as Python can: for a load generator.

Framing is by Content-Length or chunks (RFC 9112, 6.3); a reply without either is refused, as Playground
sends none.
"""

from __future__ import annotations

from dataclasses import dataclass


class BadReply(ValueError):
    """What came is no reply that this reader knows."""


@dataclass(frozen=True)
class Reply:
    """One reply; names of headers are in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def closes(self) -> bool:
        """Whether the connection ends with it."""
        return self.headers.get("connection", "").lower() == "close"


class ReplyReader:
    """Takes bytes as they come."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._status = 0
        self._headers: dict[str, str] | None = None  # of the reply that is under way

    @property
    def begun(self) -> bool:
        """Whether a part of a reply is here that is not whole yet."""
        return bool(self._bytes) or self._headers is not None

    def feed(self, data: bytes) -> Reply | None:
        """The reply that these bytes complete. Raises BadReply."""
        self._bytes += data
        if self._headers is None:
            end = self._bytes.find(b"\r\n\r\n")
            if end < 0:
                return None
            self._status, self._headers = _head(bytes(self._bytes[:end]))
            del self._bytes[:end + 4]
        body = self._body(self._headers)
        if body is None:
            return None
        reply = Reply(self._status, self._headers, body)
        self._headers = None
        return reply

    def _body(self, headers: dict[str, str]) -> bytes | None:
        """Takes the body off once it is whole."""
        if headers.get("transfer-encoding", "").lower() == "chunked":
            return self._chunks()
        try:
            size = int(headers["content-length"])
        except (KeyError, ValueError):
            raise BadReply(f"no length: {headers}") from None
        if len(self._bytes) < size:
            return None
        body = bytes(self._bytes[:size])
        del self._bytes[:size]
        return body

    def _chunks(self) -> bytes | None:
        """All chunks, once the last one is here. Trailers are refused."""
        parts, at = [], 0
        while (line := self._bytes.find(b"\r\n", at)) >= 0:
            try:
                size = int(bytes(self._bytes[at:line]).split(b";")[0], 16)
            except ValueError:
                raise BadReply(f"no size of a chunk: {bytes(self._bytes[at:line])!r}") from None
            end = line + 2 + size + 2
            if len(self._bytes) < end:
                return None
            if self._bytes[end - 2:end] != b"\r\n":
                raise BadReply("a chunk without its end")
            if size == 0:
                del self._bytes[:end]
                return b"".join(parts)
            parts.append(bytes(self._bytes[line + 2:end - 2]))
            at = end
        return None


def _head(head: bytes) -> tuple[int, dict[str, str]]:
    first, *lines = head.decode("latin-1").split("\r\n")
    words = first.split(" ", 2)
    if len(words) < 2 or not words[0].startswith("HTTP/1.") or not words[1].isdigit():
        raise BadReply(f"no status line: {first[:100]!r}")
    pairs = (line.partition(":") for line in lines)
    return int(words[1]), {name.lower(): value.strip() for name, _, value in pairs}
