"""The load generator as a process of a bench.

    with Traffic("10.77.1.2:5000", rate=400) as traffic:
        …
    traffic.records
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from router.outcomes import Record

BENCH = Path(__file__).resolve().parents[1]
STILL_SECONDS = 60.0  # twice its patience with a reply
END_SECONDS = 60.0  # for the last replies


class Traffic:
    """Load from now on until the block ends; `records` has all of it then. Raises RuntimeError."""

    def __init__(self, address: str, rate: float = 0.0, connections: int = 32, at_least: int = 0,
                 long_every: int = 0) -> None:
        self.records: list[Record] = []
        self.count = 0  # replies so far
        self._at_least = at_least
        self._changed = threading.Condition()
        self._ended = False
        self._output = tempfile.NamedTemporaryFile(prefix="playground-load-", dir="/dev/shm")
        command = [sys.executable, "-m", "router.load", "--address", address, "--output", self._output.name,
                   "--rate", str(rate), "--connections", str(connections), "--at-least", str(at_least),
                   "--long-every", str(long_every)]
        self._process = subprocess.Popen(command, cwd=BENCH, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def __enter__(self) -> Traffic:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self._finish()
        finally:
            self._process.kill()
            self._process.wait()
            self._reader.join()
            self._output.close()

    def wait_count(self, count: int) -> None:
        """Returns once so many replies have come. Raises RuntimeError if the generator ended before, or stands still."""
        with self._changed:
            while self.count < count:
                if self._ended:
                    raise RuntimeError(f"the load generator ended after {self.count} replies")
                before = self.count
                if not self._changed.wait_for(lambda: self._ended or self.count > before, STILL_SECONDS):
                    raise RuntimeError(f"no reply within {STILL_SECONDS:.0f} s after {self.count}")

    def _finish(self) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.close()
        self.wait_count(self._at_least)
        try:
            code = self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            raise RuntimeError(f"the load generator still waits for replies {END_SECONDS:.0f} s later") from None
        if code != 0:
            raise RuntimeError(f"the load generator ended with {code}")
        with open(self._output.name) as file:
            self.records = [Record(*json.loads(line)) for line in file]

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            for line in lines:
                with self._changed:
                    self.count = int(line)
                    self._changed.notify_all()
        with self._changed:
            self._ended = True
            self._changed.notify_all()
