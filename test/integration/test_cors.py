"""Which pages of other sites may call the server from a browser, and what no page may."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from routing import ui_with
from support.client import EVAL_PATH, PYTHON_PATH, Client, Reply
from support.playground import Playground

SITE, OTHER = "https://teach.example", "https://evil.example"


@pytest.fixture(scope="module")
def server() -> Iterator[Playground]:
    origins = {"PLAYGROUND_CORS_ORIGINS": f"{SITE},http://localhost:3000", "PLAYGROUND_TOKENS": "hush"}
    with Playground("all", environment=origins) as running:
        yield running


def call(address: str, method: str, path: str, body: bytes | None = None, **headers: str) -> Reply:
    with Client(address) as client:
        return client.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})


def run(address: str, path: str, **headers: str) -> Reply:
    return call(address, "POST", path, b'{"code": "print(1)"}', Content_Type="application/json", **headers)


def preflight(address: str, path: str, origin: str) -> Reply:
    return call(address, "OPTIONS", path, Origin=origin, Access_Control_Request_Method="POST",
                Access_Control_Request_Headers="content-type")


def permissions(reply: Reply) -> dict[str, str]:
    return {name: value for name, value in reply.headers.items() if name.startswith("Access-Control-")}


# Without origins


@pytest.mark.parametrize("path, role", [(PYTHON_PATH, "ui"), (EVAL_PATH, "backend")])
def test_other_sites_are_told_nothing_unless_allowed(playground, path, role):
    address = getattr(playground, role)
    reply = run(address, path, Origin=SITE)
    assert reply.status == 200 and permissions(reply) == {} and "Vary" not in reply.headers
    unmoved = preflight(address, path, SITE)
    assert (unmoved.status, unmoved.headers["Allow"], permissions(unmoved)) == (204, "POST, OPTIONS", {})


# With them


@pytest.mark.parametrize("path, role", [(PYTHON_PATH, "ui"), (EVAL_PATH, "backend")])
@pytest.mark.parametrize("origin", [SITE, "http://localhost:3000"])
def test_preflight_of_an_allowed_site_needs_no_token(server, path, role, origin):
    reply = preflight(getattr(server, role), path, origin)
    assert (reply.status, reply.body) == (204, b"")
    assert permissions(reply) == {
        "Access-Control-Allow-Origin": origin, "Access-Control-Allow-Methods": "POST",
        "Access-Control-Allow-Headers": "Authorization, Content-Type", "Access-Control-Max-Age": "600",
        "Access-Control-Expose-Headers": "Retry-After, X-Playground-Backend, X-Playground-Retries"}
    assert reply.headers["Vary"] == "Origin"


@pytest.mark.parametrize("path, role", [(PYTHON_PATH, "ui"), (EVAL_PATH, "backend")])
@pytest.mark.parametrize("origin", [OTHER, "null", "https://teach.example.evil.example", "http://teach.example",
                                    "https://teach.example:8443", "HTTPS://TEACH.EXAMPLE", ""])
def test_preflight_of_another_site_is_refused(server, path, role, origin):
    reply = preflight(getattr(server, role), path, origin)
    assert (reply.status, reply.json()["error"]["code"]) == (403, "origin_not_allowed")
    assert permissions(reply) == {} and reply.headers["Vary"] == "Origin"


def test_reply_may_be_read_by_an_allowed_site_only(server):
    allowed, other, none = (run(server.ui, PYTHON_PATH, **headers) for headers in ({"Origin": SITE}, {"Origin": OTHER}, {}))
    assert [reply.status for reply in (allowed, other, none)] == [200] * 3
    assert allowed.headers["Access-Control-Allow-Origin"] == SITE
    assert "X-Playground-Backend" in allowed.headers["Access-Control-Expose-Headers"]
    assert permissions(other) == permissions(none) == {}
    assert {reply.headers["Vary"] for reply in (allowed, other, none)} == {"Origin"}
    assert "Access-Control-Allow-Credentials" not in allowed.headers


def test_errors_may_be_read_too(server):
    refused = run(server.backend, EVAL_PATH, Origin=SITE)
    assert (refused.status, refused.headers["Access-Control-Allow-Origin"]) == (401, SITE)
    invalid = call(server.backend, "POST", EVAL_PATH, b"{", Content_Type="application/json", Origin=SITE,
                   Authorization="Bearer hush")
    assert (invalid.status, invalid.headers["Access-Control-Allow-Origin"]) == (400, SITE)


def test_what_is_not_for_programs_is_not_shared(server):
    for path in ("/", "/healthz", "/openapi.json"):
        reply = call(server.ui, "GET", path, Origin=SITE)
        assert reply.status == 200 and permissions(reply) == {}
    told = preflight(server.ui, "/", SITE)
    assert (told.status, permissions(told)) == (204, {})
    assert preflight(server.backend, "/py/nothing", SITE).status == 401


def test_options_that_is_no_preflight_tells_the_methods(server):
    for headers in ({"Origin": SITE}, {}):
        reply = call(server.ui, "OPTIONS", PYTHON_PATH, **headers)
        assert (reply.status, reply.headers["Allow"]) == (204, "POST, OPTIONS")


def test_star_allows_every_site():
    with ui_with({}, PLAYGROUND_CORS_ORIGINS="*") as server:
        reply = preflight(server.ui, PYTHON_PATH, OTHER)
        assert (reply.status, reply.headers["Access-Control-Allow-Origin"]) == (204, "*")
        assert "Vary" not in reply.headers
        failed = run(server.ui, PYTHON_PATH, Origin=OTHER)
        assert (failed.status, failed.headers["Access-Control-Allow-Origin"]) == (502, "*")


# What no page may


def test_nothing_is_changed_by_reading(server):
    switch = "/debug/backends/local/drain"
    for address, path in ((server.ui, PYTHON_PATH), (server.backend, EVAL_PATH), (server.admin, switch)):
        for method in ("GET", "HEAD"):
            reply = call(address, method, path, Authorization="Bearer hush")
            assert (reply.status, reply.headers["Allow"]) == (405, "POST, OPTIONS")


def test_page_in_an_operators_browser_can_not_switch_backends(server):
    refused = call(server.admin, "POST", "/debug/backends/local/drain", b"", Origin=OTHER)
    assert (refused.status, refused.json()["error"]["code"]) == (403, "forbidden")
    with Client(server.admin) as admin:
        [backend] = admin.get("/debug/state").json()["ui"]["backends"]
    assert backend["state"] == "up"


def test_every_reply_keeps_its_type(server):
    replies = [call(server.ui, "GET", path) for path in ("/", "/static/embed.js", "/healthz", "/nothing", "/openapi.json")]
    replies += [run(server.ui, PYTHON_PATH), run(server.backend, EVAL_PATH), call(server.ui, "BREW", "/"),
                call(server.admin, "GET", "/metrics"), preflight(server.ui, PYTHON_PATH, SITE)]
    assert {reply.headers["X-Content-Type-Options"] for reply in replies} == {"nosniff"}
