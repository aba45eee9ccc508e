"""Replies that a backend sends piece by piece, on their way through the ui: as they come, no faster than the
client takes them, and never cut off without the client being told."""

import contextlib
import json
import signal
import socket
import threading
from collections.abc import Iterator

import pytest

from fake_backend import Behaviour, FakeBackend, answer, chunk, offers, stream_head
from observe import SETTLE_SECONDS, assert_held_back, state
from raw_http import RawConnection, evaluation_bytes
from support.client import PYTHON_PATH, Client
from support.playground import Playground, poll

NDJSON = "application/x-ndjson"
BIG = 200 * 1024 * 1024


@contextlib.contextmanager
def ui_over(behaviour: Behaviour, **options: str) -> Iterator[tuple[Playground, FakeBackend]]:
    """A ui with one backend, "fake", that does this."""
    with FakeBackend(behaviour) as backend:
        environment = {"PLAYGROUND_BACKENDS": f"fake=http://{backend.address}"} | options
        with Playground("ui", environment=environment) as server:
            yield server, backend


def request(*headers: str, version: str = "HTTP/1.1") -> bytes:
    return evaluation_bytes("print(1)", *headers, path=PYTHON_PATH, version=version)


def sends(*pieces: bytes, stays: bool = False) -> Behaviour:
    """A backend that sends these at once, and hangs up unless it stays."""
    def behave(connection, _number, _request) -> bool:
        connection.sendall(b"".join(pieces))
        return stays

    return behave


def line(**fields: object) -> bytes:
    return json.dumps(fields).encode() + b"\n"


def assert_lost(last_line: bytes, code: str = "backend_lost") -> None:
    error = json.loads(last_line)["error"]
    assert error["code"] == code and error["message"]


@pytest.mark.parametrize("media_type", [NDJSON, "application/json"])
def test_each_piece_arrives_before_the_next_one_is_made(media_type):
    pieces = [line(stdout=f"{number}\n") for number in range(5)]
    arrived = [threading.Event() for _ in pieces]

    def behave(connection, _number, _request) -> bool:
        connection.sendall(stream_head(media_type))
        for piece, event in zip(pieces, arrived):
            connection.sendall(chunk(piece))
            assert event.wait(SETTLE_SECONDS)
            event.clear()
        connection.sendall(chunk(b""))
        return True

    with ui_over(behave) as (server, backend), RawConnection(server.ui) as client:
        for _ in range(2):
            client.send(request())
            head = client.read_head()
            assert (head.status, head.headers["Content-Type"]) == (200, media_type)
            assert head.headers["X-Playground-Backend"] == "fake"
            for piece, event in zip(pieces, arrived):
                assert client.read_chunk() == piece
                event.set()
            assert client.read_chunk() == b""
        assert backend.connections == 1
        assert state(server)["ui"]["backends"][0]["failures"] == 0


def test_backend_is_told_what_the_client_accepts():
    with ui_over(sends(answer("200 OK", b"{}"), stays=True)) as (server, backend):
        for headers in ([f"Accept: {NDJSON}"], []):
            with RawConnection(server.ui) as client:
                client.send(request(*headers))
                assert client.read_reply().status == 200
        assert f"Accept: {NDJSON}\r\n".encode() in backend.heads[0]
        assert b"Accept" not in backend.heads[1]


def test_reply_that_comes_byte_by_byte_is_the_same():
    body = line(stdout="1") + line(status="ok")

    scripts = iter([stream_head(NDJSON) + chunk(body[:7]) + chunk(body[7:]) + chunk(b""),
                    answer("201 Created", b'{"n": 2}')])

    def slowly(connection, _number, _request) -> bool:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in next(scripts):
            connection.sendall(bytes([byte]))
        return True

    with ui_over(slowly) as (server, _), RawConnection(server.ui) as client:
        client.send(request() * 2)
        replies = [client.read_reply() for _ in range(2)]
    assert [(reply.status, reply.body) for reply in replies] == [(200, body), (201, b'{"n": 2}')]
    assert replies[1].headers["Content-Length"] == "8"  # so short that it goes on whole


