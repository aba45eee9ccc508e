"""The servers that are measured, each a process on a free port of 127.0.0.1 that ends with its block.

    with Baseline() as baseline: …
    with contextlib.ExitStack() as stack:
        target = backend(stack, "numpy", "backend with numpy", {"PLAYGROUND_PRELOAD": "numpy"})
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import cost
import pss
import wrk
from support import processes
from support.client import EVAL_PATH, PYTHON_PATH, get
from support.playground import Playground, poll

GUNICORN_WORKERS = 2
START_SECONDS = 30.0
STOP_SECONDS = 10.0

# A server that uses less than this share of a core during so many seconds has nothing to do.
IDLE_SHARE = 0.1
IDLE_SECONDS = 0.3
IDLE_LIMIT_SECONDS = 30.0

WARM_UP_SECONDS = 1


@dataclass(frozen=True)
class Target:
    """Something to put load on. `snapshots` and `spent` tell what a run of it cost in CPU time."""

    key: str  # for names of files
    name: str
    address: str
    path: str
    leaders: dict[str, int]  # the processes that serve it, by what their own time is called
    part_of: Callable[[str, processes.Process], str]
    pool: int = 0  # the pid of the backend whose interpreters are its own

    def measure(self, load: wrk.Load, connections: int, seconds: int) -> tuple[wrk.Measured, dict[str, float]]:
        """One run of a load, and CPU ms for each reply by part. Raises LoadError."""
        wrk.run(load, connections, WARM_UP_SECONDS)
        self.wait_idle()
        before = self.snapshots()
        measured = wrk.run(load, connections, seconds)
        # At once: what is done for the requests that wrk leaves behind belongs to no reply.
        spent = self.spent(before)
        self.wait_idle()
        return measured, {name: 1000 * value / max(1, measured.requests) for name, value in spent.items()}

    def memory(self) -> pss.Memory | None:
        """What it takes while it is idle, if it has interpreters of its own."""
        self.wait_idle()
        return pss.of(self.pool) if self.pool else None

    def snapshots(self) -> dict[str, cost.Snapshot]:
        """The accounts of every process behind this target, now."""
        return {role: cost.snapshot(pid) for role, pid in self.leaders.items()}

    def spent(self, before: dict[str, cost.Snapshot]) -> dict[str, float]:
        """CPU seconds since `before`, by part."""
        total: dict[str, float] = {}
        for role, snapshot in self.snapshots().items():
            costs = cost.spent(before[role], snapshot, lambda process: self.part_of(role, process))
            for name, seconds in costs.items():
                total[name] = total.get(name, 0.0) + seconds
        return total

    def wait_idle(self) -> None:
        """Returns once nothing of an earlier load is left: a server may go on with requests whose client has gone.

        Gives up after IDLE_LIMIT_SECONDS: then the load that follows has that company.
        """
        deadline = time.monotonic() + IDLE_LIMIT_SECONDS
        while time.monotonic() < deadline:
            before = self.snapshots()
            time.sleep(IDLE_SECONDS)
            if sum(self.spent(before).values()) < IDLE_SHARE * IDLE_SECONDS:
                return


class Baseline:
    """baseline_flask.py under gunicorn, a context manager. Raises RuntimeError if it does not start."""

    def __init__(self) -> None:
        self.address = ""
        self.pid = 0

    def __enter__(self) -> Baseline:
        # Bound here and handed over, so that no other process can take the port in between.
        with socket.create_server(("127.0.0.1", 0), backlog=1024) as listener:
            self.address = "127.0.0.1:%d" % listener.getsockname()[1]
            command = ["/usr/bin/python3", "-m", "gunicorn", "--workers", str(GUNICORN_WORKERS),
                       "--bind", f"fd://{listener.fileno()}", "--log-level", "warning",
                       "--chdir", str(Path(__file__).parent), "baseline_flask:app"]
            # Nothing of the caller's Python settings: unbuffered output, for one, costs time.
            environment = {name: value for name, value in os.environ.items()
                           if not name.startswith(("PYTHON", "GUNICORN"))}
            self._process = subprocess.Popen(command, env=environment, pass_fds=[listener.fileno()],
                                             stdin=subprocess.DEVNULL, start_new_session=True)
        self.pid = self._process.pid
        try:
            poll(lambda: self._process.poll() is not None or self._ready(), START_SECONDS)
            if self._process.poll() is not None or not self._ready():
                raise RuntimeError("gunicorn did not start: is it installed? tools/deps bench")
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def _ready(self) -> bool:
        try:
            return get(self.address, "/readyz", timeout=5.0).status == 200
        except OSError:
            return False

    def _end(self) -> None:
        """SIGTERM, and SIGKILL to whoever is still there later. Its programs are in its session."""
        family = processes.family(self.pid)
        with contextlib.suppress(ProcessLookupError):
            self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            pass
        finally:
            processes.kill(family + processes.family(self.pid))
            self._process.wait()


def backend(stack: contextlib.ExitStack, key: str, name: str, settings: Mapping[str, str]) -> Target:
    """Starts a backend with these settings, until the stack ends. Raises StartError."""
    return of_backend(key, name, stack.enter_context(Playground("backend", environment=settings)))


def of_backend(key: str, name: str, server: Playground) -> Target:
    """A running one."""
    part = cost.playground_parts(server.pid, processes.family(server.pid))
    return Target(key, name, str(server.backend), EVAL_PATH, {cost.SERVER: server.pid},
                  lambda role, process: part(process), server.pid)


def ui(stack: contextlib.ExitStack, key: str, name: str, behind: Target) -> Target:
    """Starts a ui in front of a backend. Raises StartError."""
    server = stack.enter_context(Playground("ui", environment={"PLAYGROUND_BACKENDS": f"bench=http://{behind.address}"}))
    return Target(key, name, str(server.ui), PYTHON_PATH, {"ui": server.pid, **behind.leaders},
                  lambda role, process: role if role == "ui" else behind.part_of(role, process))


def baseline(stack: contextlib.ExitStack, key: str, name: str) -> Target:
    """Starts Flask under gunicorn. Raises RuntimeError."""
    return alone(key, name, EVAL_PATH, stack.enter_context(Baseline()))


class Process(Protocol):
    """A running server of anybody's."""

    address: str
    pid: int


def alone(key: str, name: str, path: str, server: Process) -> Target:
    """A server whose parts nobody asks for."""
    return Target(key, name, server.address, path, {cost.SERVER: server.pid}, lambda role, _: role)
