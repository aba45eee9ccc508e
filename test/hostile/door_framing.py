"""Group 12: requests that are too large, or that two readers could read differently."""

from __future__ import annotations

from door import Door, case, head, smuggled, statuses, talk
from support.client import EVAL_PATH, PYTHON_PATH, Client

HIDDEN = head(EVAL_PATH, "Content-Length: 29") + b'{"code": "print(\'smuggled\')"}'


@case
def body_beyond_the_limit_announced(door: Door) -> None:
    for address, path in door.both():
        received = talk(address, head(path, f"Content-Length: {door.body_limit + 1}"))
        assert statuses(received) == [413], received[:300]


@case
def body_beyond_the_limit_sent(door: Door) -> None:
    for address, path in door.both():
        received = talk(address, head(path, f"Content-Length: {door.body_limit * 2}") + b"x" * (door.body_limit * 2))
        assert statuses(received) in ([413], []), received[:300]  # a reset may have overtaken it


@case
def body_beyond_the_limit_in_chunks(door: Door) -> None:
    chunk = b"10000\r\n" + b"x" * 65536 + b"\r\n"
    for address, path in door.both():
        data = head(path, "Transfer-Encoding: chunked") + chunk * (door.body_limit // 65536 + 2)
        assert statuses(talk(address, data)) in ([413], [])


@case
def length_of_a_universe(door: Door) -> None:
    for address, path in door.both():
        for length in ("99999999999999999999999", "-1", "+5", "0x10", "5 5", "1e3"):
            found = statuses(talk(address, head(path, f"Content-Length: {length}") + b"x"))
            assert len(found) == 1 and found[0] in (400, 413), (length, found)


@case
def chunk_of_a_universe(door: Door) -> None:
    for address, path in door.both():
        data = head(path, "Transfer-Encoding: chunked") + b"ffffffffffffffffff\r\nx"
        found = statuses(talk(address, data))
        assert len(found) == 1 and found[0] in (400, 413), found


@case
def head_without_end(door: Door) -> None:
    for address, path in door.both():
        lines = b"".join(b"X-%d: %s\r\n" % (n, b"y" * 1000) for n in range(400))
        assert statuses(talk(address, f"POST {path} HTTP/1.1\r\nHost: door\r\n".encode() + lines)) in ([431], [])


@case
def target_without_end(door: Door) -> None:
    for address, _ in door.both():
        assert statuses(talk(address, b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: door\r\n\r\n")) in ([414], [431], [])


@case
def smuggling_two_lengths(door: Door) -> None:
    smuggled(door, lambda path: head(path, "Content-Length: 2", "Content-Length: 300") + b"{}" + HIDDEN)


@case
def smuggling_length_and_chunks(door: Door) -> None:
    smuggled(door, lambda path: head(path, "Content-Length: 5", "Transfer-Encoding: chunked") + b"0\r\n\r\n" + HIDDEN)


@case
def smuggling_odd_transfer_encodings(door: Door) -> None:
    for coding in ("xchunked", "chunked, identity", "identity", "chunked\x0b", "\x0bchunked", "gzip, chunked"):
        smuggled(door, lambda path: head(path, f"Transfer-Encoding: {coding}") + b"0\r\n\r\n" + HIDDEN)


@case
def smuggling_blank_before_the_colon(door: Door) -> None:
    smuggled(door, lambda path: head(path, "Content-Length : 5") + b"12345" + HIDDEN)


@case
def smuggling_folded_line(door: Door) -> None:
    smuggled(door, lambda path: head(path, "X: a", " Transfer-Encoding: chunked", "Content-Length: 5") + b"12345" + HIDDEN)


@case
def smuggling_lone_line_ends(door: Door) -> None:
    for end in (b"\n", b"\r"):
        smuggled(door, lambda path: head(path, "Content-Length: 2").replace(b"\r\n", end) + b"{}" + HIDDEN)


@case
def smuggling_two_hosts(door: Door) -> None:
    smuggled(door, lambda path: head(path, "Host: other", "Content-Length: 2") + b"{}" + HIDDEN)


@case
def smuggling_bad_chunk_sizes(door: Door) -> None:
    for size in (b"5 ", b"+5", b"0x5", b"5\n", b"-1", b""):
        smuggled(door, lambda path: head(path, "Transfer-Encoding: chunked") + size + b"\r\n12345\r\n0\r\n\r\n" + HIDDEN)


@case
def request_inside_a_code_stays_a_code(door: Door) -> None:
    """What the ui sends on is framed anew: bytes of a program can't become a request to the backend."""
    code = "pass\n# " + HIDDEN.decode().replace("\r", "")
    with Client(door.ui) as client:
        for _ in range(3):
            assert client.evaluate(code, PYTHON_PATH)["stdout"] == ""
        assert client.evaluate("print(1)", PYTHON_PATH)["stdout"] == "1\n"
