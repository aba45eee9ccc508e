"""What a program must not reach: listeners inside the fence that remember every touch, and canaries to be read.

The addresses are fixed, for programs have them in their text, and nobody else is in the fence's network.
"""

from __future__ import annotations

import contextlib
import os
import socket
import threading

# Keep in step with programs/06_*.py and fence.ALIASES.
TCP = (("127.0.0.1", 18080), ("::1", 18080), ("169.254.169.254", 80), ("10.96.0.1", 443))
UDP = (("127.0.0.1", 18053),)
UNIX = ("\0playground-trap", "/tmp/trap.sock")
UNIX_DATAGRAMS = ("\0playground-trap-datagrams", "/tmp/trap-datagrams.sock")


class Traps:
    """Use as a context manager. `touched()` names the listeners that somebody reached."""

    def __init__(self) -> None:
        self._touched: list[str] = []
        self._sockets: list[socket.socket] = []

    def __enter__(self) -> Traps:
        for host, port in TCP:
            family = socket.AF_INET6 if ":" in host else socket.AF_INET
            self._listen(socket.socket(family, socket.SOCK_STREAM), (host, port))
        for address in UDP:
            self._listen(socket.socket(socket.AF_INET, socket.SOCK_DGRAM), address)
        for kind, paths in ((socket.SOCK_STREAM, UNIX), (socket.SOCK_DGRAM, UNIX_DATAGRAMS)):
            for path in paths:
                self._listen(socket.socket(socket.AF_UNIX, kind), path)
                if path.startswith("/"):
                    os.chmod(path, 0o777)
        return self

    def __exit__(self, *_: object) -> None:
        for trap in self._sockets:
            with contextlib.suppress(OSError):
                trap.shutdown(socket.SHUT_RDWR)
            trap.close()

    def touched(self) -> list[str]:
        """Who was reached so far."""
        return list(self._touched)

    def _listen(self, trap: socket.socket, address: object) -> None:
        self._sockets.append(trap)
        trap.bind(address)
        if trap.type == socket.SOCK_STREAM:
            trap.listen(64)
        threading.Thread(target=self._watch, args=(trap, repr(address)), daemon=True).start()

    def _watch(self, trap: socket.socket, name: str) -> None:
        while True:
            try:
                if trap.type == socket.SOCK_STREAM:
                    trap.accept()[0].close()
                else:
                    trap.recv(1)
            except OSError:  # closed
                return
            if trap.fileno() < 0:
                return
            self._touched.append(name)
