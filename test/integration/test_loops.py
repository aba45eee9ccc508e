"""Several event loops: what users see is what they see of one, and what is counted is the sum."""

from __future__ import annotations

import selectors
import socket
from collections import Counter
from pathlib import Path

import pytest

from fake_backend import FakeBackend, well
from load import spread
from observe import metrics, pool, state, wait_running
from raw_http import RawConnection, evaluation_bytes, request_bytes
from support.client import EVAL_PATH, PYTHON_PATH, Client, get
from support.playground import Playground, poll
from test_command_line import assert_refused
from test_command_line import run as run_command
from test_tls import host_and_port

LOOPS = 4
MANY = 16  # connections: all on one loop once in 10^9 runs
ENDLESS = "import time\ntime.sleep(600)"


def looped(role: str = "all", loops: int = LOOPS, **options: str) -> Playground:
    return Playground(role, environment={"PLAYGROUND_LOOPS": str(loops)} | options)


def ui_over(backends: dict[str, str], **options: str) -> Playground:
    listed = ",".join(f"{name}=http://{address}" for name, address in backends.items())
    return looped("ui", PLAYGROUND_BACKENDS=listed, **options)


def loop_threads(server: Playground) -> list[str]:
    """The names of the threads of further loops."""
    tasks = Path(f"/proc/{server.pid}/task").iterdir()
    return sorted(name for task in tasks if (name := (task / "comm").read_text().strip()).startswith("loop-"))


def answers(address: str, count: int) -> Counter[str | None]:
    """Which backends answer so many requests, sent over MANY connections at once."""
    names: list[str | None] = []

    def ask(client: Client, _number: int) -> None:
        reply = client.post_json(PYTHON_PATH, {"code": ""})
        assert reply.status == 200, reply.body
        names.append(reply.headers["X-Playground-Backend"])

    spread(address, count, MANY, ask)
    return Counter(names)


# The rotation


def test_backends_take_turns_strictly_over_all_loops():
    with FakeBackend(well) as one, FakeBackend(well) as two:
        with ui_over({"one": one.address, "two": two.address}) as server:
            assert answers(server.ui, 1000) == {"one": 500, "two": 500}
            assert answers(server.ui, 101) in ({"one": 51, "two": 50}, {"one": 50, "two": 51})
            seen = state(server)["ui"]["backends"]
            assert sorted(entry["requests"] for entry in seen) == [550, 551]
            assert (one.requests, two.requests) == tuple(entry["requests"] for entry in seen)


def test_weights_are_followed_over_all_loops():
    with FakeBackend(well) as heavy, FakeBackend(well) as light:
        with ui_over({"heavy": heavy.address + ";weight=3", "light": light.address}) as server:
            assert answers(server.ui, 400) == {"heavy": 300, "light": 100}


def test_switch_has_reached_all_loops_when_it_answers():
    with FakeBackend(well) as one, FakeBackend(well) as two:
        with ui_over({"one": one.address, "two": two.address}) as server, Client(server.admin) as admin:
            for name, other in (("one", "two"), ("two", "one")):
                reply = admin.request("POST", f"/debug/backends/{name}/drain", b"")
                assert reply.json() == {"backend": name, "drained": True}
                assert answers(server.ui, 2 * MANY) == {other: 2 * MANY}
                admin.request("POST", f"/debug/backends/{name}/undrain", b"")
            assert answers(server.ui, 2 * MANY) == {"one": MANY, "two": MANY}


# Evaluations


def test_each_program_gets_its_own_answer_whatever_the_loop():
    with looped() as server:
        assert loop_threads(server) == ["loop-1", "loop-2", "loop-3"]

        def ask(client: Client, number: int) -> None:
            path = PYTHON_PATH if number < 100 else EVAL_PATH
            answer = client.evaluate("print(input() * 2)", path=path, stdin=str(number))
            assert answer["stdout"] == f"{number}{number}\n"

        spread(server.ui, 100, MANY, ask)
        spread(server.backend, 100, MANY, lambda client, number: ask(client, number + 100))


