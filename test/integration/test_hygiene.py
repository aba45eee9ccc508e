"""Nothing of one evaluation is there in the next: what a program can set, set by one and looked for by twenty."""

import json
import signal
import subprocess
from collections.abc import Iterator

import pytest

from observe import SETTLE_SECONDS, wait_idle, zygote
from support.client import Client
from support.playground import Playground, poll

POOL_SIZE = 3
NEXT = 20
PYTHON = "/usr/bin/python3"  # the pool's interpreter unless PLAYGROUND_PYTHON says otherwise

# Each is known by a name. A program that runs LEAVE and then LOOK shows that LOOK can see the difference.
LEAVE = """
import builtins, decimal, fcntl, gc, json, locale, os, resource, shutil, signal, sys, tempfile, threading, time, warnings
import multiprocessing.shared_memory, xml.dom.minidom

def leave_file(): open('left.txt', 'w').close()
def leave_shared_file(): open('/dev/shm/playground-left', 'w').close()
def leave_shared_memory(): multiprocessing.shared_memory.SharedMemory('playground-left-too', True, 4096)
def leave_lock():
    builtins.left_lock = open(os.__file__)
    fcntl.flock(builtins.left_lock, fcntl.LOCK_EX)
def leave_descriptor(): os.dup2(1, 77)
def leave_environment(): os.environ['LEFT'] = 'x'
def leave_time_zone():
    os.environ['TZ'] = 'XYZ-9'
    time.tzset()
def leave_locale(): locale.setlocale(locale.LC_CTYPE, 'C')
def leave_modules(): sys.modules['left'] = sys
def leave_patch():
    json.dumps.__defaults__ = (1,)
    shutil.move = builtins.left = str.lower
def leave_interpreter():
    sys.setrecursionlimit(777)
    sys.setswitchinterval(0.5)
    sys.path.append('/left')
    gc.disable()
    gc.set_threshold(9, 9, 9)
    threading.stack_size(1 << 20)
    warnings.simplefilter('error')
    decimal.getcontext().prec = 3
    tempfile.tempdir = '/left'
def leave_umask(): os.umask(0o077)
def leave_limit(): resource.setrlimit(resource.RLIMIT_NOFILE, (90, 90))
def leave_priority(): os.nice(3)
def leave_signals():
    signal.signal(signal.SIGUSR1, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR2])
    signal.setitimer(signal.ITIMER_REAL, 1000)
def leave_folder(): os.chdir('/')

left = []
for name, action in list(globals().items()):
    if name.startswith('leave_'):
        try: action()
        except OSError: continue
        left.append(name[6:])
"""

LOOK = """
import builtins, decimal, fcntl, gc, json, locale, os, resource, shutil, signal, sys, tempfile, threading, time, warnings
modules = sorted(sys.modules)  # of these imports too: LEAVE has more

def is_open(fd):
    try: os.fstat(fd)
    except OSError: return False
    return True

def is_locked():
    with open(os.__file__) as file:
        try: fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError: return True
    return False

def umask():
    was = os.umask(0)
    os.umask(was)
    return was

home = os.environ['HOME']
seen = {
    'file': sorted(os.listdir(home)),
    'shared_file': os.path.exists('/dev/shm/playground-left'),
    'shared_memory': os.path.exists('/dev/shm/playground-left-too'),
    'lock': is_locked(),
    'descriptor': [fd for fd in range(200) if is_open(fd)],
    'environment': sorted(set(os.environ) - {'TZ'}),
    'time_zone': [os.environ.get('TZ'), time.tzname, time.timezone],
    'locale': locale.setlocale(locale.LC_ALL),
    'modules': modules,
    'patch': [repr(json.dumps.__defaults__), shutil.move.__name__, sorted(vars(builtins))],
    'interpreter': [sys.getrecursionlimit(), sys.getswitchinterval(), [p.replace(home, '') for p in sys.path],
                    gc.isenabled(), gc.get_threshold(), threading.stack_size(), repr(warnings.filters),
                    decimal.getcontext().prec, tempfile.gettempdir().replace(home, ''), threading.active_count()],
    'umask': umask(),
    'limit': [resource.getrlimit(getattr(resource, name)) for name in dir(resource) if name.startswith('RLIMIT_')],
    'priority': os.nice(0),
    'signals': [[str(signal.getsignal(number)) for number in range(1, 65) if number not in (32, 33)],
                sorted(signal.pthread_sigmask(0, [])), signal.getitimer(signal.ITIMER_REAL)],
    'folder': os.getcwd() == home,
}
sys.stdout.write(json.JSONEncoder().encode(seen))
"""

