"""HAProxy in TCP mode as a cloud's load balancer: it knows connections, not requests, and repeats nothing.

Each service has two servers, "a" and "b": what a roll-out replaces, and what replaces it. Who is asked for health is /readyz.
"""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Mapping
from pathlib import Path

from support.playground import poll

SLOTS = ("a", "b")

CONFIGURATION = """
global
    stats socket {socket} mode 600 level admin
    maxconn 2000
defaults
    mode tcp
    retries 0
    timeout connect 2s
    timeout client 120s
    timeout server 120s
    timeout check 2s
"""
SERVICE = """
listen {name}
    bind {address}
    balance leastconn
    option httpchk GET /readyz
    default-server check inter 200ms rise 1 fall 2 disabled
    server a {a}
    server b {b}
"""


class Balancer:
    """services: by name, the address where it listens and those of its two servers. All servers are out at first."""

    def __init__(self, folder: Path, services: Mapping[str, tuple[str, str, str]]) -> None:
        self._socket = folder / "haproxy.sock"
        self._file = folder / "haproxy.cfg"
        parts = [SERVICE.format(name=name, address=address, a=a, b=b) for name, (address, a, b) in services.items()]
        self._file.write_text(CONFIGURATION.format(socket=self._socket) + "".join(parts))
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Balancer:
        self._process = subprocess.Popen(["haproxy", "-q", "-db", "-f", str(self._file)])
        assert poll(lambda: self._socket.exists() or self._process.poll() is not None, 10.0)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()

    def add(self, service: str, slot: str) -> bool:
        """Takes a server in; whether it passed its check within ten seconds."""
        self._command(f"set server {service}/{slot} state ready")
        return poll(lambda: self._status(service, slot).startswith("UP"), 10.0)

    def take_out(self, service: str, slot: str) -> None:
        """No new connections any more; those that are established stay."""
        self._command(f"set server {service}/{slot} state drain")

    def forget(self, service: str, slot: str) -> None:
        """The server is gone."""
        self._command(f"set server {service}/{slot} state maint")

    def _status(self, service: str, slot: str) -> str:
        rows = (line.split(",") for line in self._command("show stat").splitlines())
        return next(row[17] for row in rows if row[:2] == [service, slot])

    def _command(self, line: str) -> str:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as admin:
            admin.connect(str(self._socket))
            admin.sendall(line.encode() + b"\n")
            return b"".join(iter(lambda: admin.recv(65536), b"")).decode()
