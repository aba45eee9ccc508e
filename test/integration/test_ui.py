"""The ui: the page, its assets, and POST /python in each of its three forms."""

import html
import re
from collections.abc import Iterator

import pytest

from support.client import EVAL_PATH, PYTHON_PATH, Client, Reply
from support.playground import Playground

MEASURED = {"duration_ms", "cpu_ms", "memory_kb"}
FORM_TYPE = "application/x-www-form-urlencoded"


@pytest.fixture
def ui(playground: Playground) -> Iterator[Client]:
    with Client(playground.ui) as opened:
        yield opened


@pytest.fixture
def backend(playground: Playground) -> Iterator[Client]:
    with Client(playground.backend) as opened:
        yield opened


def same(reply: Reply, other: Reply) -> bool:
    """Whether both tell the same, but for what was measured and for the folder."""
    def comparable(body: dict) -> dict:
        kept = {name: value for name, value in body.items() if name not in MEASURED}
        if "stderr" in kept:
            kept["stderr"] = re.sub(r'"[^"]*/main\.py"', '"main.py"', kept["stderr"])
        return kept

    keys = list(reply.json()) == list(other.json())
    return keys and reply.status == other.status and comparable(reply.json()) == comparable(other.json())


# POST /python

PROGRAMS = {
    "ok": "print('héllo')",
    "error": "import sys\nprint('x')\nsys.exit(3)",
    "exception": "def f():\n    raise ValueError('<b>')\nf()",
    "signal": "import os\nos.abort()",
    "syntax": "print(",
    "empty": "",
    "plus and percent": "print('a+b %41 &amp; c=d;e')",
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_reply_is_the_backends_in_each_form(ui, backend, name):
    code = PROGRAMS[name]
    expected = backend.post_json(EVAL_PATH, {"code": code})
    replies = [
        ui.post_json(PYTHON_PATH, {"code": code}),
        ui.post_form(PYTHON_PATH, {"code": code}),
        ui.post_multipart(PYTHON_PATH, {"code": code}),
    ]
    for reply in replies:
        assert same(reply, expected), (reply.body, expected.body)
        assert reply.headers["Content-Type"] == "application/json"
        assert reply.headers["X-Playground-Backend"] == "local"


@pytest.mark.parametrize("send", [Client.post_json, Client.post_form, Client.post_multipart])
def test_stdin_reaches_the_program_in_each_form(ui, send):
    fields = {"code": "print(input(), input())", "stdin": "first\nsecond line\n"}
    assert send(ui, PYTHON_PATH, fields).json()["stdout"] == "first second line\n"


def test_repeated_form_fields_are_args(ui):
    body = b"code=import+sys%3Bprint(sys.argv%5B1:%5D)&args=a&args=&args=b+c"
    assert ui.post(PYTHON_PATH, body, FORM_TYPE).json()["stdout"] == "['a', '', 'b c']\n"


def test_timeout_of_a_form_is_kept(ui):
    reply = ui.post_form(PYTHON_PATH, {"code": "while True: pass", "timeout_ms": "300"}).json()
    assert (reply["status"], reply["limit"]) == ("timeout", "wall")
    refused = ui.post_form(PYTHON_PATH, {"code": "", "timeout_ms": "soon"})
    assert (refused.status, refused.json()["error"]["field"]) == (400, "timeout_ms")


def test_line_ends_of_forms_become_pythons(ui):
    code = "text = '''a\r\nb'''\r\nprint(len(text))\r\n"
    assert ui.post_form(PYTHON_PATH, {"code": code}).json()["stdout"] == "3\n"
    assert ui.post_multipart(PYTHON_PATH, {"code": code}).json()["stdout"] == "3\n"


def test_error_of_the_backend_is_passed_on(ui, backend):
    for body in (b"{", b'{"code": 1}', b'{"code": "\\ud800"}'):
        reply = ui.post(PYTHON_PATH, body, "application/json")
        expected = backend.post(EVAL_PATH, body, "application/json")
        assert (reply.status, reply.body) == (expected.status, expected.body)


@pytest.mark.parametrize("content_type, body, code, field", [
    (FORM_TYPE, b"", "missing_field", "code"),
    (FORM_TYPE, b"cod=1", "missing_field", "code"),
    (FORM_TYPE, b"code=%ff", "invalid_value", "code"),
    (FORM_TYPE, b"code=a%00b", "invalid_value", "code"),
    ("multipart/form-data", b"", "invalid_form", None),
    ("multipart/form-data; boundary=x", b"--y\r\n\r\n--y--", "invalid_form", None),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=\"code\"\r\n\r\n1",
     "invalid_form", None),
])
def test_form_that_is_not_one_is_told(ui, content_type, body, code, field):
    reply = ui.post(PYTHON_PATH, body, content_type)
    assert reply.status == 400
    assert reply.headers["Content-Type"] == "application/json"
    error = reply.json()["error"]
    assert (error["code"], error.get("field")) == (code, field)
    assert error["message"]


