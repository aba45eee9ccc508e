"""The fence: what is inside can't get out, and nothing of it is left, however it ends."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import cgroups
from fence import MODES, NOT_TO_BE_HAD, POD_UID

FENCE = Path(__file__).resolve().parent / "fence.py"
LOOK = """
import json, os, socket
def attempt(function):
    try: function()
    except OSError as error: return error.errno
    return 0
lines = open("/proc/self/status").read().splitlines()
status = dict(line.split(":\\t", 1) for line in lines if ":\\t" in line)
print(json.dumps({
    "uid": os.getuid(), "pids": sorted(int(n) for n in os.listdir("/proc") if n.isdigit()),
    "capabilities": int(status["CapEff"], 16), "no new privileges": status["NoNewPrivs"],
    "map": open("/proc/self/uid_map").read().split(), "mode": os.environ["FENCE_MODE"],
    "written": {p: attempt(lambda: open(p + "/planted", "w")) for p in ("/", "/etc", "/usr", "/tmp", "/dev/shm", "/mnt/here")},
    "core": attempt(lambda: open("/proc/sys/kernel/core_pattern", "w")),
    "homes": os.listdir("/root") + os.listdir("/home"), "here": os.listdir("/mnt/here"),
    "interfaces": [name for _, name in socket.if_nameindex()],
}))
"""


def run(mode: str, *command: str, **options) -> subprocess.CompletedProcess:
    ended = subprocess.run([sys.executable, str(FENCE), "--mode", mode, "--bind", f"{FENCE.parent}=here", "--", *command],
                           capture_output=True, text=True, check=False, **options)
    if ended.returncode == NOT_TO_BE_HAD:
        pytest.skip(ended.stderr)
    return ended


def groups() -> list[Path]:
    """All fences' cgroups that this process can see."""
    return [path for hierarchy in cgroups.find() for path in hierarchy.here.glob(f"{cgroups.PREFIX}*")]


@pytest.fixture(autouse=True)
def nothing_is_left():
    before = set(groups()), Path("/proc/self/mountinfo").read_text()
    yield
    assert (set(groups()) - before[0], Path("/proc/self/mountinfo").read_text()) == (set(), before[1])


@pytest.mark.parametrize("mode", MODES)
def test_inside(mode):
    ended = run(mode, sys.executable, "-c", LOOK)
    assert ended.returncode == 0, ended.stderr
    seen = json.loads(ended.stdout)
    refused = {path for path, error in seen["written"].items() if error}
    assert refused == {"/", "/etc", "/usr", "/mnt/here"}
    assert seen["core"] != 0 and seen["homes"] == [] and "fence.py" in seen["here"]
    assert seen["mode"] == mode and seen["interfaces"] == ["lo"] and seen["pids"] == [1, 2]
    if mode == "best" and os.geteuid() == 0:
        assert seen["uid"] == 0 and seen["capabilities"] != 0 and seen["map"][1] != "0"
    elif mode != "best":
        assert seen["capabilities"] == 0 and seen["no new privileges"] == "1"
        assert seen["uid"] == (POD_UID if os.geteuid() == 0 else os.getuid())


@pytest.mark.parametrize("command, code", [(["true"], 0), (["sh", "-c", "exit 5"], 5), (["sh", "-c", "kill -9 $$"], 256 - 9)])
def test_exit_code(command, code):
    assert run("t0", *command).returncode == code


@pytest.mark.parametrize("command, told", [
    (["unshare", "-U", "true"], "not permitted"), (["unshare", "-m", "true"], "not permitted"),
    ([sys.executable, "-c", "import ctypes\nl = ctypes.CDLL(None, use_errno=True)\nfor n, *a in ((250, 0, -3, 0), (321, 0, 0, 0), "
      "(298, 0, 0, 0, 0, 0), (323, 0), (435, 0, 0)):\n l.syscall(n, *a); print(ctypes.get_errno())"], "1\n1\n1\n1\n38\n"),
])
def test_profile_of_a_container_runtime(command, told):
    ended = run("t0", *command)
    assert told in ended.stdout + ended.stderr


def test_bomb_stays_inside():
    if "pids" not in {name for hierarchy in cgroups.find() for name in hierarchy.controllers}:
        pytest.skip("no pids cgroup is to be had here: a fork bomb has no fence")
    bomb = "import os\nn = 0\ntry:\n while True:\n  if os.fork() == 0: os.read(0, 1) and 0 or __import__('time').sleep(100)\n  n += 1\n" \
           "except OSError: print('stopped', n < 512)"
    assert run("t0", sys.executable, "-c", bomb, timeout=60).stdout == "stopped True\n"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_falls_with_whoever_holds_it(number):
    """The command holds a pipe of ours: its end is seen when all of it is gone."""
    fence = subprocess.Popen([sys.executable, str(FENCE), "--mode", "t0", "--", "sh", "-c", "echo up; sleep 1000 & sleep 1000"],
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if fence.stdout.read(3) != b"up\n":
        fence.wait()
        pytest.skip(fence.stderr.read().decode())
    fence.send_signal(number)
    assert fence.stdout.read() == b""  # also the keeper, who removes the cgroups, has gone
    fence.wait()
