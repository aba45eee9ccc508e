"""Chunked bodies (RFC 9112, 7.1), and the limits on each part of a request. The server that answers these has
PLAYGROUND_MAX_BODY_KB=64."""

from __future__ import annotations

from wire import BODY, Case, chunked, post, refused, silent, taken, with_fields

MAX_BODY = 64 * 1024
MAX_HEAD = 16 * 1024
MAX_TARGET = 8 * 1024
MAX_FIELDS = 100

SIZE = b"%x" % len(BODY)
END = b"0\r\n\r\n"
ONE = SIZE + b"\r\n" + BODY + b"\r\n"

BAD_SIZES = [b"", b" ", b"g", b"0x" + SIZE, b"0X" + SIZE, b"+" + SIZE, b"-" + SIZE, SIZE + b" ", b" " + SIZE, SIZE + b"\t",
             b"\t" + SIZE, SIZE + b"h", b"_" + SIZE, SIZE + b".0", b"\"" + SIZE + b"\"", SIZE + b",", b"\0" + SIZE, SIZE + b"\0",
             b"\xef\xbc\x91", b"10000000000000000", b"ffffffffffffffffffff", b"-1", b"0 ", b"\x0b" + SIZE, SIZE + b"\x0b",
             SIZE + b" ;x", SIZE + b"\xa0"]

BAD_EXTENSIONS = [b";x=\x01", b";x=\"\x01\"", b";\x00", b";x\x7f", b";x=\"\x7f\"", b";x=y\rz", b";x=\"y\rz\"", b";x=y\nz",
                  b";x=\"y\nz\"", b";x=\"y", b";x=\"a\\\"b\"", b";x y", b";(x)", b";x=(y)", b"; x\x0b"]
GOOD_EXTENSIONS = [b";x", b";x=y", b";x=\"y z\"", b";x;y=z", b";x=\"a;b\"", b";x=\"\"", b";x=\"\t\""]

BAD_BODIES = {
    "size ends with a line feed": SIZE + b"\n" + BODY + b"\r\n" + END,
    "size ends with a carriage return": SIZE + b"\r" + BODY + b"\r\n" + END,
    "size ends with two carriage returns": SIZE + b"\r\r\n" + BODY + b"\r\n" + END,
    "chunk ends with a line feed": SIZE + b"\r\n" + BODY + b"\n" + END,
    "chunk ends with a carriage return": SIZE + b"\r\n" + BODY + b"\r" + END,
    "chunk without its end": SIZE + b"\r\n" + BODY + END,
    "chunk longer than its size": SIZE + b"\r\n" + BODY + b"xx\r\n" + END,
    "chunk shorter than its size": b"e\r\n" + BODY + b"\r\n" + END,
    "last chunk ends with line feeds": ONE + b"0\n\n",
    "trailer ends with a line feed": ONE + b"0\r\n\n",
    "last chunk with a carriage return": ONE + b"0\r\r\n",
    "line feeds only": (ONE + END).replace(b"\r\n", b"\n"),
    "empty line before the first chunk": b"\r\n" + ONE + END,
    "body that is not chunked": BODY,
}

BAD_TRAILERS = [b"A b", b": b", b"A : b", b" A: b", b"A: b\r\n c", b"A: b\rc", b"A: b\nB: c", b"A: \0", b"A: \x7f",
                b"\xc3\xa9: b", b"GET / HTTP/1.1", b"A(: b", b"Transfer-Encoding: gzip"]
GOOD_TRAILERS = [b"A: b", b"A:", b"A: b\r\nC: d", b"Content-Length: 5", b"Host: other",
                 b"Connection: close", b"A: \xff"]


def _sized(size: int) -> bytes:
    return BODY.ljust(size)


def _extended(size: int) -> bytes:
    """A body whose extension has so many bytes, the semicolon not counted."""
    return chunked(SIZE + b";" + b"x" * size + b"\r\n" + BODY + b"\r\n" + END)


def _head_of(size: int) -> bytes:
    """A request whose head has so many bytes."""
    short = len(with_fields("A: ", line="POST /none HTTP/1.1")) - len(BODY)
    return with_fields("A: " + "x" * (size - short), line="POST /none HTTP/1.1")


def _target_of(size: int) -> bytes:
    return with_fields(line="POST /none?".ljust(size + 5, "x") + " HTTP/1.1")


# Of every head that is made here: Host, Content-Type and Content-Length.
OWN_FIELDS = 3

