"""What is imported once in the zygote: that every worker can use it, and that no two programs share its randomness."""

import contextlib
import importlib.util
import os
import pathlib
import shutil
import tempfile

import pytest

import harness
from support import openmp

MEMORY = 1 << 30
LAYOUTS = [False, True]  # whether the zygote may flatten its memory


@contextlib.contextmanager
def packages(**modules):
    """A folder to import these modules from; a module is its source."""
    folder = tempfile.mkdtemp(prefix='packages-', dir='/dev/shm')
    try:
        os.chmod(folder, 0o755)
        for name, source in modules.items():
            with open(os.path.join(folder, f'{name}.py'), 'w', encoding='utf-8') as file:
                file.write(source)
        yield folder
    finally:
        shutil.rmtree(folder)


def needs(module):
    if importlib.util.find_spec(module) is None:
        pytest.skip(f'{module} is not installed')


def out(zygote, code):
    ran = zygote.run(code, memory=MEMORY)
    assert (ran.stderr, ran.code) == (b'', 0), ran
    return ran.stdout.decode()


def test_hello_names_what_was_imported_with_its_version():
    source = "__version__ = '1.2\\t3\\n'"
    with packages(plain='', versioned=source, broken='1 / 0', strange='__version__ = 3', pack_me="__version__ = '7'") as folder:
        names = 'plain,versioned,broken,strange,json.decoder,pack_me'
        with harness.Zygote(preload=names, python_path=folder) as zygote:
            assert zygote.preload_errors == 'broken: ZeroDivisionError: division by zero\n'
            assert zygote.modules == {'plain': '', 'versioned': '1.2?3?', 'strange': '', 'json.decoder': '2.0.9', 'pack_me': '7'}
            assert (zygote.preload_warnings, zygote.stderr()) == ('', '')
            assert zygote.implementation == 'cpython'


SEEDED = """
import random, tempfile
random.seed(1)
kept = random.Random(2)
tempfile.mkdtemp()
"""
DRAWS = {
    'random': 'import random; print(random.random())',
    'a preloaded Random': 'import seeded; print(seeded.kept.random())',
    'secrets': 'import secrets; print(secrets.token_hex())',
    'uuid1': 'import uuid; print(uuid.uuid1())',
    'uuid4': 'import uuid; print(uuid.uuid4())',
    'tempfile': 'import tempfile; print(tempfile.mktemp(dir="."))',
    'os.urandom': 'import os; print(os.urandom(16))',
    'ssl': 'import ssl; print(ssl.RAND_bytes(16))',
}


@pytest.fixture(scope='module')
def seeded():
    with packages(seeded=SEEDED) as folder:
        modules = 'random,secrets,uuid,tempfile,ssl,seeded'
        with harness.Zygote(preload=modules, python_path=folder) as zygote:
            assert (zygote.preload_errors, zygote.preload_warnings) == ('', '')
            yield zygote


@pytest.mark.parametrize('name', DRAWS)
def test_no_two_programs_draw_the_same(seeded, name):
    drawn = {out(seeded, DRAWS[name]) for _ in range(3)}
    assert len(drawn) == 3, drawn


NUMPY_SEEDED = """
import numpy
numpy.random.seed(1)
numpy.random.standard_normal()
generator = numpy.random.default_rng(2)
legacy = numpy.random.RandomState(3)
kinds = [numpy.random.Generator(kind(4)) for kind in (numpy.random.MT19937, numpy.random.Philox, numpy.random.SFC64)]
"""
NUMPY_DRAWS = {
    'numpy.random': 'import numpy; print(numpy.random.random())',
    'numpy.random, normal': 'import numpy; print(numpy.random.standard_normal())',
    'default_rng': 'import numpy; print(numpy.random.default_rng().random())',
    'a preloaded Generator': 'import seeded; print(seeded.generator.random())',
    'its children': 'import seeded; print(seeded.generator.bit_generator._seed_seq.spawn(1)[0].generate_state(2))',
    'a preloaded RandomState': 'import seeded; print(seeded.legacy.random_sample())',
    'preloaded MT19937': 'import seeded; print(seeded.kinds[0].random())',
    'preloaded Philox': 'import seeded; print(seeded.kinds[1].random())',
    'preloaded SFC64': 'import seeded; print(seeded.kinds[2].random())',
}


