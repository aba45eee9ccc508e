"""Requests that are proper HTTP and still can't be served: each gets its status and an error that says what is wrong, from
the backend and, through the ui, in the same words. test_strict.py has those that are no proper HTTP."""

import json
from collections.abc import Iterator

import pytest

from raw_http import RawConnection, evaluation_bytes, request_bytes
from support.client import EVAL_PATH, PYTHON_PATH, Client
from support.playground import Playground

TIMEOUT_MS = 10_000
PATHS = {"backend": EVAL_PATH, "ui": PYTHON_PATH}
JSON_TYPE = "Content-Type: application/json"


@pytest.fixture(scope="module")
def server() -> Iterator[Playground]:
    """One server for all of them: none may harm it."""
    environment = {"PLAYGROUND_TIMEOUT_MS": str(TIMEOUT_MS)}
    with Playground("all", environment=environment) as started:
        yield started


@pytest.fixture(params=["backend", "ui"])
def role(request: pytest.FixtureRequest) -> str:
    """Either role that answers evaluations."""
    return request.param


def assert_error(reply: object, status: int, code: str, field: str | None = None,
                 message: str = "") -> None:
    """The reply is the documented error; `message` is a part of its message."""
    assert reply.status == status, reply.body
    assert reply.headers["Content-Type"] == "application/json"
    assert reply.headers["Content-Length"] == str(len(reply.body))
    body = json.loads(reply.body)
    assert set(body) == {"error"}, body
    error = body["error"]
    assert set(error) == ({"code", "message", "field"} if field else {"code", "message"}), error
    assert (error["code"], error.get("field")) == (code, field), error
    assert message.lower() in error["message"].lower() and error["message"], error


def assert_serves(server: Playground, role: str) -> None:
    with Client(getattr(server, role)) as client:
        assert client.evaluate("print(6 * 7)", PATHS[role])["stdout"] == "42\n"


# What is wrong with the JSON. Body, code, field, part of the message.

BAD_JSON = {
    "empty": (b"", "invalid_json", None, "empty"),
    "blank": (b" \n", "invalid_json", None, ""),
    "cut off": (b'{"code": "1"', "invalid_json", None, "not JSON"),
    "python": (b"print(1)", "invalid_json", None, "not JSON"),
    "more behind": (b'{"code": "1"} x', "invalid_json", None, "not JSON"),
    "two values": (b'{"code": "1"}{"code": "2"}', "invalid_json", None, "not JSON"),
    "comma": (b'{"code": "1",}', "invalid_json", None, "not JSON"),
    "array": (b'["code"]', "invalid_json", None, "object"),
    "string": (b'"print(1)"', "invalid_json", None, "object"),
    "null": (b"null", "invalid_json", None, "object"),
    "deep": (b'{"code":' + b"[" * 5000 + b"]" * 5000 + b"}", "invalid_json", None, ""),
    "no code": (b"{}", "missing_field", "code", "required"),
    "only stdin": (b'{"stdin": ""}', "missing_field", "code", "required"),
    "NUL in code": (b'{"code": "a\\u0000b"}', "invalid_value", "code", "NUL"),
    "NUL in args": (b'{"code": "", "args": ["a\\u0000"]}', "invalid_value", "args", "NUL"),
    "high surrogate in code": (b'{"code": "\\ud800"}', "invalid_json", "code", "surrogate"),
    "low surrogate in code": (b'{"code": "a\\udc00b"}', "invalid_json", "code", "surrogate"),
    "surrogates swapped": (b'{"code": "\\udc00\\ud800"}', "invalid_json", "code", "surrogate"),
    "surrogate in stdin": (b'{"code": "", "stdin": "\\ud83d!"}', "invalid_json", "stdin", "surrogate"),
    "surrogate in args": (b'{"args": ["a", "\\ud800"], "code": ""}', "invalid_json", "args", "surrogate"),
    "not UTF-8 in code": (b'{"code": "\xff"}', "invalid_json", "code", "UTF-8"),
    "not UTF-8 in stdin": (b'{"code": "", "stdin": "\xc3("}', "invalid_json", "stdin", "UTF-8"),
    "encoded surrogate": (b'{"code": "\xed\xa0\x80"}', "invalid_json", "code", "UTF-8"),
    "line break in code": (b'{"code": "a\nb"}', "invalid_json", "code", "control"),
    "bad escape": (b'{"code": "\\x"}', "invalid_json", "code", "escape"),
    "code twice": (b'{"code": "1", "code": "2"}', "duplicate_field", "code", "twice"),
    "args twice": (b'{"code": "1", "args": [], "args": []}', "duplicate_field", "args", "twice"),
    "unknown field": (b'{"code": "1", "colour": 1}', "unknown_field", "colour", "unknown"),
    "case": (b'{"Code": "1"}', "unknown_field", "Code", "unknown"),
    "too many args": (json.dumps({"code": "", "args": [""] * 5000}).encode(), "out_of_range", "args", "at most"),
}

