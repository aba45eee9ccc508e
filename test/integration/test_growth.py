"""The pool above PLAYGROUND_POOL_SIZE: in a burst of programs, and after it."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterator

import pytest

import exposition
from observe import SETTLE_SECONDS, metrics, pool, wait_idle, wait_running, zygote
from raw_http import RawConnection, evaluation_bytes
from support.client import evaluate
from support.playground import Playground, poll

POOL_SIZE, POOL_MAX, BURST = 2, 12, 20
SLEEPER = "import time; time.sleep(600)"


@pytest.fixture
def server() -> Iterator[Playground]:
    options = {"POOL_SIZE": POOL_SIZE, "POOL_MAX": POOL_MAX, "MAX_RUNNING": BURST}
    with Playground("backend", environment={f"PLAYGROUND_{name}": str(value) for name, value in options.items()}) as started:
        wait_idle(started, POOL_SIZE)
        yield started


def metric(server: Playground, name: str) -> float:
    return exposition.value(metrics(server), name)


def burst(server: Playground, clients: contextlib.ExitStack) -> None:
    """Sends BURST programs that end when their clients leave."""
    for _ in range(BURST):
        clients.enter_context(RawConnection(server.backend)).send(evaluation_bytes(SLEEPER))


def test_a_burst_runs_at_once_and_leaves_the_pool_as_it_was(server):
    with contextlib.ExitStack() as clients:
        burst(server, clients)
        wait_running(server, BURST)
        now = pool(server)
        assert now["ready"] + now["warming"] <= POOL_MAX
    wait_idle(server, POOL_SIZE)
    assert metric(server, "playground_pool_ready") == POOL_SIZE
    assert metric(server, "playground_workers_lost_total") == 0
    assert evaluate(server.backend, "print(1)")["stdout"] == "1\n"


def test_workers_that_nobody_waits_for_any_more_are_given_back(server):
    """They are made once the zygote, which is held up meanwhile, goes on: then their clients have left."""
    maker = zygote(server)["pid"]
    os.kill(maker, signal.SIGSTOP)
    try:
        with contextlib.ExitStack() as clients:
            burst(server, clients)
            assert poll(lambda: pool(server)["warming"] == POOL_MAX, SETTLE_SECONDS), pool(server)
        assert poll(lambda: (pool(server)["running"], pool(server)["queued"]) == (0, 0), SETTLE_SECONDS), pool(server)
    finally:
        os.kill(maker, signal.SIGCONT)
    wait_idle(server, POOL_SIZE)
    assert metric(server, "playground_pool_ready") == POOL_SIZE
    assert metric(server, "playground_workers_given_back_total") == POOL_MAX - POOL_SIZE
    assert evaluate(server.backend, "print(1)")["stdout"] == "1\n"
