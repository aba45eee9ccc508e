"""Tokens that the ui demands: of API callers, of the page, and of its form without JavaScript."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pytest
from access import ask, bearer

from support.client import Client, get
from support.playground import Playground

TOKENS = {"PLAYGROUND_UI_TOKENS": "first-secret,second-secret", "PLAYGROUND_LOG_LEVEL": "debug",
          "PLAYGROUND_ACCESS_LOG": "all"}


@pytest.fixture(scope="module")
def server() -> Iterator[Playground]:
    with Playground("all", environment=TOKENS) as running:
        yield running


@contextlib.contextmanager
def form(server: Playground, path: str, **fields: str) -> Iterator[object]:
    with Client(server.ui) as client:
        yield client.post_form(path, {"code": "print('from a form')", **fields})


@pytest.mark.parametrize("token", ["first-secret", "second-secret"])
def test_python_is_for_who_has_a_token(server, token):
    reply = ask(server.ui, "/python", bearer(token))
    assert reply.status == 200
    assert reply.json()["stdout"] == "hello\n"


@pytest.mark.parametrize("headers", [{}, bearer("third"), {"Authorization": "Basic first-secret"}, bearer("")])
def test_python_is_refused_to_others(server, headers):
    reply = ask(server.ui, "/python", headers)
    assert reply.status == 401
    assert reply.headers["WWW-Authenticate"] == "Bearer"
    assert reply.json()["error"]["code"] == "unauthorized"


def test_a_form_to_python_shows_no_token(server):
    with form(server, "/python", token="first-secret") as reply:
        assert reply.status == 401


def test_the_page_is_for_everybody_and_asks_for_a_token(server):
    reply = get(server.ui, "/")
    assert reply.status == 200
    assert b'<fieldset id="access" >' in reply.body
    assert b'name="token"' in reply.body
    for path in ("/static/embed.js", "/healthz", "/readyz", "/version"):
        assert get(server.ui, path).status == 200, path


def test_the_page_asks_for_no_token_where_none_is_demanded():
    with Playground("ui") as server:
        assert b'<fieldset id="access" hidden disabled>' in get(server.ui, "/").body


@pytest.mark.parametrize("send", [Client.post_form, Client.post_multipart])
def test_the_pages_form_shows_its_token_in_a_field(server, send):
    with Client(server.ui) as client:
        reply = send(client, "/", {"code": "print('from a form')", "token": "second-secret"})
    assert reply.status == 200
    assert b"from a form\n" in reply.body
    assert b"second-secret" not in reply.body


@pytest.mark.parametrize("fields", [{}, {"token": ""}, {"token": "third"}])
def test_the_pages_form_without_a_token_brings_the_program_back(server, fields):
    with form(server, "/", **fields) as reply:
        assert reply.status == 401
        assert reply.headers["WWW-Authenticate"] == "Bearer"  # RFC 9110, 15.5.2
        assert reply.headers["Content-Type"].startswith("text/html")
        assert b"print(&#39;from a form&#39;)" in reply.body
        assert b"the token is missing, or not the right one" in reply.body


def test_the_pages_form_takes_authorization_too(server):
    with Client(server.ui) as client:
        reply = client.post_form("/", {"code": "print(1)"}, bearer("first-secret"))
    assert reply.status == 200


def test_no_token_is_logged(server):
    ask(server.ui, "/python?token=first-secret", bearer("first-secret"))
    with form(server, "/", token="first-secret"):
        pass
    assert not any("secret" in line for line in server.log())


def test_tokens_may_come_from_a_file(tmp_path):
    file = tmp_path / "tokens"
    file.write_text("from-a-file\n")
    with Playground("all", environment={"PLAYGROUND_UI_TOKENS_FILE": str(file)}) as server:
        assert ask(server.ui, "/python").status == 401
        assert ask(server.ui, "/python", bearer("from-a-file")).status == 200
        assert ask(server.backend, "/py/eval").status == 200  # the backend has its own