# Set by LEAVE, and refused by the sandbox: there is nothing to find even in the same program.
REFUSED = {"shared_file", "shared_memory"}


def has_numpy() -> bool:
    return subprocess.run([PYTHON, "-c", "import numpy"], capture_output=True, check=False).returncode == 0


NUMPY = has_numpy()


@pytest.fixture(scope="module")
def server() -> Iterator[Playground]:
    preload = "random,uuid,secrets,tempfile" + (",numpy" if NUMPY else "")
    with Playground("backend", environment={"PLAYGROUND_POOL_SIZE": str(POOL_SIZE),
                                            "PLAYGROUND_PRELOAD": preload}) as started:
        yield started


def run(client: Client, code: str) -> str:
    """What a program printed. Raises AssertionError unless it ended well."""
    reply = client.evaluate(code)
    assert reply["status"] == "ok", reply
    return reply["stdout"]


def look(client: Client, before: str = "") -> dict:
    return json.loads(run(client, before + LOOK))


def test_what_is_left_can_be_seen_by_the_program_itself(client):
    fresh = look(client)
    left = set(json.loads(run(client, LEAVE + "sys.stdout.write(json.JSONEncoder().encode(left))")))
    assert left == set(fresh) - REFUSED
    there = look(client, LEAVE)
    assert {name for name in fresh if there[name] != fresh[name]} == left


def test_nothing_that_a_program_leaves_is_there_in_the_next(client):
    fresh = look(client)
    for _ in range(NEXT):
        run(client, LEAVE)
        assert look(client) == fresh


def test_every_ready_interpreter_is_as_the_first(client, server):
    """Those that were warm while another program ran, too."""
    fresh = look(client)
    run(client, LEAVE)
    wait_idle(server, POOL_SIZE)
    for _ in range(NEXT):
        assert look(client) == fresh


@pytest.mark.parametrize("value", [
    "__import__('random').random()",
    "__import__('random').SystemRandom().random()",
    "__import__('uuid').uuid4()",
    "__import__('uuid').uuid1()",
    "__import__('secrets').token_hex()",
    "__import__('tempfile').mktemp(dir='x')",
    "__import__('os').urandom(8)",
    pytest.param("__import__('numpy').random.random()", marks=pytest.mark.skipif(not NUMPY, reason="no numpy")),
    pytest.param("__import__('numpy').random.default_rng().random()",
                 marks=pytest.mark.skipif(not NUMPY, reason="no numpy")),
])
def test_what_is_random_differs_from_program_to_program(client, value):
    seen = [run(client, f"print({value})") for _ in range(NEXT)]
    assert len(set(seen)) == NEXT


def test_a_seed_is_not_there_in_the_next(client):
    seeded = "import random\nrandom.seed(7)\n"
    value = "print(__import__('random').random())"
    expected = run(client, seeded + value)
    assert run(client, seeded + value) == expected
    assert expected not in [run(client, value) for _ in range(NEXT)]


def test_hashes_of_text_differ_between_zygotes(client, server):
    """Programs of one zygote share the seed, as forks of one interpreter."""
    def of_generation(number: int) -> set[str]:
        assert poll(lambda: zygote(server)["generation"] == number, SETTLE_SECONDS), zygote(server)
        wait_idle(server, POOL_SIZE)
        return {run(client, "print(hash('a'))") for _ in range(4)}

    first = zygote(server)["generation"]
    seen = [of_generation(first)]
    for number in range(first + 1, first + 3):
        server.send_signal(signal.SIGHUP)
        seen.append(of_generation(number))
    assert [len(values) for values in seen] == [1, 1, 1]
    assert len(set.union(*seen)) == 3
