"""A listener that gives each of its connections a thread: what servers made of plain sockets are built on."""

from __future__ import annotations

import contextlib
import socket
import threading


class ThreadedListener:
    """Runs `serve` for each connection, in a thread of its own, from the start of a `with` to its end. At the end the
    listener and every connection are shut down, and the threads waited for: `serve` has to return then.
    """

    def __init__(self, listener: socket.socket) -> None:
        self._listener = listener
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._accept)]

    def serve(self, connection: socket.socket) -> None:
        """A connection's whole life; it is closed afterwards. An OSError ends it too."""
        raise NotImplementedError

    def wrap(self, connection: socket.socket) -> socket.socket:
        """What `serve` gets in place of the accepted connection."""
        return connection

    def __enter__(self):
        self._threads[0].start()
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._threads[0].join()
        self._listener.close()
        with self._lock:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads[1:]:
            thread.join()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:  # shut down
                return
            connection = self.wrap(connection)
            with self._lock:
                self._open.add(connection)
            thread = threading.Thread(target=self._run, args=(connection,))
            self._threads.append(thread)
            thread.start()

    def _run(self, connection: socket.socket) -> None:
        with connection:
            with contextlib.suppress(OSError):
                self.serve(connection)
            with self._lock:
                self._open.discard(connection)
