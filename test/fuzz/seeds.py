"""Inputs to begin with, for fuzzers whose corpus is empty or is to be made anew: `seeds.py FOLDER`
writes FOLDER/NAME/* for each fuzzer. They are what people and programs really send, so that mutations
start from where the code goes deep; test/fuzz/corpus holds what came of them.
"""

import pathlib
import ssl
import struct
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


RESPONSES = [
    crlf("HTTP/1.1 200 OK\nContent-Length: 5\nContent-Type: application/json\n\n") + b"12345",
    crlf("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n3\nabc\n10;x=y\n0123456789abcdef\n0\nT: v\n\n"),
    crlf("HTTP/1.0 200 OK\nX: y\n\nuntil the end"),
    crlf("HTTP/1.1 100 Continue\n\nHTTP/1.1 103 Early Hints\nLink: a\n\nHTTP/1.1 204 No Content\n\n"),
    crlf("HTTP/1.1 304 Not Modified\nContent-Length: 7\nETag: a\n\n"),
    crlf("HTTP/1.1 503 Service Unavailable\nRetry-After: 1\nConnection: close, X-Own\nX-Own: a\nContent-Length: 0\n\n"),
    crlf("HTTP/1.0 200 OK\nConnection: keep-alive\nKeep-Alive: timeout=5\nContent-Length: 1\n\n") + b"a",
    crlf("HTTP/1.1 101 Switching Protocols\nUpgrade: x\n\n"),
    crlf("HTTP/1.1 200 OK\nContent-Length: 1\nContent-Length: 1\n\n") + b"a",
]


def responses():
    for number, text in enumerate(RESPONSES):
        yield bytes([255 - number]) + counted(bytes([number, 60, 0])) + text


EVALUATIONS = [
    b'{"code":"print(1)"}',
    b'{"code":"print(input())","stdin":"a\\n","args":["-x","\\u00e9"],"timeout_ms":1000,"memory_mb":64}',
    b'{"code":"\\ud83d\\ude00\\"\\\\","args":[]}',
    b'{"code":"\\ud800"}',
    b'{"stdin":"\xff","code":"a"}',
    b'{"code":"a","code":"b"}',
    b'{"code":"a","timeout_ms":-1}',
    b'{"code":"a","memory_mb":1e3}',
    b'{"code":"a","files":[{"path":"a/b","content":"\\u00e9"},{"path":"c","content":"AP8=","encoding":"base64"}]}',
    b'{"code":"a","files_out":["*.txt","out/**/[!a-z]?"],"plots":true,"files":[]}',
    b'{"code":"a","files_out":true,"files":[{"path":"a","content":""},{"path":"a/b","content":""}]}',
    b'{"code":"a","files_out":["../*"],"files":[{"path":"a","content":"AP8","encoding":"base64"}]}',
    b'{"code":"a","other":{"code":["\\x"]}}',
    b'[1,2,{"code":null}]',
    b'{"code":"a\\u0000"}',
    b'plain \xed\xa0\x80 \xf0\x9f\x98 \x00 text',
]


def evaluations():
    for text in EVALUATIONS:
        yield b"\0" + text
        yield b"\5" + text


MULTIPART = crlf("""--b
Content-Disposition: form-data; name="code"

print(1)
--b
Content-Disposition: form-data; name="a\\"b"; filename="c.py"
Content-Type: text/x-python

x
--b--
""")

FORMS = [
    ("application/x-www-form-urlencoded", b"code=print%281%29%0D%0A&stdin=a+b&args=1&args=%C3%A9&timeout_ms=1000&run="),
    ("application/x-www-form-urlencoded", b"code=%00&&=&a=%zz"),
    ("multipart/form-data; boundary=b", MULTIPART),
    ('multipart/form-data; charset=utf-8; boundary="b"', b"before\r\n" + MULTIPART + b"behind"),
    ("multipart/form-data", MULTIPART),
]


def forms():
    for media_type, body in FORMS:
        yield media_type.encode() + b"\n" + body


OPTIONS = [
    "backend",
    "all\n--pool-size=4\n--timeout-ms\n1000\n$PLAYGROUND_LOG_LEVEL=debug\n$PLAYGROUND_LOG_FORMAT=text",
    "ui\n--backends=gcp=http://10.0.0.1:6000;weight=3,azure=https://20.0.0.2#backend.example\n--slow-start-ms=100",
    "ui\n$PLAYGROUND_BACKENDS=a=http://[::1]:1/,b=https://x.example.\n$PLAYGROUND_DNS_SERVERS=10.0.0.10,[::1]:53",
    "check\nui\n--backend-token=abc\n--backends=a=http://127.0.0.1",
    "backend\n--preload=numpy,pandas\n--memory-mb=64\n--sandbox=none\n--sandbox-max=T1\n--scratch-dir=/tmp",
    "backend\n$PLAYGROUND_TOKENS=abc,def=\n$PLAYGROUND_TOKENS_FILE=none\n$PLAYGROUND_POOLSIZE=1",
    "all\n--tls-cert=/none\n--tls-key=/none\n--preload=",
    "--help",
    "--help-markdown",
    "--version",
    "serve\n--pool-sizes=1",
    "backend\n--backend-listen=[::]:0\n--max-connections=10\n--drain-ms=0\n--cpu-ms=5",
]