@pytest.fixture(scope='module')
def numpy_seeded():
    needs('numpy')
    with packages(seeded=NUMPY_SEEDED) as folder, harness.Zygote(preload='numpy,seeded', python_path=folder) as zygote:
        assert (zygote.preload_errors, zygote.preload_warnings) == ('', '')
        yield zygote


@pytest.mark.parametrize('name', NUMPY_DRAWS)
def test_no_two_programs_draw_the_same_from_numpy(numpy_seeded, name):
    drawn = {out(numpy_seeded, NUMPY_DRAWS[name]) for _ in range(3)}
    assert len(drawn) == 3, drawn


def test_a_seed_that_a_program_sets_counts(numpy_seeded):
    code = ("import numpy, random, seeded; random.seed(5); numpy.random.seed(5)\n"
            "print(random.random(), numpy.random.random(), numpy.random.default_rng(5).random())")
    assert out(numpy_seeded, code) == out(numpy_seeded, code) == harness.reference(code.replace(', seeded', '')).stdout.decode()


def test_the_seed_of_hash_is_the_zygotes_own(seeded):
    # Nothing can change it after the interpreter's start: docs/security.md.
    code = "print(hash('a'))"
    assert out(seeded, code) == out(seeded, code)
    with harness.Zygote() as other:
        assert out(other, code) != out(seeded, code)


@pytest.mark.parametrize('flatten', LAYOUTS)
def test_numpy_computes_with_its_threads_in_two_workers_at_once(flatten):
    needs('numpy')
    warm = 'import numpy; a = numpy.ones((700, 700)); a @ a'  # has its threads started before the fork
    code = ("import numpy, warm; a = numpy.random.rand(700, 700)\n"
            "b = numpy.linalg.solve(a, numpy.eye(700)); print(numpy.allclose(a @ b, numpy.eye(700)))")
    with packages(warm=warm) as folder, harness.Zygote(preload='numpy,warm', python_path=folder, flatten=flatten) as zygote:
        assert (zygote.preload_errors, zygote.preload_warnings) == ('', '')
        with zygote.spawn() as first, zygote.spawn() as second:
            for worker in (first, second):
                worker.start(code, memory=MEMORY, until=lambda worker: worker.out)
            for worker in (first, second):
                ran = worker.finish()
                assert (ran.stdout, ran.stderr, ran.code) == (b'True\n', b'', 0), ran


@pytest.mark.parametrize('flatten', LAYOUTS)
def test_an_openmp_team_that_a_preload_used_starts_anew_in_the_worker(flatten):
    with packages() as folder:
        openmp.install(pathlib.Path(folder))
        with harness.Zygote(preload=openmp.MODULE, python_path=folder, flatten=flatten) as zygote:
            assert (zygote.preload_errors, zygote.preload_warnings) == ('', '')
            for _ in range(2):
                assert out(zygote, 'import team; print(team.seen, team.library.most_threads())') == '3 3\n'


def test_a_thread_that_a_preload_leaves_behind_is_named_and_the_others_serve():
    background = ("import threading\nstop = threading.Event()\n"
                  "thread = threading.Thread(target=stop.wait, daemon=True)\nthread.start()\n")
    with packages(quiet='', background=background) as folder:
        with harness.Zygote(preload='quiet,background,json', python_path=folder, flatten=True) as zygote:
            assert zygote.preload_warnings == 'background: has started 1 thread, which no program will have\n'
            assert zygote.preload_errors == '' and 'background' in zygote.modules
            assert zygote.layout == 'off: a module has left threads running'
            code = "import background, threading; print(background.thread.is_alive(), threading.active_count())"
            assert out(zygote, code) == 'False 1\n'
