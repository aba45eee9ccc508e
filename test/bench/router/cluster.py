"""A ui and its backends, each on a machine of its own, with the knobs of someone who breaks them."""

from __future__ import annotations

import re
import signal
from collections.abc import Mapping
from types import TracebackType

from router.network import Machine, Network
from support.client import PYTHON_PATH, get, post_json
from support.playground import Playground, poll

UI_PORT, BACKEND_PORT = 5000, 6000
# The same on both sides, for the limits nest: a program's, the queue's, then the ui's for an answer.
TIMEOUT_MS, QUEUE_TIMEOUT_MS = 2000, 3000
ANSWER_SECONDS = (TIMEOUT_MS + QUEUE_TIMEOUT_MS + 2000) / 1000  # as docs/configuration.md has it
SETTINGS = {"PLAYGROUND_TIMEOUT_MS": str(TIMEOUT_MS), "PLAYGROUND_QUEUE_TIMEOUT_MS": str(QUEUE_TIMEOUT_MS)}
POOL_SIZE = 4
READY_SECONDS = 30.0


def count_evaluations(metrics: str) -> int:
    """All programs that a backend has run, of any status, from its /metrics."""
    found = re.findall(r"^playground_evaluations_total(?:\{[^}]*\})? (\S+)$", metrics, re.MULTILINE)
    return int(sum(float(value) for value in found))


class Site:
    """The machines: laid out once, used by one cluster after the other."""

    def __init__(self) -> None:
        self.network = Network()
        self.ui = self.network.join("ui")
        self.backends = {name: self.network.join(name) for name in ("a", "b", "c")}
        self.decoy = self.network.join("decoy")  # where a's packets go when they are diverted
        self.decoy.answer_for(self.backends["a"])


class Cluster:
    """A context manager: a ui in front of the backends "a" and "b". Raises StartError, OSError."""

    def __init__(self, site: Site, urls: Mapping[str, str] | None = None,
                 ui_settings: Mapping[str, str] | None = None) -> None:
        """`urls`: where the ui looks for each backend, when not at its address."""
        self.site = site
        self._urls = {name: f"http://{self.address(name)}" for name in ("a", "b")} | dict(urls or {})
        self._ui_settings = dict(ui_settings or {})
        self.names: object | None = None  # the name server, where there is one
        self._servers: dict[str, Playground] = {}
        self.ui_address = f"{site.ui.address}:{UI_PORT}"

    def __enter__(self) -> Cluster:
        try:
            for name in ("a", "b"):
                self.start(name)
            backends = ",".join(f"{name}={url}" for name, url in self._urls.items())
            settings = {"PLAYGROUND_UI_LISTEN": self.ui_address, "PLAYGROUND_BACKENDS": backends}
            self._launch(self.site.ui, "ui", SETTINGS | settings | self._ui_settings)
            if not poll(self._both_answer, READY_SECONDS):
                raise RuntimeError("the ui does not reach both backends")
        except BaseException:
            self._kill_all()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, _value: BaseException | None,
                 _trace: TracebackType | None) -> None:
        try:
            while self._servers and kind is None:
                self.stop(next(reversed(self._servers)))
        finally:
            self._kill_all()

    def address(self, name: str) -> str:
        """Where that backend listens."""
        return f"{self.site.backends[name].address}:{BACKEND_PORT}"

    # What can be done to a backend

    def start(self, name: str) -> None:
        """Returns once it is ready."""
        settings = {"PLAYGROUND_BACKEND_LISTEN": self.address(name), "PLAYGROUND_POOL_SIZE": str(POOL_SIZE)}
        self._launch(self.site.backends[name], "backend", SETTINGS | settings, name)

    def stop(self, name: str) -> None:
        """SIGTERM; returns once it has ended. Raises StopError unless it did so with exit code 0."""
        self._servers.pop(name).stop()

    def kill(self, name: str) -> None:
        """SIGKILL to the server, and to what is left of it."""
        server = self._servers.pop(name)
        server.send_signal(signal.SIGKILL)
        server.wait()
        server.kill()

    def pause(self, name: str) -> None:
        """SIGSTOP to the server: its kernel still takes connections, nobody answers."""
        self._servers[name].send_signal(signal.SIGSTOP)

    def resume(self, name: str) -> None:
        self._servers[name].send_signal(signal.SIGCONT)

    def roll(self) -> None:
        """Each backend in turn is ended and started; the next one's turn comes as soon as it is ready."""
        for name in ("a", "b"):
            self.stop(name)
            self.start(name)

    def evaluations(self, name: str) -> int:
        """How many programs that backend has run since its start."""
        server = self._servers[name]
        assert server.admin is not None
        with self.site.backends[name].inside():
            return count_evaluations(get(server.admin, "/metrics").text())

    # Inside

    def _launch(self, machine: Machine, role: str, settings: Mapping[str, str], name: str | None = None) -> None:
        server = Playground(role, environment=settings)
        with machine.inside():
            server.start()
        self._servers[name or role] = server

    def _both_answer(self) -> bool:
        """Whether programs get through to each of them."""
        try:
            replies = [post_json(self.ui_address, PYTHON_PATH, {"code": "print(1)"}) for _ in range(4)]
        except OSError:
            return False
        return {(reply.status, reply.headers["X-Playground-Backend"]) for reply in replies} == {(200, "a"), (200, "b")}

    def _kill_all(self) -> None:
        for server in self._servers.values():
            server.kill()
        self._servers.clear()