CHUNK_CASES: list[Case] = [
    *[refused(f"chunk: size {size!r}", chunked(size + b"\r\n" + BODY + b"\r\n" + END)) for size in BAD_SIZES],
    *[refused(f"chunk: extension {text!r}", chunked(SIZE + text + b"\r\n" + BODY + b"\r\n" + END)) for text in BAD_EXTENSIONS],
    *[taken(f"chunk: extension {text!r}", chunked(SIZE + text + b"\r\n" + BODY + b"\r\n" + END)) for text in GOOD_EXTENSIONS],
    *[refused(f"chunk: {name}", chunked(body)) for name, body in BAD_BODIES.items()],
    *[refused(f"trailer: {line!r}", chunked(ONE + b"0\r\n" + line + b"\r\n\r\n"), words="trailer") for line in BAD_TRAILERS],
    *[taken(f"trailer: {line!r}", chunked(ONE + b"0\r\n" + line + b"\r\n\r\n")) for line in GOOD_TRAILERS],
    taken("chunk: one", chunked(ONE + END)),
    taken("chunk: a byte each", chunked(b"".join(b"1\r\n%c\r\n" % byte for byte in BODY) + END)),
    taken("chunk: size in upper case", chunked(SIZE.upper() + b"\r\n" + BODY + b"\r\n" + END)),
    taken("chunk: zeros before the size", chunked(b"0000" + ONE + END)),
    taken("chunk: zeros for the last size", chunked(ONE + b"00000\r\n\r\n")),
    taken("chunk: extension of the last one", chunked(ONE + b"0;x=y\r\n\r\n")),
    taken("chunk: none", chunked(END), 400, "invalid_json"),
    taken("chunk: one empty line behind", chunked(ONE + END + b"\r\n")),
    Case("chunk: another last one behind", chunked(ONE + END + END), ((200, None), (400, "bad_request")), False),
    silent("chunk: no last one", chunked(ONE)),
    silent("chunk: last one without its end", chunked(ONE + b"0\r\n")),
    silent("chunk: trailer without its end", chunked(ONE + b"0\r\nA: b\r\n")),
]

LIMIT_CASES: list[Case] = [
    taken("limit: target", _target_of(MAX_TARGET), 404, "not_found"),
    refused("limit: target, one more", _target_of(MAX_TARGET + 1), 414, "uri_too_long", "long"),
    refused("limit: target longer than any head", _target_of(90_000), 414, "uri_too_long", "long"),
    refused("limit: method longer than any head", with_fields(line="P" * 90_000), 414, "uri_too_long", "long"),
    taken("limit: head", _head_of(MAX_HEAD), 404, "not_found"),
    refused("limit: head, one more", _head_of(MAX_HEAD + 1), 431, "headers_too_large", "large"),
    refused("limit: head, much more", _head_of(90_000), 431, "headers_too_large", "large"),
    refused("limit: name of a field", with_fields("A" * 20_000 + ": b"), 431, "headers_too_large", "large"),
    taken("limit: fields", with_fields(*["A: b"] * (MAX_FIELDS - OWN_FIELDS))),
    refused("limit: fields, one more", with_fields(*["A: b"] * (MAX_FIELDS - OWN_FIELDS + 1)), 431, "headers_too_large", "many"),
    taken("limit: body", post(f"Content-Length: {MAX_BODY}", body=_sized(MAX_BODY))),
    refused("limit: body, one more", post(f"Content-Length: {MAX_BODY + 1}"), 413, "body_too_large", str(MAX_BODY)),
    refused("limit: body, four times, sent", post(f"Content-Length: {4 * MAX_BODY}", body=_sized(4 * MAX_BODY)), 413, "body_too_large"),
    refused("limit: body of all bits", post("Content-Length: 18446744073709551615"), 413, "body_too_large"),
    refused("limit: body of a GET", post(f"Content-Length: {MAX_BODY + 1}", line="GET / HTTP/1.1"), 413, "body_too_large"),
    taken("limit: body in a chunk", chunked(b"%x\r\n%s\r\n" % (MAX_BODY, _sized(MAX_BODY)) + END)),
    refused("limit: body in a chunk, one more", chunked(b"%x\r\n" % (MAX_BODY + 1)), 413, "body_too_large"),
    refused("limit: body in chunks, one more", chunked(b"%x\r\n%s\r\n1\r\n" % (MAX_BODY, _sized(MAX_BODY))), 413, "body_too_large"),
    refused("limit: chunk of all bits", chunked(b"ffffffffffffffff\r\n"), 413, "body_too_large"),
    taken("limit: extension", _extended(4096)),
    refused("limit: extension, one more", _extended(4097)),
    taken("limit: trailer fields", chunked(ONE + b"0\r\n" + b"A: b\r\n" * 20 + b"\r\n")),
    refused("limit: trailer fields, one more", chunked(ONE + b"0\r\n" + b"A: b\r\n" * 21 + b"\r\n"), words="trailer"),
    refused("limit: trailer", chunked(ONE + b"0\r\nA: " + b"b" * 5000 + b"\r\n\r\n"), words="trailer"),
]
