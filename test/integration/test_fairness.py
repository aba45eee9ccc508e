"""Callers take turns in the queue, and share it when it is full."""

from __future__ import annotations

import contextlib
import json
import resource
import socket
from collections.abc import Iterator

import pytest
from access import SECONDS, access_lines

from support.client import get
from support.playground import Playground, poll

ENVIRONMENT = {"PLAYGROUND_MAX_RUNNING": "1", "PLAYGROUND_POOL_SIZE": "2", "PLAYGROUND_QUEUE_SIZE": "2000",
               "PLAYGROUND_QUEUE_TIMEOUT_MS": "600000", "PLAYGROUND_TIMEOUT_MS": "600000",
               "PLAYGROUND_TRUSTED_PROXIES": "127.0.0.1", "PLAYGROUND_ACCESS_LOG": "all"}
GREEDY, MODEST, HOLDER = "192.0.2.1", "192.0.2.2", "192.0.2.3"


@pytest.fixture(autouse=True)
def many_sockets() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(4096, hard), hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


class Requests:
    """Requests on connections of their own, of which nobody has read the reply yet."""

    def __init__(self, server: Playground) -> None:
        self._address = server.backend.rsplit(":", 1)
        self.sockets: list[socket.socket] = []

    def __enter__(self) -> Requests:
        return self

    def __exit__(self, *_: object) -> None:
        self.drop()

    def send(self, caller: str, count: int = 1, code: str = "pass", path: str = "/py/eval") -> None:
        body = json.dumps({"code": code}).encode()
        head = (f"POST {path} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                f"X-Forwarded-For: {caller}\r\nContent-Length: {len(body)}\r\n\r\n").encode()
        for _ in range(count):
            connection = socket.create_connection((self._address[0], int(self._address[1])), SECONDS)
            self.sockets.append(connection)
            connection.sendall(head + body)

    def drop(self) -> None:
        """Goes away without waiting for replies."""
        while self.sockets:
            self.sockets.pop().close()


def pool(server: Playground) -> dict:
    return json.loads(get(server.admin, "/debug/state").body)["backend"]["pool"]


def wait_pool(server: Playground, **wanted: int) -> None:
    def reached() -> bool:
        seen = pool(server)
        return all(seen[name] == value for name, value in wanted.items())

    assert poll(reached, SECONDS), (wanted, pool(server))


@contextlib.contextmanager
def held(server: Playground) -> Iterator[None]:
    """While the block runs, the only place for a program is taken."""
    with Requests(server) as holder:
        holder.send(HOLDER, code="import time\ntime.sleep(600)")
        wait_pool(server, running=1, queued=0)
        yield


def finished(server: Playground) -> list[str]:
    """The callers of the programs that ran, in their order: one program runs at a time."""
    return [line["client"] for line in server.events("access") if line.get("run") == "ok"]


def test_one_program_behind_a_thousand_of_another_caller_starts_within_a_round():
    with Playground("backend", environment=ENVIRONMENT) as server:
        with Requests(server) as greedy, Requests(server) as modest:
            with held(server):
                greedy.send(GREEDY, 1000)
                wait_pool(server, queued=1000, callers_queued=1)
                modest.send(MODEST)
                wait_pool(server, queued=1001, callers_queued=2)
            access_lines(server, client=MODEST, run="ok")
        assert finished(server).index(MODEST) <= 2
        wait_pool(server, queued=0, running=0)


def test_who_goes_leaves_the_queue():
    with Playground("backend", environment=ENVIRONMENT) as server:
        with held(server), Requests(server) as modest:
            modest.send(MODEST)
            with Requests(server) as greedy:
                greedy.send(GREEDY, 50)
                wait_pool(server, queued=51, callers_queued=2)
            wait_pool(server, queued=1, callers_queued=1)
        access_lines(server, 50, client=GREEDY, ended="client_gone", status=0)
        wait_pool(server, queued=0, running=0)


def test_a_full_queue_makes_room_for_who_has_less_in_it():
    environment = ENVIRONMENT | {"PLAYGROUND_QUEUE_SIZE": "4"}
    with Playground("backend", environment=environment) as server:
        with held(server), Requests(server) as greedy, Requests(server) as modest:
            greedy.send(GREEDY, 4)
            wait_pool(server, queued=4)
            modest.send(MODEST, 2)
            refused = access_lines(server, 2, client=GREEDY, status=503)
            assert [line["run"] for line in refused] == ["queue_full"] * 2
            wait_pool(server, queued=4, callers_queued=2)
            modest.send(MODEST)  # one more than its share
            access_lines(server, client=MODEST, status=503, run="queue_full")
            greedy.send(GREEDY)
            access_lines(server, 3, client=GREEDY, status=503)
