"""Output as it is printed (Accept: application/x-ndjson): line by line, whole, no faster than the client takes it."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator

import pytest

from access import access_lines
from observe import SANITIZED, SETTLE_SECONDS, pool, resident_kb, state, wait_idle, wait_running, workers, zygote
from raw_http import RawConnection, evaluation_bytes
from support.client import EVAL_PATH, PYTHON_PATH, Client
from support.playground import Playground, poll

NDJSON = "application/x-ndjson"
WAYS = [("backend", EVAL_PATH), ("ui", PYTHON_PATH)]
ENDLESS = "import time\nprint('begun')\ntime.sleep(600)"

# A server that passes on what is many times as large may grow by what one stream holds on the way: pieces of both pipes,
# and what waits for the client, in each of the two roles.
GROWTH_KB = 8192


def begin(client: RawConnection, code: str, path: str = EVAL_PATH, version: str = "HTTP/1.1", **fields: object) -> None:
    """Asks for a stream."""
    client.send(evaluation_bytes(code, f"Accept: {NDJSON}", path=path, version=version, **fields))


def lines_of(body: bytes) -> list[dict]:
    """What each of the lines says. Raises ValueError where one is not whole."""
    assert body.endswith(b"\n")
    return [json.loads(line) for line in body.splitlines()]


def next_lines(client: RawConnection) -> Iterator[dict]:
    """Line by line, as they come."""
    held = b""
    while part := client.read_chunk():
        *whole, held = (held + part).split(b"\n")
        yield from map(json.loads, whole)
    assert held == b""


def stream(address: str, code: str, path: str = EVAL_PATH, **fields: object) -> list[dict]:
    """The lines of a program's stream."""
    with RawConnection(address) as client:
        begin(client, code, path, **fields)
        reply = client.read_reply()
    assert (reply.status, reply.headers["Content-Type"]) == (200, NDJSON)
    return lines_of(reply.body)


def text_of(lines: list[dict], name: str = "stdout") -> str:
    return "".join(line.get(name, "") for line in lines)


@pytest.fixture(scope="module")
def server() -> Iterator[Playground]:
    with Playground("all", environment={"PLAYGROUND_POOL_SIZE": "2"}) as started:
        yield started


@pytest.mark.parametrize("role, path", WAYS)
def test_each_line_comes_while_the_program_runs(server, role, path):
    code = "import sys, time\nprint('one')\nprint('two', file=sys.stderr)\ntime.sleep(600)"
    with RawConnection(getattr(server, role)) as client:
        begin(client, code, path)
        assert client.read_head().headers["Content-Type"] == NDJSON
        seen = next_lines(client)
        assert [next(seen), next(seen)] == [{"stdout": "one\n"}, {"stderr": "two\n"}]
        wait_running(server, 1)
    wait_running(server, 0)


@pytest.mark.parametrize("role, path", WAYS)
def test_head_comes_when_the_program_starts(server, role, path):
    with RawConnection(getattr(server, role)) as client:
        begin(client, "import time; time.sleep(600)", path)
        assert client.read_head().status == 200
        wait_running(server, 1)
    wait_running(server, 0)


@pytest.mark.parametrize("role, path", WAYS)
def test_last_line_is_the_reply_without_its_outputs(server, role, path):
    code = "import sys\nprint('out')\nprint('err', file=sys.stderr)\nsys.exit(3)"
    lines = stream(getattr(server, role), code, path)
    with Client(server.backend) as client:
        whole = client.evaluate(code)
    assert (text_of(lines), text_of(lines, "stderr")) == ("out\n", "err\n")
    last = lines[-1]
    assert set(last) == set(whole) - {"stdout", "stderr"}
    varying = {"duration_ms", "cpu_ms", "memory_kb"}
    assert {key: last[key] for key in set(last) - varying} == {key: whole[key] for key in set(last) - varying}


def test_outputs_put_together_are_those_of_a_reply_that_comes_whole(server):
    code = ("import sys, random\nr = random.Random(7)\nraw = sys.stdout.buffer\n"
            "data = 'aé€🐍'.encode() * 3000 + r.randbytes(3000)\n"
            "while data:\n  n = r.randrange(1, 40)\n  raw.write(data[:n]); raw.flush(); data = data[n:]")
    with Client(server.backend) as client:
        whole = client.evaluate(code)
    for role, path in WAYS:
        assert text_of(stream(getattr(server, role), code, path)) == whole["stdout"]


def test_program_that_prints_nothing_has_one_line(server):
    assert [line["status"] for line in stream(server.backend, "pass")] == ["ok"]


