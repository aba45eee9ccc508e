"""How long one program takes over one connection, without what a client library adds: one evaluation at a time."""

from __future__ import annotations

import json
import re
import socket
import statistics
import time
from dataclasses import dataclass

from sample import Sample
from servers import Target

PATIENCE_SECONDS = 60.0
LEAST, MOST = 3, 400  # evaluations in a round, however long they take
WARM_UP = 3
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)\r\n", re.IGNORECASE)
BUFFER_BYTES = 1 << 20


@dataclass(frozen=True)
class Burst:
    """A round of one point: the median in ms, how many there were, and CPU seconds of all of them together."""

    p50_ms: float
    count: int
    cpu_seconds: float


class Probe:
    """One connection that sends the same program again and again. Use as a context manager. Raises OSError."""

    def __init__(self, address: str, path: str, sample: Sample) -> None:
        body = json.dumps(sample.request()).encode()
        head = f"POST {path} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        self._request = head.encode() + body
        self._stdout = sample.stdout
        host, _, port = address.rpartition(":")
        self._socket = socket.create_connection((host, int(port)), PATIENCE_SECONDS)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._buffer = bytearray(BUFFER_BYTES)

    def __enter__(self) -> Probe:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def check(self) -> None:
        """Asks once and reads the reply in full. Raises AssertionError when it is not the right one, OSError."""
        parts: list[bytes] = []
        self._ask(parts)
        head, _, body = b"".join(parts).partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200 "), f"answered {(head + body)[:500]!r}"
        answer = json.loads(body)
        assert (answer["stdout"], answer["stderr"]) == (self._stdout, ""), f"a wrong reply: {body[:500]!r}"

    def time_ms(self) -> float:
        """From the request's first byte to the reply's last. Raises AssertionError, OSError."""
        begun = time.perf_counter()
        self._ask(None)
        return (time.perf_counter() - begun) * 1000

    def _ask(self, parts: list[bytes] | None) -> None:
        """Sends the request and takes the whole reply, into `parts` if given."""
        self._socket.sendall(self._request)
        view, head, missing = memoryview(self._buffer), b"", None
        while missing is None or missing > 0:
            count = self._socket.recv_into(view)
            assert count > 0, "the server has closed the connection"
            if parts is not None:
                parts.append(bytes(view[:count]))
            if missing is not None:
                missing -= count
                continue
            head += view[:min(count, 4096)]
            if (end := head.find(b"\r\n\r\n")) >= 0:
                assert head.startswith(b"HTTP/1.1 200 "), f"answered {head[:500]!r}"
                missing = int(LENGTH.search(head)[1]) - (count - end - 4)


def burst(target: Target, sample: Sample, seconds: float) -> Burst:
    """A round: as many evaluations as fit, one after the other. Raises AssertionError, OSError."""
    with Probe(target.address, target.path, sample) as probe:
        probe.check()
        for _ in range(WARM_UP):
            probe.time_ms()
        target.wait_idle()
        before = target.snapshots()
        took: list[float] = []
        end = time.monotonic() + seconds
        while len(took) < LEAST or (len(took) < MOST and time.monotonic() < end):
            took.append(probe.time_ms())
        # What prepares the interpreters for whoever comes next is a part of the cost.
        target.wait_idle()
        spent = target.spent(before)
    return Burst(statistics.median(took), len(took), sum(spent.values()))
