"""Containers of the built images, run as a cluster runs restricted pods."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "test"), str(ROOT / "test" / "hostile")]

import kernel  # noqa: E402, F401  (offered to importers)
import runtime_default  # noqa: E402
from support.client import get  # noqa: E402
from support.playground import poll  # noqa: E402

SLIM, FULL = "playground-slim", "playground"
SECONDS = 120.0  # guards against hanging; nothing is measured with them
UID = 65532


def podman(*words: str, check: bool = True, **more: object) -> subprocess.CompletedProcess[str]:
    """Runs podman or docker. Raises AssertionError with its words when it fails and `check` is set."""
    done = subprocess.run([str(ROOT / "tools" / "container"), *words], capture_output=True, text=True, timeout=SECONDS, **more)
    assert done.returncode == 0 or not check, f"{' '.join(words)}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
    return done


def tagged(image: str) -> str:
    """The image with the tag that `make image` gave it."""
    version = next(line.split()[2] for line in (ROOT / "CMakeLists.txt").read_text().splitlines()
                   if line.startswith("project(playground VERSION"))
    return f"localhost/{image}:{os.environ.get('TAG') or version}"


def seccomp_profile() -> str:
    """A file with the profile of a cluster's RuntimeDefault: podman's own allows more (user namespaces, ptrace)."""
    path = ROOT / "build" / "container" / "runtime-default.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(runtime_default.as_json()))
    return str(path)


def restricted(scratch_mb: int = 640) -> list[str]:
    """Options of `podman run` that make a container what Pod Security calls restricted, with a read-only root."""
    return ["--read-only", "--read-only-tmpfs=false", "--cap-drop=ALL", "--security-opt=no-new-privileges",
            f"--security-opt=seccomp={seccomp_profile()}", "--pids-limit=512", "--memory=3584m",
            f"--tmpfs=/scratch:size={scratch_mb}m,mode=1777,noexec,nosuid,nodev"]


class Container:
    """One server in a container. `host` is its address in the network that the tests share."""

    _count = 0

    def __init__(self, image: str, role: str, host: str = "127.0.0.1", settings: Mapping[str, str] | None = None) -> None:
        Container._count += 1
        self.name = f"pg-{role}-{os.getpid()}-{Container._count}"
        self.ui, self.backend, self.admin = f"{host}:5000", f"{host}:6000", f"{host}:9090"
        self.role = role
        listen = {f"PLAYGROUND_{name.upper()}_LISTEN": getattr(self, name) for name in ("ui", "backend", "admin")}
        variables = [f"--env={name}={value}" for name, value in (listen | dict(settings or {})).items()]
        self._words = ["run", "--detach", "--network=host", f"--name={self.name}", *restricted(), *variables, tagged(image), role]

    def __enter__(self) -> Container:
        self.start()
        assert self.wait_ready(), self.log()
        return self

    def __exit__(self, *_: object) -> None:
        self.remove()

    @property
    def served(self) -> str:
        """The address where its role answers."""
        return self.backend if self.role == "backend" else self.ui

    def start(self) -> None:
        podman(*self._words)

    def ready(self) -> bool:
        """Whether /readyz says 200 now."""
        try:
            return get(self.served, "/readyz", timeout=5.0).status == 200
        except OSError:
            return False

    def wait_ready(self) -> bool:
        return poll(lambda: self.ready() or not self.running(), SECONDS) and self.ready()

    def running(self) -> bool:
        return podman("container", "inspect", "--format", "{{.State.Running}}", self.name, check=False).stdout.strip() == "true"

    def terminate(self) -> int:
        """SIGTERM, as the kubelet sends it; returns the exit code once the server has drained."""
        podman("kill", "--signal=TERM", self.name)
        return int(podman("wait", self.name).stdout.split()[-1])

    def log(self) -> str:
        done = podman("logs", self.name, check=False)
        return done.stdout + done.stderr

    def remove(self) -> None:
        podman("rm", "--force", "--time=0", self.name, check=False)


def wait_until(done, seconds: float, what: str) -> None:
    """Asks again and again. Raises AssertionError naming `what`."""
    end = time.monotonic() + seconds
    assert poll(done, max(0.0, end - time.monotonic())), f"not within {seconds} s: {what}"
