"""Connections of clients: kept, pipelined, ended in time, and left."""

from collections.abc import Iterator

import pytest

from observe import is_idle, pool, wait_idle, wait_running
from raw_http import RawConnection, evaluation_bytes, request_bytes
from support.client import EVAL_PATH, PYTHON_PATH, evaluate
from support.playground import Playground, poll

POOL_SIZE = 4
PATHS = {"backend": EVAL_PATH, "ui": PYTHON_PATH}


@pytest.fixture(scope="module")
def server() -> Iterator[Playground]:
    environment = {"PLAYGROUND_POOL_SIZE": str(POOL_SIZE), "PLAYGROUND_TIMEOUT_MS": "60000"}
    with Playground("all", environment=environment) as started:
        yield started


@pytest.fixture(params=["backend", "ui"])
def role(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def path(role: str) -> str:
    return PATHS[role]


@pytest.fixture
def connection(server: Playground, role: str) -> Iterator[RawConnection]:
    with RawConnection(getattr(server, role)) as opened:
        yield opened


def test_connection_serves_one_request_after_the_other(connection, path):
    for number in range(10):
        connection.send(evaluation_bytes(f"print({number})", path=path))
        reply = connection.read_reply()
        assert (reply.version, reply.status) == ("HTTP/1.1", 200)
        assert reply.headers.get("Connection", "keep-alive") == "keep-alive"
        assert reply.json()["stdout"] == f"{number}\n"


def test_pipelined_requests_are_answered_in_order(connection, path):
    # The first ones take longest: answers in the order of their ends would be the reverse.
    codes = [f"import time\ntime.sleep({(20 - n) / 200})\nprint({n})" for n in range(20)]
    connection.send(b"".join(evaluation_bytes(code, path=path) for code in codes))
    assert [connection.read_reply().json()["stdout"] for _ in codes] == [f"{n}\n" for n in range(20)]


def test_pipelined_requests_of_different_kinds_keep_their_order(connection, path):
    connection.send(request_bytes("GET", "/healthz") + evaluation_bytes("print(1)", path=path)
                    + request_bytes("GET", "/nothing") + request_bytes("HEAD", "/version")
                    + request_bytes("POST", path, b"{", "Content-Type: application/json")
                    + evaluation_bytes("print(2)", "Connection: close", path=path))
    assert connection.read_reply().status == 200
    assert connection.read_reply().json()["stdout"] == "1\n"
    assert connection.read_reply().status == 404
    # The reply to HEAD has the length of a body that does not come.
    head = connection.read_head()
    assert (head.status, head.body) == (200, b"")
    assert connection.read_reply().status == 400
    assert connection.read_reply().json()["stdout"] == "2\n"
    assert connection.at_end()


def test_request_in_single_bytes_is_served(connection, path):
    for byte in evaluation_bytes("print('slowly')", path=path):
        connection.send(bytes([byte]))
    assert connection.read_reply().json()["stdout"] == "slowly\n"


def test_chunked_request_is_served(connection, path):
    head = request_bytes("POST", path, None, "Content-Type: application/json", "Transfer-Encoding: chunked")
    connection.send(head + b'8\r\n{"code":\r\n' + b'b\r\n"print(1)"}\r\n' + b"0\r\n\r\n")
    assert connection.read_reply().json()["stdout"] == "1\n"


def test_client_that_waits_for_100_continue_gets_it(connection, path):
    body = b'{"code": "print(1)"}'
    head = evaluation_bytes("", "Expect: 100-continue", path=path).partition(b"Content-Length")[0]
    connection.send(head + b"Content-Length: %d\r\n\r\n" % len(body))
    assert connection.read_head().status == 100
    connection.send(body)
    assert connection.read_reply().json()["stdout"] == "1\n"


def test_connection_close_is_answered_and_done(connection, path):
    connection.send(evaluation_bytes("print(1)", "Connection: close", path=path))
    reply = connection.read_reply()
    assert (reply.json()["stdout"], reply.headers["Connection"]) == ("1\n", "close")
    assert connection.at_end()


def test_http_1_0_is_closed_after_the_reply(connection, path):
    connection.send(evaluation_bytes("print(1)", path=path, version="HTTP/1.0"))
    reply = connection.read_reply()
    assert (reply.status, reply.json()["stdout"]) == (200, "1\n")
    assert reply.headers["Connection"] == "close"
    assert connection.at_end()


def test_http_1_0_is_kept_when_asked_for(connection, path):
    for number in range(2):
        connection.send(evaluation_bytes(f"print({number})", "Connection: keep-alive", path=path,
                                         version="HTTP/1.0"))
        reply = connection.read_reply()
        assert (reply.json()["stdout"], reply.headers["Connection"]) == (f"{number}\n", "keep-alive")


def test_client_that_leaves_ends_its_program(server, connection, path):
    wait_idle(server, POOL_SIZE)
    connection.send(evaluation_bytes("while True: pass", path=path))
    wait_running(server, 1)
    connection.close()
    wait_running(server, 0)
    wait_idle(server, POOL_SIZE)  # its process is gone: nothing but the pool is left


def test_clients_that_leave_while_they_wait_free_the_queue(role, path):
    environment = {"PLAYGROUND_MAX_RUNNING": "1", "PLAYGROUND_POOL_SIZE": str(POOL_SIZE),
                   "PLAYGROUND_TIMEOUT_MS": "60000"}
    with Playground("all", environment=environment) as server:
        connections = [RawConnection(getattr(server, role)) for _ in range(5)]
        for connection in connections:
            connection.send(evaluation_bytes("while True: pass", path=path))
        assert poll(lambda: (pool(server)["running"], pool(server)["queued"]) == (1, 4), 20), pool(server)
        for connection in connections:
            connection.close()
        assert poll(lambda: is_idle(server, POOL_SIZE), 20), pool(server)
        assert evaluate(getattr(server, role), "print('next')", path)["stdout"] == "next\n"


def test_client_that_leaves_within_a_request_harms_nobody(server, role, path):
    whole = evaluation_bytes("print(1)", path=path)
    for cut in (0, 1, len(whole) // 2, len(whole) - 1):
        with RawConnection(getattr(server, role)) as leaving:
            leaving.send(whole[:cut])
    assert evaluate(getattr(server, role), "print(2)", path)["stdout"] == "2\n"
    wait_idle(server, POOL_SIZE)


def test_half_a_head_is_waited_for_while_others_are_served(server, role, path):
    whole = evaluation_bytes("print('late')", path=path)
    cut = whole.index(b"Content-Length")
    slow = [RawConnection(getattr(server, role)) for _ in range(30)]
    try:
        for connection in slow:
            connection.send(whole[:cut])
        for number in range(20):
            assert evaluate(getattr(server, role), f"print({number})", path)["stdout"] == f"{number}\n"
        assert pool(server)["running"] == 0
        for connection in slow:
            connection.send(whole[cut:])
        assert [connection.read_reply().json()["stdout"] for connection in slow] == ["late\n"] * 30
    finally:
        for connection in slow:
            connection.close()
