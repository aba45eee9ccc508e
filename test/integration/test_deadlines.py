"""Clients that are slow, silent or too many: each is ended in its time, and nobody else waits or is lost."""

import resource
from collections.abc import Iterator

import pytest

from batch import exchange_all, split_replies
from raw_http import RawConnection, evaluation_bytes, request_bytes
from support.client import EVAL_PATH, PYTHON_PATH, evaluate
from support.playground import Playground

PATHS = {"backend": EVAL_PATH, "ui": PYTHON_PATH}
OPEN_FILES, CLIENTS = 256, 1000
LARGE = 24 * 1024 * 1024  # more than the kernel holds for a client that reads nothing


@pytest.fixture(params=PATHS)
def role(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def hasty() -> Iterator[Playground]:
    """A server whose clients have hardly any time."""
    environment = {f"PLAYGROUND_{name}_TIMEOUT_MS": "300" for name in ("HEAD", "BODY", "WRITE", "IDLE")}
    environment |= {"PLAYGROUND_MIN_RATE": "1000000000", "PLAYGROUND_OUTPUT_KB": str(2 * LARGE // 1024)}
    with Playground("all", environment=environment) as started:
        yield started


@pytest.fixture(scope="module")
def patient() -> Iterator[Playground]:
    """One that gives a transfer some time, and more as long as a byte a second moves; who is silent has little."""
    with Playground("all", environment={"PLAYGROUND_BODY_TIMEOUT_MS": "1500", "PLAYGROUND_MIN_RATE": "1",
                                        "PLAYGROUND_IDLE_TIMEOUT_MS": "300"}) as started:
        yield started


def outlast_a_silent_connection(address: str) -> None:
    """Returns when a connection that says nothing has been closed by the idle time-out."""
    with RawConnection(address) as silent:
        assert silent.at_end()


@pytest.mark.parametrize("part", ["POST {path}", "POST {path} HTTP/1.1\r\nHost: h\r\nX: ",
                                  "POST {path} HTTP/1.1\r\nHost: h\r\nContent-Length: 20\r\n\r\n{",
                                  "POST {path} HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1"],
                         ids=["line", "head", "body", "chunk"])
def test_request_that_does_not_come_is_told_and_ended(hasty, role, part):
    with RawConnection(getattr(hasty, role)) as connection:
        connection.send(part.replace("{path}", PATHS[role]).encode())
        reply = connection.read_reply()
        assert (reply.status, reply.json()["error"]["code"]) == (408, "request_timeout")
        assert reply.headers["Connection"] == "close"
        assert connection.at_end()


def test_connection_is_closed_when_no_next_request_comes(hasty, role):
    with RawConnection(getattr(hasty, role)) as connection:
        connection.send(request_bytes("GET", "/healthz"))
        assert connection.read_reply().status == 200
        assert connection.at_end()


def test_body_that_keeps_the_rate_may_take_longer(patient, role):
    data = evaluation_bytes("print(6 * 7)", path=PATHS[role])
    with RawConnection(getattr(patient, role)) as connection:
        connection.send(data[:-10])
        for byte in data[-10:]:
            outlast_a_silent_connection(getattr(patient, role))
            connection.send(bytes([byte]))
        assert connection.read_reply().json()["stdout"] == "42\n"


def test_reply_that_nobody_takes_is_given_up(hasty, role):
    with RawConnection(getattr(hasty, role)) as connection:
        connection.send(evaluation_bytes(f"print('x' * {LARGE})", path=PATHS[role]))
        assert connection.read(1) == b"H"
        # Twice, for the rest of it may have come only after the first byte was taken.
        for _ in range(2):
            outlast_a_silent_connection(getattr(hasty, role))
        assert len(connection.read_all()) < LARGE


def test_more_clients_than_may_be_open_are_all_served(role):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert hard > CLIENTS + 100
    resource.setrlimit(resource.RLIMIT_NOFILE, (CLIENTS + 100, hard))
    try:
        with Playground("all", wrapper=["prlimit", f"--nofile={OPEN_FILES}:{OPEN_FILES}"],
                        environment={"PLAYGROUND_POOL_SIZE": "4"}) as server:
            payloads = (evaluation_bytes(f"print({number})", "Connection: close", path=PATHS[role]) for number in range(CLIENTS))
            seen = dict(exchange_all(getattr(server, role), payloads, CLIENTS))
            assert evaluate(getattr(server, role), "print('next')", PATHS[role])["stdout"] == "next\n"
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    for number in range(CLIENTS):
        ((status, body),) = split_replies(seen[number])
        assert status == 200 and b'"%d\\n"' % number in body
