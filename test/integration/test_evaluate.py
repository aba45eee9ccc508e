"""POST /py/eval: what the reply tells about a program that was run."""

import hashlib
import json
from collections.abc import Iterator

import pytest

from support.client import post_json
from support.playground import Playground

FIELDS = {"stdout", "stderr", "status", "limit", "exit_code", "signal", "denied", "truncated",
          "duration_ms", "cpu_ms", "memory_kb"}

OUTPUT_KB = 64
OUTPUT_BYTES = OUTPUT_KB * 1024
PIPE_BYTES = 512 * 1024


@pytest.fixture(scope="module")
def server() -> Iterator[Playground]:
    """A backend with a small output limit."""
    with Playground("backend", environment={"PLAYGROUND_OUTPUT_KB": str(OUTPUT_KB)}) as started:
        yield started


def ending(reply: dict) -> tuple:
    """How the program ended."""
    return reply["status"], reply["limit"], reply["exit_code"], reply["signal"]


def is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


@pytest.mark.parametrize("code", ["print(1)", "1/0", "import os; os.abort()"])
def test_reply_has_every_field_with_its_type(server, code):
    answer = post_json(server.backend, "/py/eval", {"code": code})
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "application/json"
    reply = answer.json()
    assert set(reply) == FIELDS
    assert isinstance(reply["stdout"], str) and isinstance(reply["stderr"], str)
    assert isinstance(reply["status"], str)
    assert reply["limit"] is None or isinstance(reply["limit"], str)
    assert reply["signal"] is None or isinstance(reply["signal"], str)
    assert reply["exit_code"] is None or type(reply["exit_code"]) is int
    assert (reply["exit_code"] is None) == (reply["signal"] is not None)
    assert reply["denied"] is None or all(isinstance(name, str) for name in reply["denied"])
    assert reply["truncated"] == {"stdout": False, "stderr": False}
    assert is_number(reply["duration_ms"]) and reply["duration_ms"] > 0
    assert is_number(reply["cpu_ms"]) and reply["cpu_ms"] >= 0
    assert type(reply["memory_kb"]) is int and reply["memory_kb"] >= 0


def test_streams_are_kept_apart(client):
    reply = client.evaluate("import sys\nprint('out')\nprint('err', file=sys.stderr)")
    assert (reply["stdout"], reply["stderr"]) == ("out\n", "err\n")
    assert ending(reply) == ("ok", None, 0, None)


def test_text_of_any_language_comes_back(client):
    text = "héllo ✓ 😀 \u2028 \x00 \x1b[0m \"\\"
    assert client.evaluate("import sys\nprint(sys.stdin.read(), end='')", stdin=text)["stdout"] == text
    assert client.evaluate(f"print({text!r}, end='')")["stdout"] == text


@pytest.mark.parametrize("code, exit_code, stderr", [
    ("import sys; sys.exit()", 0, ""),
    ("import sys; sys.exit(3)", 3, ""),
    ("import sys; sys.exit('told')", 1, "told\n"),
    ("import os; os._exit(7)", 7, ""),
    ("raise SystemExit(255)", 255, ""),
])
def test_exit_code_is_the_programs(client, code, exit_code, stderr):
    reply = client.evaluate(code)
    assert ending(reply) == ("error" if exit_code else "ok", None, exit_code, None)
    assert reply["stderr"] == stderr


def test_uncaught_exception_is_an_error_with_its_source_line(client):
    reply = client.evaluate("def f():\n    return 1 / 0\nprint('before')\nf()\n")
    assert ending(reply) == ("error", None, 1, None)
    assert reply["stdout"] == "before\n"
    assert 'main.py", line 4, in <module>' in reply["stderr"]
    assert "    return 1 / 0" in reply["stderr"]
    assert reply["stderr"].endswith("ZeroDivisionError: division by zero\n")


def test_syntax_error_is_an_error(client):
    reply = client.evaluate("print(")
    assert ending(reply) == ("error", None, 1, None)
    assert "SyntaxError" in reply["stderr"] and 'main.py", line 1' in reply["stderr"]


@pytest.mark.parametrize("args", [[], ["a"], ["-c", "two words", "", "ü😀", "\n"], ["x" * 100_000]],
                         ids=["none", "one", "odd", "long"])
def test_args_are_argv(client, args):
    code = "import hashlib, json, sys\nprint(hashlib.sha256(json.dumps(sys.argv[1:]).encode()).hexdigest())"
    expected = hashlib.sha256(json.dumps(args).encode()).hexdigest()
    assert client.evaluate(code, args=args)["stdout"] == expected + "\n"


def test_without_stdin_there_is_end_of_file(client):
    assert client.evaluate("import sys; print(repr(sys.stdin.read()))")["stdout"] == "''\n"
    assert "EOFError" in client.evaluate("input()")["stderr"]


