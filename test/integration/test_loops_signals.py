"""Several event loops that are told something: one signal, and all of them follow."""

from __future__ import annotations

import http.client
import shutil
import signal
import socket
import ssl

import pytest

from load import in_background
from observe import state, wait_running, zygote
from support.client import EVAL_PATH, PYTHON_PATH, Client
from support.playground import Playground, poll
from test_drain import Request, assert_ended_clean, request_until_refused, wait_drain
from test_loops import ENDLESS, LOOPS, MANY, looped
from test_tls import host_and_port, server as tls_server, shown_certificate
from tls_files import client_context, files  # noqa: F401  (a fixture)


# SIGHUP


def test_renewal_is_one_for_all_loops_and_loses_nothing():
    with looped() as server:
        before = zygote(server)["generation"]

        def client(stop) -> None:
            with Client(server.backend) as connection:
                while not stop.is_set():
                    assert connection.evaluate("print(1)")["stdout"] == "1\n"

        with in_background(client, 8):
            server.send_signal(signal.SIGHUP)
            assert poll(lambda: zygote(server)["generation"] == before + 1, 60)
        assert len(server.events("renewing")) == 1
        assert zygote(server)["generation"] == before + 1


def test_new_certificate_is_shown_by_every_loop(files, tmp_path):
    for part in ("pem", "key"):
        shutil.copy(files / f"good.{part}", tmp_path / f"live.{part}")
    trust = client_context(files)
    environment = {"PLAYGROUND_TLS_CERT": str(tmp_path / "live.pem"),
                   "PLAYGROUND_TLS_KEY": str(tmp_path / "live.key"), "PLAYGROUND_LOOPS": str(LOOPS)}
    with Playground("backend", environment=environment, tls=trust) as server:
        assert len({shown_certificate(server.backend, trust) for _ in range(MANY)}) == 1
        before = shown_certificate(server.backend, trust)
        for part in ("pem", "key"):
            shutil.copy(files / f"renewed.{part}", tmp_path / f"live.{part}")
        server.send_signal(signal.SIGHUP)
        server.wait_event("tls_reloaded")
        after = {shown_certificate(server.backend, trust) for _ in range(MANY)}
        assert len(after) == 1 and before not in after
        with Client(server.backend, tls=trust) as client:
            assert client.evaluate("print(1)")["stdout"] == "1\n"


def test_session_of_one_loop_is_resumed_by_all(files):
    trust = client_context(files)
    trust.maximum_version = ssl.TLSVersion.TLSv1_2
    with tls_server(files, "backend", PLAYGROUND_LOOPS=str(LOOPS)) as server:
        with trust.wrap_socket(socket.create_connection(host_and_port(server.backend)),
                               server_hostname="backend.example") as first:
            session = first.session
        for _ in range(MANY):
            with trust.wrap_socket(socket.create_connection(host_and_port(server.backend)),
                                   server_hostname="backend.example", session=session) as again:
                assert again.session_reused


# Ending


@pytest.mark.parametrize("role, path", [("backend", EVAL_PATH), ("ui", PYTHON_PATH)])
def test_drain_under_load_answers_each_accepted_request(role, path):
    server = looped().start()
    try:
        address = getattr(server, role)
        answered: list[int] = []

        # Listeners close one after the other: the next attempt may find another one still open.
        def closing() -> None:
            assert any(event["state"] == "finishing" for event in server.events("drain"))

        def client(stop) -> None:
            answered.append(request_until_refused(address, path, stop, closing))

        with in_background(client, MANY):
            assert poll(lambda: state(server)[role]["connections"] >= MANY, 20)
            server.send_signal(signal.SIGTERM)
            wait_drain(server, "announcing")
            assert_ended_clean(server)
        assert len(answered) == MANY and min(answered) > 0
    finally:
        server.kill()


def test_programs_past_the_drain_time_are_answered_with_503_on_every_loop():
    with looped(PLAYGROUND_DRAIN_MS="300", PLAYGROUND_TIMEOUT_MS="600000", PLAYGROUND_MAX_RUNNING="16") as server:
        requests = [Request(address, ENDLESS, path) for _ in range(8)
                    for address, path in ((server.ui, PYTHON_PATH), (server.backend, EVAL_PATH))]
        wait_running(server, 16)
        server.send_signal(signal.SIGTERM)
        replies = [request.result() for request in requests]
        assert {reply.status for reply in replies} == {503}
        assert {reply.json()["error"]["code"] for reply in replies} == {"draining"}
        assert_ended_clean(server)


def test_second_signal_ends_all_loops_at_once():
    server = looped(PLAYGROUND_TIMEOUT_MS="600000").start()
    try:
        requests = [Request(server.backend, ENDLESS) for _ in range(4)]
        wait_running(server, 4)
        server.send_signal(signal.SIGTERM)
        wait_drain(server, "announcing")
        server.send_signal(signal.SIGTERM)
        assert_ended_clean(server, code=1)
        for request in requests:
            with pytest.raises((OSError, http.client.HTTPException)):
                request.result()
    finally:
        server.kill()
