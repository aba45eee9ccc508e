"""Handlers of forks and callbacks of the end that preloaded modules have registered: those that come to nothing are not called in a
worker, and no program can tell."""

import pytest

import harness
from test_preload import out, packages

STANDARD = 'threading,logging,random,concurrent.futures.thread,atexit'

# What a program may have that makes those callbacks count.
ENDS = {
    'nothing': "print('x')",
    'a callback': "import atexit; atexit.register(print, 'x')",
    'one more thread': "import threading; threading.Thread(target=lambda: (threading.main_thread().join(), print('x'))).start()",
    'a thread in the background': "import threading, time; threading.Thread(target=time.sleep, args=(60,), daemon=True).start(); print('x')",
    'an executor': ("from concurrent.futures import ThreadPoolExecutor, thread\nimport os\n"
                    "def late():\n  while not thread._shutdown: os.sched_yield()\n  print('x')\nThreadPoolExecutor(2).submit(late)"),
    'a handler with a buffer': ("import logging, logging.handlers, sys\n"
                                "to = logging.StreamHandler(sys.stdout); kept = logging.handlers.MemoryHandler(100, target=to)\n"
                                "logging.getLogger().addHandler(kept); logging.warning('x')"),
    'another last resort': ("import logging, sys\nclass H(logging.Handler):\n  def emit(self, r): print('x')\n  def flush(self): print('flushed')\n"
                            "logging.lastResort = H(); logging.warning('y')"),
    'logging, then its shutdown': ("import atexit, logging, sys\nlogging.basicConfig(stream=sys.stdout, format='%(message)s')\n"
                                   "atexit.register(logging.warning, 'x')"),
    'a callback instead': "import atexit, logging; atexit.unregister(logging.shutdown); atexit.register(print, 'x')",
    'callbacks cleared, and one': "import atexit; atexit._clear(); atexit.register(print, 'x')",
    'callbacks cleared': "import atexit; atexit._clear(); print(atexit._ncallbacks())",
    'a callback of threading': "import threading; threading._register_atexit(print, 'x')",
    'the main thread at the end': ("import atexit, threading\n"
                                   "atexit.register(lambda: print(threading.main_thread().is_alive(), threading.active_count()))"),
    'exit with a status': "import sys; sys.exit(3)",
}


@pytest.fixture(scope='module')
def standard():
    with harness.Zygote(preload=STANDARD) as zygote:
        assert (zygote.preload_errors, zygote.preload_warnings) == ('', '')
        yield zygote


@pytest.mark.parametrize('name', ENDS)
def test_a_program_ends_as_in_an_interpreter_of_its_own(standard, name):
    ran, expected = standard.run(ENDS[name]), harness.reference(f"import {STANDARD}\n{ENDS[name]}")
    assert (ran.stdout, ran.stderr, ran.code) == (expected.stdout, expected.stderr, expected.code)


def test_a_preloaded_modules_own_callback_is_called(standard):
    with packages(ends="import atexit, sys\natexit.register(lambda: sys.stdout.write('bye'))") as folder:
        with harness.Zygote(preload=f'{STANDARD},ends', python_path=folder) as zygote:
            assert out(zygote, "print('x')") == 'x\nbye'


HANDLERS = """
import os
seen = []
os.register_at_fork(before=lambda: seen.append('before'), after_in_parent=lambda: seen.append('parent'), after_in_child=lambda: seen.append('child'))
"""


def test_a_preloaded_modules_own_handlers_of_forks_are_called():
    with packages(forks=HANDLERS) as folder:
        for modules in ('forks', f'{STANDARD},forks', f'forks,{STANDARD}'):
            with harness.Zygote(preload=modules, python_path=folder) as zygote:
                for _ in range(2):  # the zygote's own are those of the forks before
                    told = eval(out(zygote, 'import forks; print(forks.seen)'))
                    assert told[-2:] == ['before', 'child'] and set(told[:-2]) <= {'before', 'parent'}, told


# Registered before logging's handlers, and therefore called after they have taken its lock.
EARLY = """
import os
tell = lambda: None
os.register_at_fork(before=lambda: tell(), after_in_parent=lambda: tell())
"""
FORK = """
import early, logging, os
early.tell = lambda: print(logging._lock._is_owned(), flush=True)
try:
    child = os.fork()
    if child == 0: os._exit(0)
    os.waitpid(child, 0)
except OSError: print('refused')
early.tell()
"""


@pytest.mark.parametrize('tier, told', [
    (harness.NONE, 'True\nTrue\nFalse\n'),  # all handlers are there
    (harness.T1, 'False\nFalse\nrefused\nFalse\n'),  # it can't be: the module's own alone
])
def test_a_fork_that_a_program_tries_finds_its_handlers(tier, told):
    with packages(early=EARLY) as folder, harness.Zygote(preload=f'early,{STANDARD}', python_path=folder, tier_max=tier) as zygote:
        assert out(zygote, FORK) == told


def test_no_lock_is_left_held(standard):
    code = ("import logging, threading\ndef take():\n  print(logging._lock.acquire(blocking=False)); logging._lock.release()\n"
            "t = threading.Thread(target=take); t.start(); t.join()")
    assert out(standard, code) == 'True\n'


def test_the_main_thread_has_the_workers_id(standard):
    code = "import os, threading; print(threading.main_thread().native_id == threading.get_native_id() == os.getpid())"
    assert out(standard, code) == 'True\n'
