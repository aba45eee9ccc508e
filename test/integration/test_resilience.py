"""The server under attack and for long: every request is answered, and nothing piles up."""

import itertools
import os
import random
import signal
import threading
import time
from pathlib import Path

import pytest

from load import in_background, spread
from observe import (SANITIZED, descriptors, first_processes, interpreters, pool, resident_kb, scratch_entries,
                     settled_scratch, wait_idle, wait_running, workers, zombies, zygote)
from support.client import Client, evaluate
from support.playground import Playground, poll

CONNECTIONS = 8
POOL_SIZE = 8

ATTACKED_REQUESTS = 5000
KILL_SECONDS = 0.05  # the attack's rate

LONG = os.environ.get("PLAYGROUND_LONG") == "1"
EVALUATIONS = 20_000 if LONG else 3000
WARM_UP = 500
GROWTH_KB = 4096

LARGE_OUTPUT = 1 << 19  # bytes
LARGE_INPUT = 1 << 22


@pytest.fixture
def server(scratch_dir: Path):
    environment = {"PLAYGROUND_POOL_SIZE": str(POOL_SIZE), "PLAYGROUND_SCRATCH_DIR": str(scratch_dir)}
    with Playground("backend", environment=environment) as started:
        yield started


def kill_process(pid: int) -> bool:
    """SIGKILL; whether there was such a process."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


class Attack:
    """Kills a worker, ready or running, about every KILL_SECONDS."""

    def __init__(self, server: Playground) -> None:
        self._server = server
        self._random = random.Random(1)
        self.kills = 0

    def run(self, stop: threading.Event) -> None:
        while not stop.wait(KILL_SECONDS):
            victims = workers(self._server)
            if victims and kill_process(self._random.choice(victims).pid):
                self.kills += 1


def kill_zygote(server: Playground) -> None:
    """Kills the present zygote, waiting for one if there is none."""
    killed = poll(lambda: (pid := zygote(server)["pid"]) != 0 and kill_process(pid), 20)
    assert killed, zygote(server)


def test_every_request_is_answered_while_workers_and_zygotes_are_killed(server, scratch_dir, capsys):
    attack = Attack(server)
    ended: list[dict] = []  # list.append is atomic
    zygote_dies_at = {ATTACKED_REQUESTS // 3, 2 * ATTACKED_REQUESTS // 3}

    def work(client: Client, number: int) -> None:
        if number in zygote_dies_at:
            kill_zygote(server)
        # Most are over in no time; some stay long enough to be hit while they run.
        pause = "import time\ntime.sleep(0.02)\n" if number % 4 == 0 else ""
        reply = client.evaluate(f"{pause}print({number} * 7)")
        if reply["status"] == "ok":
            assert (reply["stdout"], reply["stderr"], reply["exit_code"]) == (f"{number * 7}\n", "", 0)
        else:
            assert (reply["status"], reply["signal"]) == ("signal", "SIGKILL"), reply
            assert reply["stdout"] in ("", f"{number * 7}\n"), reply
            ended.append(reply)

    with in_background(attack.run):
        spread(server.backend, ATTACKED_REQUESTS, CONNECTIONS, work)
    attacked_until = time.monotonic()
    wait_idle(server, POOL_SIZE)
    seconds = time.monotonic() - attacked_until

    with capsys.disabled():
        print(f"\n{attack.kills} workers and 2 zygotes killed, {len(ended)} programs with them; "
              f"whole again after {seconds * 1000:.0f} ms; {pool(server)}")
    assert attack.kills > 0
    assert len(ended) <= attack.kills
    assert zygote(server)["starts"] >= 3
    assert poll(lambda: zombies(server) == [], 10), zombies(server)
    assert poll(lambda: scratch_entries(scratch_dir) == settled_scratch(server, POOL_SIZE), 10), scratch_entries(scratch_dir)
    assert evaluate(server.backend, "print('whole')")["stdout"] == "whole\n"


def test_running_program_survives_its_zygote(server):
    replies: list[dict] = []
    code = "import time\ntime.sleep(2)\nprint('end')"
    with in_background(lambda _: replies.append(evaluate(server.backend, code))):
        wait_running(server, 1)
        kill_zygote(server)
    assert [(reply["status"], reply["stdout"]) for reply in replies] == [("ok", "end\n")]
    wait_idle(server, POOL_SIZE)
    assert zygote(server)["starts"] == 2


def test_renewal_under_load_loses_no_request(server):
    def work(stop: threading.Event) -> None:
        with Client(server.backend) as client:
            for number in itertools.count():
                if stop.is_set():
                    return
                reply = client.evaluate(f"print({number})")
                assert (reply["status"], reply["stdout"]) == ("ok", f"{number}\n")

    with in_background(work, CONNECTIONS):
        for _ in range(3):
            before = zygote(server)
            server.send_signal(signal.SIGHUP)
            assert poll(lambda: zygote(server)["generation"] > before["generation"], 20), zygote(server)
            assert zygote(server)["pid"] not in (0, before["pid"])
    wait_idle(server, POOL_SIZE)
    assert zygote(server)["generation"] == 4
    assert poll(lambda: zombies(server) == [], 10), zombies(server)


def mounts() -> int:
    """File systems mounted where the server is."""
    return len(Path("/proc/self/mountinfo").read_text().splitlines())


@pytest.mark.skipif(SANITIZED, reason="a sanitizer keeps what was freed")
def test_memory_of_large_requests_and_replies_goes_back(server):
    def small(client: Client, _number: int) -> None:
        assert client.evaluate("print(1)")["stdout"] == "1\n"

    def large(client: Client, _number: int) -> None:
        outcome = client.evaluate(f"print('x' * {LARGE_OUTPUT})", stdin="y" * LARGE_INPUT)
        assert outcome["stdout"] == "x" * LARGE_OUTPUT + "\n"

    spread(server.backend, WARM_UP, CONNECTIONS, small)
    before_kb = resident_kb(server)
    spread(server.backend, 4 * CONNECTIONS, CONNECTIONS, large)
    spread(server.backend, CONNECTIONS, CONNECTIONS, small)
    assert poll(lambda: resident_kb(server) - before_kb < GROWTH_KB, 10), (before_kb, resident_kb(server))


def test_nothing_piles_up_over_many_evaluations(server, scratch_dir, capsys):
    programs = itertools.cycle([
        "print('x' * 1000)",
        "raise ValueError",
        "open('left', 'w').write('x' * 10_000)",
        "import os\nos.abort()",
        "import sys\nprint(len(sys.stdin.read()))",
    ])

    def work(client: Client, _number: int) -> None:
        client.evaluate(next(programs), stdin="y" * 1000)

    def counts() -> dict[str, int]:
        """What there may be no more of after than before, once the server is at rest."""
        wait_idle(server, POOL_SIZE)
        return {"descriptors": len(descriptors(server)), "children": len(interpreters(server)),
                "first": len(first_processes(server)), "mounts": mounts(),
                "zombies": len(zombies(server)), "scratch": scratch_entries(scratch_dir)}

    spread(server.backend, WARM_UP, CONNECTIONS, work)
    expected = {"children": POOL_SIZE + 1, "zombies": 0, "scratch": settled_scratch(server, POOL_SIZE)}
    assert poll(lambda: counts().items() >= expected.items(), 10), counts()
    before, before_kb = counts(), resident_kb(server)

    def more_than_before() -> dict[str, int]:
        """Not what differs: a connection that was just closed may still have been counted before."""
        return {name: count for name, count in counts().items() if count > before[name]}

    spread(server.backend, EVALUATIONS - WARM_UP, CONNECTIONS, work)
    assert poll(lambda: not more_than_before(), 10), (more_than_before(), before, descriptors(server))
    assert poll(lambda: counts().items() >= expected.items(), 10), counts()
    grown_kb = resident_kb(server) - before_kb
    with capsys.disabled():
        print(f"\n{EVALUATIONS} evaluations: {before}; memory {before_kb} KB, grown by {grown_kb} KB")
    if not SANITIZED:  # a sanitizer keeps what was freed
        assert grown_kb <= GROWTH_KB
