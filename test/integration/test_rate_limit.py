"""Rate limits: who counts as one caller, what replies tell, and that a ui passes a backend's 429 on."""

from __future__ import annotations

import json

from access import ask, bearer
from fake_backend import FakeBackend, answer

from support.client import Client, get
from support.playground import Playground

# What comes back within a test is less than one.
FEW = {"PLAYGROUND_RATE_LIMIT": "2/h"}
LOCAL = {"PLAYGROUND_TRUSTED_PROXIES": "127.0.0.1,10.0.0.0/8"}


def for_caller(address: str) -> dict[str, str]:
    return {"X-Forwarded-For": address}


def statuses(address: str, path: str, count: int, headers: dict[str, str] | None = None) -> list[int]:
    return [ask(address, path, headers).status for _ in range(count)]


def test_replies_tell_the_limit_and_429_when_to_come_back():
    with Playground("backend", environment=FEW) as server:
        replies = [ask(server.backend, "/py/eval") for _ in range(3)]
        assert [reply.status for reply in replies] == [200, 200, 429]
        assert [reply.headers["RateLimit-Limit"] for reply in replies] == ["2", "2", "2"]
        assert [reply.headers["RateLimit-Remaining"] for reply in replies] == ["1", "0", "0"]
        assert 0 < int(replies[0].headers["RateLimit-Reset"]) <= 1800
        assert 1800 < int(replies[2].headers["RateLimit-Reset"]) <= 3600
        assert 0 < int(replies[2].headers["Retry-After"]) <= 1800
        assert replies[2].json()["started"] is False
        assert replies[2].json()["error"]["code"] == "rate_limited"


def test_only_evaluations_are_counted():
    with Playground("all", environment=FEW) as server:
        for _ in range(5):
            assert get(server.backend, "/healthz").status == 200
            assert get(server.backend, "/version").status == 200
            assert get(server.ui, "/").status == 200
            assert get(server.admin, "/metrics").status == 200
        assert "RateLimit-Limit" not in get(server.backend, "/healthz").headers
        assert statuses(server.backend, "/py/eval", 1) == [200]


def test_without_a_limit_replies_say_nothing_of_one():
    with Playground("backend") as server:
        reply = ask(server.backend, "/py/eval")
        assert not any(name.startswith("RateLimit") for name in reply.headers)


def test_a_stranger_can_not_become_another_caller():
    with Playground("backend", environment=FEW) as server:
        spoofed = [ask(server.backend, "/py/eval", for_caller(f"192.0.2.{n}")).status for n in range(3)]
        assert spoofed == [200, 200, 429]


def test_callers_behind_a_trusted_proxy_are_told_apart():
    with Playground("backend", environment=FEW | LOCAL) as server:
        assert statuses(server.backend, "/py/eval", 3, for_caller("192.0.2.1")) == [200, 200, 429]
        assert statuses(server.backend, "/py/eval", 1, for_caller("192.0.2.2, 10.1.2.3")) == [200]
        assert statuses(server.backend, "/py/eval", 1, for_caller("192.0.2.2, 192.0.2.1")) == [429]


def test_a_host_is_one_caller_whatever_of_its_addresses_it_uses():
    with Playground("backend", environment=FEW | LOCAL) as server:
        replies = [ask(server.backend, "/py/eval", for_caller(f"2001:db8::{n}")) for n in (1, 2, 3)]
        assert [reply.status for reply in replies] == [200, 200, 429]
        assert statuses(server.backend, "/py/eval", 1, for_caller("2001:db8:0:1::1")) == [200]


def test_a_token_is_one_caller_wherever_it_is_used():
    environment = FEW | LOCAL | {"PLAYGROUND_UI_TOKENS": "a,b"}
    with Playground("all", environment=environment) as server:
        replies = [ask(server.ui, "/python", bearer("a") | for_caller(f"192.0.2.{n}")) for n in (1, 2, 3)]
        assert [reply.status for reply in replies] == [200, 200, 429]
        assert statuses(server.ui, "/python", 1, bearer("b") | for_caller("192.0.2.1")) == [200]


def test_the_pages_form_is_counted_and_its_429_is_a_page():
    with Playground("all", environment=FEW) as server:
        with Client(server.ui) as client:
            replies = [client.post_form("/", {"code": "print(1)"}) for _ in range(3)]
        assert [reply.status for reply in replies] == [200, 200, 429]
        assert replies[2].headers["Content-Type"].startswith("text/html")
        assert b"Too many programs in a short time" in replies[2].body


def test_a_backend_that_knows_its_ui_counts_the_uis_callers():
    tokens = {"PLAYGROUND_TOKENS": "ui-token"}
    with Playground("backend", environment=FEW | tokens) as backend:
        ui = {"PLAYGROUND_BACKENDS": f"one=http://{backend.backend}", "PLAYGROUND_BACKEND_TOKEN": "ui-token"}
        with Playground("ui", environment=LOCAL | ui) as server:
            assert statuses(server.ui, "/python", 3, for_caller("192.0.2.1")) == [200, 200, 429]
            assert statuses(server.ui, "/python", 1, for_caller("192.0.2.2")) == [200]


def test_the_ui_in_the_same_process_is_known_without_a_token():
    with Playground("all", environment=LOCAL | {"PLAYGROUND_RATE_LIMIT": "1/h"}) as server:
        assert statuses(server.ui, "/python", 1, for_caller("192.0.2.1")) == [200]
        assert statuses(server.backend, "/py/eval", 1, for_caller("192.0.2.1")) == [429]
        assert statuses(server.backend, "/py/eval", 1, for_caller("192.0.2.2")) == [200]


def test_a_backends_429_goes_on_unchanged_and_nobody_else_is_asked():
    body = json.dumps({"error": {"code": "rate_limited", "message": "m"}, "started": False}).encode()
    reply_429 = answer("429 Too Many Requests", body, "Content-Type: application/json", "Retry-After: 7",
                       "RateLimit-Limit: 5", "RateLimit-Remaining: 0", "RateLimit-Reset: 9")

    def refuse(connection, _number, _request):
        connection.sendall(reply_429)
        return True

    with FakeBackend(refuse) as one, FakeBackend(refuse) as two:
        backends = f"one=http://{one.address},two=http://{two.address}"
        with Playground("ui", environment={"PLAYGROUND_BACKENDS": backends}) as server:
            replies = [ask(server.ui, "/python") for _ in range(10)]
            state = json.loads(get(server.admin, "/debug/state").body)["ui"]
        assert one.requests == two.requests == 5
    for reply in replies:
        assert (reply.status, reply.body) == (429, body)
        assert [reply.headers[name] for name in ("Retry-After", "RateLimit-Limit", "RateLimit-Remaining",
                                                 "RateLimit-Reset")] == ["7", "5", "0", "9"]
        assert "X-Playground-Retries" not in reply.headers
    assert all(backend["state"] == "up" for backend in state["backends"]), state
