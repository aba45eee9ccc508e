#!/usr/bin/env python3
"""Sends a corpus in HumanEval's format through ui and backend and compares it with the reference.

    humaneval.py --corpus FILE.jsonl.gz [--url http://127.0.0.1:5000/python] [--connections 16] [--runs N]

Without an address it starts a server of its own ($PLAYGROUND_BINARY, or the release build).

A row's program is its prompt, the canonical solution, the test, and a call of it, so each has to end
well. Prints each difference and one summary line; exit code 1 when there was any.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import itertools
import json
import os
import queue
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import reference
from compare import difference, endpoint, evaluate
from outcome import Outcome
from program import Program

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.client import Client, UnexpectedReply  # noqa: E402
from support.playground import Playground  # noqa: E402


@dataclass
class Tally:
    """What came of all requests; `add` may be called by several threads."""

    total: int = 0
    ok: int = 0
    stdout_equal: int = 0
    differences: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, name: str, expected: Outcome, actual: Outcome | None, failure: str) -> None:
        """Counts one answer; `actual` is None for a request that failed, as `failure` tells."""
        told = difference(expected, actual) if actual else failure
        if actual and actual.status != "ok" and not told:
            told = f"status: {actual.status}, as under the reference\n{actual.stderr}"
        with self._lock:
            self.total += 1
            if actual:
                self.ok += actual.status == "ok"
                self.stdout_equal += actual.stripped().stdout == expected.stripped().stdout
            if told:
                self.differences.append(f"== {name}\n{told}")

    def summary(self) -> str:
        """The one line."""
        return f"{self.ok} of {self.total} ok, stdout equal: {self.stdout_equal}"


def read_corpus(path: Path) -> list[Program]:
    """The rows of a gzipped JSON-lines file as programs. Raises OSError, ValueError, KeyError."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    return [
        Program(row["task_id"], (row["prompt"] + row["canonical_solution"] + row["test"]
                                 + f"\ncheck({row['entry_point']})\n").encode())
        for row in rows
    ]


def send(work: queue.SimpleQueue, address: str, path: str, tally: Tally) -> None:
    """One connection: takes programs from `work` until none is left."""
    with Client(address) as client:
        while True:
            try:
                program, expected = work.get_nowait()
            except queue.Empty:
                return
            actual, failure = None, ""
            try:
                actual = evaluate(client, path, program)
            except (OSError, http.client.HTTPException, UnexpectedReply, KeyError) as error:
                failure = f"{type(error).__name__}: {error}"
            tally.add(program.name, expected, actual, failure)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, required=True, help="the gzipped JSON lines")
    parser.add_argument("--url", help="a running server's /python (default: one of its own)")
    parser.add_argument("--connections", type=int, default=16, help="(%(default)s)")
    parser.add_argument("--runs", type=int, help="requests in all, round and round (default: each program once)")
    options = parser.parse_args()
    if options.url is not None:
        return run(options, options.url)
    with Playground("all") as server:
        return run(options, f"http://{server.ui}/python")


def run(options: argparse.Namespace, url: str) -> int:
    """Sends everything to `url` and prints what differs; the exit code."""
    programs = read_corpus(options.corpus)
    runs = len(programs) if options.runs is None else options.runs
    tally = send_all(programs, runs, url, options.connections)
    for told in tally.differences:
        print(told)
    print(tally.summary())
    return 0 if tally.total == runs > 0 and not tally.differences else 1


def send_all(programs: list[Program], runs: int, url: str, connections: int) -> Tally:
    """Sends `runs` requests in all to `url`, the programs in turn, and compares each reply."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        expected = list(pool.map(reference.run, programs))
    work: queue.SimpleQueue = queue.SimpleQueue()
    for pair in itertools.islice(itertools.cycle(zip(programs, expected)), runs):
        work.put(pair)
    tally = Tally()
    address, path = endpoint(url)
    senders = [threading.Thread(target=send, args=(work, address, path, tally)) for _ in range(connections)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    return tally


if __name__ == "__main__":
    sys.exit(main())
