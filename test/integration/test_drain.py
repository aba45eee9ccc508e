"""Drain: a server that is told to end finishes what it has begun, says so in time, and leaves nothing."""

import http.client
import signal
import threading
from collections.abc import Callable

import pytest

from load import in_background
from observe import pool, state, wait_running
from raw_http import RawConnection, evaluation_bytes
from support.client import EVAL_PATH, PYTHON_PATH, Client, Reply, get, post_json
from support.playground import Playground, poll

CLIENTS = 8
TWO_SECONDS = "import time\nprint('begun', flush=True)\ntime.sleep(2)\nprint('end')"
ENDLESS = "print('begun', flush=True)\nwhile True: pass"


@pytest.fixture
def server():
    """A server of both roles. The test drains it; whatever is left of it is killed."""
    started = Playground("all").start()
    yield started
    started.kill()


def assert_ended_clean(server: Playground, code: int = 0) -> None:
    assert server.wait() == code, server.log()[-20:]
    assert server.leftover() == []


class Request:
    """One evaluation in a thread of its own."""

    def __init__(self, address: str, code: str, path: str = EVAL_PATH, **fields: object) -> None:
        self._reply: Reply | None = None
        self._error: Exception | None = None
        self._thread = threading.Thread(target=self._run, args=(address, path, {"code": code, **fields}))
        self._thread.start()

    def _run(self, address: str, path: str, body: dict) -> None:
        try:
            self._reply = post_json(address, path, body)
        except (OSError, http.client.HTTPException) as error:
            self._error = error

    def result(self) -> Reply:
        """The reply, or what prevented it, raised."""
        self._thread.join()
        if self._error is not None:
            raise self._error
        assert self._reply is not None
        return self._reply


def wait_drain(server: Playground, state: str) -> None:
    """Returns once the server has logged that its drain is in `state`."""
    def reached() -> bool:
        return any(event.get("state") == state for event in server.events("drain"))

    assert poll(reached, 20), server.log()


# Under load


def request_until_refused(address: str, path: str, stop: threading.Event,
                          assert_closing: Callable[[], None] | None = None) -> int:
    """Sends one request after the other on a kept connection until the listener is closed.

    Returns how many were answered, which is every one that was sent. Only the handshake and the first
    request of a connection may break, if the listener closed before the connection was accepted: this is
    what `assert_closing` looks at; unless it is given, that the next attempt to connect is refused.
    """
    def assert_refused() -> None:
        with pytest.raises(ConnectionRefusedError):
            RawConnection(address)

    answered = 0
    while not stop.is_set():
        try:
            connection = RawConnection(address)
        except ConnectionRefusedError:
            return answered
        except ConnectionResetError:
            (assert_closing or assert_refused)()
            return answered
        with connection:
            first = True
            while not stop.is_set():
                try:
                    connection.send(evaluation_bytes(f"print({answered})", path=path))
                    reply = connection.read_reply()
                except ConnectionError:
                    assert first, "a connection that was to be kept did not answer"
                    (assert_closing or assert_refused)()
                    return answered
                assert reply.status == 200, reply.body
                assert reply.json()["stdout"] == f"{answered}\n"
                answered += 1
                first = False
                if reply.headers.get("Connection") == "close":
                    assert connection.at_end()
                    break
    return answered


@pytest.mark.parametrize("role, path", [("backend", EVAL_PATH), ("ui", PYTHON_PATH)])
def test_under_load_each_accepted_request_is_answered(server, role, path):
    address = getattr(server, role)
    answered: list[int] = []

    def client(stop: threading.Event) -> None:
        answered.append(request_until_refused(address, path, stop))

    def flowing() -> bool:
        return state(server)[role]["connections"] >= CLIENTS

    with in_background(client, CLIENTS):
        assert poll(flowing, 20)
        server.send_signal(signal.SIGTERM)
        wait_drain(server, "announcing")
        assert_ended_clean(server)
    assert len(answered) == CLIENTS and min(answered) > 0
    assert server.events("drain")[-1]["state"] == "done"


@pytest.mark.parametrize("role, path", [("backend", EVAL_PATH), ("ui", PYTHON_PATH)])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_running_program_is_finished_and_answered(server, role, path, number):
    request = Request(getattr(server, role), TWO_SECONDS, path)
    wait_running(server, 1)
    server.send_signal(number)
    reply = request.result()
    assert (reply.status, reply.json()["stdout"]) == (200, "begun\nend\n")
    assert reply.headers["Connection"] == "close"
    assert_ended_clean(server)


