"""Requests that make a server send everything that its documents name, as far as it can be made to."""

from __future__ import annotations

import json
import re
import signal
import threading
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from fake_backend import FakeBackend, hang, nobody
from observe import wait_running
from raw_http import RawConnection, request_bytes
from routing import NOT_STARTED, refusing, ui_with
from support.client import Client
from support.playground import Playground

SITE = "https://teach.example"
SLEEP = json.dumps({"code": "import time; time.sleep(60)"}).encode()
HELLO = b'{"code": "print(1)"}'
VERSIONS = "/py/versions"
HELLOS = b'[{"code": "print(1)"}, {"code": 1}]'
FILES = b'{"code": "open(\'b\', \'w\').close()", "files": [{"path": "a", "content": ""}], "files_out": true, "plots": true}'
JSON, FORM, LINES = "application/json", "application/x-www-form-urlencoded", "application/x-ndjson"

# POST bodies that are refused with 400, or 413, wherever programs are taken as JSON.
BAD_PROGRAMS = [b"{", b"[]", b"{}", b'{"code": 1}', b'{"code": "\\u0000"}', b'{"code": "", "timeout_ms": 0}',
                b'{"code": "", "what": 1}', b'{"code": "", "python": "2.7"}', b'{"code": "", "code": ""}', b'{"code": "", "plots": 1}',
                b'{"code": "", "files": [{"path": "../a", "content": ""}]}', b'{"code": "", "files_out": ["["]}',
                json.dumps({"code": "#" * 1_200_000}).encode()]
# The same for forms: the last ones are judged by the backend.
BAD_FORMS = [b"code=%", b"", b"code=&timeout_ms=x", b"code=%ff", b"code=&timeout_ms=999999999", b"code=&python=2.7",
             urllib.parse.urlencode({"code": "#" * 1_200_000}).encode()]
# Requests that are refused before anyone looks at the path. The body's size is named, never sent.
BAD_MESSAGES = [
    request_bytes("GET", "/healthz", None, "bad header: x"),
    request_bytes("GET", "/healthz", version="HTTP/2.0"),
    request_bytes("GET", "/" + "x" * 20_000),
    request_bytes("GET", "/healthz", None, *(f"X-{number}: {'x' * 1000}" for number in range(100))),
    request_bytes("BREW", "/healthz"),
    request_bytes("POST", "/healthz"),
    request_bytes("POST", "/healthz", None, "Content-Length: 999999999"),
    request_bytes("POST", "/healthz", b"{}", "Content-Encoding: gzip"),
    request_bytes("GET", "/healthz", None, "Expect: wonders"),
]


class Probe(NamedTuple):
    """A request and its reply."""

    role: str
    method: str
    target: str
    status: int
    headers: object
    body: bytes


