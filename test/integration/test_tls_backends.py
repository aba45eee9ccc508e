"""The ui's https:// backends: verified, resumed, and what it says of those that it refuses."""

from __future__ import annotations

import contextlib
import http.client
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from fake_backend import FakeBackend, well
from observe import SETTLE_SECONDS
from support.client import PYTHON_PATH, Client, Reply
from support.dns_server import DnsServer
from support.playground import Playground, poll
from tls_files import client_context, files, options_of, server_context  # noqa: F401  (a fixture)

NAME = "#backend.example"


def ui_over(files: Path, backend: str, **options: str) -> Playground:
    """A ui over one backend named `far`."""
    return Playground("ui", environment={
        "PLAYGROUND_BACKENDS": f"far={backend}",
        "PLAYGROUND_BACKEND_CA_FILE": str(files / "ca.pem"),
        "PLAYGROUND_CONNECT_MS": "20000",
    } | options)


def run(server: Playground) -> Reply:
    with Client(server.ui) as client:
        return client.post_json(PYTHON_PATH, {"code": "print(1)"})


def assert_refused(server: Playground, kind: str, *details: str) -> None:
    """A 502 and a log line that say the same."""
    reply = run(server)
    assert reply.status == 502, reply.body
    error = reply.json()["error"]
    event = server.wait_event("backend_failed")
    assert (event["backend"], event["kind"]) == ("far", kind)
    assert error["message"] == f"backend far: {event['detail']}"
    for detail in details:
        assert detail in event["detail"]


def test_a_verified_backend_answers(files):
    with Playground("backend", environment=options_of(files), tls=client_context(files)) as backend:
        for host in ("", NAME):
            with ui_over(files, f"https://{backend.backend}{host}") as ui:
                assert run(ui).json()["stdout"] == "1\n"


def test_the_session_is_resumed(files):
    def once(connection, number, request):
        well(connection, number, request)
        return False

    with FakeBackend(once, tls=server_context(files, "good")) as backend:
        with ui_over(files, f"https://{backend.address}{NAME}") as ui:
            # A check at the same moment may have taken the session, so not every connection has one.
            assert poll(lambda: run(ui).status == 200 and backend.resumed >= 3, SETTLE_SECONDS)
        assert backend.connections == backend.requests


def test_checks_resume_the_session_too(files):
    with FakeBackend(well, tls=server_context(files, "good")) as backend:
        with ui_over(files, f"https://{backend.address}{NAME}"):
            assert poll(lambda: backend.resumed_checks >= 2, SETTLE_SECONDS)


def test_a_backend_whose_certificate_is_wrong_is_not_seen_by_the_user(files):
    with FakeBackend(well, tls=server_context(files, "expired")) as bad:
        with FakeBackend(well, tls=server_context(files, "good")) as good:
            with ui_over(files, f"https://{bad.address}{NAME},good=https://{good.address}{NAME}") as ui:
                replies = [run(ui) for _ in range(4)]
                assert [reply.headers["X-Playground-Backend"] for reply in replies] == ["good"] * 4
                down = ui.wait_event("backend_down")
                assert down["backend"] == "far" and "x509: certificate has expired" in down["why"]
        assert bad.requests == 0


def test_token_and_host_go_to_the_name_of_the_certificate(files):
    with FakeBackend(well, tls=server_context(files, "good")) as backend:
        with ui_over(files, f"https://{backend.address}{NAME}", PLAYGROUND_BACKEND_TOKEN="hush") as ui:
            assert run(ui).status == 200
        [head] = backend.heads
        lines = head.split(b"\r\n")
        assert b"Authorization: Bearer hush" in lines
        assert f"Host: backend.example:{backend.port}".encode() in lines


@pytest.mark.parametrize(("certificate", "why"), [
    ("expired", "x509: certificate has expired"),
    ("future", "x509: certificate is not yet valid"),
    ("unknown", "x509: unknown authority"),
    ("self", "x509: self-signed certificate"),
    ("names", "x509: name mismatch (certificate is for a.example, b.example; wanted backend.example)"),
])
def test_a_certificate_that_is_wrong_is_refused_by_name(files, certificate, why):
    with FakeBackend(well, tls=server_context(files, certificate)) as backend:
        with ui_over(files, f"https://{backend.address}{NAME}") as ui:
            assert_refused(ui, "tls", why)
        assert backend.requests == 0


def test_a_certificate_is_verified_for_the_address_without_a_name(files):
    with FakeBackend(well, tls=server_context(files, "names")) as backend:
        with ui_over(files, f"https://{backend.address}") as ui:
            assert_refused(ui, "tls", "x509: name mismatch", "wanted 127.0.0.1")


@pytest.mark.parametrize("certificate", ["good", "names"])
def test_a_backend_by_name_is_verified_for_its_name_wherever_that_leads(files, certificate):
    tls = server_context(files, certificate)
    with DnsServer() as names, FakeBackend(well, "127.0.0.2", tls=tls) as backend:
        names.set("backend.example", "127.0.0.2")
        options = {"PLAYGROUND_DNS_SERVERS": names.address}
        with ui_over(files, f"https://backend.example:{backend.port}", **options) as ui:
            if certificate == "good":
                assert run(ui).status == 200
                assert f"Host: backend.example:{backend.port}\r\n".encode() in backend.heads[0]
            else:
                assert_refused(ui, "tls", "x509: name mismatch", "wanted backend.example")


def test_a_backend_without_tls_is_named(files):
    with Playground("backend") as backend, ui_over(files, f"https://{backend.backend}") as ui:
        assert_refused(ui, "tls", "not TLS: the peer answered with plain text")


def test_http_to_a_backend_with_tls_says_so(files):
    with Playground("backend", environment=options_of(files), tls=client_context(files)) as backend:
        with ui_over(files, f"http://{backend.backend}") as ui:
            reply = run(ui)
            assert reply.status == 400
            assert reply.json()["error"]["code"] == "plain_http"


def test_a_backend_that_hangs_up_in_the_handshake_is_named(files):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"127.0.0.1:{listener.getsockname()[1]}"

        def hang_up() -> None:
            with contextlib.suppress(OSError):  # shut down
                while True:
                    connection, _ = listener.accept()
                    with connection:
                        connection.recv(65536)

        with ThreadPoolExecutor(1) as thread:
            done = thread.submit(hang_up)
            try:
                with ui_over(files, f"https://{address}") as ui:
                    assert_refused(ui, "tls", "handshake: closed by the peer")
            finally:
                listener.shutdown(socket.SHUT_RDWR)
            done.result()


def test_a_backend_that_stalls_in_the_handshake_is_given_up(files):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"127.0.0.1:{listener.getsockname()[1]}"
        with ui_over(files, f"https://{address}", PLAYGROUND_CONNECT_MS="100") as ui:
            assert_refused(ui, "tls", "handshake not finished in 100 ms")


@pytest.mark.parametrize("announced", [True, False])
def test_a_reply_that_ends_without_close_notify_is_cut_off(files, announced):
    def until_closed(connection, _number, _request):
        connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{"stdout": "1"}')
        if announced:
            connection.unwrap()
        else:
            connection.shutdown(socket.SHUT_WR)
        return False

    with FakeBackend(until_closed, tls=server_context(files, "good")) as backend:
        with ui_over(files, f"https://{backend.address}{NAME}") as ui:
            if announced:
                assert run(ui).json() == {"stdout": "1"}
                return
            with pytest.raises(http.client.IncompleteRead):
                run(ui)
            event = ui.wait_event("backend_failed")
            assert (event["kind"], event["detail"]) == ("broken", "closed without close_notify")
