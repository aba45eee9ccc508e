"""Libraries that people use, under the whole sandbox, and again in T0 as nobody with the oldest Landlock."""

import importlib.util
import os
import shutil
import tempfile

import pytest

import harness

KINDS = {'best': {}, **({'unprivileged': {'unprivileged': True, 'tier_max': harness.T0, 'landlock_abi_max': 1}}
                        if harness.UID else {})}


@pytest.fixture(scope='module', params=KINDS)
def sandbox(request):
    with harness.Zygote(**KINDS[request.param]) as zygote:
        yield zygote


PROGRAMS = {
    'numpy': ('numpy', "import numpy as np; a = np.random.rand(600, 600); print(np.allclose(np.linalg.inv(a) @ a, np.eye(600)))"),
    'pandas': ('pandas', "import pandas as pd, io; open('x.csv', 'w').write('a,b\\n1,2\\n1,3\\n'); d = pd.read_csv('x.csv')\n"
                         "print(d.groupby('a').sum().b.tolist() == [5]); d.to_csv('y.csv'); d.to_pickle('z')"),
    'matplotlib': ('matplotlib', "import matplotlib; matplotlib.use('Agg'); import matplotlib.pyplot as p, io\n"
                                 "p.plot([1, 2]); p.title('x'); b = io.BytesIO(); p.savefig(b); p.savefig('f.png')\n"
                                 "print(b.getvalue()[:4] == open('f.png', 'rb').read(4) == b'\\x89PNG')"),
    'sqlite3': (None, "import sqlite3; c = sqlite3.connect('x.db'); c.execute('create table t (a)')\n"
                      "c.execute('insert into t values (1)'); c.commit(); c.close()\n"
                      "print(sqlite3.connect('x.db').execute('select a from t').fetchall() == [(1,)])"),
    'sqlite3, write-ahead log': (None, "import sqlite3; c = sqlite3.connect('x.db'); c.execute('pragma journal_mode=wal')\n"
                                       "c.execute('create table t (a)'); c.commit(); c.execute('vacuum'); print(True)"),
    'ssl': (None, "import ssl; print(len(ssl.create_default_context().get_ca_certs()) >= 0)"),
    'asyncio': (None, "import asyncio\nasync def f():\n    return await asyncio.to_thread(sum, [1, 2])\n"
                      "print(asyncio.run(f()) == 3)"),
    'threads': (None, "from concurrent.futures import ThreadPoolExecutor as E\nwith E(8) as e: print(sum(e.map(int, '123')) == 6)"),
    'tempfile': (None, "import tempfile; f = tempfile.NamedTemporaryFile(); f.write(b'x'); d = tempfile.mkdtemp(); print(True)"),
    'zipfile': (None, "import zipfile, tarfile, shutil, os; os.mkdir('d'); open('d/f', 'w').write('x')\n"
                      "for k in 'zip', 'gztar': shutil.unpack_archive(shutil.make_archive('a', k, 'd'), 'out-' + k)\n"
                      "print(open('out-zip/f').read() == open('out-gztar/f').read() == 'x')"),
    'zoneinfo': (None, "import zoneinfo, datetime as d; print(d.datetime(2024, 7, 1, tzinfo=zoneinfo.ZoneInfo('Europe/Berlin'))"
                       ".utcoffset() == d.timedelta(hours=2))"),
    'ctypes': (None, "import ctypes; c = ctypes.CDLL(None); F = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)\n"
                     "a = (ctypes.c_int * 2)(2, 1); c.qsort(a, 2, 4, F(lambda x, y: ctypes.c_int.from_address(x).value"
                     " - ctypes.c_int.from_address(y).value)); print(list(a) == [1, 2])"),
    'decimal': (None, "import decimal; print(decimal.Decimal('0.1') + decimal.Decimal('0.2') == decimal.Decimal('0.3'))"),
    'mmap of a file': (None, "import mmap; open('x', 'wb').write(b'abc'); f = open('x', 'r+b'); m = mmap.mmap(f.fileno(), 0)\n"
                             "m[0] = 120; m.flush(); print(open('x', 'rb').read() == b'xbc')"),
    'selectors': (None, "import selectors, os; s = selectors.DefaultSelector(); r, w = os.pipe(); os.write(w, b'x')\n"
                        "s.register(r, 1); print(len(s.select()) == 1)"),
}