def test_backend_waits_for_a_slow_client_and_the_ui_holds_little():
    stalled = threading.Event()
    with ui_over(offers(BIG, stalled)) as (server, _), RawConnection(server.ui) as client:
        assert_held_back(server, client, request(), stalled, BIG)


def test_large_reply_of_known_length_keeps_it():
    body = json.dumps({"stdout": "x" * 1_000_000}).encode()
    with ui_over(sends(answer("200 OK", body, "Content-Type: application/json"), stays=True)) as (server, _):
        with RawConnection(server.ui) as client:
            for _ in range(2):
                client.send(request())
                reply = client.read_reply()
                assert (reply.status, reply.body) == (200, body)
                assert "Transfer-Encoding" not in reply.headers


def test_reply_that_the_backends_close_ends_goes_on_in_chunks():
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"
    with ui_over(sends(head, b"all of it")) as (server, _), RawConnection(server.ui) as client:
        client.send(request())
        assert client.read_head().headers["Transfer-Encoding"] == "chunked"
        assert client.read_chunked() == b"all of it"


BREAKS = {
    "closed": (b"", {}),
    "bad chunk": (b"zz\r\n", {}),
    "silent": (None, {"PLAYGROUND_ANSWER_MS": "300"}),
}


@pytest.mark.parametrize("way", BREAKS)
@pytest.mark.parametrize("version", ["HTTP/1.1", "HTTP/1.0"])
def test_stream_of_lines_that_breaks_ends_with_backend_lost(way, version):
    end, options = BREAKS[way]
    seen = threading.Event()
    released = threading.Event()

    def behave(connection, _number, _request) -> bool:
        connection.sendall(stream_head(NDJSON) + chunk(line(stdout="1")) + chunk(b'{"stdout": "ha'))
        assert seen.wait(SETTLE_SECONDS)
        if end is None:
            released.wait()
        else:
            connection.sendall(end)
        return False

    with ui_over(behave, **options) as (server, backend), RawConnection(server.ui) as client:
        client.send(request(version=version))
        assert client.read_head().status == 200
        if version == "HTTP/1.1":
            first = client.read_chunk()
            seen.set()
            rest = client.read_chunked()
            assert client.at_end()
        else:
            first = client.read(len(line(stdout="1")))
            seen.set()
            rest = client.read(-1)
        released.set()
        assert first == line(stdout="1")
        [last] = rest.splitlines()  # nothing of the line that was cut off
        assert_lost(last)
        assert backend.requests == 1
        assert state(server)["ui"]["backends"][0]["failures"] == 1


def test_long_line_that_breaks_is_ended_before_backend_lost():
    part = b'{"stdout": "' + b"x" * 100_000
    with ui_over(sends(stream_head(NDJSON), chunk(part))) as (server, _), RawConnection(server.ui) as client:
        client.send(request())
        assert client.read_head().status == 200
        lines = client.read_chunked().splitlines()
    assert lines[0] == part
    assert_lost(lines[1])


def test_other_body_that_breaks_is_cut_off_for_the_client():
    seen = threading.Event()

    def behave(connection, _number, _request) -> bool:
        connection.sendall(stream_head("application/json") + chunk(b'{"stdout": "'))
        assert seen.wait(SETTLE_SECONDS)
        return False

    with ui_over(behave) as (server, _), RawConnection(server.ui) as client:
        client.send(request())
        assert client.read_head().status == 200
        assert client.read_chunk() == b'{"stdout": "'
        seen.set()
        assert client.at_end()

    seen.clear()
    with ui_over(behave) as (server, _), RawConnection(server.ui) as client:
        client.send(request(version="HTTP/1.0"))
        assert client.read_head().status == 200
        assert client.read(12) == b'{"stdout": "'
        seen.set()
        with pytest.raises(ConnectionResetError):  # an end in order would be the body's
            client.read(1)


def test_large_reply_of_known_length_that_breaks_is_cut_off_for_the_client():
    whole = answer("200 OK", b"x" * 1_000_000, "Content-Type: application/json")
    with ui_over(sends(whole[:500_000])) as (server, _), RawConnection(server.ui) as client:
        client.send(request())
        with pytest.raises(AssertionError, match="cut off"):
            client.read_reply()


