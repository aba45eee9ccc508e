"""The access log, and the id by which a request is found in it."""

from __future__ import annotations

import json
import re

import pytest
from access import HELLO, SECONDS, access_lines, ask
from fake_backend import FakeBackend, answer, well
from raw_http import RawConnection

from support.client import Client, get
from support.playground import Playground, poll

ALL = {"PLAYGROUND_ACCESS_LOG": "all"}
OWN_ID = {"X-Request-Id": "my-id.1"}
MADE = re.compile(r"[0-9a-f]{32}")


@pytest.fixture(scope="module")
def server():
    with Playground("all", environment=ALL) as running:
        yield running


def test_an_evaluation_has_a_line_in_both_roles_under_one_id(server):
    with Client(server.ui) as client:
        reply = client.post_json("/python?q=secret", HELLO, {"X-Request-Id": "both-roles"})
    assert reply.headers["X-Request-Id"] == "both-roles"
    ui, = access_lines(server, request_id="both-roles", role="ui")
    backend, = access_lines(server, request_id="both-roles", role="backend")
    assert (ui["method"], ui["path"], ui["status"], ui["ended"]) == ("POST", "/python", 200, "complete")
    assert (ui["client"], ui["backend"], ui["retries"]) == ("127.0.0.1", "local", 0)
    assert (backend["path"], backend["run"], backend["client"]) == ("/py/eval", "ok", "127.0.0.1")
    assert ui["bytes"] > len(reply.body)
    assert ui["duration_ms"] >= backend["duration_ms"] > 0
    assert backend["queue_ms"] >= 0
    assert "queue_ms" not in ui and "backend" not in backend
    assert {"ts", "level", "event"} <= ui.keys()


@pytest.mark.parametrize("path", ["/", "/static/embed.js", "/healthz", "/nothing-there"])
def test_every_reply_has_an_id(server, path):
    for address in (server.ui, server.backend, server.admin):
        made = get(address, path).headers["X-Request-Id"]
        assert MADE.fullmatch(made)
        with Client(address) as client:
            assert client.request("GET", path, headers=OWN_ID).headers["X-Request-Id"] == "my-id.1"


def test_errors_have_an_id_too(server):
    for address, path in ((server.ui, "/python"), (server.backend, "/py/eval")):
        with Client(address) as client:
            for body, kind in ((b"{", "application/json"), (b"x", "text/plain")):
                reply = client.post(path, body, kind, OWN_ID)
                assert reply.status in (400, 415)
                assert reply.headers["X-Request-Id"] == "my-id.1"


@pytest.mark.parametrize("sent", ["two words", "a" * 129, "\xe4", ""])
def test_what_is_no_id_is_replaced(server, sent):
    with Client(server.ui) as client:
        reply = client.request("GET", "/healthz", headers={"X-Request-Id": sent.encode("latin-1")})
    assert MADE.fullmatch(reply.headers["X-Request-Id"])


def test_a_path_is_escaped_and_cut(server):
    with Client(server.ui) as client:
        client.request("GET", "/" + "x" * 2000 + '"', headers={"X-Request-Id": "long-path"})
    line, = access_lines(server, request_id="long-path")
    assert line["path"] == "/" + "x" * 511


def test_what_the_parser_refuses_is_logged(server):
    refused = {
        b"GET /a?b HTTP/1.1\r\n\r\n": (400, "GET", "/a"),
        b"GET /v HTTP/3.0\r\nHost: a\r\n\r\n": (505, "GET", "/v"),
        b"POST /l HTTP/1.1\r\nHost: a\r\n\r\n": (411, "POST", "/l"),
        b"GET /h HTTP/1.1\r\nHost: a\r\nA: " + b"x" * 20_000 + b"\r\n\r\n": (431, "GET", "/h"),
        b"\x16\x03\x01\r\n\r\n": (400, "", ""),
    }
    for raw, (status, method, path) in refused.items():
        with RawConnection(server.ui) as connection:
            connection.send(raw)
            made = connection.read_reply().headers["X-Request-Id"]
        line, = access_lines(server, request_id=made)
        assert (line["status"], line["method"], line["path"], line["ended"]) == (status, method, path, "refused")


