"""The zygote and its workers as processes: protocol, descriptors, signals, limits, ends."""

import os
import resource
import select
import signal
import stat

import pytest

import harness
from harness import FLUSH_SIGNAL, T0, Broken, Zygote
from worker import REQUEST, REQUEST_MAGIC


def test_hello_names_the_interpreter(zygote):
    version = os.popen(f'{harness.PYTHON} -V').read().split()[1]
    assert zygote.python_version == version
    assert zygote.preload_errors == ''


def test_other_version_is_refused():
    with pytest.raises(Broken, match='exit 3: playground zygote: .*different builds'):
        Zygote(version=harness.VERSION + 1)


def test_closed_control_ends_the_zygote():
    assert Zygote().close() == 0


def test_worker_is_the_servers_child(zygote):
    with zygote.spawn() as worker:
        status = open(f'/proc/{worker.pid}/status').read()
        assert f'PPid:\t{os.getpid()}\n' in status


def test_signals_are_as_python_has_them(zygote):
    """Seen from outside: a program can't read /proc/self/status. SIGSYS is the one handler that is ours."""
    with zygote.spawn() as worker:
        lines = open(f'/proc/{worker.pid}/status').read().splitlines()
        status = {name: value.strip() for name, value in (line.split(':', 1) for line in lines)}
        assert {int(status[name], 16) for name in ('SigPnd', 'ShdPnd', 'SigBlk')} == {0}
        assert status['Threads'] == '1'
        masks = [int(status[name], 16) & 0x7FFFFFFF for name in ('SigIgn', 'SigCgt')]
        assert masks == [1 << signal.SIGPIPE - 1 | 1 << signal.SIGXFSZ - 1, 1 << signal.SIGINT - 1 | 1 << signal.SIGSYS - 1]


def test_worker_survives_the_zygote():
    zygote = Zygote()
    with zygote.spawn() as worker:
        zygote.close_control()
        assert worker.run("open('x', 'w').write('y'); print('alive')").stdout == b'alive\n'
    zygote.close()


def test_ready_reports_what_was_used(zygote):
    with zygote.spawn() as worker:
        assert 0 < worker.ready_cpu_us < 1_000_000
        assert 1000 < worker.ready_peak_kb < 1_000_000


def test_many_spawns_leak_nothing(zygote):
    before = zygote.open_fds()
    for i in range(300):
        assert zygote.run(f'print({i})').stdout == b'%d\n' % i
    assert zygote.open_fds() == before


def test_orders_may_be_queued(zygote):
    workers = [zygote.collect(folder) for folder in [zygote.order() for _ in range(8)]]
    for worker in workers:
        with worker:
            assert zygote.await_ready(worker).run('print(1)').code == 0


def test_end_of_file_before_a_request_ends_quietly(zygote):
    with zygote.spawn() as worker:
        worker.pump()
        assert (worker.wait(), bytes(worker.out), bytes(worker.err)) == (0, b'', b'')


@pytest.mark.parametrize('data', [
    b'x', b'x' * REQUEST.size, REQUEST.pack(REQUEST_MAGIC, 0, 0, 10, 0, 0, 0, 0, 0) + b'short',
    REQUEST.pack(REQUEST_MAGIC, 0, 0, 1 << 40, 0, 0, 0, 0, 0), REQUEST.pack(REQUEST_MAGIC, 0, 1 << 40, 0, 0, 0, 0, 0, 0),
    REQUEST.pack(REQUEST_MAGIC, 2, 2, 0, 0, 0, 0, 0, 0) + b'a\0', REQUEST.pack(REQUEST_MAGIC, 1, 1, 0, 0, 0, 0, 0, 0) + b'a',
    REQUEST.pack(REQUEST_MAGIC, 1, 0, 0, 0, 0, 0, 0, 0), REQUEST.pack(REQUEST_MAGIC, 0, 0, 0, 0, 0, 2, 0, 0),
    REQUEST.pack(REQUEST_MAGIC, 0, 0, 0, 0, 0, 0, 2, 0),
])
def test_broken_request_starts_nothing(zygote, data):
    with zygote.spawn() as worker:
        worker.pump(data)
        assert worker.wait() == 70
        assert worker.out == b''
        assert worker.err.startswith(b'playground worker failed to: read the request: ')
        assert worker.err.count(b'\n') == 1


def test_request_in_pieces(zygote):
    data = harness.frame("print(input())", ['a']) + b'line\n'
    with zygote.spawn() as worker:
        for i in range(len(data)):
            os.write(worker.stdin, data[i:i + 1])
        assert worker.finish().stdout == b'line\n'


