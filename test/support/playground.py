"""The real server as a process of a test: started on free ports, known to be ready, stopped clean.

    with Playground("all") as server:
        assert evaluate(server.backend, "print(1)")["stdout"] == "1\\n"

Leaving the block sends SIGTERM and asserts that the server ended with 0 and left no process behind;
leaving it by an exception kills. What a test asks of it over HTTP stands in `support.client`, whose
functions can be imported from here too.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from . import processes
from .client import (  # noqa: F401  (offered to importers)
    Client, Reply, UnexpectedReply, evaluate, get, post_form, post_json, post_multipart,
)

# Which listeners each role opens, by the name in their log lines.
LISTENERS = {
    "backend": {"backend", "admin"},
    "ui": {"ui", "admin"},
    "all": {"ui", "backend", "admin"},
}
SERVING = ("backend", "ui")  # those that answer /readyz

# Guards against hanging on a broken server; no test measures with them.
START_SECONDS = 60.0
STOP_SECONDS = 60.0
VANISH_SECONDS = 10.0  # a worker dies a moment after its zygote
POLL_SECONDS = 0.01


class StartError(AssertionError):
    """The server did not become ready; the message ends with its log."""


class StopError(AssertionError):
    """The server did not stop clean; the message ends with its log."""


def binary() -> Path:
    """The server under test: $PLAYGROUND_BINARY, or the release build of this tree."""
    default = Path(__file__).resolve().parents[2] / "build" / "release" / "playground"
    return Path(os.environ.get("PLAYGROUND_BINARY") or default).absolute()


class Playground:
    """One server process.

    After `start()` the addresses `ui`, `backend` and `admin` are `"HOST:PORT"`, None where the role
    has no such listener.
    """

    def __init__(self, role: str = "all", *flags: str,
                 environment: Mapping[str, str] | None = None, wrapper: Sequence[str] = ()) -> None:
        """Nothing is started yet.

        role: "backend", "ui" or "all". flags: further words of the command line. environment:
        variables over those of this process, of which no PLAYGROUND_* is passed on, so that a test
        does not depend on who runs it. wrapper: a command that becomes the one that follows it.
        """
        self.role = role
        self.ui: str | None = None
        self.backend: str | None = None
        self.admin: str | None = None
        self._command = [*wrapper, str(binary()), role, *flags]
        self._environment = {
            name: value for name, value in os.environ.items() if not name.startswith("PLAYGROUND_")
        } | {
            "PLAYGROUND_UI_LISTEN": "127.0.0.1:0",
            "PLAYGROUND_BACKEND_LISTEN": "127.0.0.1:0",
            "PLAYGROUND_ADMIN_LISTEN": "127.0.0.1:0",
            "PLAYGROUND_LOG_FORMAT": "json",
        } | dict(environment or {})
        self._process: subprocess.Popen[bytes] | None = None
        self._reader: threading.Thread | None = None
        self._changed = threading.Condition()
        self._lines: list[str] = []
        self._family: list[processes.Process] = []

    def __enter__(self) -> Playground:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.stop()
        else:
            self.kill()

    # Starting

    def start(self) -> Playground:
        """Starts the process and returns once every listener is open and every role ready.

        Raises StartError, FileNotFoundError (no binary); nothing is left running then.
        """
        self.launch()
        try:
            self.wait_listening()
            self.wait_ready()
        except BaseException:
            self.kill()
            raise
        return self

    def launch(self) -> None:
        """Starts the process without waiting for anything: for tests of starting itself."""
        assert self._process is None, "a Playground is started once"
        self._process = subprocess.Popen(
            self._command, env=self._environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)
        atexit.register(self.kill)
        self._reader = threading.Thread(target=self._drain, name="playground-log", daemon=True)
        self._reader.start()

    def wait_listening(self, seconds: float = START_SECONDS) -> None:
        """Returns once each listener of the role has logged its address. Raises StartError."""
        wanted = LISTENERS[self.role]

        def done() -> bool:
            return all(getattr(self, name) for name in wanted) or not self._running()

        with self._changed:
            deadline = time.monotonic() + seconds
            while not done() and time.monotonic() < deadline:
                self._changed.wait(0.1)
        missing = sorted(name for name in wanted if not getattr(self, name))
        if missing:
            raise StartError(self._report(f"no listener logged for {', '.join(missing)}"))

    def wait_ready(self, seconds: float = START_SECONDS) -> None:
        """Returns once GET /readyz is 200 on every listener that serves. Raises StartError."""
        for name in SERVING:
            address = getattr(self, name)
            if address is not None:
                decided = poll(lambda: not self._running() or _ready(address), seconds)
                if not decided or not self._running():
                    raise StartError(self._report(f"{name} is not ready"))

    # Stopping

    def stop(self, vanish_seconds: float = VANISH_SECONDS) -> None:
        """SIGTERM, then waits for the end: exit code 0 and no process of it left.

        vanish_seconds: how long its processes may outlive it. Raises StopError; whatever was left is killed first. Does nothing when not running.
        """
        if self._process is None:
            return
        self.send_signal(signal.SIGTERM)
        code = self.wait()
        left = self.leftover(vanish_seconds)
        self.kill()
        if code != 0:
            raise StopError(self._report(f"ended with {code} after SIGTERM"))
        if left:
            raise StopError(self._report(f"left processes behind: {left}"))

    def send_signal(self, number: signal.Signals) -> None:
        """Sends a signal to the server's process, not to its family. Harmless after its end."""
        assert self._process is not None
        self._remember_family()
        self._process.send_signal(number)

    def wait(self, seconds: float = STOP_SECONDS) -> int:
        """Waits for the server's end; its exit code, negative for a signal.

        Raises StopError when it is still there after `seconds`; it is killed first.
        """
        assert self._process is not None
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            raise StopError(self._report(f"still running {seconds} s later")) from None

    def leftover(self, seconds: float = VANISH_SECONDS) -> list[processes.Process]:
        """After the server's end: those of its processes that do not follow it within `seconds`."""
        self._remember_family()
        poll(lambda: not processes.survivors(self._family), seconds)
        return processes.survivors(self._family)

    def kill(self) -> None:
        """Kills the server and all that belongs to it, at once. May be called at any time."""
        if self._process is None:
            return
        self._remember_family()
        if self._process.poll() is None:
            self._process.kill()
        processes.kill(self._family)
        self._process.wait()
        poll(lambda: not processes.survivors(self._family), VANISH_SECONDS)
        atexit.unregister(self.kill)
        self._close_log()

    # Looking

    @property
    def pid(self) -> int:
        """The server's own process; also its session and its process group."""
        assert self._process is not None
        return self._process.pid

    def children(self) -> list[processes.Process]:
        """The processes below the server: its zygote, workers and programs."""
        return [process for process in processes.family(self.pid) if process.pid != self.pid]

    def log(self) -> list[str]:
        """The lines that the server has written to stderr so far."""
        with self._changed:
            return list(self._lines)

    def events(self, name: str | None = None) -> list[dict]:
        """The log's JSON lines so far, or those of them whose "event" is `name`."""
        parsed = (_event(line) for line in self.log())
        return [event for event in parsed if event and name in (None, event.get("event"))]

    def wait_event(self, name: str, seconds: float = START_SECONDS) -> dict:
        """Waits for the first log line whose "event" is `name`. Raises AssertionError."""
        poll(lambda: bool(self.events(name)) or not self._running(), seconds)
        found = self.events(name)
        assert found, self._report(f"no event {name}")
        return found[0]

    # Inside

    def _drain(self) -> None:
        """The reader's thread: empties stderr until its last writer is gone, so that none blocks."""
        assert self._process is not None and self._process.stderr is not None
        for raw in self._process.stderr:
            line = raw.decode("utf-8", "replace").rstrip("\n")
            with self._changed:
                self._lines.append(line)
                self._note_listener(_event(line))
                self._changed.notify_all()

    def _note_listener(self, event: dict | None) -> None:
        if event and event.get("event") == "listening" and event.get("role") in LISTENERS["all"]:
            setattr(self, event["role"], event.get("address"))

    def _close_log(self) -> None:
        """Reads what the dead have written and closes the pipe."""
        assert self._process is not None and self._process.stderr is not None
        if self._reader is not None:
            self._reader.join(VANISH_SECONDS)
            if not self._reader.is_alive():
                self._process.stderr.close()

    def _remember_family(self) -> None:
        """Adds who belongs to the server now: whoever leaves its session later is still known."""
        known = {(process.pid, process.start) for process in self._family}
        self._family += [process for process in processes.family(self.pid)
                         if (process.pid, process.start) not in known]

    def _running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def _report(self, message: str) -> str:
        """`message` with the state of the process and the end of its log."""
        code = self._process.poll() if self._process is not None else None
        state = "running" if code is None else f"exit code {code}"
        log = "\n".join(f"  {line}" for line in self.log()[-50:])
        return f"{' '.join(self._command)}: {message} ({state})\n{log}"


def poll(done: Callable[[], bool], seconds: float) -> bool:
    """Asks `done` again and again until it is true or `seconds` are over; its last answer."""
    deadline = time.monotonic() + seconds
    while not done():
        if time.monotonic() >= deadline:
            return False
        time.sleep(POLL_SECONDS)
    return True


def _ready(address: str) -> bool:
    try:
        return get(address, "/readyz", timeout=5.0).status == 200
    except OSError:
        return False


def _event(line: str) -> dict | None:
    """A log line as an object; None for lines that are not JSON (a sanitizer's report)."""
    try:
        value = json.loads(line)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None