def test_what_is_printed_without_a_lines_end_comes_when_it_is_flushed(server):
    with RawConnection(server.backend) as client:
        begin(client, "import time\nprint('a', end='', flush=True)\nprint('b', end='')\ntime.sleep(600)")
        client.read_head()
        assert next(next_lines(client)) == {"stdout": "a"}


def test_environment_and_buffer_of_the_program_are_as_ever(server):
    code = "import os, sys\nprint(sorted(os.environ), sys.stdout.encoding, sys.stdout.errors, sys.stderr.line_buffering)"
    with Client(server.backend) as client:
        assert text_of(stream(server.backend, code)) == client.evaluate(code)["stdout"]


@pytest.mark.parametrize("accept, streams", [
    (NDJSON, True), (f"{NDJSON}, */*;q=0.1", True), (f"application/json;q=0.5, {NDJSON}", True),
    ("*/*", False), ("application/json", False), (f"{NDJSON};q=0.5, application/json", False), ("text/event-stream", False),
])
def test_client_says_which_form_it_takes(server, accept, streams):
    with Client(server.backend) as client:
        reply = client.post_json(EVAL_PATH, {"code": "print(1)"}, {"Accept": accept})
        assert reply.status == 200
        assert (reply.headers["Content-Type"] == NDJSON) == streams


@pytest.mark.parametrize("role, path", WAYS)
def test_what_is_refused_before_the_start_is_an_error_as_ever(server, role, path):
    with Client(getattr(server, role)) as client:
        for value, code in (({"code": 1}, "wrong_type"), ({}, "missing_field")):
            reply = client.post_json(path, value, {"Accept": NDJSON})
            assert (reply.status, reply.headers["Content-Type"]) == (400, "application/json")
            assert reply.json()["error"]["code"] == code


def test_stream_that_finds_the_queue_full_is_a_503():
    few = {"PLAYGROUND_MAX_RUNNING": "1", "PLAYGROUND_QUEUE_SIZE": "0"}
    with Playground("backend", environment=few) as server, RawConnection(server.backend) as first:
        begin(first, ENDLESS)
        first.read_head()
        with Client(server.backend) as second:
            reply = second.post_json(EVAL_PATH, {"code": "pass"}, {"Accept": NDJSON})
        assert (reply.status, reply.json()["started"]) == (503, False)


@pytest.mark.parametrize("role, path", WAYS)
@pytest.mark.parametrize("loops", ["1", "4"])
def test_slow_client_slows_the_program_and_little_is_held(role, path, loops):
    total = 40_000_000
    code = f"line = 'x' * 999\nfor _ in range({total // 1000}): print(line)"
    options = {"PLAYGROUND_STREAM_MB": "64", "PLAYGROUND_LOOPS": loops}
    with Playground("all", environment=options) as server, RawConnection(getattr(server, role)) as client:
        stream(getattr(server, role), "print(1)", path)
        before = resident_kb(server)
        begin(client, code, path, timeout_ms=10_000)
        assert client.read_head().status == 200
        wait_running(server, 1)
        assert poll(lambda: _blocked_in_write(server), SETTLE_SECONDS)
        waiting_kb = resident_kb(server) - before
        lines = lines_of(client.read_chunked())
        grown_kb = resident_kb(server) - before
        assert lines[-1]["status"] == "ok"
        assert len(text_of(lines)) == total
        if not SANITIZED:
            assert max(waiting_kb, grown_kb) < GROWTH_KB, (waiting_kb, grown_kb)


def _blocked_in_write(server: Playground) -> bool:
    """A worker waits in a write to a pipe that is full."""
    for worker in workers(server):
        try:
            with open(f"/proc/{worker.pid}/wchan") as file:
                if "pipe_w" in file.read():
                    return True
        except FileNotFoundError:
            pass
    return False


@pytest.mark.parametrize("role, path", WAYS)
@pytest.mark.parametrize("loops", ["1", "4"])
def test_program_ends_when_its_client_leaves(role, path, loops):
    with Playground("all", environment={"PLAYGROUND_LOOPS": loops, "PLAYGROUND_POOL_SIZE": "2"}) as server:
        for code in (ENDLESS, "while True: print('x' * 1000)"):
            with RawConnection(getattr(server, role)) as client:
                begin(client, code, path)
                client.read_head()
                client.read_chunk()
                wait_running(server, 1)
            wait_running(server, 0)
        wait_idle(server, 2)