@pytest.mark.parametrize('line_buffered', [0, 1])
def test_lines_are_written_as_they_end_where_that_is_asked_for(zygote, line_buffered):
    code = 'import sys\nprint("line")\nprint("part", end="")\nprint("mark", file=sys.stderr)\nsys.stdin.read()'
    with zygote.spawn() as worker:
        data = harness.frame(code, line_buffered=line_buffered)
        worker.pump(data, until=lambda worker: b'mark' in worker.err, close_stdin=False)
        assert (b'line\n' in worker.out) == (line_buffered == 1)
        assert worker.finish().stdout == b'line\npart'


def test_missing_folder_is_no_worker():
    with Zygote(tier_max=T0) as zygote:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(zygote, 'make_folder', lambda path: None)
            with pytest.raises(Broken, match='spawn failed: No such file or directory'):
                zygote.collect(zygote.order())
        assert zygote.run('print(1)').stdout == b'1\n'


def test_main_py_that_exists_starts_nothing():
    class Occupied(Zygote):
        def make_folder(self, path):
            super().make_folder(path)
            os.symlink('/etc/passwd', os.path.join(path, 'main.py'))

    with Occupied(slots=0) as zygote, zygote.collect(zygote.order()) as worker:
        worker.pump(b'')
        assert (worker.wait(), worker.out) == (70, b'')
        assert worker.err == b'playground worker failed to: make main.py: File exists\n'


def test_script_is_left_as_sent(zygote):
    with zygote.spawn() as worker:
        assert worker.run('print(1) # é').code == 0
        path = os.path.join(worker.outside, 'main.py')
        assert open(path, 'rb').read() == 'print(1) # é'.encode()
        assert stat.S_IMODE(os.stat(path).st_mode) == 0o644


def test_arguments(zygote):
    arguments = ['', 'a b', 'é', '-c', '\udcff']
    ran = zygote.run('import sys, os; print([os.fsencode(a) for a in sys.argv])', args=arguments)
    assert eval(ran.stdout) == [b'main.py'] + [os.fsencode(a) for a in arguments]


def test_input_larger_than_the_pipe(zygote):
    data = os.urandom(3 << 20)
    ran = zygote.run('import sys; sys.stdout.buffer.write(sys.stdin.buffer.read()[::-1])', stdin=data)
    assert ran.stdout == data[::-1]


def test_source_larger_than_the_pipe(zygote):
    ran = zygote.run(f"x = '{'a' * (1 << 20)}'\nprint(len(x), open('main.py').read().count('a'))")
    assert ran.stdout.split()[0] == b'1048576'


def test_worker_holds_its_three_descriptors_only(zygote):
    """And main.py, until it is written."""
    with zygote.spawn() as worker:
        assert os.path.basename(os.readlink(f'/proc/{worker.pid}/fd/3')) == 'main.py'
        worker.start("print('begun', flush=True); input()")
        assert sorted(os.listdir(f'/proc/{worker.pid}/fd')) == ['0', '1', '2']
        ends = {os.readlink(f'/proc/{worker.pid}/fd/{i}') for i in range(3)}
        assert all(end.startswith('pipe:') for end in ends) and len(ends) == 3


def test_servers_ends_do_not_block_and_the_workers_do(zygote):
    with zygote.spawn() as worker:
        for fd in worker.stdin, worker.stdout, worker.stderr:
            assert not os.get_blocking(fd)
        assert worker.run('import os; print([os.get_blocking(i) for i in (0, 1, 2)])'
                          ).stdout == b'[True, True, True]\n'


def test_limits(zygote):
    ran = zygote.run('import resource as r\nfor n in r.RLIMIT_CORE, r.RLIMIT_NOFILE, r.RLIMIT_FSIZE:'
                     ' print(r.getrlimit(n))')
    assert ran.stdout == b'(0, 0)\n(256, 256)\n(67108864, 67108864)\n'


def test_memory_limit_raises_memory_error(zygote):
    code = "x = bytearray({} << 20)\nprint(len(x))"
    assert zygote.run(code.format(100), memory=128 << 20).code == 0
    assert b'MemoryError' in zygote.run(code.format(256), memory=128 << 20).stderr


def test_file_limit_raises_os_error(zygote):
    ran = zygote.run("f = open('x', 'wb', 0)\nf.seek(64 << 20); f.write(b'x')")
    assert b'File too large' in ran.stderr


def test_workers_differ_in_randomness():
    with Zygote('random') as zygote:
        code = 'import random; print(random.random())'
        assert zygote.run(code).stdout != zygote.run(code).stdout


