"""What the router's benches read, judge and count; and the worlds that they make, without a server."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import command  # noqa: E402
import router_failures  # noqa: E402
from report import Cell  # noqa: E402
from router import cluster, comparison, decoys, outcomes, proxies  # noqa: E402
from router.load import is_long, judge_reply  # noqa: E402
from router.outcomes import Record  # noqa: E402
from router.reply_reader import BadReply, Reply, ReplyReader  # noqa: E402
from router.scenarios import SCENARIOS  # noqa: E402
from test_bench import GOOD  # noqa: E402

CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n"
SIZED = b"HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\nX-Playground-Backend: a\r\n\r\nbody"

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="namespaces need root")


# Replies


@pytest.mark.parametrize("raw, status, body", [(CHUNKED, 200, b"abcde"), (SIZED, 404, b"body")])
def test_replies_are_read_however_they_are_cut(raw, status, body):
    for cut in range(1, len(raw)):
        reader = ReplyReader()
        assert reader.feed(raw[:cut]) is None
        assert reader.begun
        reply = reader.feed(raw[cut:])
        assert (reply.status, reply.body) == (status, body)
        assert not reader.begun


def test_replies_follow_each_other():
    reader = ReplyReader()
    assert [reader.feed(raw).status for raw in (SIZED, CHUNKED, SIZED)] == [404, 200, 404]


@pytest.mark.parametrize("raw", [
    b"\x00\x01 garbage\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n",
])
def test_what_is_no_reply_is_refused(raw):
    with pytest.raises(BadReply):
        ReplyReader().feed(raw)


@pytest.mark.parametrize("status, body, kind", [
    (200, b'{"status": "ok", "stdout": "7\\n"}', "ok"),
    (200, b'{"status": "ok", "stdout": "8\\n"}', "wrong output"),
    (200, b'{"status": "timeout", "stdout": ""}', "program timeout"),
    (200, b"{}", "wrong output"),
    (200, b"no JSON", "wrong output"),
    (502, b"{}", "status 502"),
])
def test_a_reply_is_good_only_with_its_own_output(status, body, kind):
    assert judge_reply(Reply(status, {}, body), 7) == kind


def test_long_programs():
    assert [number for number in range(10) if is_long(number, 4)] == [3, 7]
    assert not is_long(3, 0)


# Judging


def record(due, seconds, kind="ok", backend="a", **more):
    return Record(due, due + seconds, kind, backend, **more)


def test_records_survive_the_file():
    one = record(1.0, 2.0, "status 502", long=True, detail="why")
    assert Record(*json.loads(json.dumps(one.as_row()))) == one


def test_phases_part_at_what_the_fault_touched():
    records = [record(0, 1), record(9, 2, "broken"), record(10, 1, long=True), record(19, 5), record(20, 1)]
    phases = outcomes.phases(records, broken=10, mended=20)
    assert {name: one.requests for name, one in phases.items()} == {"all": 5, "before": 1, "during": 3, "after": 1}
    assert phases["during"].failures == {"broken": 1}
    # The long program is left out of the latencies.
    assert (phases["during"].p50_ms, phases["during"].p99_ms, phases["during"].max_ms) == (2000, 5000, 5000)


def test_percentiles_are_of_the_nearest_rank():
    assert outcomes.percentile(range(1, 101), 99) == 99
    assert outcomes.percentile(range(1, 101), 100) == 100
    assert outcomes.percentile([5.0], 50) == 5.0
    assert outcomes.percentile([], 99) is None


def test_only_a_lost_machine_excuses_and_only_what_comes_in_time():
    records = [record(0, 1, "status 502"), record(0, 1, "status 504"), record(0, 9, "status 504", detail="late one"),
               record(0, 1, "status 503"), record(0, 1)]
    assert outcomes.judge(records, True, 5.0) == outcomes.Judgement(
        {"status 502": 1, "status 504": 1}, {"status 504, late": 1, "status 503": 1}, "late one")
    assert outcomes.judge(records, False, 5.0).lost == {}
    assert outcomes.judge([record(0, 99)], False, 5.0) == outcomes.Judgement({}, {})


def test_alternation_and_shares():
    assert outcomes.longest_run("ababab") == 1
    assert outcomes.longest_run("abbbaa") == 3
    assert outcomes.longest_run("") == 0
    assert outcomes.shares([record(0, 1), record(0, 1, backend="b"), record(0, 1, "broken")]) == {"a": 1, "b": 1}


def test_back_after_is_the_first_good_reply():
    records = [record(0, 1), record(5, 1, "status 502"), record(5, 1, backend="b"), record(5, 2), record(6, 3)]
    assert outcomes.back_after(records, "a", 5) == 2
    assert outcomes.back_after(records, "c", 5) is None


def test_a_failed_scenario_is_told_apart_from_a_skipped_one():
    scenario = SCENARIOS[1]
    bad = router_failures.weigh(scenario, [record(0, 1, "broken", detail="x")], 0, 2)
    assert bad.failed
    assert "1 × broken" in router_failures.cells(bad)
    assert not router_failures.weigh(scenario, [record(0, 1, "status 502")], 0, 2).failed
    skipped = router_failures.Row(scenario, skipped="why")
    assert not skipped.failed
    assert "skipped: why" in router_failures.cells(skipped)
    assert len(router_failures.cells(skipped)) == len(router_failures.cells(bad)) == len(router_failures.COLUMNS)


def test_evaluations_are_summed_over_their_statuses():
    metrics = ('# HELP playground_evaluations_total x\nplayground_evaluations_total{status="ok"} 3\n'
               'playground_evaluations_total{status="error"} 4\nplayground_evaluations_total_other 9\n')
    assert cluster.count_evaluations(metrics) == 7
    assert cluster.count_evaluations("") == 0


# Decoys


@pytest.mark.parametrize("behaviour, path, starts", [
    (decoys.unavailable, b"/py/eval", b"HTTP/1.1 503 "),
    (decoys.unavailable, b"/readyz", b"HTTP/1.1 503 "),
    (decoys.garbage, b"/py/eval", b"\x00\x01\x02"),
    (decoys.trickle, b"/readyz", b"H"),
    (decoys.but_ready(decoys.unavailable), b"/readyz", b"HTTP/1.1 200 "),
    (decoys.but_ready(decoys.unavailable), b"/py/eval", b"HTTP/1.1 503 "),
])
def test_decoys_answer_as_they_should(behaviour, path, starts):
    verb = b"GET" if path == b"/readyz" else b"POST"
    ours, theirs = socket.socketpair()
    stop = threading.Event()
    with ours, theirs:
        thread = threading.Thread(target=behaviour, args=(theirs, stop))
        thread.start()
        ours.sendall(verb + b" " + path + b" HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc")
        assert ours.recv(len(starts), socket.MSG_WAITALL) == starts
        stop.set()
        ours.shutdown(socket.SHUT_RDWR)
        thread.join()


def test_a_reset_is_one():
    with socket.create_server(("127.0.0.1", 0)) as listener, socket.create_connection(listener.getsockname()) as ours:
        theirs, _ = listener.accept()
        decoys.resets(theirs, threading.Event())
        theirs.close()
        with pytest.raises(ConnectionResetError):
            ours.recv(1)


# Proxies


def test_constant_reply_has_its_size_and_survives_nginx_quoting():
    assert len(proxies.reply()) == proxies.REPLY_BYTES
    quoted = proxies.constant_server().split("return 200 '")[2].split("'")[0]
    assert quoted.replace("\\\\", "\\") == proxies.reply()


def test_difference_is_of_neighbours():
    ours, other = Cell("constant", 1, "ui", proxies.OURS), Cell("constant", 1, "direct", proxies.DIRECT)
    for factor in (1, 10, 2):
        ours.runs.append(wrk_run(100 * factor, 1.0 + 0.05))
        other.runs.append(wrk_run(50 * factor, 1.0))
    compared = comparison.against(ours, other)
    assert compared["rate"] == 2
    assert compared["p50_ms"] == pytest.approx(-0.05)
    assert comparison.added_us([ours, other]) == pytest.approx(50)
    assert comparison.added_us([ours]) is None


def wrk_run(requests, p50_ms):
    return type(GOOD)(**{**GOOD.__dict__, "requests": requests, "p50_ms": p50_ms})


def test_numbers_of_the_command_line_have_a_range():
    assert command.within(1, 5)("5") == 5
    for text in ("0", "6", "x", "-1"):
        with pytest.raises(command.argparse.ArgumentTypeError, match="from 1 to 5"):
            command.within(1, 5)(text)


# Worlds

ISOLATED = """
import sys
sys.path.insert(0, {here!r})
import router
from router.isolation import run_isolated
from router.network import Network
import socket, subprocess