VARIABLES = [
    "$PLAYGROUND_BACKENDS=gcp=http://10.0.0.1:6000;weight=3,azure=https://20.0.0.2#backend.example",
    "$PLAYGROUND_BACKENDS=a=https://[::1]:1/,b=https://x.example.\n$PLAYGROUND_DNS_SERVERS=10.0.0.10,[::1]:53",
    "$PLAYGROUND_BACKEND_TOKEN=abc\n$PLAYGROUND_BACKENDS=a=http://localhost",
    "$PLAYGROUND_POOL_SIZE=4\n$PLAYGROUND_TIMEOUT_MS=1000\n$PLAYGROUND_MEMORY_MB=64\n$PLAYGROUND_UI_LISTEN=[::]:0",
    "$PLAYGROUND_SANDBOX=T1\n$PLAYGROUND_SANDBOX_MAX=none\n$PLAYGROUND_PRELOAD=numpy, a.b",
    "$PLAYGROUND_UI_PORT=tcp://10.0.0.1:80\n$PLAYGROUND_POOLSIZE=1\n$PLAYGROUND_LOG_LEVEL=debug",
    "$PLAYGROUND_TOKENS=abc,def=\n$PLAYGROUND_TOKENS_FILE=none\n$PLAYGROUND_ADMIN_TOKEN=a b",
]


def options():
    for text in OPTIONS:
        yield bytes([1, 4, 0]) + text.encode()
    for variable in VARIABLES:
        for roles in (1, 2, 3):
            yield bytes([1, 4, roles]) + variable.encode()


REPLIES = [
    b'{"stdout":"<b>{{code}}\\n","stderr":"\\"\'&","status":"ok","limit":null,"exit_code":0,"duration_ms":12.5}',
    b'{"stdout":"","stderr":"","status":"timeout","limit":"wall","exit_code":null,"signal":"SIGKILL","duration_ms":10000}',
    b'{"status":"signal","limit":null,"signal":"SIGSEGV","denied":["execve","ptrace"],"truncated":{"stdout":true,"stderr":false}}',
    b'{"error":{"code":"overloaded","message":"the queue is full"},"started":false}',
    b'{"stdout":"a"}\n{"stderr":"b"}\n{"status":"error","exit_code":1}\n',
    b"no JSON",
]


def replies():
    for number, text in enumerate(REPLIES):
        for status in (0, 1):
            yield bytes([status, number * 20]) + counted(bytes([number, 9])) + text


NAMES = """127.0.0.1:5000
[::1]:5000
backend.local:80
localhost:0
0.0.0.0:65535
[::ffff:10.0.0.1]:1
[fe80::1]:65536
192.168.1.1:80
[fc00::1]:443
172.16.0.1:1
::1:80
:80"""


def names():
    events = bytes([0, 3, 255, 2, 1, 1, 7, 2, 252, 2])
    yield counted(events) + NAMES.encode()
    for line in NAMES.split("\n"):
        yield counted(events[3:]) + f"{line}\n{line}\n".encode()


def frame(code: bytes, args: list[bytes]) -> bytes:
    """pool/protocol.h, Request."""
    joined = b"".join(arg + b"\0" for arg in args)
    return struct.pack("=IIQQQQ", 0x31514552, len(args), len(joined), len(code), 64, 0) + code + joined


def pool():
    yield b"\0" + frame(b"print(1)", [b"a", b""]) + b"input"
    yield b"\0" + frame(b"", [])
    yield b"\1\x40\2" + counted(b"a") + counted(b"") + counted(b"print(1)") + b"input"
    yield b"\2\5" + counted(bytes([3, 20])) + bytes(16) + b"output"
    yield b"\3" + b"(python3) S 1 2 3"
    yield b"\4\1\2" + b"T0\tlandlock\ton, ABI 7\nT1\tnamespaces\tmissing: unshare: EPERM\nT1\tslots\toff: none"
    yield b"\5\0" + counted(b"socket") + b"\1" + counted(b"ptrace") + b"\0" + counted(b"")


def client_hello() -> bytes:
    outgoing = ssl.MemoryBIO()
    context = ssl.create_default_context()
    try:
        context.wrap_bio(ssl.MemoryBIO(), outgoing, server_hostname="fuzz.example").do_handshake()
    except ssl.SSLWantReadError:
        pass
    return outgoing.read()


def tls():
    hello = client_hello()
    for kind in (0, 1):
        yield bytes([kind]) + counted(bytes([255])) + hello
        yield bytes([kind]) + counted(bytes([0, 50])) + hello + hello
        yield bytes([kind]) + counted(b"") + b"GET / HTTP/1.1\r\n\r\n"
        yield bytes([kind]) + counted(b"") + bytes([21, 3, 3, 0, 2, 2, 40])
    for place in (0, 5, 300, 900, 1500):
        for mask in (0, 1, 255):
            steering = bytes([2, mask, place & 1, place >> 8, place & 255])
            yield steering + counted(bytes([7, 100])) + counted(b"request" * 20) + b"reply" * 200


FUZZERS = {
    "request": requests,
    "response": responses,
    "evaluation": evaluations,
    "form": forms,
    "options": options,
    "names": names,
    "reply": replies,
    "pool": pool,
    "tls": tls,
}


def main() -> None:
    folder = pathlib.Path(sys.argv[1])
    for name, inputs in FUZZERS.items():
        (folder / name).mkdir(parents=True, exist_ok=True)
        for number, data in enumerate(inputs()):
            (folder / name / f"seed-{number:03}").write_bytes(data)


if __name__ == "__main__":
    main()
