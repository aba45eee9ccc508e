"""Files that a request brings, and those that a program leaves: `files` and `files_out`, on both tiers and both ways."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Callable, Iterator

import pytest

from observe import tier, wait_idle
from support.client import EVAL_PATH, PYTHON_PATH, Client, post_json
from support.playground import Playground

MB = 1 << 20
POOL_SIZE = 2
OPTIONS = {"PLAYGROUND_POOL_SIZE": str(POOL_SIZE), "PLAYGROUND_SCRATCH_MB": "16", "PLAYGROUND_FILES_MB": "2",
           "PLAYGROUND_MAX_BODY_KB": "32768"}
WAYS = {"backend": EVAL_PATH, "ui": PYTHON_PATH}

Evaluate = Callable[..., dict]


@pytest.fixture(scope="module", params=["T0", "T1"])
def server(request: pytest.FixtureRequest) -> Iterator[Playground]:
    with Playground("all", environment=OPTIONS | {"PLAYGROUND_SANDBOX_MAX": request.param}) as started:
        if tier(started) != request.param:
            pytest.skip(f"this machine does not reach {request.param}")
        yield started


@pytest.fixture(params=WAYS)
def evaluate(server: Playground, request: pytest.FixtureRequest) -> Iterator[Evaluate]:
    """Runs a program, directly or through the ui."""
    with Client(getattr(server, request.param)) as client:
        yield lambda code, **fields: client.evaluate(code, WAYS[request.param], **fields)


def text(path: str, content: str = "") -> dict:
    return {"path": path, "content": content}


def binary(path: str, content: bytes) -> dict:
    return {"path": path, "content": base64.b64encode(content).decode(), "encoding": "base64"}


def left(reply: dict) -> dict[str, bytes]:
    """The files of a reply, in its order."""
    assert all(file["encoding"] == "base64" for file in reply["files"]), reply
    return {file["path"]: base64.b64decode(file["content"], validate=True) for file in reply["files"]}


def test_files_are_there_before_the_program_begins(evaluate):
    files = [text("data.csv", "a,b\n1,2\n"), text("pkg/__init__.py"), text("pkg/mod.py", "answer = 42\n"),
             binary("deep/er/x.bin", bytes(range(256))), text("ü/ñ ame", "é")]
    reply = evaluate("import os, pkg.mod\n"
                     "print(pkg.mod.answer, open('data.csv').read(), open('deep/er/x.bin', 'rb').read() == bytes(range(256)))\n"
                     "print(open('ü/ñ ame').read(), sorted(os.listdir('.')), oct(os.stat('data.csv').st_mode & 0o777))",
                     files=files)
    assert (reply["stderr"], reply["stdout"]) == (
        "", "42 a,b\n1,2\n True\né ['data.csv', 'deep', 'main.py', 'pkg', 'ü'] 0o644\n"), reply
    assert "files" not in reply and "plots" not in reply
    assert set(reply["truncated"]) == {"stdout", "stderr"}


def test_the_programs_own_input_follows_the_files(evaluate):
    reply = evaluate("import sys; print(sys.stdin.read(), sys.argv[1:], open('f').read())", files=[text("f", "file")],
                     stdin="input", args=["arg"])
    assert reply["stdout"] == "input ['arg'] file\n", reply


def test_what_a_program_leaves_comes_back_by_path(evaluate):
    reply = evaluate("import os\nos.makedirs('out/sub')\nopen('z', 'wb').write(bytes(range(256)))\n"
                     "open('out/sub/b', 'w').write('b')\nopen('out/a', 'w').close()", files_out=True)
    assert list(left(reply).items()) == [("out/a", b""), ("out/sub/b", b"b"), ("z", bytes(range(256)))]
    assert reply["truncated"] == {"stdout": False, "stderr": False, "files": False}


def test_what_a_program_was_given_comes_back_only_changed(evaluate):
    files = [text("same", "s"), text("changed", "c"), text("rewritten", "r"), text("gone", "g")]
    code = "import os\nopen('changed', 'a').write('!')\nopen('rewritten', 'w').write('r')\nos.remove('gone')\n"
    assert left(evaluate(code, files=files, files_out=True)) == {"changed": b"c!"}
    code += "open('main.py', 'a').write('#')\n"
    assert left(evaluate(code, files=files, files_out=["*"])) == {"changed": b"c!", "main.py": code.encode() + b"#"}


def test_patterns_choose(evaluate):
    code = ("import os\nos.makedirs('out/sub/.x')\n"
            "for n in 'a.csv', 'b.txt', 'out/c.csv', 'out/sub/d.csv', '.h', 'out/sub/.x/e.csv': open(n, 'w').close()")
    for patterns, names in (([], []), (["*.csv"], ["a.csv"]), (["**/*.csv"], ["a.csv", "out/c.csv", "out/sub/d.csv"]),
                            (["out/*", "?.txt"], ["b.txt", "out/c.csv"]), (["out/**"], ["out/c.csv", "out/sub/d.csv"]),
                            ([".*", "[!a].*"], [".h", "b.txt"]), (["none"], []), (["a.csv", "a.*"], ["a.csv"])):
        assert list(left(evaluate(code, files_out=patterns))) == names, patterns


def test_caches_and_hidden_files_are_no_output(evaluate):
    code = "import os, mod\nopen('.cache', 'w').close()\nprint(os.listdir('__pycache__') != [])"
    reply = evaluate(code, files=[text("mod.py", "x = 1")], files_out=True)
    assert (reply["stdout"], left(reply)) == ("True\n", {}), reply


@pytest.mark.parametrize("end, status", [
    ("while True: pass", "timeout"), ("1 / 0", "error"), ("raise SystemExit(3)", "error"), ("os._exit(0)", "ok"),
    ("os.kill(os.getpid(), 9)", "signal"), ("import ctypes; ctypes.string_at(0)", "signal"),
    ("while True: print('x' * 9999)", "output"), ("while True: open('big', 'ab').write(bytes(1 << 20))", "disk"),
])
def test_files_come_back_however_the_program_ends(evaluate, end, status):
    reply = evaluate(f"import os\nopen('kept', 'w').write('x')\n{end}", files_out=["kept"], timeout_ms=2000)
    assert (reply["status"], left(reply)) == (status, {"kept": b"x"}), reply


def test_what_does_not_fit_is_left_out_and_told(evaluate):
    reply = evaluate(f"for n in 'abc': open(n, 'wb').write(n.encode() * ({MB} - 100))\nopen('d', 'w').write('d')",
                     files_out=True)
    assert {path: len(content) for path, content in left(reply).items()} == {"a": MB - 100, "b": MB - 100, "d": 1}
    assert reply["truncated"]["files"] is True


def test_sparse_and_many_files_are_left_out(evaluate):
    reply = evaluate("open('sparse', 'wb').truncate(15 << 20)\nfor n in range(1200): open('f%04d' % n, 'w').close()",
                     files_out=True)
    assert list(left(reply)) == [f"f{n:04}" for n in range(1000)]
    assert reply["truncated"]["files"] is True and reply["status"] == "ok"


HOSTILE = """
import os
os.mkdir('real'); open('real/a', 'w').write('a')
os.symlink('/etc/passwd', 'passwd'); os.symlink('/etc', 'etc'); os.symlink('real', 'again'); os.symlink('real/a', 'b')
os.mkfifo('fifo'); open(b'\\xff', 'w').close(); os.symlink('..', 'up')
"""


def test_nothing_but_regular_files_comes_back(evaluate):
    reply = evaluate(HOSTILE, files_out=True)
    assert left(reply) == {"real/a": b"a"}, reply
    assert reply["truncated"]["files"] is True  # that whose name is no text
    assert evaluate(HOSTILE, files_out=["**", "etc/*", "up/*/main.py"])["truncated"]["files"] is False


def test_files_that_fill_the_folder_are_the_programs_outcome(evaluate):
    """Almost 15 MB of 16 fit; 900 times 31 folders, where there may be 10,000 entries, do not."""
    fits = [binary(f"f{number}", bytes(5 * MB - 1)) for number in range(3)]
    assert evaluate("import os; print(os.path.getsize('f2'))", files=fits)["stdout"] == f"{5 * MB - 1}\n"
    deep = [text(f"{number}/" + "d/" * 30 + "f") for number in range(900)]
    reply = evaluate("print('was run')\nwhile True: pass", files=deep)
    assert (reply["status"], reply["limit"]) == ("disk", "disk"), reply


def test_files_are_no_memory_nor_time_of_the_program(evaluate):
    content = os.urandom(14 * MB)
    reply = evaluate("import os; print(os.path.getsize('f'))", files=[binary("f", content)], memory_mb=8)
    assert (reply["status"], reply["stdout"]) == ("ok", f"{14 * MB}\n"), reply
    assert reply["memory_kb"] < 8 * 1024


def test_more_than_the_folder_holds_is_refused(server):
    reply = post_json(server.backend, EVAL_PATH, {"code": "", "files": [binary("f", bytes(16 * MB + 1))]})
    error = json.loads(reply.body)["error"]
    assert (reply.status, error["code"], error["field"]) == (400, "out_of_range", "files")
    assert str(16 * MB) in error["message"]


def test_no_program_finds_files_of_another(server):
    with Client(server.backend) as client:
        for number in range(3 * POOL_SIZE + 20):
            reply = client.evaluate("import os\nprint(sorted(os.listdir('.')))\nopen('left', 'w').write('x')",
                                    files=[text(f"f{number}", "x")], files_out=True)
            assert reply["stdout"] == f"['f{number}', 'main.py']\n", reply
            assert left(reply) == {"left": b"x"}
    wait_idle(server, POOL_SIZE)
