"""Bearer tokens: what the backend demands and the ui sends."""

from __future__ import annotations

from fake_backend import FakeBackend, well
from routing import backend, run, ui_with
from support.client import EVAL_PATH, PYTHON_PATH, Client
from support.playground import Playground


def test_backend_demands_a_token_on_py():
    with Playground("backend", environment={"PLAYGROUND_TOKENS": "first,second"}) as server:
        with Client(server.backend) as client:
            for headers in ({}, {"Authorization": "Bearer third"}, {"Authorization": "Basic first"}):
                reply = client.request("POST", EVAL_PATH, b'{"code": ""}', {"Content-Type": "application/json"} | headers)
                assert (reply.status, reply.json()["error"]["code"]) == (401, "unauthorized")
                assert reply.headers["WWW-Authenticate"] == "Bearer"
            assert client.request("GET", "/py/anything").status == 401
            for path in ("/healthz", "/readyz", "/version"):
                assert client.get(path).status == 200
            for token in ("first", "second"):
                reply = client.request("POST", EVAL_PATH, b'{"code": "print(1)"}',
                                       {"Content-Type": "application/json", "Authorization": f"Bearer {token}"})
                assert reply.json()["stdout"] == "1\n"


def test_ui_sends_its_token(tmp_path):
    secret = tmp_path / "token"
    secret.write_text("second\n")
    tokens = {"PLAYGROUND_TOKENS": "first,second"}
    with Playground("backend", environment=tokens) as one:
        with ui_with({"one": one.backend}, PLAYGROUND_BACKEND_TOKEN_FILE=str(secret)) as server:
            assert run(server).json()["stdout"] == "1\n"
        with ui_with({"one": one.backend}, PLAYGROUND_BACKEND_TOKEN="third") as server:
            reply = run(server)
            assert (reply.status, backend(reply)) == (502, "one")
            assert "PLAYGROUND_BACKEND_TOKEN" in reply.json()["error"]["message"]
            assert not any("third" in line for line in server.log())


def test_both_roles_in_one_process_trust_each_other():
    with Playground("all", environment={"PLAYGROUND_TOKENS": "hush"}) as server:
        assert run(server).json()["stdout"] == "1\n"


def test_ui_sets_the_callers_address_and_drops_what_the_caller_claims():
    with FakeBackend(well) as one, ui_with({"one": one.address}, PLAYGROUND_BACKEND_TOKEN="hush") as server:
        with Client(server.ui) as client:
            client.request("POST", PYTHON_PATH, b'{"code": ""}', {
                "Content-Type": "application/json", "Authorization": "Bearer mine", "X-Forwarded-For": "192.0.2.1"})
        [head] = one.heads
        fields = [line.split(b": ") for line in head.split(b"\r\n")[1:] if line]
        assert [value for name, value in fields if name.lower() == b"authorization"] == [b"Bearer hush"]
        assert [value for name, value in fields if name.lower() == b"x-forwarded-for"] == [b"127.0.0.1"]
