#!/usr/bin/python3.11
"""An interpreter for PLAYGROUND_PYTHON, whose zygote tells of each worker only once the server has read that the worker is ready.

A relay stands between the two, as a child of the interpreter: so that the interpreter itself stays the server's. The layout of the
messages is that of pool/protocol.h.
"""

import fcntl
import os
import select
import socket
import struct
import sys

CONTROL, READY = 3, 4
ONE_PAGE = 4096  # a pipe of that size is full once anything was written, until all of it has been read
SPAWNED_KIND = 4
SPAWNED, READY_RECORD = struct.Struct("=IiQ"), struct.Struct("=IIQQ")
MOST_BYTES, MOST_FDS = 65536, 8


def send(to: socket.socket, message: bytes, fds: list[int]) -> None:
    socket.send_fds(to, [message], fds)
    for fd in fds:
        os.close(fd)


def relay(server: socket.socket, zygote: socket.socket, ready: int) -> None:
    """Until one of the two is gone."""
    fcntl.fcntl(READY, fcntl.F_SETPIPE_SZ, ONE_PAGE)
    held: dict[int, tuple[bytes, list[int]]] = {}
    said_ready: set[int] = set()
    while True:
        readable = select.select([server, zygote, ready], [], [])[0]
        if server in readable:
            order = server.recv(MOST_BYTES)
            if not order:
                return
            zygote.send(order)
        if zygote in readable:
            message, fds, _, _ = socket.recv_fds(zygote, MOST_BYTES, MOST_FDS)
            if not message:
                return
            if struct.unpack_from("=I", message)[0] == SPAWNED_KIND:
                held[SPAWNED.unpack(message)[2]] = message, fds
            else:
                send(server, message, fds)
        if ready in readable:
            record = os.read(ready, READY_RECORD.size)
            os.write(READY, record)
            select.select([], [READY], [])  # until the server has read it
            said_ready.add(READY_RECORD.unpack(record)[2])
        for order_id in said_ready & held.keys():
            said_ready.remove(order_id)
            send(server, *held.pop(order_id))


def main() -> None:
    server = socket.socket(fileno=CONTROL)
    zygote, control = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    ready, workers_ready = os.pipe()
    if os.fork() == 0:
        control.close()
        os.close(workers_ready)
        try:
            relay(server, zygote, ready)
        except OSError:  # the other end is gone
            pass
        os._exit(0)
    os.dup2(control.fileno(), CONTROL)
    os.dup2(workers_ready, READY)
    os.execv(sys.executable, [sys.executable, *sys.argv[1:]])


if __name__ == "__main__":
    main()