@pytest.mark.parametrize("size", [1, 65_535, 65_536, 65_537, 3_000_000])
def test_stdin_of_any_size_arrives_whole(client, size):
    code = "import sys, hashlib\nprint(hashlib.sha256(sys.stdin.buffer.read()).hexdigest())"
    text = ("0123456789abcde\n" * (size // 16 + 1))[:size]
    expected = hashlib.sha256(text.encode()).hexdigest()
    assert client.evaluate(code, stdin=text)["stdout"] == expected + "\n"


def test_stdin_may_stay_unread(client):
    reply = client.evaluate("print('done')", stdin="x" * 3_000_000)
    assert (reply["stdout"], reply["status"]) == ("done\n", "ok")


@pytest.mark.parametrize("waiting", ["while True: pass", "import time; time.sleep(1000)",
                                     "import threading; threading.Event().wait()"],
                         ids=["computes", "sleeps", "waits"])
def test_timeout_keeps_what_was_printed(client, waiting):
    code = f"import sys\nprint('before')\nprint('told', file=sys.stderr)\n{waiting}\nprint('never')"
    reply = client.evaluate(code, timeout_ms=500)
    assert ending(reply) == ("timeout", "wall", None, "SIGKILL")
    assert (reply["stdout"], reply["stderr"]) == ("before\n", "told\n")
    assert reply["truncated"] == {"stdout": False, "stderr": False}
    assert reply["duration_ms"] >= 500


def test_program_that_refuses_signals_ends_at_its_timeout(client):
    code = ("import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))\n"
            "print('before', flush=True)\nwhile True: pass")
    reply = client.evaluate(code, timeout_ms=500)
    assert ending(reply) == ("timeout", "wall", None, "SIGKILL")
    assert reply["stdout"] == "before\n"


def test_output_need_not_wait_to_be_read_while_it_fits_the_pipe(client):
    # The server makes the pipe larger while the program starts.
    code = (f"import fcntl, time\nwhile fcntl.fcntl(1, fcntl.F_GETPIPE_SZ) < {PIPE_BYTES} and time.process_time() < 1: pass\n"
            "print(fcntl.fcntl(1, fcntl.F_GETPIPE_SZ))")
    assert client.evaluate(code)["stdout"] == f"{PIPE_BYTES}\n"


@pytest.mark.parametrize("over", [1, 100 * 1024])
def test_output_above_the_limit_is_found_after_the_programs_end_too(client, over):
    reply = client.evaluate(f"import os\nos.write(1, b'x' * {OUTPUT_BYTES + over})")
    assert (reply["status"], reply["limit"]) == ("output", "output")
    assert reply["stdout"] == "x" * OUTPUT_BYTES
    assert reply["truncated"] == {"stdout": True, "stderr": False}


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_output_above_the_limit_is_cut_there(client, stream):
    other = {"stdout": "stderr", "stderr": "stdout"}[stream]
    code = f"import sys\nwhile True: sys.{stream}.write('0123456789abcdef' * 64)"
    reply = client.evaluate(code)
    assert ending(reply) == ("output", "output", None, "SIGKILL")
    assert reply[stream] == "0123456789abcdef" * (OUTPUT_BYTES // 16)
    assert reply[other] == ""
    assert reply["truncated"] == {stream: True, other: False}


def test_each_stream_has_the_limit_for_itself(client):
    code = (f"import sys\nsys.stdout.write('o' * {OUTPUT_BYTES})\n"
            f"sys.stderr.write('e' * {OUTPUT_BYTES})")
    reply = client.evaluate(code)
    assert ending(reply) == ("ok", None, 0, None)
    assert reply["truncated"] == {"stdout": False, "stderr": False}
    assert (len(reply["stdout"]), len(reply["stderr"])) == (OUTPUT_BYTES, OUTPUT_BYTES)


@pytest.mark.parametrize("code, signal", [
    ("import ctypes; ctypes.string_at(0)", "SIGSEGV"),
    ("import os; os.abort()", "SIGABRT"),
    ("import os; os.kill(os.getpid(), 15)", "SIGTERM"),
    ("import os; os.kill(os.getpid(), 9)", "SIGKILL"),
])
def test_signal_that_ends_a_program_is_named(client, code, signal):
    reply = client.evaluate("print('before', flush=True)\n" + code)
    assert ending(reply) == ("signal", None, None, signal)
    assert reply["stdout"] == "before\n"


@pytest.mark.parametrize("written", [
    b"\xff", b"a\xffb", b"\xc3", b"\xf0\x9f\x98 ", b"\xed\xa0\x80", b"\xc0\xaf", b"\xf4\x90\x80\x80",
    b"\xe2\x82\xac\xe2\x82",
], ids=repr)
def test_output_that_is_not_utf8_has_replacement_characters(client, written):
    code = f"import sys\nsys.stdout.buffer.write({written!r})\nsys.stderr.buffer.write({written!r})"
    reply = client.evaluate(code)
    expected = written.decode("utf-8", "replace")
    assert (reply["stdout"], reply["stderr"], reply["status"]) == (expected, expected, "ok")


def test_empty_program_does_nothing(client):
    reply = client.evaluate("")
    assert ending(reply) == ("ok", None, 0, None)
    assert (reply["stdout"], reply["stderr"]) == ("", "")


def test_program_of_a_megabyte_runs(client):
    lines = 1_000_000 // 16
    code = "total = 0\n" + "total += 1     \n" * lines + "print(total)\n"
    assert len(code) > 1_000_000
    assert client.evaluate(code)["stdout"] == f"{lines}\n"