# The page

def text_of(page: Reply, element: str) -> str:
    """What the element with this id shows: one line break after the start tag is not part of it."""
    found = re.search(rf'<(\w+) id="{element}"[^>]*>(.*?)</\1>', page.text(), re.DOTALL)
    assert found, f"no #{element}"
    assert "<" not in found[2], f"markup within #{element}"
    return html.unescape(found[2].removeprefix("\n"))


def test_page_is_served(ui):
    page = ui.get("/")
    assert page.status == 200
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "print" in text_of(page, "code")
    assert (text_of(page, "stdout"), text_of(page, "stderr")) == ("", "")
    assert "{{" not in page.text()


def test_head_of_the_page_has_no_body(ui):
    head, page = ui.request("HEAD", "/"), ui.get("/")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["Content-Length"] == page.headers["Content-Length"] == str(len(page.body))


@pytest.mark.parametrize("send", [Client.post_form, Client.post_multipart])
def test_page_without_javascript_shows_the_outputs_escaped(ui, send):
    code = ("import sys\nprint('</pre><script>alert(1)</script>', '&amp;', '\\'\"')\n"
            "print('{{code}}', file=sys.stderr)\nsys.exit(4)\n")
    page = send(ui, "/", {"code": code})
    assert page.status == 200
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert text_of(page, "code") == code
    assert text_of(page, "stdout") == "</pre><script>alert(1)</script> &amp; '\"\n"
    assert text_of(page, "stderr") == "{{code}}\n"
    assert "exit code 4" in text_of(page, "summary")
    assert "<script>alert" not in page.text()


def test_page_without_javascript_sends_input_and_arguments_and_keeps_them(ui):
    page = ui.post_form("/", {"code": "import sys\nprint(input(), sys.argv[1:])", "stdin": "\nx", "arguments": "-v '\"b\" c'"})
    assert text_of(page, "stdout") == " ['-v', '\"b\" c']\n"
    assert text_of(page, "stdin") == "\nx"
    assert 'value="-v &#39;&quot;b&quot; c&#39;"' in page.text()
    refused = ui.post_form("/", {"code": "pass", "arguments": "'"})
    assert (refused.status, text_of(refused, "code")) == (400, "pass")
    assert "nothing closes" in text_of(refused, "summary")


def test_page_without_javascript_keeps_first_empty_lines(ui):
    page = ui.post_form("/", {"code": "\n\nprint('\\n\\nx')"})
    assert text_of(page, "code") == "\n\nprint('\\n\\nx')"
    assert text_of(page, "stdout") == "\n\nx\n"


def test_page_says_why_a_form_was_not_run(ui):
    reply = ui.post_form("/", {"nothing": ""})
    assert reply.status == 400
    assert reply.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "code" in text_of(reply, "summary")


# Assets

TYPES = {".css": "text/css", ".txt": "text/plain", ".js": "text/javascript", ".svg": "image/svg+xml"}


def test_assets_of_the_page_are_served_with_their_types(ui):
    names = re.findall(r'(?:href|src)="(/static/[^"]+)"', ui.get("/").text())
    assert names
    for name in names:
        asset = ui.get(name)
        assert asset.status == 200 and asset.body, name
        expected = TYPES["." + name.rpartition(".")[2]]
        assert asset.headers["Content-Type"].split(";")[0] == expected, name


@pytest.mark.parametrize("path", ["/static/", "/static/index.html", "/static/../server.cc", "/static/x.css"])
def test_other_paths_are_not_assets(ui, path):
    reply = ui.get(path)
    assert (reply.status, reply.json()["error"]["code"]) == (404, "not_found")


# What every role answers

@pytest.mark.parametrize("name", ["ui", "backend"])
def test_probes_and_version_are_answered(playground, name):
    with Client(getattr(playground, name)) as client:
        for path in ("/healthz", "/readyz"):
            reply = client.get(path)
            assert (reply.status, reply.headers["Content-Type"]) == (200, "application/json")
            assert isinstance(reply.json(), dict)
        version = client.get("/version").json()
        assert (version["name"], version["role"]) == ("playground", name)
