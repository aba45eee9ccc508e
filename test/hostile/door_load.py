"""Group 12: clients that are slow, leave, or send as much as they may."""

from __future__ import annotations

import socket

from door import JSON, Door, body_of, case, connect, head, refused, statuses
from support.client import EVAL_PATH, PYTHON_PATH, Client


@case
def slow_clients_hold_nobody_up(door: Door) -> None:
    """Forty connections that stop in their head or body, while others are served."""
    peers = []
    try:
        for address, path in door.both():
            for n in range(20):
                peers.append(connect(address))
                peers[-1].sendall(head(path, "Content-Length: 100")[:20 + 4 * n])
        for address, path in door.both():
            with Client(address) as client:
                assert client.evaluate("print(1)", path)["stdout"] == "1\n"
    finally:
        for peer in peers:
            peer.close()


@case
def client_that_never_reads(door: Door) -> None:
    """A client asks for outputs again and again and reads none: nobody else waits."""
    request = body_of("print('x' * 100_000)")
    with connect(door.backend) as peer:
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        peer.settimeout(1.0)
        try:
            for _ in range(20):
                peer.sendall(head(EVAL_PATH, f"Content-Length: {len(request)}") + request)
        except TimeoutError:
            pass
        with Client(door.backend) as client:
            assert client.evaluate("print(1)")["stdout"] == "1\n"


@case
def streams_that_nobody_reads(door: Door) -> None:
    """Floods of output go to clients that ask for a stream and read none of it, in large pieces, by the byte, and of what JSON
    makes long: others are served. A server that kept it would use up the fence's memory."""
    floods = ["import os\nwhile True: os.write(1, b'x' * 100_000)", "import os\nwhile True: os.write(1, b'x')",
              "import os\nwhile True: os.write(1, bytes(100_000)); os.write(2, b'\\xff' * 100_000)"]
    peers = []
    try:
        for address, path in door.both():
            for code in floods:
                request = body_of(code)
                peers.append(connect(address))
                peers[-1].sendall(head(path, "Accept: application/x-ndjson", f"Content-Length: {len(request)}") + request)
                assert peers[-1].recv(12) == b"HTTP/1.1 200"
        for address, path in door.both():
            with Client(address) as client:
                assert client.evaluate("print(1)", path)["stdout"] == "1\n"
    finally:
        for peer in peers:
            peer.close()


@case
def clients_that_leave_mid_run(door: Door) -> None:
    """Their programs end with them: sixteen that would run for ten seconds don't keep the next one waiting."""
    request = body_of("import time\ntime.sleep(10)")
    for address, path in door.both():
        for _ in range(8):
            with connect(address) as peer:
                peer.sendall(head(path, f"Content-Length: {len(request)}") + request)
    with Client(door.backend) as client:
        assert client.evaluate("print(1)")["stdout"] == "1\n"


@case
def client_that_leaves_mid_upload(door: Door) -> None:
    for address, path in door.both():
        with connect(address) as peer:
            peer.sendall(head(path, "Content-Length: 100000") + b"x" * 50_000)


@case
def many_requests_in_one_packet(door: Door) -> None:
    one = body_of("print('one')")
    for address, path in door.both():
        data = (head(path, f"Content-Length: {len(one)}") + one) * 20
        with connect(address) as peer:
            peer.sendall(data)
            received = b""
            while received.count(b'"status"') < 20:
                part = peer.recv(65536)
                assert part, f"closed after {received.count(b'status')} replies"
                received += part
        assert set(statuses(received)) == {200}


@case
def ten_megabytes_of_source(door: Door) -> None:
    """Runs, or is refused as too large; a server error it is not."""
    for code in ("x = 1\n" * 1_700_000, "#" * 10_000_000, "'" + "a" * 10_000_000 + "'", "(" * 10_000_000):
        with Client(door.backend) as client:
            reply = client.post(EVAL_PATH, body_of(code), JSON)
        assert reply.status in (200, 413), reply.status


@case
def source_larger_than_the_scratch(door: Door) -> None:
    """Source too large is a 413, or a program that ran; it is the user's doing and no server error."""
    with Client(door.backend) as client:
        reply = client.post(EVAL_PATH, body_of("#" * (door.scratch + 1_000_000)), JSON)
    assert reply.status in (200, 413), (reply.status, reply.body[:200])


@case
def json_of_brackets(door: Door) -> None:
    for text in ("[" * 2_000_000, '{"code":' * 500_000, '{"code": ' + "[" * 1_000_000 + "]" * 1_000_000 + "}"):
        refused(door.backend, EVAL_PATH, text.encode(), 400)
        refused(door.ui, PYTHON_PATH, text.encode(), 400)


@case
def connections_in_a_rush(door: Door) -> None:
    """Four hundred connections opened and dropped; the next one is served."""
    for address, path in door.both():
        peers = [connect(address) for _ in range(200)]
        for peer in peers:
            peer.close()
        with Client(address) as client:
            assert client.evaluate("print(1)", path)["stdout"] == "1\n"
