"""How exactly the limits of a program hold: programs that use up each, and where they were ended.

    /usr/bin/python3 test/bench/limits.py [--binary build/release/playground] [--runs 30] [--write-docs]

One program runs at a time. What is measured of it is what the reply says (measured outside of the program), or what the
program told before it was ended. Nothing is asserted: on a busy machine times are as long as others make them. Exit code: 0,
1 when a server did not start or stop clean, 2 for a wrong command.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import command  # noqa: E402
import limit_programs as programs  # noqa: E402
from report import table  # noqa: E402
from support.client import EVAL_PATH, Client  # noqa: E402
from support.playground import Playground  # noqa: E402

COLUMNS = ("limit", "program", "allowed", "median", "worst", "tolerance", "within", "ended as")

WALL_MS, CPU_MS, MEMORY_MB = 300, 600, (64, 128, 256)
THREADS, OPEN_FILES, ENTRIES, SCRATCH_MB, OUTPUT_KB, BODY_KB = 64, 256, 10_000, 16, 256, 1024
GENEROUS = {"PLAYGROUND_TIMEOUT_MS": "20000", "PLAYGROUND_CPU_MS": "20000", "PLAYGROUND_POOL_SIZE": "2",
            "PLAYGROUND_THREADS": str(THREADS)}


@dataclass
class Row:
    """One limit and one program. `tolerance` is what may be reached beyond or below, None where nothing is promised."""

    limit: str
    program: str
    unit: str
    allowed: float
    tolerance: float | None
    reached: list[float] = field(default_factory=list)
    ended: Counter = field(default_factory=Counter)

    def as_numbers(self) -> dict[str, object]:
        """For JSON."""
        return {**vars(self), "ended": dict(self.ended)}

    def add(self, reply: dict, value: float) -> None:
        """One run: its reply, and how far it came."""
        self.reached.append(value)
        self.ended[f"{reply['status']}/{reply['limit']}" if reply["limit"] else reply["status"]] += 1

    @property
    def worst(self) -> float:
        """What is farthest from what is allowed."""
        return max(self.reached, key=lambda value: abs(value - self.allowed))

    def cells(self) -> list[str]:
        """For the table."""
        within = "–" if self.tolerance is None else "yes" if abs(self.worst - self.allowed) <= self.tolerance else "NO"
        numbers = [f"{value:.0f} {self.unit}" for value in (self.allowed, statistics.median(self.reached), self.worst)]
        tolerance = "–" if self.tolerance is None else f"{self.tolerance:.0f} {self.unit}"
        return [self.limit, self.program, *numbers, tolerance, within, ", ".join(self.ended)]


def server(**environment: object) -> Playground:
    """A backend that is generous but for what is given."""
    return Playground("backend", environment=GENEROUS | {f"PLAYGROUND_{k}": str(v) for k, v in environment.items()})


def wall_times(runs: int) -> list[Row]:
    """From the run's beginning to the program's end."""
    rows = {name: Row("wall", name, "ms", WALL_MS, 50) for name in programs.WALL}
    with server(OUTPUT_KB=262_144) as started, Client(started.backend) as client:
        for _ in range(runs):
            for name, code in programs.WALL.items():
                reply = client.evaluate(code, timeout_ms=WALL_MS)
                rows[name].add(reply, reply["duration_ms"])
    return list(rows.values())


def cpu_times(runs: int) -> list[Row]:
    """CPU time at the end, and how long it took to use it up."""
    rows = []
    cores = len(os.sched_getaffinity(0))
    with server(CPU_MS=CPU_MS) as started, Client(started.backend) as client:
        for threads in (1, 2, 4):
            used = Row("cpu", f"{threads} threads: CPU time", "ms", CPU_MS, 50)
            took = Row("cpu", f"{threads} threads: wall time", "ms", CPU_MS / min(threads, cores), None)
            for _ in range(max(1, runs // 6)):
                reply = client.evaluate(programs.CPU.format(threads=threads))
                used.add(reply, reply["cpu_ms"])
                took.add(reply, reply["duration_ms"])
            rows += [used, took]
    return rows


def memory(runs: int) -> list[Row]:
    """The most that was resident above the ready interpreter."""
    rows = []
    preload = {"PRELOAD": "numpy"} if has_numpy() else {}
    with server(MEMORY_MB=max(MEMORY_MB), **preload) as started, Client(started.backend) as client:
        for name, code in programs.MEMORY.items():
            if name.startswith("numpy") and not preload:
                continue
            for allowed in MEMORY_MB:
                row = Row("memory", name, "MB", allowed, max(32, allowed / 10))
                for _ in range(max(1, runs // 6)):
                    reply = client.evaluate(code.format(memory=allowed), memory_mb=allowed)
                    row.add(reply, reply["memory_kb"] / 1024)
                rows.append(row)
    return rows


def has_numpy() -> bool:
    """Whether the pool's interpreter has it."""
    return subprocess.run(["/usr/bin/python3", "-c", "import numpy"], capture_output=True, check=False).returncode == 0


