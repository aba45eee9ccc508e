"""Requests that come when they come, however long the earlier ones take: what users do, and closed loops do not.

Every request has a connection to itself while it is on its way; those that are kept open are used again.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import Counter
from dataclasses import dataclass, field

OK, LOST = 200, 0  # the status of a request whose connection broke
TIMEOUT_SECONDS = 60.0


@dataclass
class Result:
    """What came of a phase: when each reply came (seconds from its start), with which status, after how long."""

    seconds: float = 0.0
    replies: list[tuple[float, int, float]] = field(default_factory=list)  # at, status, latency in seconds

    def statuses(self) -> Counter[int]:
        return Counter(status for _, status, _ in self.replies)

    def rate(self, *statuses: int) -> float:
        """Replies with one of these a second, of those that came while there was load."""
        return sum(at <= self.seconds and status in statuses for at, status, _ in self.replies) / self.seconds

    def latency_ms(self, share: float, *statuses: int) -> float:
        """The latency within which that share of such replies came; 0 without any."""
        found = sorted(latency for _, status, latency in self.replies if status in statuses)
        return found[min(int(len(found) * share), len(found) - 1)] * 1000 if found else 0.0


class Generator:
    """Sends one and the same request to one address."""

    def __init__(self, address: str, request: bytes) -> None:
        host, _, port = address.rpartition(":")
        self._address = (host.strip("[]"), int(port))
        self._request = request
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def closed(self, seconds: float, connections: int) -> Result:
        """As fast as so many connections can."""
        result, begin = Result(seconds), time.monotonic()

        async def loop() -> None:
            while time.monotonic() - begin < seconds:
                await self._one(result, begin)

        await asyncio.gather(*(loop() for _ in range(connections)))
        self.close()
        return result

    async def open(self, seconds: float, rate: float) -> Result:
        """`rate` requests a second at even distances; returns once all are answered."""
        result, begin = Result(seconds), time.monotonic()
        tasks: set[asyncio.Task] = set()
        for number in range(int(seconds * rate)):
            early = begin + number / rate - time.monotonic()
            # A generator that is late catches up: it owes the load that it promised.
            if early > 0:
                await asyncio.sleep(early)
            task = asyncio.create_task(self._one(result, begin))
            tasks.add(task)
            task.add_done_callback(tasks.discard)
        await asyncio.gather(*tasks)
        self.close()
        return result

    async def ask(self) -> tuple[int, float]:
        """One request: its status and its latency in seconds."""
        result = Result()
        await self._one(result, time.monotonic())
        [(_, status, latency)] = result.replies
        return status, latency

    def close(self) -> None:
        """Closes what is kept open."""
        for _, writer in self._idle:
            writer.close()
        self._idle.clear()

    async def _one(self, result: Result, begin: float) -> None:
        sent = time.monotonic()
        try:
            status = await asyncio.wait_for(self._exchange(), TIMEOUT_SECONDS)
        except (OSError, EOFError, ValueError, asyncio.TimeoutError):
            status = LOST
        now = time.monotonic()
        result.replies.append((now - begin, status, now - sent))

    async def _exchange(self) -> int:
        reader, writer = self._idle.pop() if self._idle else await asyncio.open_connection(*self._address)
        try:
            writer.write(self._request)
            head = await reader.readuntil(b"\r\n\r\n")
            lines = head.lower().split(b"\r\n")
            [size] = [int(line[15:]) for line in lines if line.startswith(b"content-length:")]
            await reader.readexactly(size)
        except BaseException:
            writer.close()
            raise
        if b"connection: close" in lines:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()
        else:
            self._idle.append((reader, writer))
        return int(head.split(b" ", 2)[1])
