"""nginx as an ordinary process of a test or a bench, on a free port of 127.0.0.1: what ours is compared with."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

from .playground import poll

# Where tools/deps unpacks it for tests where the system has none.
PACKAGES = Path(__file__).resolve().parents[2] / "build" / "test" / "packages"
START_SECONDS = 20.0
STOP_SECONDS = 10.0

# Without master process: the process that is started is the one that works.
CONFIG = """\
daemon off;
master_process off;
pid {folder}/pid;
error_log stderr crit;
events {{ worker_connections 4096; }}
http {{
  access_log off;
  default_type application/json;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
{http}
}}
"""


def find(packages: Path = PACKAGES) -> str | None:
    """The program: the system's, or the one unpacked in `packages`."""
    places = [os.environ.get("PATH", os.defpath), "/usr/sbin", str(packages / "usr" / "sbin")]
    return shutil.which("nginx", path=os.pathsep.join(places))


def version() -> str:
    """As "1.22.1"; "" where there is none."""
    program = find()
    if program is None:
        return ""
    told = subprocess.run([program, "-v"], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=START_SECONDS)
    return told.stderr.strip().rpartition("/")[2].split(" ")[0]


class Nginx:
    """One nginx with what its `http` block says, in which `{port}` stands for its port. Use as a context manager.

    It is the system's, or the one unpacked in `packages`.
    """

    def __init__(self, http: str, packages: Path = PACKAGES) -> None:
        with socket.socket() as free:  # nginx does not tell which one port 0 became
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"127.0.0.1:{port}"
        self._program = find(packages)
        self._folder = tempfile.TemporaryDirectory(prefix="playground-nginx-")
        self._config = Path(self._folder.name, "config")
        self._config.write_text(CONFIG.format(folder=self._folder.name, http=http.replace("{port}", str(port))))
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Nginx:
        """Raises AssertionError when it does not start."""
        assert self._program is not None, "nginx is not installed"
        self._process = subprocess.Popen([self._program, "-p", self._folder.name, "-c", str(self._config)],
                                         stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        poll(lambda: self._process.poll() is not None or self._listens(), START_SECONDS)
        if self._process.poll() is not None or not self._listens():
            self.__exit__()
            raise AssertionError("nginx did not start")
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._folder.cleanup()

    @property
    def pid(self) -> int:
        return self._process.pid

    def _listens(self) -> bool:
        host, _, port = self.address.rpartition(":")
        try:
            socket.create_connection((host, int(port)), START_SECONDS).close()
        except OSError:
            return False
        return True
