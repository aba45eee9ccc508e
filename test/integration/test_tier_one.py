"""Tier T1 on the real server: namespaces, a file system for each program, and that neither outlives its use."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from load import in_background
from observe import first_processes, state, tier, wait_idle, wait_running, zombies, zygote
from support.client import Client, evaluate
from support.playground import Playground, binary, poll

POOL_SIZE = 1
ROUNDS = 30  # more than there are slots: each is used several times

# Who has a user namespace without any further one to be had in it, as where an operator forbids them.
WITHOUT_NAMESPACES = ["unshare", "--user", "--map-user=12345", "--map-group=12345", "--keep-caps", "sh", "-c",
                      'echo 0 > /proc/sys/user/max_user_namespaces && exec "$@"', "sh"]


@pytest.fixture
def server(scratch_dir: Path) -> Iterator[Playground]:
    environment = {"PLAYGROUND_POOL_SIZE": str(POOL_SIZE), "PLAYGROUND_MAX_RUNNING": "1", "PLAYGROUND_SCRATCH_MB": "4",
                   "PLAYGROUND_SCRATCH_DIR": str(scratch_dir)}
    with Playground("backend", environment=environment) as started:
        if tier(started) != "T1":
            pytest.skip(f"this machine does not reach T1: {state(started)['backend']['sandbox']['layers']}")
        yield started
    assert list(scratch_dir.iterdir()) == []


LEAVE = """
import os, time
info = os.stat('.')
print(os.listdir('.'), oct(info.st_mode & 0o777), info.st_mtime > 1e9)
os.makedirs('a/' * 300)
for n in range(50): open('f%d' % n, 'w').write('x' * 1000)
os.symlink('/', 'link'); os.mkfifo('pipe')
os.chmod('a/a', 0); os.utime('.', (1, 1)); os.chmod('.', 0)
"""


def test_what_one_program_leaves_no_other_finds(server):
    with Client(server.backend) as client:
        for _ in range(ROUNDS):
            reply = client.evaluate(LEAVE)
            assert (reply["stdout"], reply["stderr"]) == ("['main.py'] 0o700 True\n", ""), reply
    wait_idle(server, POOL_SIZE)


HOLD = """
import array, os, socket
a, b = socket.socketpair()
c, d = socket.socketpair()
fd = os.open('.', os.O_TMPFILE | os.O_RDWR)
os.write(fd, b'x' * 1_000_000)
def send(to, *fds): to.sendmsg([b'x'], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array('i', fds))])
send(a, fd, c.fileno(), d.fileno()); send(c, a.fileno(), b.fileno())
print(os.statvfs('.').f_bfree)
"""


def test_a_file_that_is_on_its_way_to_nobody_is_not_in_the_next_programs_way(server):
    with Client(server.backend) as client:
        free = {client.evaluate(HOLD)["stdout"] for _ in range(ROUNDS)}
    assert len(free) == 1, free


def full(code: str) -> str:
    return f"import os\ntry:\n    {code}\nexcept OSError as error: print(error.errno); raise SystemExit(1)"


@pytest.mark.parametrize("code", [
    "for n in range(9): open('f%d' % n, 'wb').write(bytes(1 << 20))",
    "while True: os.write(os.open('.', os.O_TMPFILE | os.O_RDWR), bytes(1 << 18))",
    "while True: fd = os.open('f', os.O_CREAT | os.O_RDWR); os.unlink('f'); os.write(fd, bytes(1 << 18))",
    "for n in range(20_000): open('f%d' % n, 'w').close()",
    "open('f', 'w').close()\n    for n in range(20_000): os.link('f', 'l%d' % n)",
], ids=["bytes", "never named", "unlinked", "files", "links"])
def test_the_file_system_is_full_at_its_limit(server, code):
    reply = evaluate(server.backend, full(code))
    assert reply["stdout"] in ("28\n", ""), reply  # ENOSPC, if it was not ended before it could tell
    assert reply["status"] in ("disk", "error"), reply
    assert evaluate(server.backend, "print(1)")["stdout"] == "1\n"


def test_a_full_file_system_is_named(server):
    reply = evaluate(server.backend, full("for n in range(9): open('f%d' % n, 'wb').write(bytes(1 << 20))"))
    assert (reply["status"], reply["limit"], reply["exit_code"], reply["stdout"]) == ("disk", "disk", 1, "28\n")


def test_nothing_outlives_a_server_that_is_killed(scratch_dir):
    server = Playground("backend", environment={"PLAYGROUND_SCRATCH_DIR": str(scratch_dir)}).start()
    try:
        assert_nothing_outlives(server)
    finally:
        server.kill()
    # What it left behind is its successor's to delete.
    checked = subprocess.run([binary(), "check"], env={"PLAYGROUND_SCRATCH_DIR": str(scratch_dir)},
                             capture_output=True, timeout=60, check=False)
    assert (checked.returncode, list(scratch_dir.iterdir())) == (0, []), checked


def assert_nothing_outlives(server: Playground) -> None:
    with in_background(lambda _: pytest.raises(Exception, evaluate, server.backend, "while True: pass")):
        wait_running(server, 1)
        assert len(first_processes(server)) == (1 if tier(server) == "T1" else 0)
        server.send_signal(signal.SIGKILL)
        server.wait()
    assert server.leftover() == []


def test_running_program_and_its_namespace_survive_the_zygote(server):
    replies: list[dict] = []
    code = "import os, time\ntime.sleep(1)\nopen('f', 'w').write('x')\nprint(sorted(os.listdir('.')))"
    with in_background(lambda _: replies.append(evaluate(server.backend, code))):
        wait_running(server, 1)
        os.kill(zygote(server)["pid"], signal.SIGKILL)
    assert [(reply["status"], reply["stdout"]) for reply in replies] == [("ok", "['f', 'main.py']\n")]
    # A worker that was ready holds the old namespace until it is used.
    assert evaluate(server.backend, "print(1)")["stdout"] == "1\n"
    wait_idle(server, POOL_SIZE)
    assert poll(lambda: len(first_processes(server)) == 1, 10), first_processes(server)
    assert poll(lambda: zombies(server) == [], 10), zombies(server)


def test_another_zygote_comes_when_the_namespace_has_ended(server):
    [first] = first_processes(server)
    os.kill(first.pid, signal.SIGKILL)
    assert poll(lambda: zygote(server)["generation"] == 2, 20), zygote(server)
    assert evaluate(server.backend, "print(1)")["stdout"] == "1\n"
    assert poll(lambda: zombies(server) == [], 10), zombies(server)


def test_a_machine_without_namespaces_is_named(scratch_dir):
    if shutil.which("unshare") is None or subprocess.run([*WITHOUT_NAMESPACES, "true"], capture_output=True,
                                                         check=False).returncode != 0:
        pytest.skip("no user namespace is to be had here at all")
    scratch_dir.chmod(0o777)
    checked = subprocess.run([*WITHOUT_NAMESPACES, str(binary()), "check"], capture_output=True, text=True, timeout=60,
                             env={"PLAYGROUND_SANDBOX": "T1", "PLAYGROUND_SCRATCH_DIR": str(scratch_dir),
                                  "PATH": os.environ["PATH"]}, check=False)
    assert checked.returncode == 2, checked
    assert ("the sandbox reaches T0 and PLAYGROUND_SANDBOX demands T1; user namespace: missing: unshare: "
            "No space left on device") in checked.stdout, checked.stdout
    assert "private tmpfs        off: not without all of T1" in checked.stdout, checked.stdout