def ask(address: str, role: str, method: str, target: str, body: bytes | None = None, kind: str = "", **headers: str) -> Probe:
    """One request. Header names with "_" for "-"."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with Client(address) as client:
        reply = client.request(method, target, body, named | ({"Content-Type": kind} if kind else {}))
    return Probe(role, method, target, reply.status, reply.headers, reply.body)


def send(address: str, role: str, message: bytes) -> Probe:
    """One message that no client would send; it is taken for one to /healthz."""
    with RawConnection(address) as connection:
        connection.send(message)
        reply = connection.read_reply()
    return Probe(role, "GET", "/healthz", reply.status, reply.headers, reply.body)


def page_files(server: Playground) -> list[str]:
    """The files that the page names, by the names that they have in this build."""
    return re.findall(r'"(/static/[^"]+)"', ask(server.ui, "ui", "GET", "/").body.decode())


def read_everything(server: Playground) -> Iterator[Probe]:
    """Every GET route of every listener: whole, known already, by HEAD, and by a method that it has not."""
    pages = ["/", "/?embed=1", "/static/embed.js", "/static/licences.txt", "/static/none"] + page_files(server)
    common = ["/healthz", "/readyz", "/version", "/openapi.json", "/nothing"]
    for role, more in (("ui", [*pages, VERSIONS]), ("backend", [VERSIONS]), ("admin", ["/metrics", "/debug/state"])):
        address = getattr(server, role)
        for target in common + more:
            yield ask(address, role, "GET", target)
            yield ask(address, role, "GET", target, If_None_Match="*", Accept_Encoding="gzip")
            yield ask(address, role, "HEAD", target)
            yield ask(address, role, "DELETE", target)
            yield ask(address, role, "OPTIONS", target)
        for message in BAD_MESSAGES:
            # The admin listener asks for no length, for it takes no body.
            yield send(address, role, message)


def run_everything(server: Playground, token: str) -> Iterator[Probe]:
    """Programs, good and bad, by every way."""
    granted = {"Authorization": f"Bearer {token}"}
    for role, target, headers in (("ui", "/python", {}), ("backend", "/py/eval", granted)):
        address = getattr(server, role)
        for body in (HELLO, FILES, *BAD_PROGRAMS):
            yield ask(address, role, "POST", target, body, JSON, **headers)
        yield ask(address, role, "POST", target, HELLO, JSON, Accept=LINES, **headers)
        for body, kind in ((HELLOS, JSON), (HELLO, LINES), (b"{", JSON), (b"[]", JSON), (HELLOS, FORM)):
            yield ask(address, role, "POST", "/py/batch", body, kind, **headers)
        for path in (target, "/py/batch"):
            yield ask(address, role, "POST", path, HELLO, "text/plain", **headers)
            yield ask(address, role, "POST", path, HELLO, JSON, Origin=SITE, **headers)
        yield ask(address, role, "GET", VERSIONS, Origin=SITE, **headers)
        for path, method in ((target, "POST"), ("/py/batch", "POST"), (VERSIONS, "GET")):
            yield ask(address, role, "OPTIONS", path, **headers)
            for origin in (SITE, "https://evil.example"):
                yield ask(address, role, "OPTIONS", path, Origin=origin, Access_Control_Request_Method=method)
    for method in ("POST", "OPTIONS"):
        for path in ("/py/eval", "/py/batch"):
            yield ask(server.backend, "backend", method, path, HELLO, JSON)
    for target in ("/", "/python"):
        for body in (b"code=print(1)", *BAD_FORMS):
            yield ask(server.ui, "ui", "POST", target, body, FORM)
    yield ask(server.ui, "ui", "POST", "/", HELLO, JSON)


def switch_everything(server: Playground, token: str) -> Iterator[Probe]:
    """The admin listener's switches."""
    granted = {"Authorization": f"Bearer {token}"}
    for verb in ("drain", "undrain"):
        target = f"/debug/backends/local/{verb}"
        yield ask(server.admin, "admin", "POST", target, **granted)
        yield ask(server.admin, "admin", "POST", target)
        yield ask(server.admin, "admin", "POST", target, Origin=SITE, **granted)
        yield ask(server.admin, "admin", "OPTIONS", target)
        for method in ("POST", "OPTIONS"):
            yield ask(server.admin, "admin", method, target.replace("local", "none"), **granted)


def ask_each_way(server: Playground) -> Iterator[Probe]:
    """A good program by each of the ui's ways, and what there is to run it by."""
    yield ask(server.ui, "ui", "POST", "/python", HELLO, JSON)
    yield ask(server.ui, "ui", "POST", "/", b"code=print(1)", FORM)
    yield ask(server.ui, "ui", "GET", VERSIONS)


def ask_batch(server: Playground) -> Probe:
    """A good batch."""
    return ask(server.ui, "ui", "POST", "/py/batch", HELLOS, JSON)


def knock(server: Playground, tokens: tuple[str, str]) -> Iterator[Probe]:
    """What callers hear of a server whose ui asks for one of two tokens, each of them good for one program an hour: without
    a token, with one, and once more with it."""
    yield from ask_each_way(server)
    yield ask_batch(server)
    of_header, of_form = tokens
    for _ in range(2):
        yield ask(server.ui, "ui", "POST", "/python", HELLO, JSON, Authorization=f"Bearer {of_header}")
        yield ask(server.ui, "ui", "POST", "/", urllib.parse.urlencode({"code": "print(1)", "token": of_form}).encode(), FORM)
        yield ask(server.backend, "backend", "POST", "/py/eval", HELLO, JSON)
        yield ask(server.backend, "backend", "POST", "/py/batch", b"[1]", JSON)
        yield ask(server.ui, "ui", "POST", "/py/batch", b"[1]", JSON, Authorization=f"Bearer {of_header}")


