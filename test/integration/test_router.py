"""What the ui does when a backend is full, and who is in the rotation. The table is docs/router-failures.md."""

from __future__ import annotations

import socket
import threading

from fake_backend import FakeBackend, nobody, well
from observe import SETTLE_SECONDS, state, wait_running
from routing import NOT_STARTED, backend, refusing, run, shares, ui_with, upstream, wait_state
from support.client import Client, Reply, get
from support.playground import Playground


# Full


def test_full_backend_spills_over_and_stays_in_the_rotation():
    with FakeBackend(refusing("503 Service Unavailable", NOT_STARTED)) as full, FakeBackend(well) as good:
        with ui_with({"full": full.address, "good": good.address}) as server:
            assert shares(server, 6) == {"good": 6}
            seen = upstream(server, "full")
            assert (seen["state"], seen["ejections"], seen["failures"]) == ("up", 0, 0)
            assert seen["outcomes"]["full"] == full.requests > 1
            assert state(server)["ui"]["retries"]["budget_used"] == 0


def test_real_backend_with_a_full_queue_spills_over():
    small = {"PLAYGROUND_MAX_RUNNING": "1", "PLAYGROUND_QUEUE_SIZE": "0"}
    with Playground("backend", environment=small) as full, FakeBackend(well) as good:
        with ui_with({"full": full.backend, "good": good.address}) as server, Client(full.backend) as direct:
            waiting = threading.Thread(target=direct.evaluate, args=("import time; time.sleep(2)",))
            waiting.start()
            wait_running(full, 1)
            while upstream(server, "full")["outcomes"]["full"] == 0:
                reply = run(server)
                assert (reply.status, backend(reply)) == (200, "good")
            assert upstream(server, "full")["state"] == "up"
            waiting.join()


def test_one_request_too_many_is_503_at_once():
    released = threading.Event()
    asked = threading.Semaphore(0)

    def slow(connection: socket.socket, number: int, request: int) -> bool:
        asked.release()
        released.wait()
        return well(connection, number, request)

    with FakeBackend(slow) as only:
        with ui_with({"only": only.address}, PLAYGROUND_BACKEND_CONCURRENCY="2") as server:
            replies: list[Reply] = []
            threads = [threading.Thread(target=lambda: replies.append(run(server))) for _ in range(2)]
            for thread in threads:
                thread.start()
            assert all(asked.acquire(timeout=SETTLE_SECONDS) for _ in threads)
            refused = run(server)
            released.set()
            for thread in threads:
                thread.join()
        assert (refused.status, refused.json()["error"]["code"]) == (503, "backends_busy")
        assert refused.json()["started"] is False and refused.headers["Retry-After"] == "1"
        assert [reply.status for reply in replies] == [200, 200]


# Out and back


def test_black_hole_is_found_by_checks_and_left_alone():
    with socket.socket() as hole, FakeBackend(well) as good:
        hole.bind(("127.0.0.1", 0))
        hole.listen(0)
        address = hole.getsockname()
        with socket.create_connection(address), ui_with(
                {"hole": f"127.0.0.1:{address[1]}", "good": good.address}, PLAYGROUND_CONNECT_MS="200") as server:
            wait_state(server, "hole", "down")
            assert shares(server, 4) == {"good": 4}


def test_backend_that_is_not_ready_is_left_out_until_it_is():
    with FakeBackend(well) as one, FakeBackend(well) as two:
        with ui_with({"one": one.address, "two": two.address}) as server:
            one.ready = False
            wait_state(server, "one", "down")
            assert upstream(server, "one")["why"] == "/readyz answers with 503"
            assert shares(server, 4) == {"two": 4}
            one.ready = True
            wait_state(server, "one", "up")
            assert shares(server, 10) == {"one": 5, "two": 5}


def test_restarted_backend_has_its_share_again():
    first = Playground("backend").start()
    try:
        with Playground("backend") as second, ui_with({"first": first.backend, "second": second.backend}) as server:
            assert shares(server, 4) == {"first": 2, "second": 2}
            first.kill()
            assert shares(server, 10)["second"] >= 9
            wait_state(server, "first", "down")
            with Playground("backend", environment={"PLAYGROUND_BACKEND_LISTEN": first.backend}):
                wait_state(server, "first", "up")
                assert shares(server, 10) == {"first": 5, "second": 5}
    finally:
        first.kill()


def test_with_every_backend_down_all_are_tried():
    with FakeBackend(well) as one, FakeBackend(well) as two:
        one.ready = two.ready = False
        with ui_with({"one": one.address, "two": two.address}) as server:
            assert {upstream(server, name)["state"] for name in ("one", "two")} == {"down"}
            assert shares(server, 4) == {"one": 2, "two": 2}
            assert state(server)["ui"]["panics"] == 4


def test_ui_is_ready_though_its_backends_are_not():
    with nobody() as gone, ui_with({"gone": gone}) as server:  # which waits for /readyz
        assert get(server.ui, "/").status == 200
        reply = run(server)
        assert (reply.status, backend(reply)) == (502, "gone")


def test_weights_are_followed():
    with FakeBackend(well) as heavy, FakeBackend(well) as light:
        with ui_with({"heavy": heavy.address + ";weight=3", "light": light.address}) as server:
            assert shares(server, 40) == {"heavy": 30, "light": 10}