def counts(runs: int) -> list[Row]:
    """What is counted: output, files, threads, descriptors. The disk's tolerance is what half a second's writing may add."""

    def told(reply: dict) -> float:
        return float((reply["stdout"].split() or ["0"])[-1])

    def megabytes(reply: dict) -> float:
        return told(reply) / (1 << 20)

    cases: list[tuple[Row, str, Callable[[dict], float]]] = [
        (Row("output", stream, "KB", OUTPUT_KB, 0), programs.OUTPUT.format(stream=stream),
         lambda reply, stream=stream: len(reply[stream]) / 1024) for stream in ("stdout", "stderr")]
    cases += [
        (Row("disk", "many files", "MB", SCRATCH_MB, None), programs.DISK_FILES, megabytes),
        (Row("disk", "one file", "MB", SCRATCH_MB, 1), programs.DISK_ONE_FILE, megabytes),
        (Row("disk", "empty files", "entries", ENTRIES, None), programs.DISK_ENTRIES, told),
        (Row("threads", "threads that wait", "threads", THREADS, None), programs.THREADS, told),
        (Row("open files", "/dev/null again and again", "files", OPEN_FILES, 0), programs.OPEN_FILES, told),
    ]
    with server(OUTPUT_KB=OUTPUT_KB, SCRATCH_MB=SCRATCH_MB) as started, Client(started.backend) as client:
        for row, code, reached in cases:
            for _ in range(max(1, runs // 6)):
                reply = client.evaluate(code)
                row.add(reply, reached(reply))
    return [row for row, _, _ in cases]


def largest_body(_: int) -> list[Row]:
    """The largest request that is taken, by halving."""
    row = Row("source", "a comment", "KB", BODY_KB, 0)
    with server(MAX_BODY_KB=BODY_KB) as started, Client(started.backend) as client:
        frame = len(json.dumps({"code": ""}))
        taken, refused = 0, 2 * BODY_KB * 1024
        while refused - taken > 1:
            middle = (taken + refused) // 2
            reply = client.post_json(EVAL_PATH, {"code": "#" * (middle - frame)} if middle > frame else {"code": ""})
            taken, refused = (middle, refused) if reply.status == 200 else (taken, middle)
        row.add({"status": f"HTTP {client.post_json(EVAL_PATH, {'code': '#' * refused}).status} above", "limit": None},
                taken / 1024)
    return [row]


SECTIONS = (wall_times, cpu_times, memory, counts, largest_body)


def work(options: argparse.Namespace) -> int:
    """The command's own part."""
    rows: list[Row] = []
    for section in SECTIONS:
        rows += section(options.runs)
        print(f"limits: {section.__name__} done", file=sys.stderr, flush=True)
    text = f"{command.introduce(options)}.\n\n{table(COLUMNS, (row.cells() for row in rows), text=(0, 1, 7))}"
    command.publish(options, {"limits": text}, {"runs": options.runs, "rows": [row.as_numbers() for row in rows]})
    return 0


def main(words: list[str]) -> int:
    """The command; its exit code."""
    parser = command.parser("How exactly the limits of a program hold.", "limits.json")
    parser.add_argument("--runs", type=command.within(1, 1000), default=30,
                        help="of each program that is timed (%(default)s); a sixth of the others")
    return command.run(work, command.checked(parser, words))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