def work():
    network = Network()
    a, b = network.join("a"), network.join("b")
    {body}

sys.exit(run_isolated(work))
"""

ROUTES = """
    import errno
    c = network.join("c")
    b.answer_for(a)
    def reach(expected, seconds=60):
        with c.inside(), socket.socket() as client:
            client.settimeout(seconds)
            seen = client.connect_ex((a.address, 7000))
            assert seen == expected, (seen, expected)
    with a.inside():
        listener = socket.create_server((a.address, 7000))
    reach(0)
    network.divert(a, b)
    reach(errno.ECONNREFUSED)
    network.restore(a)
    reach(0)
    network.black_hole(a)
    reach(errno.EAGAIN, 0.1)
    network.restore(a)
    reach(0)
    return 42
"""

HANGS = """
    import signal
    child = subprocess.Popen(["sleep", "1000"])
    print("up", flush=True)
    signal.pause()
"""


def isolated(body):
    return [sys.executable, "-c", ISOLATED.format(here=str(HERE), body=body.strip())]


@needs_root
def test_routes_go_wrong_and_are_mended():
    ended = subprocess.run(isolated(ROUTES), capture_output=True, text=True, timeout=60)
    assert ended.returncode == 42, ended.stderr


@needs_root
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_world_goes_with_its_front(number):
    with subprocess.Popen(isolated(HANGS), stdout=subprocess.PIPE) as front:
        assert front.stdout.readline() == b"up\n"
        front.send_signal(number)
        # The end of the pipe: nobody who holds it, pid 1 inside and `sleep` among them, is alive.
        assert front.stdout.read() == b""
        assert front.wait(60) == (-9 if number == signal.SIGKILL else 128 + number)
