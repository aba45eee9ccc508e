"""What a program finds around itself: an interpreter, a folder and an environment of its own, and
calls that are refused."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from observe import tier, wait_idle
from support.client import Client
from support.playground import Playground, poll

POOL_SIZE = 3


@pytest.fixture(scope="module")
def scratch(module_scratch_dir: Path) -> Path:
    """The parent of all scratch folders."""
    return module_scratch_dir


@pytest.fixture(scope="module")
def server(scratch: Path) -> Iterator[Playground]:
    environment = {
        "PLAYGROUND_SCRATCH_DIR": str(scratch),
        "PLAYGROUND_POOL_SIZE": str(POOL_SIZE),
        "A_SECRET": "of the operator",
    }
    with Playground("backend", environment=environment) as started:
        yield started
    assert list(scratch.iterdir()) == []


def told(client: Client, expression: str, imports: str = "os, sys") -> object:
    """The value of a Python expression inside a program, through JSON."""
    reply = client.evaluate(f"import json, {imports}\nprint(json.dumps({expression}))")
    assert reply["status"] == "ok", reply
    return json.loads(reply["stdout"])


def test_every_program_has_a_fresh_interpreter(client):
    code = ("import builtins, os, sys, math\n"
            "print(hasattr(builtins, 'mark'), hasattr(math, 'mark'), 'mark' in globals(), os.getpid())\n"
            "builtins.mark = math.mark = mark = True\n")
    seen = [client.evaluate(code)["stdout"].split() for _ in range(4 * POOL_SIZE)]
    assert {tuple(words[:3]) for words in seen} == {("False", "False", "False")}
    assert len({words[3] for words in seen}) == len(seen)


def test_random_numbers_differ_from_program_to_program(client):
    seen = [client.evaluate("import random; print(random.random())")["stdout"] for _ in range(4)]
    assert len(set(seen)) == len(seen)


def test_program_is_main_py_in_an_empty_folder_of_its_own(client):
    code = ("import os, sys\nprint(os.listdir('.'), sys.argv, __name__)\n"
            "print(os.path.dirname(os.path.abspath(__file__)) == os.getcwd())\n"
            "sys.stdout.write(open(__file__).read())\n")
    reply = client.evaluate(code)
    assert reply["stdout"] == f"['main.py'] ['main.py'] __main__\nTrue\n{code}"


def test_folders_differ(client, server):
    if tier(server) == "T1":
        pytest.skip("in T1 all have one path, each in a file system of its own: test_tier_one.py")
    folders = {told(client, "os.getcwd()") for _ in range(4)}
    assert len(folders) == 4


def test_folder_can_be_written_and_is_gone_afterwards(client, server, scratch):
    code = ("import os\nos.makedirs('a/b/c')\nopen('a/b/c/file', 'w').write('x' * 1000)\n"
            "os.symlink('/', 'link')\nos.chmod('a/b', 0)\nos.chdir('/')\n")
    folder = Path(told(client, "os.getcwd()"))
    left = client.evaluate(f"import os\nprint(os.getcwd())\n{code}")
    assert left["status"] in ("ok", "error"), left  # chmod may be refused
    for path in (folder, Path(left["stdout"].strip())):
        assert scratch in path.parents
        # A mount point, in T1: what is mounted there can't be seen from here.
        assert poll(lambda: not path.exists() or not os.listdir(path), 10), path
    wait_idle(server, POOL_SIZE)


def test_module_of_the_programs_own_can_be_imported(client):
    code = "open('helper.py', 'w').write('value = 42')\nimport helper\nprint(helper.value)"
    assert client.evaluate(code)["stdout"] == "42\n"


def test_environment_has_four_variables(client):
    environment, folder = told(client, "[dict(os.environ), os.getcwd()]")
    assert environment == {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": folder, "TMPDIR": folder}


def test_temporary_files_lie_in_the_folder(client):
    assert told(client, "tempfile.mkdtemp().startswith(os.getcwd() + '/')", "os, tempfile") is True


def test_descriptors_cannot_be_listed(client):
    """Nothing below /proc/self can be read: /proc is closed but for a few sizes."""
    reply = client.evaluate("import os; print(os.listdir('/proc/self/fd'))")
    assert "PermissionError" in reply["stderr"]


def test_three_descriptors_are_open(client):
    code = ("import os\nopened = []\nfor number in range(4096):\n    try: os.fstat(number)\n"
            "    except OSError: continue\n    opened.append(number)\nprint(opened)")
    assert client.evaluate(code)["stdout"] == "[0, 1, 2]\n"


@pytest.mark.parametrize("call", [
    "__import__('subprocess').run(['/bin/true'])",
    "__import__('socket').socket()",
    "__import__('socket').create_connection(('127.0.0.1', 22))",
    "os.fork()",
    "os.execv('/bin/true', ['true'])",
    "os.kill(os.getppid(), 9)",
    "os.kill(1, 9)",
    "os.kill(-1, 9)",
    "os.killpg(0, 9)",
])
def test_refused_call_raises_a_readable_error_and_the_program_goes_on(client, call):
    code = f"import os\ntry: {call}\nexcept OSError as error: print(repr(error))\nprint('goes on')"
    reply = client.evaluate(code)
    assert (reply["status"], reply["exit_code"]) == ("ok", 0), reply
    lines = reply["stdout"].splitlines()
    assert lines[-1] == "goes on" and len(lines) == 2, lines
    assert "Error(" in lines[0], lines


def test_uncaught_refusal_is_the_programs_error(client):
    reply = client.evaluate("import subprocess\nsubprocess.run(['/bin/true'])")
    assert (reply["status"], reply["exit_code"]) == ("error", 1)
    assert reply["stderr"].splitlines()[-1].startswith("PermissionError: ")


def test_server_is_unharmed_by_what_programs_tried(client, server):
    assert client.evaluate("print('still here')")["stdout"] == "still here\n"
    wait_idle(server, POOL_SIZE)
