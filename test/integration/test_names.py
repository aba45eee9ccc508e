"""Backends by name: the name moves, its server dies, one of its addresses leads nowhere."""

import contextlib
import socket

import pytest

from fake_backend import Behaviour, FakeBackend, answer, black_hole, nobody
from observe import state
from support.client import PYTHON_PATH, Client, Reply
from support.dns_server import DnsServer
from support.playground import Playground, poll

NAME = "backend.test"
SECONDS = 60.0  # a guard against waiting for ever; no test measures with it


def says(text: str, keep: bool = False) -> Behaviour:
    """Answers every request with `text`; without `keep` on a connection for each."""
    def behave(connection: socket.socket, _number: int, _request: int) -> bool:
        headers = ["Content-Type: application/json"] + ([] if keep else ["Connection: close"])
        connection.sendall(answer("200 OK", text.encode(), *headers))
        return keep

    return behave


def ui_at(names: DnsServer, port: int, **options: str) -> Playground:
    """A ui with one backend at this port of NAME, which it asks of `names`."""
    return Playground("ui", environment={
        "PLAYGROUND_BACKENDS": f"only=http://{NAME}:{port}",
        "PLAYGROUND_DNS_SERVERS": names.address,
        "PLAYGROUND_CONNECT_MS": "20000",
    } | options)


def run(server: Playground) -> Reply:
    with Client(server.ui) as client:
        return client.post_json(PYTHON_PATH, {"code": ""})


def backend_of(server: Playground) -> dict:
    return state(server)["ui"]["backends"][0]


@pytest.mark.parametrize("keep", [False, True], ids=["closed connections", "kept connections"])
def test_name_that_moves_is_followed_after_its_ttl(keep):
    with DnsServer() as names, FakeBackend(says("old", keep), "127.0.0.2") as old:
        with FakeBackend(says("new", keep), "127.0.0.3", old.port) as new:
            names.set(NAME, "127.0.0.2", ttl=1)
            with ui_at(names, old.port) as server:
                assert run(server).body == b"old"
                names.set(NAME, "127.0.0.3", ttl=1)
                assert poll(lambda: run(server).body == b"new", SECONDS)
                assert backend_of(server)["addresses"] == [f"127.0.0.3:{new.port}"]
                before = old.requests
                assert run(server).body == b"new"
                assert old.requests == before


def test_last_good_answer_is_kept_when_the_name_server_dies():
    with DnsServer() as names, FakeBackend(says("there"), "127.0.0.2") as backend:
        names.set(NAME, "127.0.0.2", ttl=1)
        with ui_at(names, backend.port) as server:
            assert run(server).body == b"there"
            names.die()
            failed = server.wait_event("resolve_failed")
            assert failed["backend"] == "only" and NAME in failed["detail"]
            assert run(server).body == b"there"


@pytest.mark.parametrize("how", ["gone", "broken"])
def test_last_good_answer_is_kept_when_the_name_is(how):
    with DnsServer() as names, FakeBackend(says("there"), "127.0.0.2") as backend:
        names.set(NAME, "127.0.0.2", ttl=1)
        with ui_at(names, backend.port) as server:
            assert run(server).body == b"there"
            names.set(NAME) if how == "gone" else names.fail(NAME)
            server.wait_event("resolve_failed")
            assert run(server).body == b"there"


def test_name_is_asked_for_again_when_nobody_is_there_long_before_its_ttl():
    with DnsServer() as names, FakeBackend(says("new"), "127.0.0.3") as new:
        names.set(NAME, "127.0.0.2", ttl=300)
        with nobody("127.0.0.2", new.port), ui_at(names, new.port) as server:
            refused = run(server)
            assert refused.status == 502
            assert f"127.0.0.2:{new.port}: connection refused" in refused.json()["error"]["message"]
            names.set(NAME, "127.0.0.3", ttl=300)
            assert poll(lambda: run(server).status == 200, SECONDS)


