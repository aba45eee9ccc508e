"""An operator's switch of a backend."""

from __future__ import annotations

from fake_backend import FakeBackend, well
from raw_http import RawConnection
from routing import run, shares, ui_with, upstream
from support.client import Client, Reply, get
from support.playground import Playground


def switch(server: Playground, name: str, verb: str, **headers: str) -> Reply:
    with Client(server.admin) as client:
        return client.request("POST", f"/debug/backends/{name}/{verb}", b"", headers)


def test_switch_keeps_requests_from_a_backend_and_gives_them_back():
    with FakeBackend(well) as one, FakeBackend(well) as two:
        with ui_with({"one": one.address, "two": two.address}) as server:
            assert switch(server, "one", "drain").json() == {"backend": "one", "drained": True}
            assert upstream(server, "one")["state"] == "drained"
            assert shares(server, 4) == {"two": 4}
            switch(server, "two", "drain")
            reply = run(server)
            assert (reply.status, reply.json()["error"]["code"]) == (503, "backends_busy")
            assert switch(server, "one", "undrain").json() == {"backend": "one", "drained": False}
            switch(server, "two", "undrain")
            assert shares(server, 4) == {"one": 2, "two": 2}
            assert switch(server, "three", "drain").status == 404


def test_switch_needs_no_body():
    with FakeBackend(well) as one, ui_with({"one": one.address}) as server:
        with RawConnection(server.admin) as connection:
            connection.send(b"POST /debug/backends/one/drain HTTP/1.1\r\nHost: x\r\n\r\n")
            assert connection.read_reply().status == 200
        assert upstream(server, "one")["state"] == "drained"


def test_switch_demands_the_token_there_is():
    with FakeBackend(well) as one:
        with ui_with({"one": one.address}, PLAYGROUND_ADMIN_TOKEN="hush") as server:
            refused = switch(server, "one", "drain")
            assert (refused.status, refused.headers["WWW-Authenticate"]) == (401, "Bearer")
            assert switch(server, "one", "drain", Authorization="Bearer wrong").status == 401
            assert upstream(server, "one")["state"] == "up"
            assert switch(server, "one", "drain", Authorization="Bearer hush").status == 200


def test_switch_beyond_loopback_is_refused_without_a_token():
    with FakeBackend(well) as one:
        with ui_with({"one": one.address}, PLAYGROUND_ADMIN_LISTEN="0.0.0.0:0") as server:
            server.admin = server.admin.replace("0.0.0.0", "127.0.0.1")
            refused = switch(server, "one", "drain")
            assert (refused.status, refused.json()["error"]["code"]) == (403, "forbidden")
            assert "PLAYGROUND_ADMIN_TOKEN" in refused.json()["error"]["message"]
            assert get(server.admin, "/debug/state").status == 200