WRONG_TYPES = [(field, value, "wrong_type", wanted) for field, wanted, values in [
    ("code", "a string", [None, 1, True, ["x"], {"a": 1}]),
    ("stdin", "a string", [None, 0, False, [], {}]),
    ("args", "array of strings", [None, "x", 1, {"0": "x"}, [1], ["x", None], [["x"]]]),
    ("files", "array of objects", [None, "x", True, {"path": "a", "content": ""}]),
    ("files_out", "true or an array", [None, "*", 1, {"0": "*"}]),
    ("plots", "true or false", [None, "true", 1, []]),
    ("timeout_ms", "an integer", [None, "100", True, 1.5, 1000.0, [1], {}]),
] for value in values]

OUT_OF_RANGE = [("timeout_ms", value, "out_of_range", f"1 to {TIMEOUT_MS}")
                for value in (0, -1, TIMEOUT_MS + 1, 2**31, 2**63, 2**64 - 1, -2**63)]


def file(path: object = "a", content: object = "", **more: object) -> dict:
    return {"path": path, "content": content} | more


# What is wrong with one file or pattern. Field, value, code, which item, part of the message.
BAD_ITEMS = [
    ("files", [file(), file("../b")], "invalid_value", "files[1].path", "\"..\""),
    ("files", [file("/etc/passwd")], "invalid_value", "files[0].path", "relative"),
    ("files", [file("a//b")], "invalid_value", "files[0].path", "empty name"),
    ("files", [file("a\0b")], "invalid_value", "files[0].path", "NUL"),
    ("files", [file("main.py")], "invalid_value", "files[0].path", "\"code\""),
    ("files", [file(), file("b"), file()], "invalid_value", "files[2].path", "same as \"files[0].path\""),
    ("files", [file("a/b"), file()], "invalid_value", "files[0].path", "below \"files[1].path\""),
    ("files", [file("x" * 256)], "out_of_range", "files[0].path", "255 bytes"),
    ("files", [file("x/" * 2500 + "x")], "out_of_range", "files[0].path", "4095 bytes"),
    ("files", [file(content="YQ", encoding="base64")], "invalid_value", "files[0].content", "padded"),
    ("files", [file(encoding="latin-1")], "invalid_value", "files[0].encoding", "utf-8"),
    ("files", [{"path": "a"}], "missing_field", "files[0].content", "required"),
    ("files", [file(1)], "wrong_type", "files[0].path", "a string"),
    ("files", [file(mode=0o755)], "unknown_field", "files[0].mode", "path, content, encoding"),
    ("files", [file(str(n)) for n in range(1001)], "out_of_range", "files", "1000 items"),
    ("files_out", ["*", "../*"], "invalid_value", "files_out[1]", "\"..\""),
    ("files_out", ["/etc/*"], "invalid_value", "files_out[0]", "relative"),
    ("files_out", ["a[b"], "invalid_value", "files_out[0]", "\"]\""),
    ("files_out", [1], "wrong_type", "files_out[0]", "a string"),
    ("files_out", ["*"] * 101, "out_of_range", "files_out", "100 items"),
]


@pytest.mark.parametrize("field, value, code, item, message", BAD_ITEMS)
def test_bad_file_or_pattern_is_told_by_its_place(server, role, field, value, code, item, message):
    with Client(getattr(server, role)) as client:
        assert_error(client.post_json(PATHS[role], {"code": "", field: value}), 400, code, item, message)