def test_name_that_does_not_exist_is_502_until_it_does():
    with DnsServer() as names, FakeBackend(says("there"), "127.0.0.2") as backend:
        with ui_at(names, backend.port) as server:
            reply = run(server)
            assert (reply.status, reply.json()["error"]["code"]) == (502, "backend_unreachable")
            assert f"can't resolve {NAME}" in reply.json()["error"]["message"]
            names.set(NAME, "127.0.0.2")
            assert poll(lambda: run(server).status == 200, SECONDS)


def test_name_is_not_asked_for_with_every_request():
    with DnsServer() as names, FakeBackend(says("there"), "127.0.0.2") as backend:
        names.set(NAME, "127.0.0.2", ttl=300)
        with ui_at(names, backend.port) as server:
            assert [run(server).status for _ in range(20)] == [200] * 20
        assert names.asked(NAME) == 2  # both families, once


def test_alias_is_followed():
    with DnsServer() as names, FakeBackend(says("there"), "127.0.0.2") as backend:
        names.set(NAME, "real.test")
        names.set("real.test", "127.0.0.2")
        with ui_at(names, backend.port) as server:
            assert run(server).body == b"there"


def test_answer_that_is_too_long_for_a_datagram_comes_whole():
    addresses = [f"127.0.1.{number}" for number in range(1, 101)]
    with DnsServer() as names, FakeBackend(says("there"), "127.0.1.1") as backend:
        names.set(NAME, *addresses)
        with ui_at(names, backend.port) as server:
            assert run(server).body == b"there"
            assert backend_of(server)["addresses"] == [f"{one}:{backend.port}" for one in addresses]


def test_token_stays_off_public_addresses_that_a_name_leads_to():
    with DnsServer() as names, FakeBackend(says("there"), "127.0.0.2") as backend:
        names.set(NAME, "192.0.2.1", ttl=1)
        with ui_at(names, backend.port, PLAYGROUND_BACKEND_TOKEN="hush") as server:
            reply = run(server)
            why = f"192.0.2.1:{backend.port}: a token is not sent over http:// to a public address: use https://"
            assert (reply.status, reply.json()["error"]["message"]) == (502, f"backend only: {why}")
            assert server.wait_event("backend_down")["why"] == why
            names.set(NAME, "127.0.0.2", ttl=1)
            assert poll(lambda: run(server).status == 200, SECONDS)


# Several addresses

DEAD = {"refuses": nobody, "does not answer": black_hole}


def needs_ipv6(address: str):
    """The address as a parameter; left out where the machine has no IPv6."""
    return pytest.param(address, marks=pytest.mark.skipif(not has_ipv6(), reason="no IPv6 here"))


def has_ipv6() -> bool:
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET6) as probe:
        probe.bind(("::1", 0))
        return True
    return False


@pytest.mark.parametrize("first", ["127.0.0.2", needs_ipv6("::1")])
@pytest.mark.parametrize("how", DEAD)
def test_address_that_leads_nowhere_is_not_seen_by_the_user(how, first):
    with DnsServer() as names, FakeBackend(says("there"), "127.0.0.3") as backend:
        names.set(NAME, first, "127.0.0.3")
        with DEAD[how](first, backend.port), ui_at(names, backend.port) as server:
            assert run(server).body == b"there"
            assert backend_of(server)["failures"] == 0


def test_errors_of_all_addresses_are_told():
    with DnsServer() as names, nobody("127.0.0.3") as refusing:
        port = int(refusing.rpartition(":")[2])
        names.set(NAME, "127.0.0.2", "127.0.0.3")
        with black_hole("127.0.0.2", port), ui_at(names, port, PLAYGROUND_CONNECT_MS="1000") as server:
            message = run(server).json()["error"]["message"]
    assert f"not connected in 1000 ms (127.0.0.2:{port}: no answer; 127.0.0.3:{port}: connection refused)" in message