@pytest.mark.parametrize("role, path", [("backend", EVAL_PATH), ("ui", PYTHON_PATH)])
def test_program_of_a_client_that_goes_away_is_ended(role, path):
    with looped(PLAYGROUND_MAX_RUNNING=str(MANY), PLAYGROUND_TIMEOUT_MS="600000") as server:
        clients = [RawConnection(getattr(server, role)) for _ in range(MANY)]
        for client in clients:
            client.send(evaluation_bytes(ENDLESS, path=path))
        wait_running(server, MANY)
        for client in clients:
            client.close()
        wait_running(server, 0)
        assert pool(server)["queued"] == 0


def test_readiness_is_the_pools_on_every_loop():
    with looped("backend") as server:
        assert poll(lambda: {get(server.backend, "/readyz").status for _ in range(MANY)} == {200}, 20)


# What is shown


def test_what_is_counted_is_the_sum_of_all_loops():
    with looped() as server:
        spread(server.ui, 200, MANY, lambda client, number: client.evaluate("print(1)", path=PYTHON_PATH))
        families = metrics(server)

        def value(metric: str, sample: str = "", **labels: str) -> float:
            return families[metric].samples[sample or metric, frozenset(labels.items())]

        requests = "playground_requests_total"
        assert value(requests, role="ui", route="/python", code="200") == 200
        assert value(requests, role="backend", route="/py/eval", code="200") == 200
        assert value("playground_evaluations_total", status="ok") == 200
        assert value("playground_evaluation_seconds", "playground_evaluation_seconds_count") == 200
        assert value("playground_upstream_requests_total", backend="local", outcome="answered") == 200
        assert value("playground_loops") == LOOPS
        assert value("playground_build_info", version=get(server.admin, "/version").json()["version"]) == 1
        assert state(server)["loops"] == LOOPS


def test_connections_are_counted_over_all_loops():
    with looped() as server:
        held = [RawConnection(address) for address in (server.ui, server.backend) for _ in range(MANY)]
        for connection in held:
            connection.send(request_bytes("GET", "/healthz"))
            connection.read_reply()
        seen = state(server)
        assert seen["ui"]["connections"] == MANY
        assert seen["backend"]["connections"] >= MANY  # and those of the ui's checks
        for connection in held:
            connection.close()


# The bound of connections


def serve_all(address: str, count: int, at_most: int) -> None:
    """Opens so many connections, of which each closes once it is answered; asserts how many are at once."""
    with selectors.DefaultSelector() as waiting:
        for _ in range(count):
            plain = socket.create_connection(host_and_port(address))
            plain.sendall(request_bytes("GET", "/healthz"))
            waiting.register(plain, selectors.EVENT_READ)
        answered: list[socket.socket] = []
        while waiting.get_map():
            for key, _ in waiting.select():
                assert key.fileobj.recv(65536).startswith(b"HTTP/1.1 200 ")
                waiting.unregister(key.fileobj)
                answered.append(key.fileobj)
                assert len(answered) <= at_most, "more connections than are allowed"
            # Nothing more comes until some of them go.
            if not waiting.select(0):
                for connection in answered:
                    connection.close()
                answered.clear()


def test_bound_of_connections_holds_for_all_loops_together():
    with looped("backend", loops=2, PLAYGROUND_MAX_CONNECTIONS="5") as server:
        serve_all(server.backend, 40, at_most=5)


def test_default_bound_fits_the_descriptors_there_are():
    with FakeBackend(well) as one:
        limited = Playground("ui", wrapper=["prlimit", "--nofile=300"], environment={
            "PLAYGROUND_LOOPS": str(LOOPS), "PLAYGROUND_BACKENDS": f"one=http://{one.address}"})
        with limited as server:
            serve_all(server.ui, 200, at_most=(300 - 64 - 3 * 17) // 2)
            assert answers(server.ui, 4 * MANY) == {"one": 4 * MANY}


def test_port_that_another_server_shares_among_its_loops_is_taken():
    with looped("ui") as server:
        refused = run_command("ui", LOOPS="2", UI_LISTEN=server.ui, LOG_LEVEL="error")
        assert_refused(refused, server.ui, "address already in use")
