"""Mixed load for a long time: whether memory, descriptors and children stay what they were.

    /usr/bin/python3 test/bench/soak.py [--binary FILE] [--minutes 30] [--every 10]

Both roles in one process. At the same time: programs that end in every way, requests that are refused, clients that send
slowly, clients that leave while their program runs, and readers of the page. A row is a sample. After a tenth of the time, in
which caches fill, the first third of the rest is compared with the last. Exit code: 0, 1 when something grew or a reply was
not what it should be, 2 for a wrong command.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import socket
import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from http.client import HTTPException
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import command  # noqa: E402
from report import digits, table  # noqa: E402
from support.client import EVAL_PATH, PYTHON_PATH, Client, get  # noqa: E402
from support.playground import Playground  # noqa: E402

# How a program ends, and the status that tells it.
PROGRAMS = [("print('hello')", "ok"), ("1 / 0", "error"), ("print('x' * 2_000_000)", "output"),
            ("import os; os.abort()", "signal"), ("open('f', 'w').write('x' * 1_000_000)", "ok"),
            ("import json, re, decimal; print(json.dumps([1]))", "ok"), ("b = bytearray(64 << 20)", "ok")]
BAD_BODIES = [b"{", b"{}", b'{"code": 1}', b'{"code": "", "what": 1}', b"\xff", b'{"code": "", "timeout_ms": 0}']
PAGES = ["/", "/static/embed.js", "/healthz", "/readyz", "/openapi.json", "/no/such/path"]
SLOW_BYTES_SECONDS = 0.05

# What may grow between the first and the last third, in share of the first and at least by so much.
MOST_GROWTH = 0.05
# (Descriptors and children follow what runs at the moment; a leak would soon be thousands of them.)
LEAST_GROWTH = {"server_mb": 4.0, "zygote_mb": 4.0, "descriptors": 24.0, "children": 8.0}


@dataclass(frozen=True)
class Sample:
    """The server at one moment."""

    minute: float
    requests: int
    server_mb: float
    zygote_mb: float
    descriptors: int
    children: int


class Load:
    """The clients. `wrong` has the replies that were not what they should be."""

    def __init__(self, server: Playground) -> None:
        self._server = server
        self._stop = threading.Event()
        self.count = 0
        self.wrong: Counter[str] = Counter()
        kinds = [self.evaluate] * 4 + [self.refuse, self.dribble, self.leave, self.read]
        self._threads = [threading.Thread(target=self._loop, args=(kind, seed)) for seed, kind in enumerate(kinds)]

    def __enter__(self) -> Load:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _loop(self, kind: Callable[[random.Random], None], seed: int) -> None:
        chance = random.Random(seed)
        while not self._stop.is_set():
            try:
                kind(chance)
            except (OSError, HTTPException, AssertionError) as error:
                self.wrong[f"{kind.__name__}: {type(error).__name__}: {error}"[:200]] += 1
            self.count += 1

    def evaluate(self, chance: random.Random) -> None:
        """A few programs on one connection."""
        address, path = chance.choice([(self._server.ui, PYTHON_PATH), (self._server.backend, EVAL_PATH)])
        with Client(address) as client:
            for code, status in chance.sample(PROGRAMS, 3):
                found = client.evaluate(code, path)["status"]
                assert found == status, f"{code!r} ended as {found}"

    def refuse(self, chance: random.Random) -> None:
        with Client(self._server.backend) as client:
            status = client.post(EVAL_PATH, chance.choice(BAD_BODIES), "application/json").status
            assert status == 400, f"answered with {status}"

    def dribble(self, chance: random.Random) -> None:
        """A request that comes byte by byte, and is perhaps never finished."""
        body = json.dumps({"code": "print(1)"}).encode()
        message = (f"POST {EVAL_PATH} HTTP/1.1\r\nHost: soak\r\nContent-Type: application/json\r\n"
                   f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n").encode() + body
        with self._connect() as connection:
            for byte in message[:chance.choice([20, len(message)])]:
                connection.sendall(bytes([byte]))
                if self._stop.wait(SLOW_BYTES_SECONDS):
                    return

    def leave(self, chance: random.Random) -> None:
        """A client that goes while its program waits or runs."""
        body = json.dumps({"code": "import time\nwhile True: time.sleep(0.01)"}).encode()
        with self._connect() as connection:
            connection.sendall((f"POST {EVAL_PATH} HTTP/1.1\r\nHost: soak\r\nContent-Type: application/json\r\n"
                                f"Content-Length: {len(body)}\r\n\r\n").encode() + body)
            self._stop.wait(chance.uniform(0, 0.2))

    def read(self, chance: random.Random) -> None:
        with Client(self._server.ui) as client:
            for path in chance.sample(PAGES, 3):
                status = client.get(path).status
                assert status == (404 if path.startswith("/no/") else 200), f"{path}: {status}"

    def _connect(self) -> socket.socket:
        host, _, port = self._server.backend.rpartition(":")
        return socket.create_connection((host, int(port)), 60)


def sample(server: Playground, minute: float, requests: int) -> Sample:
    zygote = get(server.admin, "/debug/state").json()["backend"]["zygote"]["pid"]
    return Sample(minute, requests, resident_mb(server.pid), resident_mb(zygote),
                  len(os.listdir(f"/proc/{server.pid}/fd")), len(server.children()))


def resident_mb(pid: int) -> float:
    """0 for a process that has gone meanwhile."""
    with suppress(OSError):
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE") / 1e6
    return 0.0


def growth(samples: list[Sample]) -> list[tuple[str, float, float, bool]]:
    """Each size, its medians in the first and the last third after the warm-up, and whether that is flat."""
    settled = samples[len(samples) // 10:]
    third = max(len(settled) // 3, 1)
    found = []
    for name, least in LEAST_GROWTH.items():
        first, last = (statistics.median(getattr(one, name) for one in part) for part in (settled[:third], settled[-third:]))
        found.append((name, first, last, last - first <= max(first * MOST_GROWTH, least)))
    return found


def parse(words: list[str]) -> argparse.Namespace:
    """The command line."""
    parser = command.parser("Mixed load for a long time.", "soak.json", documented=False)
    parser.add_argument("--minutes", type=command.within(1, 10_000), default=30)
    parser.add_argument("--every", type=command.within(1, 3600), default=10, help="seconds between samples (10)")
    return command.checked(parser, words)


def measure(options: argparse.Namespace) -> tuple[list[Sample], Counter[str]]:
    """The samples, which are printed as they come, and the replies that were wrong. Raises StartError, StopError."""
    samples: list[Sample] = []
    with Playground("all") as server, Load(server) as load:
        begin = time.monotonic()
        while (gone := time.monotonic() - begin) < options.minutes * 60:
            samples.append(sample(server, gone / 60, load.count))
            print("  ".join(f"{name} {digits(value)}" for name, value in asdict(samples[-1]).items()), flush=True)
            time.sleep(options.every)
    return samples, load.wrong


def work(options: argparse.Namespace) -> int:
    """The command's own part."""
    samples, wrong = measure(options)
    judged = growth(samples)
    rows = [[name, digits(first), digits(last), "yes" if flat else "NO"] for name, first, last, flat in judged]
    replies = "\n".join(f"wrong, {count} times: {what}" for what, count in wrong.items()) or "every reply was as it should be"
    text = table(("what", "first third", "last third", "flat"), rows, text=(0, 3)) + "\n" + replies
    command.publish(options, {"soak": f"{command.introduce(options)}.\n\n{text}"},
                    {"samples": [asdict(one) for one in samples], "wrong": wrong})
    return 0 if all(flat for *_, flat in judged) and not wrong else 1


def main(words: list[str]) -> int:
    """The command; its exit code."""
    return command.run(work, parse(words))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
