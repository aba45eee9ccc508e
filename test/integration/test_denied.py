"""`denied` in the reply: the names of the system calls that the sandbox refused."""

import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.client import post_json
from support.playground import Playground

RUNTIME = Path(__file__).resolve().parent.parent / "hostile"

RAW = """
import ctypes, errno
libc = ctypes.CDLL(None, use_errno=True)
def name(result): return errno.errorcode[ctypes.get_errno()] if result == -1 else result
"""
TRY = """
def refuse(function):
    try: function()
    except PermissionError: print('refused')
"""
# What is tried, what it prints, and what the reply names.
TRIED = {
    "nothing": ("print('x')", "x", []),
    "fork": (TRY + "import os; refuse(os.fork)", "refused", ["clone"]),
    "subprocess": (TRY + "import subprocess; refuse(lambda: subprocess.run(['true']))", "refused", ["vfork", "clone"]),
    "exec": (TRY + "import os; refuse(lambda: os.execv('/bin/true', ['true']))", "refused", ["execve"]),
    "socket": (TRY + "import socket; refuse(socket.socket)", "refused", ["socket"]),
    "end of a pair": (TRY + "import socket; a, b = socket.socketpair(); refuse(lambda: a.connect('/x'))", "refused", ["connect"]),
    "ptrace": (RAW + "print(name(libc.ptrace(16, 1, 0, 0)))", "EPERM", ["ptrace"]),
    "mount": (RAW + "print(name(libc.mount(b'a', b'/', b'tmpfs', 0, 0)))", "EPERM", ["mount"]),
    "kill": (TRY + "import os; refuse(lambda: os.kill(1, 9))", "refused", ["kill"]),
    "own signals": ("import os, signal; os.kill(os.getpid(), 0); print('x')", "x", []),
    "prctl": (RAW + "print(name(libc.prctl(4, 1, 0, 0, 0)))", "EPERM", ["prctl"]),
    "several, each once": (TRY + "import os, socket\nfor f in (socket.socket, os.fork, socket.socket): refuse(f)",
                           "refused\nrefused\nrefused", ["socket", "clone"]),
    "in threads": (TRY + "import os, threading\nts = [threading.Thread(target=refuse, args=(os.fork,)) for _ in range(3)]\n"
                   "for t in ts: t.start()\nfor t in ts: t.join()", "refused\nrefused\nrefused", ["clone"]),
    "threads themselves": ("import threading\nt = threading.Thread(target=print, args=('x',)); t.start(); t.join()", "x", []),
}
SIBLING = RAW + "import os\nprint(name(libc.syscall(56 if os.uname().machine == 'x86_64' else 220, 0x9000, 0, 0, 0, 0)))"


@pytest.fixture(scope="module", params=["plain", "runtime"])
def server(request) -> Iterator[Playground]:
    """Also behind a filter like a container runtime's, whose errors outrank notifications."""
    if request.param == "plain":
        with Playground("backend") as started:
            yield started
    else:
        with Playground("backend", wrapper=[sys.executable, "-c", BEHIND, str(RUNTIME)]) as started:
            yield started


# Starts its arguments, but for the first, behind the filter.
BEHIND = """
import ctypes, os, sys
sys.path.insert(0, sys.argv[1])
import runtime_default
ctypes.CDLL(None).prctl(38, 1, 0, 0, 0)
runtime_default.load()
os.execv(sys.argv[2], sys.argv[2:])
"""


def evaluate(server: Playground, code: str, **fields: object) -> dict:
    answer = post_json(server.backend, "/py/eval", {"code": code, **fields})
    assert answer.status == 200
    return answer.json()


@pytest.mark.parametrize("case", TRIED)
def test_refused_calls_are_named_and_the_program_goes_on(server, case):
    code, printed, names = TRIED[case]
    reply = evaluate(server, code)
    assert (reply["status"], reply["stdout"], reply["denied"]) == ("ok", printed + "\n", names), reply


def test_a_sibling_made_as_the_zygote_makes_workers_is_refused(server):
    reply = evaluate(server, SIBLING)
    assert (reply["stdout"], reply["denied"]) == ("EPERM\n", ["clone"])


