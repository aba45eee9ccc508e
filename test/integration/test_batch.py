"""POST /py/batch: many programs in one request, a line for each as it ends, and never more than their share of the pool."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator

import pytest

from access import bearer
from observe import SANITIZED, SETTLE_SECONDS, pool, resident_kb, wait_idle, wait_running
from raw_http import RawConnection, request_bytes
from support.client import Client
from support.playground import Playground, poll

BATCH = "/py/batch"
JSON, NDJSON = "application/json", "application/x-ndjson"
ROLES = ["backend", "ui"]
ENDLESS = {"code": "import time; time.sleep(600)"}
GROWTH_KB = 16384  # of a server that has a share of programs' outputs at a time, of all that there are


def send(client: RawConnection, items: list, version: str = "HTTP/1.1") -> None:
    client.send(request_bytes("POST", BATCH, json.dumps(items).encode(), f"Content-Type: {JSON}", version=version))


def batch(address: str, body: bytes, kind: str = JSON) -> dict[int, dict]:
    """The replies by their index."""
    with Client(address) as client:
        reply = client.post(BATCH, body, kind)
    assert (reply.status, reply.headers["Content-Type"]) == (200, NDJSON), reply.body[:1000]
    lines = [json.loads(line) for line in reply.body.splitlines()]
    replies = {line.pop("index"): line for line in lines}
    assert len(replies) == len(lines)
    return replies


@pytest.fixture(scope="module", params=["1", "4"], ids=lambda loops: f"{loops}-loops")
def server(request) -> Iterator[Playground]:
    options = {"PLAYGROUND_LOOPS": request.param, "PLAYGROUND_MAX_RUNNING": "4", "PLAYGROUND_POOL_SIZE": "2"}
    with Playground("all", environment=options) as started:
        yield started


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("kind", [JSON, NDJSON])
def test_every_program_has_its_reply(server, role, kind):
    items = [{"code": f"print({n})", "stdin": "", "args": []} for n in range(50)]
    encoded = json.dumps(items) if kind == JSON else "\n".join(map(json.dumps, items))
    replies = batch(getattr(server, role), encoded.encode(), kind)
    assert {index: reply["stdout"] for index, reply in replies.items()} == {n: f"{n}\n" for n in range(50)}
    with Client(server.backend) as client:
        assert set(replies[0]) == set(client.evaluate("print(0)"))


@pytest.mark.parametrize("role", ROLES)
def test_item_that_is_wrong_leaves_the_others(server, role):
    replies = batch(getattr(server, role), json.dumps([{"code": "print(1)"}, {"kode": 1}, 7, {"code": "1/0"}]).encode())
    assert replies[0]["stdout"] == "1\n"
    assert (replies[1]["error"]["code"], replies[1]["error"]["field"]) == ("unknown_field", "kode")
    assert replies[2]["error"]["code"] == "invalid_json"
    assert replies[3]["status"] == "error"
    lines = batch(getattr(server, role), b'{"code": "print(1)"}\n\n{"code"\n', NDJSON)
    assert (lines[0]["stdout"], lines[1]["error"]["code"]) == ("1\n", "invalid_json")


def test_batch_of_errors_alone_has_their_lines(server):
    assert {reply["error"]["code"] for reply in batch(server.backend, b"[1, 2, 3]").values()} == {"invalid_json"}


@pytest.mark.parametrize("role", ROLES)
def test_what_is_no_batch_is_refused_as_a_whole(server, role):
    with Client(getattr(server, role)) as client:
        for body, code in ((b"{}", "invalid_json"), (b"[", "invalid_json"), (b"[]", "out_of_range"),
                           (b"[" + b"1," * 1000 + b"1]", "out_of_range")):
            reply = client.post(BATCH, body, JSON)
            assert (reply.status, reply.json()["error"]["code"]) == (400, code)
        assert client.post(BATCH, b"\n \n", NDJSON).status == 400
        assert client.post(BATCH, b"[]", "text/plain").status == 415
        assert client.get(BATCH).status == 405


def test_so_many_programs_may_be_in_it():
    with Playground("backend", environment={"PLAYGROUND_BATCH_ITEMS": "2"}) as server, Client(server.backend) as client:
        assert len(batch(server.backend, b"[1, 2]")) == 2
        error = client.post(BATCH, b"[1, 2, 3]", JSON).json()["error"]
        assert "from 1 to 2 programs, not 3" in error["message"]


@pytest.mark.parametrize("role", ROLES)
def test_lines_come_as_programs_end(server, role):
    with RawConnection(getattr(server, role)) as client:
        send(client, [ENDLESS, {"code": "print('first')"}])
        assert client.read_head().status == 200
        line = json.loads(client.read_chunk())
        assert (line["index"], line["stdout"]) == (1, "first\n")
        wait_running(server, 1)
    wait_running(server, 0)


def test_all_batches_together_take_no_more_than_their_share(server):
    with RawConnection(server.backend) as first, RawConnection(server.ui) as second:
        for client in (first, second):
            send(client, [ENDLESS] * 10)
            client.read_head()
        assert poll(lambda: pool(server)["batch_running"] == 2 and pool(server)["batch_queued"] >= 2, SETTLE_SECONDS)
        for _ in range(20):  # whoever waits for one program is not held up
            with Client(server.backend) as client:
                assert client.evaluate("print(1)")["stdout"] == "1\n"
            now = pool(server)
            assert now["batch_running"] == 2 and now["queued"] == 0
    wait_running(server, 0)


@pytest.mark.parametrize("share, running", [("1", 1), ("25", 1), ("100", 4)])
def test_share_is_the_operators_choice(share, running):
    options = {"PLAYGROUND_MAX_RUNNING": "4", "PLAYGROUND_BATCH_SHARE": share}
    with Playground("backend", environment=options) as server, RawConnection(server.backend) as client:
        send(client, [ENDLESS] * 10)
        client.read_head()
        wait_running(server, running)
        assert pool(server)["batch_running"] == running


def test_batch_gets_on_beside_callers_that_fill_the_pool():
    options = {"PLAYGROUND_MAX_RUNNING": "1", "PLAYGROUND_BATCH_SHARE": "1"}
    with Playground("backend", environment=options) as server, RawConnection(server.backend) as client:
        with RawConnection(server.backend) as holder:
            holder.send(request_bytes("POST", "/py/eval", json.dumps(ENDLESS).encode(), f"Content-Type: {JSON}"))
            wait_running(server, 1)
            waiting = [RawConnection(server.backend) for _ in range(5)]
            for one in waiting:
                one.send(request_bytes("POST", "/py/eval", json.dumps(ENDLESS).encode(), f"Content-Type: {JSON}"))
            assert poll(lambda: pool(server)["queued"] == 5, SETTLE_SECONDS)
            send(client, [{"code": "print('mine')"}])
            client.read_head()
            assert poll(lambda: pool(server)["batch_queued"] == 1, SETTLE_SECONDS)
        assert json.loads(client.read_chunked())["stdout"] == "mine\n"  # before those that came earlier
        for one in waiting:
            one.close()


@pytest.mark.parametrize("role", ROLES)
def test_its_programs_end_when_the_client_leaves(server, role):
    with RawConnection(getattr(server, role)) as client:
        send(client, [ENDLESS] * 20)
        client.read_head()
        wait_running(server, 2)
    wait_running(server, 0)
    wait_idle(server, 2)


@pytest.mark.parametrize("role", ROLES)
def test_client_that_does_not_read_holds_further_programs_back(role):
    count, size = 200, 500_000
    options = {"PLAYGROUND_MAX_RUNNING": "4"}
    with Playground("all", environment=options) as server, RawConnection(getattr(server, role)) as client:
        batch(getattr(server, role), json.dumps([{"code": f"print('x' * {size})"}] * 4).encode())
        before = resident_kb(server)
        send(client, [{"code": f"print('x' * {size}, end='')"}] * count)
        client.read_head()
        assert poll(lambda: _rests(server), SETTLE_SECONDS)
        waiting_kb = resident_kb(server) - before
        lines = [json.loads(line) for line in client.read_chunked().splitlines()]
        assert sorted(line["index"] for line in lines) == list(range(count))
        assert all(len(line["stdout"]) == size for line in lines)
        if not SANITIZED:
            assert waiting_kb < GROWTH_KB, waiting_kb


def _rests(server: Playground) -> bool:
    """No program runs, time after time, though the batch is not at its end."""
    return all(pool(server)["running"] == 0 for _ in range(20))


def test_client_of_http_1_0_reads_to_the_end_of_the_connection(server):
    with RawConnection(server.backend) as client:
        send(client, [{"code": "print(1)"}], version="HTTP/1.0")
        assert "Transfer-Encoding" not in client.read_head().headers
        assert json.loads(client.read(-1))["stdout"] == "1\n"


@pytest.mark.parametrize("role", ROLES)
def test_each_program_counts_against_the_rate(role):
    options = {"PLAYGROUND_RATE_LIMIT": "5/h"}
    with Playground("all", environment=options) as server, Client(getattr(server, role)) as client:
        def ask(count: int):
            return client.post_json(BATCH, [{"code": "pass"}] * count)

        assert ask(6).json()["error"]["code"] == "out_of_range"  # more than there ever are
        first = ask(3)
        assert (first.status, first.headers["RateLimit-Remaining"]) == (200, "2")
        refused = ask(3)
        assert (refused.status, refused.json()["started"]) == (429, False)
        assert 0 < int(refused.headers["Retry-After"]) <= 720
        assert ask(2).status == 200


@pytest.mark.parametrize("role, tokens", [("backend", "PLAYGROUND_TOKENS"), ("ui", "PLAYGROUND_UI_TOKENS")])
def test_batches_are_for_those_who_have_a_token(role, tokens):
    token = "a-token-that-is-long-enough"
    with Playground("all", environment={tokens: token}) as server, Client(getattr(server, role)) as client:
        assert client.post_json(BATCH, [{"code": "pass"}]).status == 401
        assert client.post_json(BATCH, [{"code": "pass"}], bearer(token)).status == 200


def test_drain_lets_a_batch_end_or_says_what_it_has_not_run():
    with Playground("backend", environment={"PLAYGROUND_DRAIN_MS": "300"}) as server:
        with RawConnection(server.backend) as client:
            send(client, [ENDLESS] * 20)
            client.read_head()
            server.send_signal(signal.SIGTERM)
            lines = [json.loads(line) for line in client.read_chunked().splitlines()]
        assert sorted(line["index"] for line in lines) == list(range(20))
        assert {line["error"]["code"] for line in lines} == {"draining"}
        assert server.wait() == 0
