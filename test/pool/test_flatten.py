"""A zygote whose memory is flattened: the same programs do the same, in fewer mappings."""

import importlib.util
import os
from collections import Counter

import pytest

import harness
from pagemap import NUMBER, present_pages, words
from test_libraries import PROGRAMS

LIBRARIES = [name for name in ('numpy', 'pandas', 'matplotlib') if importlib.util.find_spec(name)]

# Code, data and heap of the interpreter and its libraries are touched all over.
BUSY = '''import gc, sys, threading, traceback
def deep(n): return n and deep(n - 1) + 1
print(deep(900), len([object() for _ in range(100_000)]))
x = bytearray(50_000_000); x[::4096] = b'y' * len(x[::4096]); print(x.count(b'y'))
t = [threading.Thread(target=lambda: sum(range(1000))) for _ in range(4)]
for i in t: i.start()
for i in t: i.join()
try: 1 / 0
except ZeroDivisionError: print(traceback.format_exc().splitlines()[-1])
import json, decimal, ctypes
print(json.dumps({'a': [1.5]}), decimal.Decimal(2).sqrt(), ctypes.CDLL(None).abs(-3), gc.collect() >= 0)
'''


@pytest.fixture(scope='module', params=[{}, {'tier_max': harness.T0}], ids=['best', 'T0'])
def flat(request):
    with harness.Zygote(preload=','.join(LIBRARIES), flatten=True, **request.param) as zygote:
        yield zygote


def mappings(zygote):
    with open(f'/proc/{zygote.pid}/maps') as maps:
        return sum(1 for _ in maps)


def pages_of_huge_ones(pid):
    """How many of the pages that the process has in each 2 MB of addresses are parts of a huge page."""
    huge = 1 << 22
    return Counter(page >> 9 for page, word in present_pages(pid) if words('/proc/kpageflags', word & NUMBER, 1)[0] & huge)


@pytest.mark.skipif(os.geteuid() != 0, reason='only root is told where pages lie')
def test_what_does_not_fill_a_huge_page_is_a_part_of_one():
    """Forks and ends deal with the pages of one together."""
    with harness.Zygote(flatten=True) as flat:
        found = pages_of_huge_ones(flat.pid)
    if not flat.layout.startswith('on, ') or 512 not in found.values():
        pytest.skip('the kernel has no huge pages to give')
    assert any(64 <= pages < 500 for pages in found.values()), found


def test_the_layout_is_told():
    with harness.Zygote() as plain, harness.Zygote(flatten=True) as flat:
        assert plain.layout == 'off: PLAYGROUND_FLATTEN'
        assert flat.layout.startswith(('on, ', 'off: '))
        if flat.layout.startswith('on, '):
            assert mappings(flat) < mappings(plain)


@pytest.mark.skipif(not LIBRARIES, reason='no library that is large enough')
def test_many_mappings_become_few(flat):
    """Where a kernel has no huge pages to give it still is no slower to fork, by far."""
    assert flat.layout.startswith('on, '), flat.layout
    assert mappings(flat) < 40


def test_a_busy_program(flat):
    ran = flat.run(BUSY)
    assert (ran.code, ran.stderr) == (0, b'')
    assert ran.stdout == (b"900 100000\n12208\nZeroDivisionError: division by zero\n"
                       b'{"a": [1.5]} 1.414213562373095048801688724 3 True\n')


@pytest.mark.parametrize('name', PROGRAMS)
def test_libraries_work(flat, name):
    needs, code = PROGRAMS[name]
    if needs and importlib.util.find_spec(needs) is None:
        pytest.skip(f'{needs} is not installed')
    ran = flat.run(code, memory=1 << 30)
    assert (ran.stdout, ran.code) == (b"True\n", 0), ran


def test_workers_do_not_see_each_other(flat):
    """Each has its own copy of what it writes to, in huge pages too."""
    code = "import sys; print(sys.__dict__.get('mark')); sys.mark = 1; x = [0] * 1_000_000; print(sum(x))"
    assert {flat.run(code).stdout for _ in range(5)} == {b'None\n0\n'}


def test_memory_is_still_limited(flat):
    ran = flat.run('x = bytearray(200 << 20)', memory=32 << 20)
    assert ran.code == 1 and ran.stderr.endswith(b'MemoryError\n')