def test_a_flood_of_refused_calls_is_ended_with_its_output_kept(server):
    code = "import socket\nprint('before')\nfor _ in range(2000):\n  try: socket.socket()\n  except OSError: pass\nprint('after')"
    reply = evaluate(server, code)
    assert (reply["status"], reply["limit"], reply["signal"]) == ("denied", None, "SIGKILL")
    assert (reply["stdout"], reply["denied"]) == ("before\n", ["socket"])


def test_a_flood_that_ignores_the_signal_to_flush_is_killed(server):
    code = ("import signal, socket\nsignal.signal(47, signal.SIG_IGN)\nprint('before', flush=True)\n"
            "while True:\n  try: socket.socket()\n  except OSError: pass")
    reply = evaluate(server, code)
    assert (reply["status"], reply["stdout"], reply["denied"]) == ("denied", "before\n", ["socket"])


def test_a_program_in_refused_calls_can_run_out_of_time(server):
    code = "import os, time\nprint('before')\nwhile True:\n  try: os.fork()\n  except OSError: time.sleep(0.01)"
    reply = evaluate(server, code, timeout_ms=200)
    assert (reply["status"], reply["limit"], reply["stdout"]) == ("timeout", "wall", "before\n")
    assert reply["denied"] == ["clone"]


def test_programs_that_run_at_once_are_told_apart(server):
    codes = {"socket": "import socket\nfor _ in range(200):\n  try: socket.socket()\n  except OSError: pass",
             "clone": "import os\nfor _ in range(200):\n  try: os.fork()\n  except OSError: pass",
             None: "for _ in range(10000): pass"}
    replies = []

    def several(name: str | None, code: str) -> None:
        for _ in range(5):
            replies.append((name, evaluate(server, code)["denied"]))

    threads = [threading.Thread(target=several, args=item) for item in codes.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(replies) == 15
    assert [pair for pair in replies if pair[1] != ([pair[0]] if pair[0] else [])] == []


def test_a_program_that_blocks_the_signal_is_killed_by_calls_that_are_trapped(server):
    code = ("import os, signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGSYS])\n"
            "print('before', flush=True)\nos.kill(1, 0)\nprint('after')")
    reply = evaluate(server, code)
    assert (reply["status"], reply["signal"], reply["stdout"]) == ("signal", "SIGSYS", "before\n")


@pytest.mark.skipif(os.uname().machine != "x86_64", reason="the entry of another architecture")
def test_a_program_that_enters_by_another_architecture_is_ended(server):
    code = """
import ctypes, mmap
m = mmap.mmap(-1, 4096, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, prot=7)
m.write(bytes.fromhex('b814000000cd80c3'))  # mov eax, 20; int 0x80; ret: getpid of i386
print('before', flush=True)
ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(m)))()
print('after')
"""
    reply = evaluate(server, code)
    assert reply["stdout"] == "before\n"
    # A container runtime's filter kills by itself.
    assert (reply["status"], reply["denied"]) in (("denied", ["getpid"]), ("signal", []))


def test_the_signal_has_no_handler_for_the_program(server):
    code = "import signal\nprint(signal.getsignal(signal.SIGSYS) == signal.SIG_DFL, flush=True)\nsignal.raise_signal(signal.SIGSYS)"
    reply = evaluate(server, code)
    assert (reply["stdout"], reply["signal"]) == ("True\n", "SIGSYS")


def test_an_error_survives_a_trapped_call(server):
    """The handler of the trap makes a call of its own, which must not show in errno."""
    code = ("import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\nkill = 62 if __import__('os').uname().machine == 'x86_64' else 129\n"
            "libc.close(-1); print(libc.syscall(kill, 1, 0), ctypes.get_errno())")
    assert evaluate(server, code)["stdout"] == "-1 1\n"


def test_without_a_filter_nothing_can_be_told():
    with Playground("backend", environment={"PLAYGROUND_SANDBOX": "none", "PLAYGROUND_SANDBOX_MAX": "none"}) as server:
        assert evaluate(server, "print('x')")["denied"] is None
