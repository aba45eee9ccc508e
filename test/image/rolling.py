#!/usr/bin/env python3
"""Rolls two backends and a ui, one after the other, round and round, while a load of kept connections goes through them.

    rolling.py [--requests 50000] [--connections 16] [--pre-stop 3]

Each is a container behind a balancer of connections (HAProxy in TCP mode), rolled as a Deployment with maxSurge 1 is: the new
one starts and is taken in when it is ready; the old one serves on for the pre-stop seconds, half of them before the balancer
knows that it goes; then SIGTERM. Clients repeat nothing. Prints a JSON object; exit code 0 when no request failed and every
server ended with 0. Needs root, podman, haproxy, and the images of `make image`.
"""

from __future__ import annotations

import argparse
import http.client
import json
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

from podman import SLIM, Container, kernel
from balancer import SLOTS, Balancer
from support.client import Client

# The balancers' addresses, and those of each service's two servers.
HOSTS = {"gcp": ("127.0.0.30", "127.0.0.31", "127.0.0.32"), "azure": ("127.0.0.40", "127.0.0.41", "127.0.0.42"),
         "ui": ("127.0.0.50", "127.0.0.51", "127.0.0.52")}
PORTS = {"gcp": 6000, "azure": 6000, "ui": 5000}
BACKEND = {"PLAYGROUND_POOL_SIZE": "4", "PLAYGROUND_MAX_RUNNING": "4"}
UI = {"PLAYGROUND_BACKENDS": ",".join(f"{name}=http://{HOSTS[name][0]}:6000" for name in ("gcp", "azure"))}


class Load:
    """Requests over kept connections until enough are done; counts what failed, by kind."""

    def __init__(self, address: str, requests: int, connections: int) -> None:
        self.failures: Counter[str] = Counter()
        self.answered_by: Counter[str] = Counter()
        self.slowest = 0.0
        self.done = 0
        self._address, self._requests = address, requests
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._send) for _ in range(connections)]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def running(self) -> bool:
        return any(thread.is_alive() for thread in self._threads)

    def join(self) -> None:
        for thread in self._threads:
            thread.join()

    def _send(self) -> None:
        with Client(self._address) as client:
            while (number := self._next()) is not None:
                start = time.monotonic()
                failure, backend = ask(client, number)
                with self._lock:
                    self.slowest = max(self.slowest, time.monotonic() - start)
                    self.answered_by[backend] += 1
                    if failure:
                        self.failures[failure] += 1

    def _next(self) -> int | None:
        with self._lock:
            if self.done == self._requests:
                return None
            self.done += 1
            return self.done


def ask(client: Client, number: int) -> tuple[str, str]:
    """One program; why it failed ("" when it didn't), and which backend answered."""
    try:
        reply = client.post_json("/python", {"code": f"print({number} * 7)"})
    except (OSError, http.client.HTTPException) as error:
        return type(error).__name__, "nobody"
    backend = reply.headers.get("X-Playground-Backend", "nobody")
    if reply.status != 200:
        return f"{reply.status} {reply.body[:200].decode(errors='replace')}", backend
    answer = reply.json()
    return ("", backend) if answer["stdout"] == f"{number * 7}\n" else (f"answer: {answer}"[:200], backend)


class Deployment:
    """One service with the container that serves it now."""

    def __init__(self, name: str, balancer: Balancer, stack: ExitStack) -> None:
        self.name, self._balancer, self._stack = name, balancer, stack
        self._slot = SLOTS[0]
        self._now = self._bring(self._slot)

    def roll(self, pre_stop: float) -> int:
        """Replaces the container; the old one's exit code."""
        old, old_slot = self._now, self._slot
        self._slot = SLOTS[1 - SLOTS.index(old_slot)]
        self._now = self._bring(self._slot)
        time.sleep(pre_stop / 2)
        self._balancer.take_out(self.name, old_slot)
        time.sleep(pre_stop / 2)
        code = old.terminate()
        self._balancer.forget(self.name, old_slot)
        old.remove()
        return code

    def _bring(self, slot: str) -> Container:
        """Starts a container, which is ready and taken in when this returns. Raises AssertionError."""
        role = "ui" if self.name == "ui" else "backend"
        container = Container(SLIM, role, HOSTS[self.name][1 + SLOTS.index(slot)], UI if role == "ui" else BACKEND)
        self._stack.callback(container.remove)
        container.start()
        assert container.wait_ready(), container.log()
        assert self._balancer.add(self.name, slot), f"{self.name}/{slot} does not pass the balancer's check"
        return container


def roll_under_load(requests: int, connections: int, pre_stop: float) -> dict:
    """The whole run; what came of it."""
    services = {name: tuple(f"{host}:{PORTS[name]}" for host in hosts) for name, hosts in HOSTS.items()}
    rolled: Counter[str] = Counter()
    with ExitStack() as stack:
        balancer = stack.enter_context(Balancer(Path(stack.enter_context(tempfile.TemporaryDirectory())), services))
        deployments = [Deployment(name, balancer, stack) for name in services]
        load = Load(services["ui"][0], requests, connections)
        start = time.monotonic()
        load.start()
        stack.callback(load.join)
        codes = []
        while load.running():
            for deployment in deployments:
                codes.append(deployment.roll(pre_stop))
                rolled[deployment.name] += load.running()  # one that outlasts the load proves nothing
        seconds = time.monotonic() - start
    return {"requests": load.done, "failed": sum(load.failures.values()), "failures": dict(load.failures),
            "answered_by": dict(load.answered_by), "rolled": dict(rolled), "exit_codes": sorted(set(codes)),
            "seconds": round(seconds, 1), "slowest_ms": round(load.slowest * 1000)}


def main() -> int:
    parser = argparse.ArgumentParser(description="Roll backends and ui under load.")
    parser.add_argument("--requests", type=int, default=50_000)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--pre-stop", type=float, default=3.0, metavar="SECONDS")
    options = parser.parse_args()
    kernel.unshare(kernel.CLONE_NEWNET)
    kernel.set_up_loopback()
    result = roll_under_load(options.requests, options.connections, options.pre_stop)
    print(json.dumps(result, indent=2))
    return 0 if result["failed"] == 0 and result["exit_codes"] == [0] else 1


if __name__ == "__main__":
    sys.exit(main())
