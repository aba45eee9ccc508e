"""What the ui makes of its backends: strict turns, kept connections, and failures told as what they are."""

import json
import threading
from collections import Counter

import pytest

import exposition
from fake_backend import FakeBackend, answer, nobody, well
from observe import metrics, state
from support.client import PYTHON_PATH, Client, Reply, get
from support.playground import Playground

CONNECTIONS = 4


def ui_with(backends: dict[str, str], **options: str) -> Playground:
    """A ui over these backends by name."""
    listed = ",".join(f"{name}=http://{address}" for name, address in backends.items())
    return Playground("ui", environment={"PLAYGROUND_BACKENDS": listed} | options)


def assert_error(reply: Reply, status: int, code: str, backend: str | None) -> None:
    assert reply.status == status, reply.body
    assert reply.headers["Content-Type"] == "application/json"
    assert reply.headers["X-Playground-Backend"] == backend
    error = reply.json()["error"]
    assert error["code"] == code and error["message"]


def run(server: Playground, code: str = "print(1)") -> Reply:
    """One program on a connection of its own."""
    with Client(server.ui) as client:
        return client.post_json(PYTHON_PATH, {"code": code})


def evaluations(backend: Playground) -> float:
    """How many programs a backend says it was asked to run."""
    families = metrics(backend)
    return exposition.value(families, "playground_requests_total", route="/py/eval", code="200")


def test_without_backends_the_page_works_and_programs_get_502():
    with Playground("ui") as server:
        assert_error(run(server), 502, "no_backend", None)
        with Client(server.ui) as client:
            assert client.get("/").status == 200
            page = client.post_form("/", {"code": "print(1)"})
        assert page.status == 502
        assert "no backend" in page.text()


def test_backend_that_refuses_connections_is_502():
    with nobody() as address, ui_with({"away": address}) as server:
        assert_error(run(server), 502, "backend_unreachable", "away")
        assert get(server.ui, "/").status == 200


def test_backend_that_never_answers_is_504():
    released = threading.Event()

    def silent(_connection, _number, _request) -> bool:
        released.wait()
        return False

    with FakeBackend(silent) as backend:
        with ui_with({"silent": backend.address}, PLAYGROUND_ANSWER_MS="300") as server:
            assert_error(run(server), 504, "backend_timeout", "silent")
        released.set()
        assert backend.requests == 1  # never a second time after a time-out


GARBAGE = {
    "text": b"what?\r\n\r\n",
    "other version": b"HTTP/3.0 200 OK\r\nContent-Length: 0\r\n\r\n",
    "nothing": b"",
    "cut in the head": b"HTTP/1.1 200 OK\r\nContent-Le",
    "cut in the body": b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{",
    "two lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}",
    "bad chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
}


@pytest.mark.parametrize("name", GARBAGE)
def test_backend_that_answers_garbage_is_502(name):
    def garbage(connection, _number, _request) -> bool:
        connection.sendall(GARBAGE[name])
        return False

    with FakeBackend(garbage) as backend, ui_with({"odd": backend.address}) as server:
        assert_error(run(server), 502, "backend_unreachable", "odd")
        assert get(server.ui, "/healthz").status == 200


def test_status_and_body_of_a_backend_go_on_unchanged_and_its_framing_does_not():
    body = json.dumps({"error": {"code": "queue_full", "message": "later"}, "started": False}).encode()

    def busy(connection, _number, _request) -> bool:
        connection.sendall(answer("503 Service Unavailable", body, "Content-Type: application/json",
                                  "Retry-After: 7", "Connection: close", "Server: odd", "Keep-Alive: 1"))
        return False

    with FakeBackend(busy) as backend, ui_with({"busy": backend.address}) as server:
        reply = run(server)
    assert (reply.status, reply.body, reply.headers["Retry-After"]) == (503, body, "7")
    assert reply.headers["X-Playground-Backend"] == "busy"
    assert not {"Server", "Keep-Alive", "Connection"} & set(reply.headers)


def test_thousand_requests_are_shared_evenly_over_kept_connections():
    counted: Counter[str] = Counter()
    wrong: list[Reply] = []
    lock = threading.Lock()

    def send(server: Playground, number: int) -> None:
        with Client(server.ui) as client:
            for index in range(1000 // CONNECTIONS):
                reply = client.post_json(PYTHON_PATH, {"code": f"print({number * 1000 + index})"})
                right = reply.status == 200 and reply.json()["stdout"] == f"{number * 1000 + index}\n"
                with lock:
                    counted[reply.headers["X-Playground-Backend"]] += 1
                    if not right:
                        wrong.append(reply)

    with Playground("backend") as first, Playground("backend") as second:
        with ui_with({"first": first.backend, "second": second.backend}) as server:
            threads = [threading.Thread(target=send, args=(server, n)) for n in range(CONNECTIONS)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()

            assert wrong == []
            assert counted == {"first": 500, "second": 500}
            assert (evaluations(first), evaluations(second)) == (500, 500)
            backends = state(server)["ui"]["backends"]
            assert [(b["name"], b["requests"], b["failures"]) for b in backends] == [
                ("first", 500, 0), ("second", 500, 0)]
            # Each request in flight holds one connection, and no more were ever needed.
            for backend in (first, second):
                assert 1 <= state(backend)["backend"]["connections"] <= CONNECTIONS


def test_turns_are_strict():
    with FakeBackend(well) as one, FakeBackend(well) as two, FakeBackend(well) as three:
        addresses = {"one": one.address, "two": two.address, "three": three.address}
        with ui_with(addresses) as server, Client(server.ui) as client:
            seen = [client.post_json(PYTHON_PATH, {"code": ""}).headers["X-Playground-Backend"]
                    for _ in range(9)]
        assert seen[:3] * 3 == seen and sorted(seen[:3]) == sorted(addresses)
        assert [backend.connections for backend in (one, two, three)] == [1, 1, 1]


def test_kept_connection_that_a_backend_drops_with_the_next_request_is_not_seen_by_the_user():
    def once(connection, number, request) -> bool:
        return well(connection, number, request) if request == 1 else False

    with FakeBackend(once) as backend, ui_with({"hasty": backend.address}) as server:
        with Client(server.ui) as client:
            replies = [client.post_json(PYTHON_PATH, {"code": ""}).status for _ in range(5)]
        assert replies == [200] * 5
        assert state(server)["ui"]["backends"][0]["failures"] == 0


@pytest.mark.parametrize("end", [Playground.stop, Playground.kill], ids=["drained", "killed"])
def test_restart_of_a_backend_between_requests_is_not_seen_by_the_user(end):
    before = Playground("backend").start()
    try:
        with ui_with({"only": before.backend}) as server, Client(server.ui) as client:
            assert client.post_json(PYTHON_PATH, {"code": "print(1)"}).json()["stdout"] == "1\n"
            end(before)
            same_port = {"PLAYGROUND_BACKEND_LISTEN": before.backend}
            with Playground("backend", environment=same_port):
                reply = client.post_json(PYTHON_PATH, {"code": "print(2)"})
                assert (reply.status, reply.json().get("stdout")) == (200, "2\n")
    finally:
        before.kill()
