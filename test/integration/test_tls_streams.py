"""Replies that come piece by piece where both the client and the backend speak TLS."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from fake_backend import Behaviour, FakeBackend, chunk, offers, stream_head
from observe import SETTLE_SECONDS, assert_held_back
from raw_http import RawConnection, evaluation_bytes
from support.client import PYTHON_PATH
from support.playground import Playground
from tls_files import client_context, files, options_of, server_context  # noqa: F401  (a fixture)

BIG = 64 * 1024 * 1024
REQUEST = evaluation_bytes("print(1)", path=PYTHON_PATH)


@contextlib.contextmanager
def between(files: Path, behaviour: Behaviour) -> Iterator[tuple[Playground, RawConnection]]:
    """A ui over one backend that does this, and a client of it."""
    trust = client_context(files)
    with FakeBackend(behaviour, tls=server_context(files, "good")) as backend:
        environment = options_of(files) | {
            "PLAYGROUND_BACKENDS": f"far=https://{backend.address}",
            "PLAYGROUND_BACKEND_CA_FILE": str(files / "ca.pem"),
            "PLAYGROUND_CONNECT_MS": "20000",
        }
        with Playground("ui", environment=environment, tls=trust) as ui, RawConnection(ui.ui, trust) as client:
            yield ui, client


def test_each_piece_arrives_before_the_next_one_is_made(files):
    pieces = [b"%d\n" % number for number in range(5)]
    arrived = [threading.Event() for _ in pieces]

    def behave(connection, _number, _request) -> bool:
        connection.sendall(stream_head("text/plain"))
        for piece, event in zip(pieces, arrived):
            connection.sendall(chunk(piece))
            assert event.wait(SETTLE_SECONDS)
        connection.sendall(chunk(b""))
        return True

    with between(files, behave) as (_, client):
        client.send(REQUEST)
        assert client.read_head().status == 200
        for piece, event in zip(pieces, arrived):
            assert client.read_chunk() == piece
            event.set()
        assert client.read_chunk() == b""


def test_backend_waits_for_a_slow_client_and_the_ui_holds_little(files):
    stalled = threading.Event()
    with between(files, offers(BIG, stalled)) as (ui, client):
        assert_held_back(ui, client, REQUEST, stalled, BIG)


@pytest.mark.parametrize("announced", [True, False])
def test_backend_that_leaves_in_the_middle_cuts_the_reply_off(files, announced):
    seen = threading.Event()

    def behave(connection, _number, _request) -> bool:
        connection.sendall(stream_head("application/json") + chunk(b'{"stdout": "'))
        assert seen.wait(SETTLE_SECONDS)
        if announced:
            connection.unwrap()
        else:
            connection.shutdown(socket.SHUT_RDWR)
        return False

    with between(files, behave) as (ui, client):
        client.send(REQUEST)
        assert client.read_head().status == 200
        assert client.read_chunk() == b'{"stdout": "'
        seen.set()
        assert client.at_end()
        assert ui.wait_event("backend_failed")["kind"] == "broken"
