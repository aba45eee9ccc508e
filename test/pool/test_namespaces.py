"""Tier T1: what a program sees of its namespaces, and what of it can be seen from outside."""

import os
import signal

import pytest

import harness
from harness import T1, Zygote

SCRATCH = 4 << 20


@pytest.fixture(scope='module')
def spaced():
    with Zygote(scratch_bytes=SCRATCH, scratch_entries=50) as zygote:
        if zygote.tier < T1:
            pytest.skip(f'this machine does not reach T1: {zygote.layers}')
        yield zygote


def test_pids_are_the_namespaces_own_and_the_first_is_no_programs(spaced):
    with spaced.spawn() as worker:
        ran = worker.run('import os, threading\nprint(os.getpid(), os.getppid(), threading.get_native_id() == os.getpid())')
        pid, parent, same = ran.stdout.split()
        assert 1 < int(pid) < worker.pid and (parent, same) == (b'0', b'True'), ran


def test_a_program_can_signal_itself_and_nobody_else(spaced):
    code = """
import os, signal
for pid in 1, os.getpid() - 1, -1, 0:
    try: os.kill(pid, 0); print('signalled', pid)
    except PermissionError: pass
os.kill(os.getpid(), signal.SIGTERM)
"""
    ran = spaced.run(code)
    assert (ran.stdout, ran.code) == (b'', -signal.SIGTERM)


def test_there_is_no_network_but_a_loopback_that_is_down(spaced):
    with spaced.spawn() as worker:
        lines = open(f'/proc/{worker.pid}/net/dev').read().splitlines()[2:]
        assert [line.split(':')[0].strip() for line in lines] == ['lo']
        assert open(f'/proc/{worker.pid}/net/fib_trie').read() == ''


def test_the_host_has_no_name(spaced):
    assert spaced.run('import platform; print(platform.node())').stdout == b'playground\n'


@pytest.mark.skipif(not harness.UID, reason='only root can see namespaces of other users')
def test_every_namespace_is_another(spaced):
    with spaced.spawn() as worker, spaced.spawn() as other:
        def of(pid, kind):
            return os.readlink(f'/proc/{pid}/ns/{kind}')
        for kind in 'user', 'pid', 'net', 'ipc', 'uts', 'mnt':
            assert of(worker.pid, kind) != of('self', kind), kind
            assert (of(worker.pid, kind) != of(other.pid, kind)) == (kind == 'mnt'), kind


def test_files_are_seen_by_their_program_and_by_descriptor_only(spaced):
    with spaced.spawn() as worker, spaced.spawn() as other:
        worker.start("open('mine', 'w').close(); print('made', flush=True); input()")
        assert sorted(os.listdir(worker.files)) == ['main.py', 'mine']
        assert (os.listdir(spaced.mount), os.listdir(other.files)) == ([], ['main.py'])
        assert other.run("import os; print(os.listdir('.'))").stdout == b"['main.py']\n"


@pytest.mark.parametrize('make', ["os.open('.', os.O_TMPFILE | os.O_RDWR)", "unlinked()"])
def test_files_without_names_count(spaced, make):
    code = f"""
import os
def unlinked():
    fd = os.open('f', os.O_CREAT | os.O_RDWR)
    os.unlink('f')
    return fd
held = 0
try:
    while True: held += os.write({make}, bytes(1 << 18))
except OSError as error: print(error.errno, held)
"""
    number, held = spaced.run(code).stdout.split()
    assert int(number) == 28 and SCRATCH // 2 < int(held) <= SCRATCH


def test_entries_are_limited(spaced):
    code = "import os\ntry:\n  for n in range(99): os.mkdir(str(n))\nexcept OSError as error: print(n, error.errno)"
    assert spaced.run(code).stdout == b'49 28\n'


def test_workers_live_on_without_the_zygote_and_the_first_process_goes_with_the_last():
    with Zygote() as zygote:
        if zygote.tier < T1:
            pytest.skip('this machine does not reach T1')
        with zygote.spawn() as worker:
            worker.start("print('a', flush=True); input(); print('b')")
            os.kill(zygote.pid, signal.SIGKILL)
            zygote.wait()
            os.write(worker.stdin, b'\n')
            assert worker.finish().stdout == b'a\nb\n'
        zygote.wait_group()


def test_more_slots_than_a_program_may_have_open():
    """The zygote holds a descriptor for each, and workers are forked with all of them."""
    with Zygote(slots=300, open_files=64) as zygote:
        if zygote.tier < T1:
            pytest.skip(f'this machine does not reach T1: {zygote.layers}')
        ran = zygote.run("f = [open('/dev/null') for _ in range(61)]; print(len(f)); open('/dev/null')")
        assert (ran.stdout, ran.code) == (b'61\n', 1) and b'Too many open files' in ran.stderr, ran
