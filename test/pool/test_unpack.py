"""Files that come with a request: written before the program begins, as they were sent, or not at all."""

import os
import re

import pytest

import harness
from harness import T0, Zygote
from worker import FILE, REQUEST, REQUEST_MAGIC

KINDS = {'best': {}, 'T0': {'tier_max': T0}}
MB = 1 << 20


@pytest.fixture(scope='module', params=KINDS)
def zygote(request):
    with Zygote(scratch_bytes=4 * MB, scratch_entries=100, file_bytes=4 * MB, **KINDS[request.param]) as zygote:
        yield zygote


def test_files_lie_where_they_were_sent_to(zygote):
    files = [(b'a', b'one'), (b'b/c/d', bytes(range(256))), (b'b/e', b''), ('ü'.encode(), os.urandom(200_000))]
    ran = zygote.run("import os, sys\n"
                     "for folder, _, names in sorted(os.walk('.')): print(folder, sorted(names))\n"
                     "print(os.path.getsize('ü'), open('b/c/d', 'rb').read() == bytes(range(256)), sys.stdin.read())",
                     stdin=b'input', files=files)
    assert (ran.stderr, ran.stdout.decode()) == (
        b'', ". ['a', 'main.py', 'ü']\n./b ['e']\n./b/c ['d']\n200000 True input\n"), ran


def test_files_are_held_by_nothing_but_the_folder(zygote):
    code = "import resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    without = int(zygote.run(code).stdout)
    assert int(zygote.run(code, files=[(b'f', bytes(3 * MB))]).stdout) - without < 1024


@pytest.mark.parametrize('files', [[(b'f%d' % n, bytes(MB)) for n in range(5)], [(b'%d/d/f' % n, b'') for n in range(60)]],
                         ids=['bytes', 'entries'])
def test_a_full_folder_ends_the_program_before_it_begins(zygote, files):
    if not zygote.slotted:
        pytest.skip('the folder has no limit of its own')
    ran = zygote.run("print('was run')", files=files)
    assert (ran.stdout, ran.code) == (b'', 1)
    assert ran.stderr == b'playground: the files of the request do not fit: No space left on device\n'


def test_a_file_above_the_limit_of_files_ends_the_program_before_it_begins(zygote):
    if zygote.slotted:
        pytest.skip('the file system is full before')
    ran = zygote.run("print('was run')", files=[(b'f', bytes(4 * MB + 1))])
    assert (ran.stdout, ran.code) == (b'', 1)
    assert ran.stderr == b'playground: the files of the request do not fit: File too large\n'


@pytest.mark.parametrize('tail', [
    b'', FILE.pack(2, 0) + b'a', FILE.pack(2, 3) + b'a\0xx', FILE.pack(0, 0), FILE.pack(1 << 40, 0),
    FILE.pack(2, 0) + b'a\0' * 2 + FILE.pack(2, 0) + b'a\0', FILE.pack(1, 0) + b'\0', FILE.pack(9, 0) + b'main.py/\0',
])
def test_files_that_are_not_as_announced_start_nothing(zygote, tail):
    with zygote.spawn() as worker:
        worker.pump(REQUEST.pack(REQUEST_MAGIC, 0, 0, 0, 0, 2, 0, 0, 0) + tail)
        assert (worker.wait(), worker.out) == (70, b'')
        assert re.fullmatch(rb"playground worker failed to: (read|write) (the request's files|a file's path): .*\n", worker.err)


def test_no_link_is_followed(zygote):
    with zygote.spawn() as worker:
        with harness.as_program():
            os.symlink('/etc/passwd', 'f', dir_fd=worker.files)
        worker.pump(harness.frame('print(1)', files=[(b'f', b'x')]))
        assert (worker.wait(), worker.out) == (70, b'')
        assert worker.err == b"playground worker failed to: write the request's files: File exists\n"


def test_figures_leave_no_trace_in_a_program_that_draws_none(zygote):
    code = ("import os, sys\nprint(os.listdir('.'), sorted(sys.modules), sorted(os.environ), dir(), sys.path_hooks)\n1 / 0")
    with_figures, without = (zygote.run(code, plots=plots).stripped() for plots in (True, False))
    assert with_figures == without == harness.reference(code).stripped()
