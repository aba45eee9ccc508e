"""The admin listener: /metrics for machines, /debug/state for people, and neither for users."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import exposition
from observe import pool, state, wait_idle, zygote
from support.client import PYTHON_PATH, Client, evaluate, get
from support.playground import Playground, poll

POOL_SIZE = 3
OPERATIONS = Path(__file__).resolve().parents[2] / "docs" / "operations.md"


@pytest.fixture(scope="module")
def server() -> Iterator[Playground]:
    with Playground("all", environment={"PLAYGROUND_POOL_SIZE": str(POOL_SIZE)}) as started:
        yield started


class Reading:
    """One reading of /metrics."""

    def __init__(self, server: Playground) -> None:
        reply = get(server.admin, "/metrics")
        assert reply.status == 200
        assert reply.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
        self.families = exposition.parse(reply.text())

    def value(self, name: str, **labels: str) -> float:
        return exposition.value(self.families, name, **labels)


def grown(server: Playground, before: Reading, name: str, **labels: str) -> float:
    """By how much a metric has moved since `before`."""
    return Reading(server).value(name, **labels) - before.value(name, **labels)


# /metrics


def test_every_metric_is_described(server):
    evaluate(server.ui, "print(1)", PYTHON_PATH)
    for family in Reading(server).families.values():
        assert family.help and family.type and family.samples, family
        assert family.name.startswith(("playground_", "process_")), family.name
        assert family.name.endswith("_total") == (family.type == "counter"), family.name


def test_table_of_the_documentation_has_every_metric_and_no_other(server):
    """Name, type and labels, as docs/operations.md has them."""
    with Client(server.backend) as client:
        client.post("/py/eval", b"{", "application/json")  # a counter appears with what it counts
    evaluate(server.ui, "print(1)", PYTHON_PATH)
    served = {family.name: (family.type, {label for _, labels in family.samples for label, _ in labels} - {"le"})
              for family in Reading(server).families.values()}
    rows = re.findall(r"^\| `(\w+)` \| (\w+) \|[^|]*\| ([^|]*) \| [^|]+ \|$", OPERATIONS.read_text(), re.M)
    documented = {name: (kind, set(re.findall(r"\w+", labels))) for name, kind, labels in rows}
    assert len(rows) == len(documented)
    assert documented == served


def test_errors_are_counted_by_role_and_code(server):
    before = Reading(server)
    with Client(server.backend) as client:
        client.post("/py/eval", b"{", "application/json")
        client.get("/no/such/path")
        client.request("BREW", "/")
    for code in ("invalid_json", "not_found", "not_implemented"):
        assert grown(server, before, "playground_error_replies_total", role="backend", error=code) == 1, code
    # Refused before anyone looked at the path.
    assert grown(server, before, "playground_requests_total", role="backend", route="other", code="501") == 1


def test_requests_are_timed_by_role_and_route(server):
    before = Reading(server)
    evaluate(server.ui, "import time; time.sleep(0.2)", PYTHON_PATH)
    for role, route in (("ui", "/python"), ("backend", "/py/eval")):
        assert grown(server, before, "playground_request_seconds_count", role=role, route=route) == 1
        assert grown(server, before, "playground_request_seconds_sum", role=role, route=route) >= 0.2


def test_requests_are_counted_by_role_route_and_status(server):
    before = Reading(server)
    with Client(server.backend) as backend, Client(server.ui) as ui:
        for _ in range(3):
            backend.evaluate("print(1)")
        backend.post("/py/eval", b"{", "application/json")
        backend.get("/py/eval")
        backend.get("/no/such/path/anywhere")
        ui.post_json("/python", {"code": "print(1)"})
        ui.get("/")

    def requests(**labels: str) -> float:
        return grown(server, before, "playground_requests_total", **labels)

    assert requests(role="backend", route="/py/eval", code="200") == 4  # one of them the ui's
    assert requests(role="backend", route="/py/eval", code="400") == 1
    assert requests(role="backend", code="405") == 1
    assert requests(role="backend", code="404") == 1
    assert requests(role="ui", route="/python", code="200") == 1
    assert requests(role="ui", route="/", code="200") == 1
    assert grown(server, before, "playground_upstream_requests_total", backend="local") == 1


def test_paths_of_clients_do_not_become_labels(server):
    with Client(server.backend) as client:
        for number in range(20):
            client.get(f"/made-up/{number}")
    assert "made-up" not in get(server.admin, "/metrics").text()


def test_evaluations_are_counted_by_status_and_timed(server):
    before = Reading(server)
    with Client(server.backend) as client:
        client.evaluate("print(1)")
        client.evaluate("1/0")
        client.evaluate("while True: pass", timeout_ms=300)
        client.evaluate("import os; os.abort()")
    for status in ("ok", "error", "timeout", "signal"):
        assert grown(server, before, "playground_evaluations_total", status=status) == 1, status
    assert grown(server, before, "playground_evaluation_seconds_count") == 4
    assert grown(server, before, "playground_evaluation_seconds_sum") >= 0.3
    for part in ("queue", "start", "evaluation_total"):
        assert grown(server, before, f"playground_{part}_seconds_count") == 4, part
    total, run, start = (grown(server, before, f"playground_{part}_seconds_sum") for part in ("evaluation_total", "evaluation", "start"))
    assert total >= run >= start > 0


def test_gauges_follow_the_pool(server):
    wait_idle(server, POOL_SIZE)
    assert Reading(server).value("playground_pool_ready") == POOL_SIZE
    with Client(server.backend) as client:
        client.evaluate("")
        reading = Reading(server)
    assert reading.value("playground_connections", role="backend") >= 1
    assert reading.value("playground_pool_queued") == 0
    assert reading.value("process_resident_memory_bytes") > 0


# /debug/state


def is_count(value: object) -> bool:
    return type(value) is int and value >= 0


def test_state_has_the_documented_fields(server):
    evaluate(server.ui, "print(1)", PYTHON_PATH)
    wait_idle(server, POOL_SIZE)
    reply = get(server.admin, "/debug/state")
    assert (reply.status, reply.headers["Content-Type"]) == (200, "application/json")
    now = reply.json()
    assert isinstance(now["version"], str)

    backend = now["backend"]
    assert backend["ready"] is True and is_count(backend["connections"])
    counts = backend["pool"]
    assert all(is_count(value) for value in counts.values())
    assert counts.items() >= {"ready": POOL_SIZE, "warming": 0, "running": 0, "queued": 0,
                              "workers_lost": 0, "programs_rerun": 0}.items()
    found = backend["zygote"]
    assert found["pid"] in [process.pid for process in server.children()]
    assert (found["generation"], found["starts"], found["preload_errors"]) == (1, 1, "")
    assert found["python"].startswith("3.") and found["kept_modules"] > 20

    assert now["ui"]["ready"] is True and is_count(now["ui"]["connections"])
    [upstream] = now["ui"]["backends"]
    assert (upstream["name"], upstream["address"]) == ("local", server.backend)
    assert all(is_count(upstream[name]) for name in ("requests", "failures", "active", "idle"))
    assert upstream["requests"] > 0 and upstream["failures"] == 0


def test_each_role_shows_its_own_part():
    with Playground("ui") as server:
        assert set(state(server)) == {"version", "loops", "ui"}
        assert state(server)["ui"]["backends"] == []
    with Playground("backend") as server:
        assert set(state(server)) == {"version", "loops", "backend"}


def test_preload_that_fails_is_shown_and_the_rest_works():
    with Playground("backend", environment={"PLAYGROUND_PRELOAD": "json,no_such_module"}) as server:
        assert "no_such_module" in zygote(server)["preload_errors"]
        assert evaluate(server.backend, "print(1)")["stdout"] == "1\n"
        assert poll(lambda: pool(server)["ready"] > 0, 20)


# Who may see it


@pytest.mark.parametrize("path", ["/", "/metrics/", "/debug", "/debug/state/", "/py/eval", "/python", "/static/embed.js"])
def test_nothing_else_is_served(server, path):
    reply = get(server.admin, path)
    assert (reply.status, reply.json()["error"]["code"]) == (404, "not_found")


@pytest.mark.parametrize("path", ["/metrics", "/debug/state"])
def test_it_can_only_be_read(server, path):
    with Client(server.admin) as client:
        reply = client.post_json(path, {})
        assert reply.status in (405, 413)  # the body is refused before anyone looks at the path
        assert client.request("DELETE", path).headers["Allow"] == "GET, HEAD, OPTIONS"
        assert client.request("HEAD", path).body == b""


@pytest.mark.parametrize("path", ["/metrics", "/debug/state"])
@pytest.mark.parametrize("role", ["ui", "backend"])
def test_users_do_not_see_it(server, role, path):
    reply = get(getattr(server, role), path)
    assert (reply.status, reply.json()["error"]["code"]) == (404, "not_found")


def test_operators_have_the_probes_too(server):
    for path in ("/healthz", "/readyz", "/version"):
        assert get(server.admin, path).status == 200
