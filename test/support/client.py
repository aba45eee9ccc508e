"""A small HTTP/1.1 client: the requests that Playground's users make, and the replies as they came.

Nothing is retried, followed or decoded behind the test's back. An address is `"HOST:PORT"`, as the
server's log writes it (`"127.0.0.1:43211"`, `"[::1]:43211"`).
"""

from __future__ import annotations

import http.client
import json
import ssl
import urllib.parse
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

EVAL_PATH = "/py/eval"  # backend
PYTHON_PATH = "/python"  # ui
TIMEOUT_SECONDS = 60.0  # for one blocking socket operation: a guard against hanging, not a measurement


class UnexpectedReply(AssertionError):
    """The server answered with another status than the caller can use; the message holds the reply."""


@dataclass(frozen=True)
class Reply:
    """One reply. `headers` compares names without regard to case and may repeat (`get_all`)."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    def text(self) -> str:
        """The body as UTF-8. Raises UnicodeDecodeError."""
        return self.body.decode("utf-8")

    def json(self) -> object:
        """The body as JSON. Raises ValueError."""
        return json.loads(self.body)


class Client:
    """One keep-alive connection, opened by the first request and reopened when the server closed it.

    Not for use by several threads at once. Use as a context manager, or call `close()`.
    """

    def __init__(self, address: str, timeout: float = TIMEOUT_SECONDS,
                 tls: ssl.SSLContext | None = None) -> None:
        """`timeout`: seconds that one socket operation may take. With `tls`, https is spoken."""
        parts = urllib.parse.urlsplit(f"//{address}")
        if parts.hostname is None or parts.port is None:
            raise ValueError(f"not HOST:PORT: {address!r}")
        if tls is None:
            self._connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=timeout)
        else:
            self._connection = http.client.HTTPSConnection(parts.hostname, parts.port,
                                                           timeout=timeout, context=tls)

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes the connection. May be called again."""
        self._connection.close()

    def request(self, method: str, path: str, body: bytes | None = None,
                headers: Mapping[str, str] | None = None) -> Reply:
        """Sends one request and reads its whole reply.

        Raises OSError or http.client.HTTPException; the connection is closed then.
        """
        try:
            self._connection.request(method, path, body, dict(headers or {}))
            answer = self._connection.getresponse()
            return Reply(answer.status, answer.headers, answer.read())
        except (OSError, http.client.HTTPException):
            self.close()
            raise

    def get(self, path: str) -> Reply:
        """GET `path`."""
        return self.request("GET", path)

    def post(self, path: str, body: bytes, content_type: str,
             headers: Mapping[str, str] | None = None) -> Reply:
        """POST `body` as it is."""
        return self.request("POST", path, body, {"Content-Type": content_type, **(headers or {})})

    def post_json(self, path: str, value: object, headers: Mapping[str, str] | None = None) -> Reply:
        """POST `value` as JSON in UTF-8."""
        return self.post(path, json.dumps(value).encode(), "application/json", headers)

    def post_form(self, path: str, fields: Mapping[str, str],
                  headers: Mapping[str, str] | None = None) -> Reply:
        """POST `fields` as a browser's form does by default."""
        body = urllib.parse.urlencode(fields).encode()
        return self.post(path, body, "application/x-www-form-urlencoded", headers)

    def post_multipart(self, path: str, fields: Mapping[str, str],
                       headers: Mapping[str, str] | None = None) -> Reply:
        """POST `fields` as multipart/form-data (RFC 7578), no field being a file."""
        boundary = uuid.uuid4().hex
        body = _multipart(fields, boundary)
        return self.post(path, body, f"multipart/form-data; boundary={boundary}", headers)

    def evaluate(self, code: str, path: str = EVAL_PATH, **fields: object) -> dict:
        """Runs `code` and returns the reply's fields (stdout, stderr, status, exit_code …).

        `fields` are further fields of the request: stdin, args, timeout_ms … `path` says which role
        is asked. Raises UnexpectedReply unless the answer is a 200.
        """
        reply = self.post_json(path, {"code": code, **fields})
        if reply.status != 200:
            raise UnexpectedReply(f"POST {path}: {reply.status}: {reply.body[:1000]!r}")
        result = reply.json()
        if not isinstance(result, dict):
            raise UnexpectedReply(f"POST {path}: not an object: {reply.body[:1000]!r}")
        return result


def _multipart(fields: Mapping[str, str], boundary: str) -> bytes:
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    return ("".join(parts) + f"--{boundary}--\r\n").encode()


# The same for one request on a connection of its own.


def get(address: str, path: str, timeout: float = TIMEOUT_SECONDS,
        tls: ssl.SSLContext | None = None) -> Reply:
    """`Client.get` on a new connection."""
    with Client(address, timeout, tls) as client:
        return client.get(path)


def post_json(address: str, path: str, value: object,
              headers: Mapping[str, str] | None = None) -> Reply:
    """`Client.post_json` on a new connection."""
    with Client(address) as client:
        return client.post_json(path, value, headers)


def post_form(address: str, path: str, fields: Mapping[str, str],
              headers: Mapping[str, str] | None = None) -> Reply:
    """`Client.post_form` on a new connection."""
    with Client(address) as client:
        return client.post_form(path, fields, headers)


def post_multipart(address: str, path: str, fields: Mapping[str, str],
                   headers: Mapping[str, str] | None = None) -> Reply:
    """`Client.post_multipart` on a new connection."""
    with Client(address) as client:
        return client.post_multipart(path, fields, headers)


def evaluate(address: str, code: str, path: str = EVAL_PATH, **fields: object) -> dict:
    """`Client.evaluate` on a new connection."""
    with Client(address) as client:
        return client.evaluate(code, path, **fields)
