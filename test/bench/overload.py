"""Three times as many programs as a backend can run: what it still does, what the others are told, how it recovers.

    /usr/bin/python3 test/bench/overload.py [--binary FILE] [--seconds 60] [--factor 3]

First the peak: as fast as a few connections can. Then `factor` times of it by an open loop, which does not wait for replies.
The program takes 20 ms of processor time, so that the generator, which runs beside the server, needs little of the machine.
Exit code: 0, 1 when one of the goals below was missed or a reply was neither 200 nor a refusal, 2 for a wrong command.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import threading
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import command  # noqa: E402
from open_loop import OK, Generator, Result  # noqa: E402
from report import digits, table  # noqa: E402
from support.client import EVAL_PATH  # noqa: E402
from support.playground import Playground  # noqa: E402

REFUSED = (429, 503)
CONNECTIONS = 16
WARM_UP_SECONDS = 2  # what is mapped and cached at first use
QUEUED_SECONDS = 0.5
PROGRAM = HERE / "programs" / "cpu_20ms.py"
COLUMNS = ("load", "offered/s", "run/s", "refused/s", "other", "p50 ms", "p99 ms", "refusal p50 ms", "refusal p99 ms", "server MB")

# What is wanted: goodput of the peak's, refusals within, growth of the server, time until it answers as before.
LEAST_GOODPUT = 0.9
MOST_REFUSAL_MS = 100.0
MOST_GROWTH_MB = 16.0
MOST_RECOVERY_SECONDS = 1.0


def parse(words: list[str]) -> argparse.Namespace:
    """The command line."""
    parser = command.parser("Offer a backend more than it can do.", "overload.json")
    parser.add_argument("--seconds", type=command.within(1, 3600), default=60, help="of overload (60)")
    parser.add_argument("--peak-seconds", type=command.within(1, 600), default=10, help="to find the peak (10)")
    parser.add_argument("--factor", type=command.within(1, 100), default=3, help="of the peak's rate (3)")
    parser.add_argument("--queue", type=command.within(0, 1_000_000), help="PLAYGROUND_QUEUE_SIZE (what the peak does in half a second)")
    return command.checked(parser, words)


class Memory(threading.Thread):
    """Samples a process's resident memory until it is told to stop."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._file = Path(f"/proc/{pid}/statm")
        self._stop_now = threading.Event()
        self.samples_mb: list[float] = []

    def run(self) -> None:
        while not self._stop_now.wait(0.5):
            self.samples_mb.append(self.now_mb())

    def now_mb(self) -> float:
        return int(self._file.read_text().split()[1]) * os.sysconf("SC_PAGESIZE") / 1e6

    def stop(self) -> float:
        """The most that was seen, in MB."""
        self._stop_now.set()
        self.join()
        return max([*self.samples_mb, self.now_mb()])


def request(code: str) -> bytes:
    """A program as a message."""
    body = json.dumps({"code": code}).encode()
    return (f"POST {EVAL_PATH} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n").encode() + body


async def recovery(generator: Generator, usual_ms: float) -> None:
    """Returns once a program is answered nearly as fast as usual, or after a minute."""
    start = time.monotonic()
    while time.monotonic() - start < 60:
        status, latency = await generator.ask()
        if status == OK and latency * 1000 <= 3 * usual_ms:
            break
    generator.close()