def test_backend_sees_when_the_client_of_a_stream_leaves():
    left = threading.Event()

    def behave(connection, _number, _request) -> bool:
        connection.sendall(stream_head(NDJSON) + chunk(line(stdout="1")))
        with contextlib.suppress(ConnectionResetError):
            assert connection.recv(1) == b""
        left.set()
        return False

    with ui_over(behave) as (server, _):
        with RawConnection(server.ui) as client:
            client.send(request())
            client.read_head()
            assert client.read_chunk() == line(stdout="1")
        assert left.wait(SETTLE_SECONDS)
        assert poll(lambda: state(server)["ui"]["backends"][0]["active"] == 0, SETTLE_SECONDS)
        assert state(server)["ui"]["backends"][0]["failures"] == 0


def test_old_client_gets_a_stream_that_the_close_ends():
    seen = threading.Event()

    def behave(connection, _number, _request) -> bool:
        connection.sendall(stream_head(NDJSON) + chunk(line(stdout="1")))
        assert seen.wait(SETTLE_SECONDS)
        connection.sendall(chunk(line(status="ok")) + chunk(b""))
        return True

    with ui_over(behave) as (server, _), RawConnection(server.ui) as client:
        client.send(request(version="HTTP/1.0"))
        head = client.read_head()
        assert head.headers["Connection"] == "close"
        assert "Transfer-Encoding" not in head.headers
        assert client.read(len(line(stdout="1"))) == line(stdout="1")
        seen.set()
        assert client.read(-1) == line(status="ok")


def test_requests_behind_a_stream_wait_for_its_end():
    seen = threading.Event()

    def behave(connection, _number, which) -> bool:
        if which > 1:
            connection.sendall(answer("200 OK", b"%d" % which))
            return True
        connection.sendall(stream_head(NDJSON) + chunk(line(stdout="1")))
        assert seen.wait(SETTLE_SECONDS)
        connection.sendall(chunk(line(status="ok")) + chunk(b""))
        return True

    with ui_over(behave) as (server, backend), RawConnection(server.ui) as client:
        client.send(request() * 3)
        client.read_head()
        assert client.read_chunk() == line(stdout="1")
        assert backend.requests == 1
        seen.set()
        assert client.read_chunked() == line(status="ok")
        assert [client.read_reply().body for _ in range(2)] == [b"2", b"3"]


def test_page_without_javascript_waits_for_the_whole_reply():
    pieces = [b'{"stdout": "from ', b'pieces\\n", "stderr": "", "status": "ok", "exit_code": 0}']
    body = b"".join(map(chunk, pieces)) + chunk(b"")
    with ui_over(sends(stream_head("application/json"), body)) as (server, _), Client(server.ui) as client:
        page = client.post_form("/", {"code": "print(1)"})
    assert page.status == 200
    assert "from pieces" in page.text()
    with ui_over(sends(stream_head("application/json"), chunk(pieces[0]))) as (server, _):
        with Client(server.ui) as client:
            page = client.post_form("/", {"code": "print(1)"})
        assert page.status == 502
        assert "from pieces" not in page.text()


def test_ui_that_has_to_stop_tells_the_clients_of_streams():
    released = threading.Event()

    def behave(connection, _number, _request) -> bool:
        connection.sendall(stream_head(NDJSON) + chunk(line(stdout="1")))
        released.wait()
        return False

    with FakeBackend(behave) as backend:
        environment = {"PLAYGROUND_BACKENDS": f"fake=http://{backend.address}", "PLAYGROUND_DRAIN_MS": "300"}
        with Playground("ui", environment=environment) as server, RawConnection(server.ui) as client:
            client.send(request())
            client.read_head()
            assert client.read_chunk() == line(stdout="1")
            server.send_signal(signal.SIGTERM)
            assert_lost(client.read_chunked(), "draining")
            assert client.at_end()
            assert server.wait() == 0
        released.set()
