"""What the ui does when a backend fails, is full, or is switched off. The table is docs/router-failures.md."""

from __future__ import annotations

import contextlib
import json
import socket
import struct
import threading
from collections import Counter
from collections.abc import Callable

import pytest

from fake_backend import FakeBackend, answer, nobody, well
from observe import SETTLE_SECONDS, state, wait_running
from raw_http import RawConnection
from support.client import EVAL_PATH, PYTHON_PATH, Client, Reply, get
from support.playground import Playground, poll

JSON = "Content-Type: application/json"
NOT_STARTED = json.dumps({"error": {"code": "queue_full", "message": "later"}, "started": False}).encode()


def ui_with(backends: dict[str, str], **options: str) -> Playground:
    """A ui over these backends by name."""
    listed = ",".join(f"{name}=http://{address}" for name, address in backends.items())
    return Playground("ui", environment={"PLAYGROUND_BACKENDS": listed} | options)


def run(server: Playground, code: str = "print(1)") -> Reply:
    """One program on a connection of its own."""
    with Client(server.ui) as client:
        return client.post_json(PYTHON_PATH, {"code": code})


def backend(reply: Reply) -> str | None:
    return reply.headers["X-Playground-Backend"]


def upstream(server: Playground, name: str) -> dict:
    """One backend in /debug/state."""
    [found] = [entry for entry in state(server)["ui"]["backends"] if entry["name"] == name]
    return found


def wait_state(server: Playground, name: str, wanted: str) -> None:
    """Returns once a backend is in that state. Raises AssertionError."""
    assert poll(lambda: upstream(server, name)["state"] == wanted, SETTLE_SECONDS), upstream(server, name)


def shares(server: Playground, count: int) -> Counter[str | None]:
    """Who answers the next requests, all of which have to be answered well."""
    replies = [run(server) for _ in range(count)]
    assert {reply.status for reply in replies} == {200}, [reply.body for reply in replies]
    return Counter(backend(reply) for reply in replies)


def refusing(status: str, body: bytes = b"{}") -> Callable[[socket.socket, int, int], bool]:
    """A backend that answers every request alike."""

    def behave(connection: socket.socket, _number: int, _request: int) -> bool:
        connection.sendall(answer(status, body, JSON))
        return True

    return behave


def hang_up(_connection: socket.socket, _number: int, _request: int) -> bool:
    return False


def reset(connection: socket.socket, _number: int, _request: int) -> bool:
    """Ends the connection by a reset."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    return False


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


# The switch


def switch(server: Playground, name: str, verb: str, **headers: str) -> Reply:
    with Client(server.admin) as client:
        return client.request("POST", f"/debug/backends/{name}/{verb}", b"", headers)


def test_switch_keeps_requests_from_a_backend_and_gives_them_back():
    with FakeBackend(well) as one, FakeBackend(well) as two:
        with ui_with({"one": one.address, "two": two.address}) as server:
            assert switch(server, "one", "drain").json() == {"backend": "one", "drained": True}
            assert upstream(server, "one")["state"] == "drained"
            assert shares(server, 4) == {"two": 4}
            switch(server, "two", "drain")
            reply = run(server)
            assert (reply.status, reply.json()["error"]["code"]) == (503, "backends_busy")
            assert switch(server, "one", "undrain").json() == {"backend": "one", "drained": False}
            switch(server, "two", "undrain")
            assert shares(server, 4) == {"one": 2, "two": 2}
            assert switch(server, "three", "drain").status == 404


def test_switch_needs_no_body():
    with FakeBackend(well) as one, ui_with({"one": one.address}) as server:
        with RawConnection(server.admin) as connection:
            connection.send(b"POST /debug/backends/one/drain HTTP/1.1\r\nHost: x\r\n\r\n")
            assert connection.read_reply().status == 200
        assert upstream(server, "one")["state"] == "drained"


def test_switch_demands_the_token_there_is():
    with FakeBackend(well) as one:
        with ui_with({"one": one.address}, PLAYGROUND_ADMIN_TOKEN="hush") as server:
            refused = switch(server, "one", "drain")
            assert (refused.status, refused.headers["WWW-Authenticate"]) == (401, "Bearer")
            assert switch(server, "one", "drain", Authorization="Bearer wrong").status == 401
            assert upstream(server, "one")["state"] == "up"
            assert switch(server, "one", "drain", Authorization="Bearer hush").status == 200


def test_switch_beyond_loopback_is_refused_without_a_token():
    with FakeBackend(well) as one:
        with ui_with({"one": one.address}, PLAYGROUND_ADMIN_LISTEN="0.0.0.0:0") as server:
            server.admin = server.admin.replace("0.0.0.0", "127.0.0.1")
            refused = switch(server, "one", "drain")
            assert (refused.status, refused.json()["error"]["code"]) == (403, "forbidden")
            assert "PLAYGROUND_ADMIN_TOKEN" in refused.json()["error"]["message"]
            assert get(server.admin, "/debug/state").status == 200


# Tokens between the roles


def test_backend_demands_a_token_on_py():
    with Playground("backend", environment={"PLAYGROUND_TOKENS": "first,second"}) as server:
        with Client(server.backend) as client:
            for headers in ({}, {"Authorization": "Bearer third"}, {"Authorization": "Basic first"}):
                reply = client.request("POST", EVAL_PATH, b'{"code": ""}', {"Content-Type": "application/json"} | headers)
                assert (reply.status, reply.json()["error"]["code"]) == (401, "unauthorized")
                assert reply.headers["WWW-Authenticate"] == "Bearer"
            assert client.request("GET", "/py/anything").status == 401
            for path in ("/healthz", "/readyz", "/version"):
                assert client.get(path).status == 200
            for token in ("first", "second"):
                reply = client.request("POST", EVAL_PATH, b'{"code": "print(1)"}',
                                       {"Content-Type": "application/json", "Authorization": f"Bearer {token}"})
                assert reply.json()["stdout"] == "1\n"


def test_ui_sends_its_token(tmp_path):
    secret = tmp_path / "token"
    secret.write_text("second\n")
    tokens = {"PLAYGROUND_TOKENS": "first,second"}
    with Playground("backend", environment=tokens) as one:
        with ui_with({"one": one.backend}, PLAYGROUND_BACKEND_TOKEN_FILE=str(secret)) as server:
            assert run(server).json()["stdout"] == "1\n"
        with ui_with({"one": one.backend}, PLAYGROUND_BACKEND_TOKEN="third") as server:
            reply = run(server)
            assert (reply.status, backend(reply)) == (502, "one")
            assert "PLAYGROUND_BACKEND_TOKEN" in reply.json()["error"]["message"]
            assert not any("third" in line for line in server.log())


def test_both_roles_in_one_process_trust_each_other():
    with Playground("all", environment={"PLAYGROUND_TOKENS": "hush"}) as server:
        assert run(server).json()["stdout"] == "1\n"


def test_ui_sets_the_callers_address_and_drops_what_the_caller_claims():
    with FakeBackend(well) as one, ui_with({"one": one.address}, PLAYGROUND_BACKEND_TOKEN="hush") as server:
        with Client(server.ui) as client:
            client.request("POST", PYTHON_PATH, b'{"code": ""}', {
                "Content-Type": "application/json", "Authorization": "Bearer mine", "X-Forwarded-For": "192.0.2.1"})
        [head] = one.heads
        fields = [line.split(b": ") for line in head.split(b"\r\n")[1:] if line]
        assert [value for name, value in fields if name.lower() == b"authorization"] == [b"Bearer hush"]
        assert [value for name, value in fields if name.lower() == b"x-forwarded-for"] == [b"127.0.0.1"]
