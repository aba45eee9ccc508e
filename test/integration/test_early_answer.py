"""An answer may come while the kernel still takes the program's process apart: nothing else may come of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from observe import SETTLE_SECONDS, pool, wait_idle
from support.client import Client
from support.playground import Playground, poll

POOL_SIZE = 2

# What a worker does at the end of a program (pool/protocol.h, kEndedName), done by the program.
CLAIM = """
import ctypes, os, sys, time
print('x', flush=True)
ctypes.CDLL(None).prctl(15, b'ended: status 0', 0, 0, 0)
os.close(2)
os.close(1)
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Playground]:
    with Playground("backend", environment={"PLAYGROUND_POOL_SIZE": str(POOL_SIZE)}) as started:
        yield started


def test_one_that_only_says_it_is_over_is_ended(server, client):
    reply = client.evaluate(CLAIM + "time.sleep(600)")
    assert (reply["status"], reply["exit_code"], reply["signal"], reply["stdout"]) == ("ok", 0, None, "x\n")
    assert poll(lambda: pool(server)["running"] == 0, SETTLE_SECONDS), pool(server)
    wait_idle(server, POOL_SIZE)


@pytest.mark.parametrize("rest", ["time.sleep(0.05); os._exit(3)", "os._exit(3)", "1 / 0"])
def test_a_closed_stdout_alone_is_no_end(client, rest):
    reply = client.evaluate(f"import os, time\nprint('x', flush=True)\nos.close(1)\n{rest}")
    assert (reply["status"], reply["exit_code"], reply["stdout"]) == ("error", 3 if "_exit" in rest else 1, "x\n")


def test_a_name_alone_is_no_end(client):
    code = CLAIM.replace("os.close", "id") + "time.sleep(0.05); print('y'); sys.exit(3)"
    reply = client.evaluate(code)
    assert (reply["status"], reply["exit_code"], reply["stdout"]) == ("error", 3, "x\ny\n")


def test_what_it_used_is_told_all_the_same(client):
    idle = client.evaluate("print('x')")
    busy = client.evaluate("import time\nheld = b'x' * 50_000_000\nwhile time.process_time() < 0.1: pass")
    del idle["stdout"], busy["stdout"]
    assert idle["status"] == busy["status"] == "ok"
    assert busy["memory_kb"] - idle["memory_kb"] > 40_000
    assert busy["cpu_ms"] > idle["cpu_ms"] > 0


def test_files_come_from_a_program_that_has_ended(client):
    reply = client.evaluate("open('out.txt', 'w').write('x' * 100_000)", files_out=["out.txt"])
    assert reply["status"] == "ok" and [file["path"] for file in reply["files"]] == ["out.txt"]


def test_nothing_is_left_of_many(server, client):
    for _ in range(200):
        assert client.evaluate("print('x')")["stdout"] == "x\n"
    wait_idle(server, POOL_SIZE)


def test_refused_calls_are_told_though_too_much_was_printed():
    """Both are found out in the same look at a program that has just ended."""
    code = "import os\ntry: os.fork()\nexcept OSError: pass\nprint('x' * 3000)"
    with Playground("backend", environment={"PLAYGROUND_OUTPUT_KB": "1"}) as small, Client(small.backend) as client:
        replies = [client.evaluate(code) for _ in range(20)]  # a program that takes longer is looked at before it ends
    assert {(reply["status"], reply["limit"], *reply["denied"]) for reply in replies} == {("output", "output", "clone")}