def test_queued_programs_are_run_and_answered():
    with Playground("backend", environment={"PLAYGROUND_MAX_RUNNING": "1"}) as server:
        requests = [Request(server.backend, f"import time\ntime.sleep(0.5)\nprint({n})") for n in range(4)]
        wait_running(server, 1)
        assert poll(lambda: pool(server)["queued"] == 3, 20), pool(server)
        server.send_signal(signal.SIGTERM)
        assert [request.result().json()["stdout"] for request in requests] == ["0\n", "1\n", "2\n", "3\n"]
        assert_ended_clean(server)


# What others are told


@pytest.mark.parametrize("role, path", [("backend", EVAL_PATH), ("ui", PYTHON_PATH)])
def test_while_announcing_it_is_alive_and_serves_but_is_not_ready(server, role, path):
    address = getattr(server, role)
    with RawConnection(address) as kept:
        kept.send(evaluation_bytes("print(1)", path=path))
        assert "Connection" not in kept.read_reply().headers
        server.send_signal(signal.SIGTERM)
        wait_drain(server, "announcing")
        ready, alive = get(address, "/readyz"), get(address, "/healthz")
        kept.send(evaluation_bytes("print(2)", path=path))
        last = kept.read_reply()
        assert kept.at_end()
    assert (ready.status, ready.headers["Connection"]) == (503, "close")
    assert ready.json()["error"]["code"] == "not_ready" and int(ready.headers["Retry-After"]) >= 0
    assert (alive.status, alive.headers["Connection"]) == (200, "close")
    assert (last.json()["stdout"], last.headers["Connection"]) == ("2\n", "close")
    assert_ended_clean(server)


def test_idle_connections_do_not_keep_it(server):
    with RawConnection(server.ui) as fresh, RawConnection(server.backend) as used:
        used.send(evaluation_bytes("print(1)"))
        used.read_reply()
        server.send_signal(signal.SIGTERM)
        assert fresh.at_end() and used.at_end()
        assert_ended_clean(server)


def test_slow_head_is_ended_when_time_is_over():
    with Playground("backend", environment={"PLAYGROUND_DRAIN_MS": "200"}) as server:
        with RawConnection(server.backend) as slow:
            slow.send(evaluation_bytes("print(1)")[:50])
            assert get(server.backend, "/healthz").status == 200
            server.send_signal(signal.SIGTERM)
            assert_ended_clean(server)


# When it takes too long


@pytest.mark.parametrize("role, path", [("backend", EVAL_PATH), ("ui", PYTHON_PATH)])
def test_program_that_runs_past_the_drain_time_is_answered_with_503(role, path):
    environment = {"PLAYGROUND_DRAIN_MS": "300", "PLAYGROUND_TIMEOUT_MS": "600000"}
    with Playground("all", environment=environment) as server:
        request = Request(getattr(server, role), ENDLESS, path)
        wait_running(server, 1)
        server.send_signal(signal.SIGTERM)
        reply = request.result()
        assert reply.status == 503
        assert reply.headers["Retry-After"] and reply.headers["Connection"] == "close"
        assert reply.json()["error"]["code"] == "draining"
        assert "started" not in reply.json()  # it was: nobody should take it for untouched
        assert_ended_clean(server)


@pytest.mark.parametrize("signals", [(signal.SIGTERM, signal.SIGTERM), (signal.SIGTERM, signal.SIGINT),
                                     (signal.SIGINT, signal.SIGINT)])
def test_second_signal_ends_it_at_once(signals):
    server = Playground("all", environment={"PLAYGROUND_TIMEOUT_MS": "600000"}).start()
    try:
        request = Request(server.backend, ENDLESS)
        wait_running(server, 1)
        server.send_signal(signals[0])
        wait_drain(server, "announcing" if signals[0] == signal.SIGTERM else "finishing")
        server.send_signal(signals[1])
        assert_ended_clean(server, code=1)  # 0 would claim that all was answered
        with pytest.raises((OSError, http.client.HTTPException)):
            request.result()
    finally:
        server.kill()


def test_nothing_of_it_is_left_in_the_scratch_folder(scratch_dir):
    with Playground("backend", environment={"PLAYGROUND_SCRATCH_DIR": str(scratch_dir)}) as server:
        with Client(server.backend) as client:
            client.evaluate("open('left', 'w').write('x')")
        assert list(scratch_dir.iterdir()) != []
    assert list(scratch_dir.iterdir()) == []