def test_program_that_waits_for_its_client_ends_in_time_and_tells_so(server):
    with RawConnection(server.backend) as client:
        begin(client, "while True: print('x' * 1000)", timeout_ms=300)
        client.read_head()
        assert poll(lambda: pool(server)["running"] == 0, SETTLE_SECONDS)
        last = lines_of(client.read_chunked())[-1]
    assert (last["status"], last["limit"]) == ("timeout", "wall")


@pytest.mark.parametrize("name", ["stdout", "stderr"])
def test_stream_has_a_limit_of_its_own(name):
    limits = {"PLAYGROUND_STREAM_MB": "2", "PLAYGROUND_OUTPUT_KB": "1"}
    with Playground("backend", environment=limits) as server:
        lines = stream(server.backend, f"import sys\nwhile True: print('x' * 99, file=sys.{name})")
        last = lines[-1]
        assert (last["status"], last["limit"]) == ("output", "output")
        assert last["truncated"] == {key: key == name for key in ("stdout", "stderr")}
        assert len(text_of(lines, name)) == 2 * 1024 * 1024


def test_client_of_http_1_0_reads_to_the_end_of_the_connection(server):
    for role, path in WAYS:
        with RawConnection(getattr(server, role)) as client:
            begin(client, "print('old')", path, version="HTTP/1.0")
            head = client.read_head()
            assert "Transfer-Encoding" not in head.headers
            lines = lines_of(client.read(-1))
        assert (text_of(lines), lines[-1]["status"]) == ("old\n", "ok")


def test_worker_that_is_lost_mid_stream_is_told_by_its_signal(server):
    with RawConnection(server.backend) as client:
        begin(client, "import os, time\nprint('begun')\ntime.sleep(600)")
        client.read_head()
        seen = next_lines(client)
        assert next(seen) == {"stdout": "begun\n"}
        wait_running(server, 1)
        for worker in workers(server):
            os.kill(worker.pid, signal.SIGKILL)
        last = list(seen)[-1]
    assert (last["status"], last["signal"]) == ("signal", "SIGKILL")


def test_stream_outlives_its_zygote():
    """Or ends with its signal, where the program goes with it."""
    code = "import time\nprint('begun')\nfor _ in range(30): time.sleep(0.1)"
    with Playground("backend") as server, RawConnection(server.backend) as client:
        begin(client, code)
        client.read_head()
        seen = next_lines(client)
        assert next(seen) == {"stdout": "begun\n"}
        os.kill(zygote(server)["pid"], signal.SIGKILL)
        last = list(seen)[-1]
        assert last["status"] in ("ok", "signal")


def test_stream_that_the_drain_cuts_off_says_so():
    with Playground("all", environment={"PLAYGROUND_DRAIN_MS": "300"}) as server:
        with RawConnection(server.backend) as client:
            begin(client, ENDLESS)
            client.read_head()
            seen = next_lines(client)
            assert next(seen) == {"stdout": "begun\n"}
            server.send_signal(signal.SIGTERM)
            assert next(seen)["error"]["code"] == "draining"
            assert list(seen) == []
            assert client.at_end()
        assert server.wait() == 0


def test_stream_that_ends_in_time_is_not_cut_by_the_drain():
    with Playground("all") as server, RawConnection(server.ui) as client:
        begin(client, "import time\nprint('begun')\ntime.sleep(0.5)\nprint('done')", PYTHON_PATH)
        client.read_head()
        seen = next_lines(client)
        assert next(seen) == {"stdout": "begun\n"}
        server.send_signal(signal.SIGTERM)
        assert [line.get("stdout", line.get("status")) for line in seen] == ["done\n", "ok"]
        assert server.wait() == 0


def test_streams_are_counted_and_logged():
    with Playground("backend", environment={"PLAYGROUND_ACCESS_LOG": "all"}) as server:
        stream(server.backend, "print('x' * 100_000)")
        [line] = access_lines(server, path=EVAL_PATH)
        assert (line["status"], line["run"], line["ended"]) == (200, "ok", "complete")
        assert line["bytes"] > 100_000 and line["queue_ms"] >= 0
        with Client(server.admin) as client:
            metrics = client.get("/metrics").text()
        assert 'playground_evaluations_total{status="ok"} 1' in metrics


def test_requests_behind_a_stream_are_answered_after_it(server):
    with RawConnection(server.backend) as client:
        begin(client, "print(1)")
        begin(client, "print(2)")
        assert [text_of(lines_of(client.read_reply().body)) for _ in range(2)] == ["1\n", "2\n"]
        assert state(server)["backend"]["pool"]["running"] == 0