def test_errors_only_is_the_default():
    with Playground("backend") as server:
        assert ask(server.backend, "/py/eval").status == 200
        assert get(server.backend, "/missing").status == 404
        line, = access_lines(server, status=404)
        assert line["path"] == "/missing"
        assert not [line for line in server.events("access") if line["status"] == 200]


def test_it_can_be_off_and_does_not_follow_the_level():
    with Playground("backend", environment={"PLAYGROUND_ACCESS_LOG": "off"}) as server:
        assert get(server.backend, "/missing").status == 404
    assert server.events("access") == []
    with Playground("backend", "--log-level=info", environment=ALL) as server:
        assert get(server.backend, "/healthz").status == 200
        access_lines(server, path="/healthz")


def test_the_caller_is_whom_a_trusted_proxy_names():
    with Playground("backend", environment=ALL | {"PLAYGROUND_TRUSTED_PROXIES": "127.0.0.0/8"}) as server:
        ask(server.backend, "/py/eval", {"X-Forwarded-For": "evil, 192.0.2.7, 127.0.0.9"})
        access_lines(server, client="192.0.2.7", path="/py/eval")


def test_the_ui_names_the_backend_and_the_retries():
    refusal = answer("503 Service Unavailable", b'{"started":false}', "Content-Type: application/json")

    def full(connection, _number, _request):
        connection.sendall(refusal)
        return True

    with FakeBackend(full) as busy, FakeBackend(well) as fake:
        backends = f"busy=http://{busy.address},fake=http://{fake.address}"
        with Playground("ui", environment=ALL | {"PLAYGROUND_BACKENDS": backends}) as server:
            for _ in range(2):
                ask(server.ui, "/python", OWN_ID)
            lines = access_lines(server, 2, path="/python")
            assert [line["backend"] for line in lines] == ["fake", "fake"]
            assert sum(line["retries"] for line in lines) == busy.requests >= 1


def test_the_ui_sends_its_own_fields_and_no_clients():
    with FakeBackend(well) as fake:
        with Playground("ui", environment={"PLAYGROUND_BACKENDS": f"fake=http://{fake.address}",
                                           "PLAYGROUND_UI_TOKENS": "one,two"}) as server:
            ask(server.ui, "/python", OWN_ID | {"Authorization": "Bearer two", "X-Forwarded-For": "192.0.2.1",
                                                "X-Playground-Caller": "token-9", "Cookie": "c"})
            with Client(server.ui) as client:
                client.post_form("/", {"code": "pass", "token": "one"})
        api, form = fake.heads
    fields = dict(line.split(b": ", 1) for line in api.split(b"\r\n")[1:-1])
    assert fields[b"X-Forwarded-For"] == b"127.0.0.1"
    assert fields[b"X-Playground-Caller"] == b"token-2"
    assert fields[b"X-Request-Id"] == b"my-id.1"
    assert b"Authorization" not in fields and b"Cookie" not in fields
    assert b"X-Playground-Caller: token-1\r\n" in form


def test_a_client_that_goes_before_its_reply_is_logged(server):
    body = json.dumps({"code": "import time\ntime.sleep(60)"}).encode()
    with RawConnection(server.backend) as connection:
        connection.send(b"POST /py/eval HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                        b"X-Request-Id: gone\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
        assert poll(lambda: json.loads(get(server.admin, "/debug/state").body)["backend"]["pool"]["running"] == 1,
                    SECONDS)
    line, = access_lines(server, request_id="gone")
    assert (line["status"], line["ended"], line["bytes"]) == (0, "client_gone", 0)


def test_what_a_backend_says_of_ids_stays_with_it():
    reply = answer("200 OK", json.dumps({"status": "ok"}).encode(), "X-Request-Id: of-the-backend")

    def behave(connection, _number, _request):
        connection.sendall(reply)
        return True

    with FakeBackend(behave) as fake:
        with Playground("ui", environment={"PLAYGROUND_BACKENDS": f"fake=http://{fake.address}"}) as server:
            assert ask(server.ui, "/python", OWN_ID).headers.get_all("X-Request-Id") == ["my-id.1"]