@pytest.mark.parametrize("name", BAD_JSON)
def test_bad_json_is_told(server, role, name):
    body, code, field, message = BAD_JSON[name]
    with Client(getattr(server, role)) as client:
        assert_error(client.post(PATHS[role], body, "application/json"), 400, code, field, message)


@pytest.mark.parametrize("field, value, code, message", WRONG_TYPES + OUT_OF_RANGE)
def test_bad_value_is_told_with_what_is_allowed(server, role, field, value, code, message):
    body = {"code": "print(1)"} | {field: value}
    with Client(getattr(server, role)) as client:
        assert_error(client.post_json(PATHS[role], body), 400, code, field, message)


def test_number_beyond_any_integer_is_told(server, role):
    with Client(getattr(server, role)) as client:
        reply = client.post_json(PATHS[role], {"code": "", "timeout_ms": 2**64})
    assert reply.status == 400
    assert reply.json()["error"]["code"] in ("invalid_json", "out_of_range", "wrong_type")


@pytest.mark.parametrize("value", [1, TIMEOUT_MS])
def test_bounds_of_the_timeout_are_allowed(server, role, value):
    with Client(getattr(server, role)) as client:
        assert client.post_json(PATHS[role], {"code": "", "timeout_ms": value}).status == 200


# What is wrong with the request around it.


@pytest.mark.parametrize("content_type", ["text/plain", "application/jsonx", "application/octet-stream", ""])
def test_wrong_media_type_is_told(server, role, content_type):
    with Client(getattr(server, role)) as client:
        reply = client.post(PATHS[role], b'{"code": ""}', content_type)
    assert_error(reply, 415, "unsupported_media_type", None, "application/json")


@pytest.mark.parametrize("content_type", ["application/json; charset=utf-8", "Application/JSON", "application/json;"])
def test_media_type_is_understood_with_parameters_and_in_any_case(server, role, content_type):
    with Client(getattr(server, role)) as client:
        assert client.post(PATHS[role], b'{"code": ""}', content_type).status == 200


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH"])
def test_wrong_method_is_told_with_the_right_one(server, role, method):
    body = b"{}" if method in ("PUT", "PATCH") else None
    with Client(getattr(server, role)) as client:
        reply = client.request(method, PATHS[role], body, {"Content-Type": "application/json"})
    assert (reply.status, reply.headers["Allow"]) == (405, "POST, OPTIONS")
    if method != "HEAD":
        assert_error(reply, 405, "method_not_allowed", None, method)


@pytest.mark.parametrize("path, allow", [(None, "POST, OPTIONS"), ("/healthz", "GET, HEAD, OPTIONS"),
                                         ("*", "GET, HEAD, POST, OPTIONS")])
def test_options_are_told(server, role, path, allow):
    with Client(getattr(server, role)) as client:
        reply = client.request("OPTIONS", path or PATHS[role])
    assert (reply.status, reply.headers["Allow"], reply.body) == (204, allow, b"")


@pytest.mark.parametrize("path", ["/nothing", "/py/eval/", "/py", "/python/x", "/..", "/%2e%2e/etc/passwd"])
def test_unknown_path_is_told(server, role, path):
    with Client(getattr(server, role)) as client:
        assert_error(client.get(path), 404, "not_found")


def test_each_role_serves_its_own_path_only(server):
    with Client(server.backend) as backend, Client(server.ui) as ui:
        assert_error(backend.post_json(PYTHON_PATH, {"code": ""}), 404, "not_found")
        assert_error(ui.post_json(EVAL_PATH, {"code": ""}), 404, "not_found")


def test_error_in_a_body_keeps_the_connection(server, role):
    with RawConnection(getattr(server, role)) as connection:
        connection.send(request_bytes("POST", PATHS[role], b"{", JSON_TYPE))
        assert_error(connection.read_reply(), 400, "invalid_json")
        connection.send(evaluation_bytes("print('next')", path=PATHS[role]))
        assert connection.read_reply().json()["stdout"] == "next\n"


def test_server_serves_after_all_of_them(server, role):
    assert_serves(server, role)
