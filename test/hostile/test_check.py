"""Expectations against replies."""

import pytest

from check import failure
from header import parse

REPLY = {"stdout": "contained\n", "stderr": "Mem\noryError: no\n", "status": "error", "limit": None, "exit_code": 1,
         "signal": None, "denied": ["socket", "execve"], "truncated": {"stdout": True, "stderr": False}, "files": []}


def judge(*expect: str, http: int = 200, have: tuple[str, ...] = ("denied",), **changes: object) -> str:
    header = "# attack: x\n" + "".join(f"# expect: {line}\n" for line in expect)
    return failure(parse("01_a", header), http, REPLY | changes, ["canary-1"], set(have))


@pytest.mark.parametrize("expect", [
    "status=error", "status=ok|error limit=none exit=1", "stdout=contained stderr~oryError", "signal=none truncated=stdout",
    "denied>=execve", "denied>=socket,execve files=none",
])
def test_met(expect):
    assert judge(expect) == ""


@pytest.mark.parametrize("expect", [
    "status=ok", "limit=wall", "exit=0|2", "stdout=contain", "stderr=MemoryError", "signal=SIGKILL", "truncated=none",
    "truncated=stdout,stderr", "denied>=fork", "denied>=socket,fork", "files=a", "http=400",
])
def test_missed(expect):
    assert expect.split()[0] in judge(expect)


def test_any_line_will_do():
    assert judge("status=ok", "status=error") == ""
    assert "status=ok / status=timeout" in judge("status=ok", "status=timeout")


def test_null_denied_has_nothing():
    assert "denied>=socket" in judge("denied>=socket", denied=None)


def test_denied_is_not_looked_at_where_it_is_not_to_be_had():
    assert judge("status=error denied>=fork", have=()) == ""


def test_http_status():
    assert "http=200" in judge("status=error", http=400)
    assert judge("http=400", http=400) == ""
    assert "HTTP 503" in judge("http=503", http=503)


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_escapes_fail_whatever_is_expected(stream):
    assert "ESCAPED: read it" in judge("status=error", **{stream: "x\nESCAPED: read it\n"})
    assert "canary" in judge("status=error", **{stream: "a canary-1 b"})