def ask_again(server: Playground, token: str) -> Iterator[Probe]:
    """What callers hear of a backend that was asked after another, which was full."""
    with FakeBackend(refusing("503 Service Unavailable", NOT_STARTED)) as full:
        backends = {"full": full.address, "strict": server.backend}
        with ui_with(backends, PLAYGROUND_BACKEND_TOKEN=token) as before:
            yield from ask_each_way(before)
            for _ in backends:  # whose turn it is, is not known
                yield ask_batch(before)


def fill_up(server: Playground) -> Iterator[Probe]:
    """What a backend says that has no room, asked directly and through its ui."""
    with busy(server):
        yield ask(server.backend, "backend", "POST", "/py/eval", HELLO, JSON)
        yield from ask_each_way(server)


@contextmanager
def busy(server: Playground) -> Iterator[None]:
    """While a program runs, which a client that leaves ends."""
    with RawConnection(server.backend) as connection:
        connection.send(request_bytes("POST", "/py/eval", SLEEP, f"Content-Type: {JSON}"))
        wait_running(server, 1)
        yield
    wait_running(server, 0)


def fail_behind_the_ui() -> Iterator[Probe]:
    """What the ui says of backends that are not there, silent, or full."""
    with Playground("ui") as server:
        yield from ask_each_way(server)
        yield ask_batch(server)
    with nobody() as gone, Playground("ui", environment={"PLAYGROUND_BACKENDS": f"gone=http://{gone}"}) as server:
        yield from ask_each_way(server)
        yield ask_batch(server)
    with FakeBackend(hang) as silent:
        silence = {"PLAYGROUND_BACKENDS": f"silent=http://{silent.address}", "PLAYGROUND_ANSWER_MS": "100"}
        with Playground("ui", environment=silence) as server:
            yield from ask_each_way(server)
            yield ask_batch(server)
        few = {"PLAYGROUND_BACKENDS": f"silent=http://{silent.address}", "PLAYGROUND_BACKEND_CONCURRENCY": "1"}
        before = silent.requests
        with Playground("ui", environment=few) as server, RawConnection(server.ui) as first:
            first.send(request_bytes("POST", "/python", HELLO, f"Content-Type: {JSON}"))
            silent.wait_requests(before + 1)
            yield from ask_each_way(server)
            yield ask_batch(server)
        before = silent.requests
        in_a_hurry = {"PLAYGROUND_BACKENDS": f"silent=http://{silent.address}", "PLAYGROUND_DRAIN_MS": "300"}
        with Playground("ui", environment=in_a_hurry) as server, RawConnection(server.ui) as first:
            first.send(request_bytes("POST", "/py/batch", HELLOS, f"Content-Type: {JSON}"))
            silent.wait_requests(before + 1)
            server.send_signal(signal.SIGTERM)
            reply = first.read_reply()
            yield Probe("ui", "POST", "/py/batch", reply.status, reply.headers, reply.body)
            server.wait()


def leave_unanswered() -> list[Probe]:
    """What the ui says to whoever waits for a backend when it leaves."""
    probes: list[Probe] = []
    with FakeBackend(hang) as silent:
        options = {"PLAYGROUND_BACKENDS": f"silent=http://{silent.address}", "PLAYGROUND_DRAIN_MS": "0"}
        with Playground("ui", environment=options) as server:
            before = silent.requests
            thread = threading.Thread(target=lambda: probes.append(ask(server.ui, "ui", "GET", VERSIONS)))
            thread.start()
            silent.wait_requests(before + 1)
            server.send_signal(signal.SIGTERM)
            thread.join()
            server.wait()
    return probes


def drain(server: Playground) -> list[Probe]:
    """What is said while the server leaves: it is not ready, and running programs are ended."""
    probes: list[Probe] = []
    ways = [(server.backend, "backend", "/py/eval", SLEEP, JSON), (server.ui, "ui", "/python", SLEEP, JSON),
            (server.ui, "ui", "/", b"code=import+time;time.sleep(60)", FORM)]
    threads = [threading.Thread(target=lambda way=way: probes.append(ask(way[0], way[1], "POST", *way[2:]))) for way in ways]
    for thread in threads:
        thread.start()
    wait_running(server, len(ways))
    server.send_signal(signal.SIGTERM)
    server.wait_event("drain")
    for role in ("ui", "backend"):
        probes.append(ask(getattr(server, role), role, "GET", "/readyz"))
    for thread in threads:
        thread.join()
    server.wait()
    return probes