def test_preloads_and_their_errors():
    with Zygote('json, no_such_module,this.is.none,decimal') as zygote:
        lines = zygote.preload_errors.splitlines()
        assert [line.split(':')[:2] for line in lines] == [
            ['no_such_module', ' ModuleNotFoundError'], ['this.is.none', ' ModuleNotFoundError']]
        assert zygote.run("import sys; print('json' in sys.modules, 'gc' in sys.modules)"
                          ).stdout == b'True False\n'


def test_preloaded_threads_and_loggers_end_as_ever():
    with Zygote('logging,concurrent.futures.thread,asyncio') as zygote:
        code = ("import logging, threading\nlogging.warning('w')\n"
                "threading.Thread(target=print, args=('t',)).start()\n"
                "m = threading.main_thread(); print(m.native_id == threading.get_native_id())")
        assert zygote.run(code).stripped() == harness.reference(code).stripped()


WAITS = {
    'sleep': 'import time; time.sleep(100)',
    'input': 'input()',
    'read': 'import sys; sys.stdin.buffer.read()',
    'loop': 'while True: pass',
    'lock': 'import threading; l = threading.Lock(); l.acquire(); l.acquire()',
    'join': 'import threading, time; t = threading.Thread(target=time.sleep, args=(100,)); t.start(); t.join()',
    'exit with threads': 'import threading, time; threading.Thread(target=time.sleep, args=(100,)).start()',
    'queue': 'import queue; queue.Queue().get()',
    'select': 'import select; select.select([], [], [])',
    'asyncio': 'import asyncio; asyncio.run(asyncio.sleep(100))',
    'regex': "import re; re.match('(a+)+$', 'a' * 40 + 'b')",
    'except all': 'import time\nwhile True:\n    try: time.sleep(100)\n    except BaseException: pass',
    'atexit': 'import atexit, time; atexit.register(time.sleep, 100)',
    'printing': 'while True: print(end="")',
}


@pytest.mark.parametrize('name', WAITS)
def test_flush_signal_saves_what_was_printed(zygote, name):
    with zygote.spawn() as worker:
        code = "import os; print('kept'); os.write(2, b'!')\n" + WAITS[name]
        worker.start(code, until=lambda w: w.err.endswith(b'!'))
        await_idle(worker, name)
        worker.signal(FLUSH_SIGNAL)
        ran = worker.finish()
        assert (ran.stdout, ran.stderr, ran.code) == (b'kept\n', b'!', -FLUSH_SIGNAL)


def await_idle(worker, name):
    """Waits until the program is in the call that it is to be interrupted in, if that blocks."""
    if name not in ('loop', 'regex', 'printing'):
        while open(f'/proc/{worker.pid}/stat').read().rsplit(')', 1)[1].split()[0] != 'S':
            os.sched_yield()


def test_flush_signal_within_a_print_does_not_hang(zygote):
    code = ("import os, sys, signal\n"
            "class Raw(__import__('io').RawIOBase):\n"
            "    def writable(self): return True\n"
            "    def write(self, b): os.kill(os.getpid(), 47); return len(b)\n"
            "import io; sys.stdout = io.TextIOWrapper(io.BufferedWriter(Raw()), write_through=True)\n"
            "print('x', flush=True)\nwhile True: pass")
    assert zygote.run(code).code == -FLUSH_SIGNAL


def test_flush_signal_with_a_full_pipe_can_be_killed(zygote):
    with zygote.spawn() as worker:
        worker.start("import os\nos.write(2, b'!')\nwhile True: print('x' * 1000)",
                     until=lambda w: w.err == b'!')
        worker.signal(FLUSH_SIGNAL)
        worker.signal(signal.SIGKILL)
        assert worker.finish().code in (-FLUSH_SIGNAL, -signal.SIGKILL)


def test_closed_outputs_do_not_keep_a_program(zygote):
    with zygote.spawn() as worker:
        worker.start("import sys; sys.stdin.read(); print('x' * 100000)", until=lambda w: w.out == b'S')
        os.close(worker.stdout)
        worker.stdout = -1
        worker.close_stdin()
        assert worker.wait() == 1


def test_spawn_with_no_descriptors_left_is_reported():
    with Zygote(uid=0) as zygote:  # as this process, so that it can set its limits
        resource.prlimit(zygote.pid, resource.RLIMIT_NOFILE, (6, 4096))
        with pytest.raises(Broken, match='spawn failed: Too many open files'):
            zygote.collect(zygote.order())
        resource.prlimit(zygote.pid, resource.RLIMIT_NOFILE, (64, 4096))
        assert zygote.run('print(1)').code == 0


def test_pidfd_is_readable_at_the_end(zygote):
    with zygote.spawn() as worker:
        assert not select.select([worker.pidfd], [], [], 0)[0]
        worker.run('')
        assert select.select([worker.pidfd], [], [], 0)[0]
