"""Workers that are ready before their zygote has told of them: which of the two the server hears of first is chance."""

from __future__ import annotations

from pathlib import Path

from load import spread
from observe import SETTLE_SECONDS, pool, zygote
from support.client import Client
from support.playground import Playground, poll

LATE = Path(__file__).with_name("late_zygote.py")
POOL_SIZE = 4
CONNECTIONS = 8
EVALUATIONS = 200


def test_a_worker_may_be_ready_before_its_zygote_has_told_of_it():
    def work(client: Client, number: int) -> None:
        assert client.evaluate(f"print({number})")["stdout"] == f"{number}\n"

    with Playground("backend", environment={"PLAYGROUND_PYTHON": str(LATE), "PLAYGROUND_POOL_SIZE": str(POOL_SIZE)}) as server:
        spread(server.backend, EVALUATIONS, 1, work)
        spread(server.backend, EVALUATIONS, CONNECTIONS, work)
        assert poll(lambda: (pool(server)["ready"], pool(server)["warming"]) == (POOL_SIZE, 0), SETTLE_SECONDS), pool(server)
        assert zygote(server)["starts"] == 1
        assert pool(server)["workers_lost"] == 0
