"""What the ui sends again when a backend fails, and what never. The table is docs/router-failures.md."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections import Counter

import pytest

from fake_backend import FakeBackend, nobody, well
from observe import state, wait_running
from routing import NOT_STARTED, backend, hang_up, refusing, reset, run, shares, ui_with, upstream
from support.client import Reply
from support.playground import Playground


# Sent again


def test_refused_connection_is_not_seen_by_the_user():
    with nobody() as gone, FakeBackend(well) as good:
        with ui_with({"gone": gone, "good": good.address}) as server:
            # It is found out by its first check, so nothing is sent to it from the start.
            assert shares(server, 4) == {"good": 4}
            assert upstream(server, "gone")["state"] == "down"


@pytest.mark.parametrize("breaking", [hang_up, reset])
def test_connection_that_breaks_before_the_reply_is_tried_once_elsewhere(breaking):
    with FakeBackend(breaking) as bad, FakeBackend(well) as good:
        with ui_with({"bad": bad.address, "good": good.address}) as server:
            reply = run(server)
            assert (reply.status, backend(reply), reply.headers["X-Playground-Retries"]) == (200, "good", "1")
            retry = server.wait_event("retry")
            assert (retry["from"], retry["to"], retry["reason"]) == ("bad", "good", "broken")
            assert server.wait_event("backend_ejected")["backend"] == "bad"
            assert state(server)["ui"]["retries"]["sent"] == 1
            assert bad.requests == 1


def test_two_dead_backends_do_not_hide_the_third():
    with contextlib.ExitStack() as dying, FakeBackend(well) as good:
        backends = {name: dying.enter_context(FakeBackend(well)).address for name in ("one", "two")}
        with ui_with(backends | {"good": good.address}) as server:
            assert shares(server, 3) == {"one": 1, "two": 1, "good": 1}
            dying.close()
            assert shares(server, 6) == {"good": 6}


def test_two_full_backends_do_not_hide_the_third():
    full = refusing("503 Service Unavailable", NOT_STARTED)
    with FakeBackend(full) as one, FakeBackend(full) as two, FakeBackend(well) as good:
        backends = {"one": one.address, "two": two.address, "good": good.address}
        with ui_with(backends) as server:
            reply = run(server)
            assert (reply.status, backend(reply), reply.headers["X-Playground-Retries"]) == (200, "good", "2")
            assert [one.requests, two.requests, good.requests] == [1, 1, 1]


def test_reply_that_took_no_retry_does_not_mention_one():
    with FakeBackend(well) as good, ui_with({"good": good.address}) as server:
        assert "X-Playground-Retries" not in run(server).headers


def test_program_that_kills_backends_visits_two_of_them():
    with FakeBackend(hang_up) as one, FakeBackend(hang_up) as two, FakeBackend(hang_up) as three:
        backends = {"one": one.address, "two": two.address, "three": three.address}
        with ui_with(backends) as server:
            reply = run(server)
        assert (reply.status, reply.json()["error"]["code"]) == (502, "backend_unreachable")
        assert backend(reply) in reply.json()["error"]["message"]
        assert sorted(fake.requests for fake in (one, two, three)) == [0, 1, 1]


def test_backend_that_is_killed_in_the_midst_of_programs_loses_none():
    code = "import time; time.sleep(0.5); print('done')"
    replies: list[Reply] = []
    with Playground("backend") as stays:
        dies = Playground("backend").start()
        try:
            with ui_with({"dies": dies.backend, "stays": stays.backend}) as server:
                threads = [threading.Thread(target=lambda: replies.append(run(server, code))) for _ in range(6)]
                for thread in threads:
                    thread.start()
                wait_running(dies, 3)
                dies.kill()
                for thread in threads:
                    thread.join()
                assert [reply.json()["stdout"] for reply in replies] == ["done\n"] * 6
                assert Counter(backend(reply) for reply in replies) == {"stays": 6}
                assert state(server)["ui"]["retries"]["sent"] == 3
        finally:
            dies.kill()


def test_budget_bounds_what_is_sent_again():
    with FakeBackend(hang_up) as bad, ui_with({"bad": bad.address}) as server:
        assert {run(server).status for _ in range(5)} == {502}
        assert state(server)["ui"]["retries"] == {"sent": 0, "refused": 0, "budget": 32, "budget_used": 0}


# Never sent again


def test_timeout_is_504_and_is_not_sent_again():
    released = threading.Event()

    def silent(_connection: socket.socket, _number: int, _request: int) -> bool:
        released.wait()
        return False

    with FakeBackend(silent) as slow, FakeBackend(well) as good:
        with ui_with({"slow": slow.address, "good": good.address}, PLAYGROUND_ANSWER_MS="300") as server:
            reply = run(server)
            assert (reply.status, reply.json()["error"]["code"], backend(reply)) == (504, "backend_timeout", "slow")
        released.set()
        assert (slow.requests, good.requests) == (1, 0)


SERVER_ERRORS = ["500 Oops", "502 Bad Gateway", "503 Service Unavailable", "504 Gateway Timeout"]


def garbage(connection: socket.socket, _number: int, _request: int) -> bool:
    connection.sendall(b"SSH-2.0-OpenSSH_9.2\r\n")
    return False


@pytest.mark.parametrize("behaviour", [*map(refusing, SERVER_ERRORS), garbage], ids=[*SERVER_ERRORS, "garbage"])
def test_server_error_is_asked_elsewhere_once_and_ejects(behaviour):
    with FakeBackend(behaviour) as bad, FakeBackend(well) as good:
        with ui_with({"bad": bad.address, "good": good.address}) as server:
            reply = run(server)
            assert (reply.status, backend(reply), reply.headers["X-Playground-Retries"]) == (200, "good", "1")
            assert server.wait_event("backend_ejected")["backend"] == "bad"
            assert (bad.requests, good.requests) == (1, 1)


@pytest.mark.parametrize("status", SERVER_ERRORS)
def test_server_error_of_all_goes_on_unchanged(status):
    with FakeBackend(refusing(status, b'{"odd": 1}')) as bad, ui_with({"bad": bad.address}) as server:
        reply = run(server)
        assert (reply.status, reply.body, backend(reply)) == (int(status[:3]), b'{"odd": 1}', "bad")
        assert server.wait_event("backend_ejected")["why"] == f"answered with {status[:3]}"


def test_refusal_of_the_request_ejects_nobody():
    with FakeBackend(refusing("400 Bad Request")) as picky, ui_with({"picky": picky.address}) as server:
        assert [run(server).status for _ in range(3)] == [400] * 3
        assert upstream(server, "picky")["ejections"] == 0
