"""nginx as an ordinary process of a test, on a free port of 127.0.0.1: the other reader that ours is compared with."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import pytest

from .playground import poll

# Where tools/deps unpacks it where the system has none.
PACKAGES = Path(__file__).resolve().parents[2] / "build" / "test" / "packages"
START_SECONDS = 20.0
STOP_SECONDS = 10.0

CONFIG = """\
daemon off;
master_process off;
pid {folder}/pid;
error_log stderr crit;
events {{ worker_connections 2048; }}
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


def find() -> str | None:
    """The program: the system's, or the one unpacked for tests only."""
    places = [os.environ.get("PATH", os.defpath), "/usr/sbin", str(PACKAGES / "usr" / "sbin")]
    return shutil.which("nginx", path=os.pathsep.join(places))


def version() -> str:
    """As "1.22.1"; "" where there is none."""
    program = find()
    if program is None:
        return ""
    told = subprocess.run([program, "-v"], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=START_SECONDS)
    return told.stderr.strip().rpartition("/")[2].split(" ")[0]


needed = pytest.mark.skipif(find() is None, reason="nginx is not installed: tools/deps test")


class Nginx:
    """One nginx with what its `http` block says, in which `{port}` stands for its port. Use as a context manager."""

    def __init__(self, http: str) -> None:
        with socket.socket() as free:  # nginx does not tell which one port 0 became
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"127.0.0.1:{port}"
        self._folder = tempfile.TemporaryDirectory(prefix="playground-nginx-")
        self._config = Path(self._folder.name, "config")
        self._config.write_text(CONFIG.format(folder=self._folder.name, http=http.replace("{port}", str(port))))
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Nginx:
        """Raises AssertionError when it does not start."""
        program = find()
        assert program is not None
        self._process = subprocess.Popen([program, "-p", self._folder.name, "-c", str(self._config)],
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

    def _listens(self) -> bool:
        host, _, port = self.address.rpartition(":")
        try:
            socket.create_connection((host, int(port)), START_SECONDS).close()
        except OSError:
            return False
        return True
