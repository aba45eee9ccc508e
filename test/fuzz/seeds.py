"""Inputs to begin with, for fuzzers whose corpus is empty or is to be made anew: `seeds.py FOLDER`
writes FOLDER/NAME/* for each fuzzer. They are what people and programs really send, so that mutations
start from where the code goes deep; test/fuzz/corpus holds what came of them.
"""

import pathlib
import sys


def counted(data: bytes) -> bytes:
    """Bytes behind their number, as Input::bytes() takes them."""
    return bytes([len(data)]) + data


def crlf(text: str) -> bytes:
    """Lines of a head or a body, each with CRLF behind it."""
    return text.replace("\n", "\r\n").encode()


REQUESTS = [
    crlf("GET / HTTP/1.1\nHost: a\n\n"),
    crlf("GET /a?b=c HTTP/1.1\nHost: a\n\nGET /b HTTP/1.1\nHost: b\n\n"),
    crlf("\nHEAD http://host:1/x?y HTTP/1.1\nHost: other\nX: \u00e9\n\n"),
    crlf("OPTIONS * HTTP/1.0\nConnection: keep-alive\n\nGET / HTTP/1.0\n\n"),
    crlf("POST /py/eval HTTP/1.1\nHost: a\nContent-Length: 5\n\n") + b"12345",
    crlf("POST /python HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n3\nabc\n0\n\nGET / HTTP/1.1\nHost: a\n\n"),
    crlf("PUT / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n3;n=v\nabc\n0\nT: v\n\n"),
    crlf("POST / HTTP/1.1\nHost: a\nExpect: 100-continue\nContent-Length: 2\n\n") + b"ok",
    crlf("GET / HTTP/1.1\nHost: a\nConnection: close\n\nGET /unserved HTTP/1.1\nHost: a\n\n"),
    crlf("PATCH / HTTP/1.1\nHost: a\n\n"),
    crlf("GET / HTTP/1.1\nHost: a\nContent-Encoding: gzip\n\n"),
    crlf("POST / HTTP/1.1\nHost: a\nContent-Length: 1\nTransfer-Encoding: chunked\n\n"),
    crlf("GET / HTTP/1.1\nHost: a\n\n") * 18,
]


def requests():
    for number, text in enumerate(REQUESTS):
        for limits, flags in ((0, 0), (31, 64 + 128 + number % 6)):
            steering = bytes([limits, flags, number]) + counted(bytes([0, 5, 14, 21])) + counted(bytes([number, 200, 3]))
            yield steering + text


FUZZERS = {"request": requests}


def main() -> None:
    folder = pathlib.Path(sys.argv[1])
    for name, inputs in FUZZERS.items():
        (folder / name).mkdir(parents=True, exist_ok=True)
        for number, data in enumerate(inputs()):
            (folder / name / f"seed-{number:03}").write_bytes(data)


if __name__ == "__main__":
    main()