def measure(options: argparse.Namespace) -> dict[str, object]:
    """Both phases, each with a server of its own. Raises OSError, StartError, StopError."""
    code = PROGRAM.read_text()
    with Playground("backend") as server:
        generator = Generator(server.backend, request(code))
        asyncio.run(generator.closed(WARM_UP_SECONDS, CONNECTIONS))
        alone = asyncio.run(generator.closed(2, 1))
        memory = Memory(server.pid)
        memory.start()
        peak = asyncio.run(generator.closed(options.peak_seconds, CONNECTIONS))
        peak_mb = memory.stop()
    rate = peak.rate(OK)
    # What waits when the load ends has to be run first: a queue holds as much as may be waited for.
    queue = options.queue if options.queue is not None else max(1, round(rate * QUEUED_SECONDS))
    with Playground("backend", environment={"PLAYGROUND_QUEUE_SIZE": str(queue)}) as server:
        generator = Generator(server.backend, request(code))
        asyncio.run(generator.closed(WARM_UP_SECONDS, CONNECTIONS))
        memory = Memory(server.pid)
        before_mb = memory.now_mb()
        memory.start()

        async def overload() -> tuple[Result, float]:
            load_ends = time.monotonic() + options.seconds
            result = await generator.open(options.seconds, options.factor * rate)
            await recovery(generator, alone.latency_ms(0.5, OK))
            return result, time.monotonic() - load_ends

        result, recovered = asyncio.run(overload())
        return {"peak": peak, "peak_mb": peak_mb, "overload": result, "before_mb": before_mb, "overload_mb": memory.stop(),
                "rate": options.factor * rate, "queue": queue, "recovery_seconds": recovered}


def row(name: str, offered: str, result: Result, most_mb: float) -> list[str]:
    other = sum(count for status, count in result.statuses().items() if status not in (OK, *REFUSED))
    return [name, offered, digits(result.rate(OK)), digits(result.rate(*REFUSED)), str(other),
            digits(result.latency_ms(0.5, OK)), digits(result.latency_ms(0.99, OK)),
            digits(result.latency_ms(0.5, *REFUSED)), digits(result.latency_ms(0.99, *REFUSED)), digits(most_mb)]


def goals(found: dict) -> list[tuple[str, str, bool]]:
    """What is wanted, what there is, whether that is enough."""
    peak, overload = found["peak"], found["overload"]
    goodput = overload.rate(OK) / peak.rate(OK) if peak.rate(OK) else 0.0
    refusal_ms = overload.latency_ms(0.99, *REFUSED)
    growth = found["overload_mb"] - found["before_mb"]
    other = set(overload.statuses()) - {OK, *REFUSED}
    return [
        (f"goodput at least {LEAST_GOODPUT:.0%} of the peak", f"{goodput:.0%}", goodput >= LEAST_GOODPUT),
        (f"refusals within {MOST_REFUSAL_MS:.0f} ms (p99)", f"{digits(refusal_ms)} ms", refusal_ms <= MOST_REFUSAL_MS),
        (f"server at most {MOST_GROWTH_MB:.0f} MB bigger", f"{digits(growth)} MB", growth <= MOST_GROWTH_MB),
        (f"as fast as before within {MOST_RECOVERY_SECONDS:.0f} s", f"{digits(found['recovery_seconds'])} s",
         found["recovery_seconds"] <= MOST_RECOVERY_SECONDS),
        ("nothing but 200, 429 and 503", ", ".join(map(str, sorted(other))) or "nothing", not other),
    ]


def work(options: argparse.Namespace) -> int:
    """The command's own part."""
    found = measure(options)
    rows = [row("peak", "–", found["peak"], found["peak_mb"]),
            row(f"{options.factor} × peak, {options.seconds} s", digits(found["rate"]), found["overload"], found["overload_mb"])]
    judged = goals(found)
    text = (f"{command.introduce(options)}, queue of {found['queue']}.\n\n" + table(COLUMNS, rows, text=(0,)) + "\n"
            + table(("wanted", "found", "met"), [[*goal[:2], "yes" if goal[2] else "NO"] for goal in judged], text=(0, 1, 2)))
    command.publish(options, {"overload": text}, {"goals": judged, "rate": found["rate"], "statuses": found["overload"].statuses()})
    return 0 if all(met for _, _, met in judged) else 1


def main(words: list[str]) -> int:
    """The command; its exit code."""
    return command.run(work, parse(words))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
