"""What the tests of who may ask, how often, and what is logged of it have in common."""

from __future__ import annotations

from collections.abc import Mapping

from support.client import Client, Reply
from support.playground import Playground, poll

HELLO = {"code": "print('hello')"}
SECONDS = 30.0  # a guard against hanging


def ask(address: str, path: str, headers: Mapping[str, str] | None = None, code: str = HELLO["code"]) -> Reply:
    """Runs a program by one request on a connection of its own."""
    with Client(address) as client:
        return client.post_json(path, {"code": code}, headers)


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def access_lines(server: Playground, count: int = 1, **wanted: object) -> list[dict]:
    """The lines of the access log with these values, once there are `count` of them.

    A line is written when the reply has left: a client may see that first.
    """
    def found() -> list[dict]:
        return [line for line in server.events("access")
                if all(line.get(name) == value for name, value in wanted.items())]

    poll(lambda: len(found()) >= count, SECONDS)
    lines = found()
    assert len(lines) == count, (wanted, server.events("access"))
    return lines
