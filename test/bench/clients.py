"""What clients cost that do hardly anything: slow ones beside good ones, more than may be open, and idle ones.

    /usr/bin/python3 test/bench/clients.py [--binary build/release/playground] [--rounds 3] [--seconds 20] [--write-docs]

Nothing is asserted. Exit code: 0, 1 when a server or a load failed, 2 for a wrong command.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import command  # noqa: E402
import wrk  # noqa: E402
from many_clients import IdleClients, SilentClients, SlowClients  # noqa: E402
from report import table  # noqa: E402
from sample import Sample  # noqa: E402
from support.client import EVAL_PATH, Client  # noqa: E402
from support.playground import Playground, poll  # noqa: E402

SLOW, GOOD, FILES, TOO_MANY, IDLE = 1000, 32, 256, 1000, 10_000
EVALUATIONS = 300  # for a median
CAP_SECONDS = 5.0
SETTLE_SECONDS = 30.0
CODE, STDOUT = "print('hello')", "hello\n"
GET = b"GET /healthz HTTP/1.1\r\nHost: h\r\nUser-Agent: idle\r\nAccept: */*\r\n\r\n"
# One ends in its head's time, the other in its body's.
SLOW_HEAD = b"", b"POST /py/eval HTTP/1.1\r\nHost: slow\r\nX-Slow: " + b"x" * 1000
SLOW_BODY = b"POST /py/eval HTTP/1.1\r\nHost: slow\r\nContent-Length: 1000\r\n\r\n", b"x" * 1000


def slow_clients(rounds: int, seconds: int) -> dict[str, object]:
    """p99 of 32 busy clients alone and beside 1,000 that send a byte a second, by turns."""
    alone, beside, ended = [], [], []
    environment = {"PLAYGROUND_HEAD_TIMEOUT_MS": "5000", "PLAYGROUND_BODY_TIMEOUT_MS": "5000"}
    with Playground("backend", environment=environment) as server, tempfile.TemporaryDirectory() as folder:
        load = wrk.prepare(str(server.backend), EVAL_PATH, [Sample(CODE, STDOUT)], Path(folder))
        wrk.run(load, GOOD, 2)
        for _ in range(rounds):
            alone.append(_good(load, seconds))
            with SlowClients(str(server.backend), SLOW, [SLOW_HEAD, SLOW_BODY]) as slow:
                beside.append(_good(load, seconds))
            ended += slow.ended
    medians = {name: [statistics.median(getattr(run, key) for run in runs) for key in ("p50_ms", "p99_ms", "rate")]
               for name, runs in (("alone", alone), ("beside", beside))}
    rounds_p99 = [[one.p99_ms, other.p99_ms] for one, other in zip(alone, beside)]
    return medians | {"p99_ms_of_rounds": rounds_p99, "ended": len(ended), "longest": max(ended, default=0.0)}


def _good(load: wrk.Load, seconds: int) -> wrk.Measured:
    run = wrk.run(load, GOOD, seconds)
    if run.failure:
        raise wrk.LoadError(run.failure)
    return run


def too_many_clients() -> dict[str, float]:
    """CPU of a server at its cap of connections, with more waiting, when none of them does anything; and without any."""
    shares = {}
    with Playground("ui", wrapper=["prlimit", f"--nofile={FILES}:{FILES}"]) as server:
        shares["none"] = _cpu_share(server.pid)
        with SilentClients(str(server.ui), TOO_MANY):
            shares["at the cap"] = _cpu_share(server.pid)
    return shares


def idle_clients(rounds: int) -> dict[str, object]:
    """What 10,000 idle connections add to the resident memory, and the median evaluation without and with them, by turns."""
    added, without, beside = [], [], []
    with Playground("backend", environment={"PLAYGROUND_IDLE_TIMEOUT_MS": "600000"}) as server:
        address = str(server.backend)
        _evaluation_ms(address)
        first = _resident_kb(server.pid)
        for _ in range(rounds):
            without.append(_evaluation_ms(address))
            with IdleClients(address, IDLE, GET):
                added.append(_resident_kb(server.pid) - first)
                beside.append(_evaluation_ms(address))
            with Client(str(server.admin)) as admin:
                poll(lambda: admin.get("/debug/state").json()["backend"]["connections"] < 10, SETTLE_SECONDS)
        left = _resident_kb(server.pid) - first
    return {"added_mb": max(added) / 1024, "kb_each": max(added) / IDLE, "left_mb": left / 1024,
            "without_ms": statistics.median(without), "beside_ms": statistics.median(beside)}


def _evaluation_ms(address: str) -> float:
    took = []
    with Client(address) as client:
        for _ in range(EVALUATIONS):
            begun = time.perf_counter()
            client.evaluate(CODE)
            took.append((time.perf_counter() - begun) * 1000)
    return statistics.median(took)


def _cpu_share(pid: int) -> float:
    """Of one core, during the next seconds."""
    before = _cpu_seconds(pid)
    time.sleep(CAP_SECONDS)
    return (_cpu_seconds(pid) - before) / CAP_SECONDS


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _resident_kb(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))


def tables(found: dict[str, dict]) -> str:
    """For people."""
    slow, cap, idle = found["slow"], found["cap"], found["idle"]
    rows = [[name, *(f"{value:.1f}" for value in slow[key])]
            for name, key in ((f"{GOOD} busy clients alone", "alone"), (f"beside {SLOW} slow ones", "beside"))]
    return "\n".join([
        table(("backend", "p50 ms", "p99 ms", "evaluations/s"), rows, text=(0,)),
        f"The slow ones sent a byte a second, one half in its head, the other in a body, with 5 s for either: {slow['ended']} "
        f"connections were ended meanwhile, the longest after {slow['longest']:.1f} s.", "",
        table(("ui with RLIMIT_NOFILE at 256", "CPU of one core"),
              [["no client", f"{cap['none']:.1%}"], [f"{TOO_MANY} silent clients", f"{cap['at the cap']:.1%}"]], text=(0,)),
        table((f"{IDLE} idle connections", ""), [
            ["added to the resident memory", f"{idle['added_mb']:.1f} MB"], ["a connection", f"{idle['kb_each']:.1f} KB"],
            ["still there when they have gone", f"{idle['left_mb']:.1f} MB"],
            ["an evaluation without them, p50", f"{idle['without_ms']:.2f} ms"],
            ["an evaluation beside them, p50", f"{idle['beside_ms']:.2f} ms"]], text=(0,))])


def work(options: argparse.Namespace) -> int:
    """The command's own part."""
    found = {"slow": slow_clients(options.rounds, options.seconds), "cap": too_many_clients(),
             "idle": idle_clients(options.rounds)}
    text = f"{command.introduce(options)}; medians of {options.rounds} rounds.\n\n{tables(found)}"
    command.publish(options, {"clients": text}, found)
    return 0


def main(words: list[str]) -> int:
    """The command; its exit code."""
    parser = command.parser("What clients cost that do hardly anything.", "clients.json")
    command.add_rounds(parser, 3, 20, most_seconds=600)
    return command.run(work, command.checked(parser, words))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