@pytest.mark.parametrize('name', PROGRAMS)
def test_works(sandbox, name):
    needs, code = PROGRAMS[name]
    if needs and importlib.util.find_spec(needs) is None:
        pytest.skip(f'{needs} is not installed')
    ran = sandbox.run(code, memory=1 << 30)
    assert (ran.stdout, ran.code) == (b'True\n', 0), ran


@pytest.fixture(scope='module', params=KINDS)
def plotting(request):
    if importlib.util.find_spec('matplotlib') is None:
        pytest.skip('matplotlib is not installed')
    with harness.Zygote(preload='matplotlib.pyplot', **KINDS[request.param]) as zygote:
        assert zygote.preload_errors == ''
        yield zygote
        assert zygote.stderr() == ''


def test_preloaded_matplotlib_plots_in_silence(plotting):
    ran = plotting.run("import matplotlib.pyplot as plt; plt.plot([1, 2]); plt.savefig('a.png')\n"
                       "print(open('a.png', 'rb').read(4) == b'\\x89PNG')", memory=1 << 30)
    assert (ran.stdout, ran.stderr, ran.code) == (b'True\n', b'', 0), ran


def test_preloaded_matplotlib_does_not_show_in_other_programs(plotting):
    for code in ('print(1)', 'import os; print(dict(os.environ))', '1 / 0', 'import sys; sys.exit(3)',
                 'import atexit; atexit.register(print, 2); print(1)'):
        assert plotting.run(code, memory=1 << 30).stripped() == harness.reference(code).stripped()


WRITER = """
import atexit, os, shutil, tempfile
home = os.path.expanduser('~')
folder = tempfile.mkdtemp()
open(os.path.join(home, 'cache'), 'w').close()
os.environ['A_CACHE'] = folder
atexit.register(shutil.rmtree, folder)
atexit.register(os.unlink, os.path.join(home, 'cache'))
atexit.register(print, 'kept')
"""


def test_modules_can_write_while_they_are_preloaded_and_programs_see_nothing_of_it():
    folder = tempfile.mkdtemp(prefix='packages-', dir='/dev/shm')
    try:
        os.chmod(folder, 0o755)
        with open(os.path.join(folder, 'writer.py'), 'w') as file:
            file.write(WRITER)
        with harness.Zygote(preload='writer', python_path=folder) as zygote:
            assert (zygote.preload_errors, zygote.stderr()) == ('', '')
            ran = zygote.run("import os, tempfile, writer\n"
                             "print(sorted(os.environ), tempfile.gettempdir() == os.environ['HOME'] == os.getcwd())\n"
                             "print(writer.home != os.getcwd(), writer.folder.startswith(writer.home), os.path.exists(writer.home))\n"
                             "try: os.mkdir(writer.home)\nexcept PermissionError: print('refused')")
            assert ran.stdout == (b"['HOME', 'LANG', 'PATH', 'PYTHONPATH', 'TMPDIR'] True\nTrue True False\nrefused\nkept\n"), ran
            assert (ran.stderr, ran.code) == (b'', 0), ran
    finally:
        shutil.rmtree(folder)


@pytest.mark.parametrize('code', [
    "import multiprocessing as m\nif __name__ == '__main__': m.Process(target=print).start()",
    "import multiprocessing as m\nif __name__ == '__main__': m.Pool(2)",
    "import subprocess; subprocess.run(['true'])", "import os; os.fork()", "import mmap; mmap.mmap(-1, 4096)",
])
def test_what_is_refused_says_so(sandbox, code):
    ran = sandbox.run(code)
    assert ran.code == 1
    assert ran.stderr.splitlines()[-1].startswith(b'PermissionError: [Errno '), ran.stderr
