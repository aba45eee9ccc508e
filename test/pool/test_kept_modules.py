"""Modules of the standard library that are imported before any program and handed over at its import."""

import pytest

import harness
from support import counting
from test_preload import packages

# What a program imports itself is among the objects that the collector tracks, what the zygote had is not.
IMPORTED = '''import gc, sys
before = set(sys.modules)
import {name}
print(any(thing is sys.modules['{name}'] for thing in gc.get_objects()), len(set(sys.modules) - before) > 0)
'''
KEPT = ['argparse', 'collections.abc', 'dataclasses', 'datetime', 'decimal', 'inspect', 'json', 'random', 're', 'statistics',
        'typing', 'unittest']


@pytest.fixture(scope='module')
def keeping():
    with harness.Zygote() as zygote:
        yield zygote


def run(zygote, code):
    ran = zygote.run(code)
    assert (ran.code, ran.stderr) == (0, b''), ran.stderr.decode()
    return ran.stdout.decode()


@pytest.mark.parametrize('name', KEPT)
def test_is_handed_over(keeping, name):
    assert run(keeping, IMPORTED.format(name=name)) == 'False True\n'


def test_others_are_imported(keeping):
    assert run(keeping, IMPORTED.format(name='tempfile')) == 'True True\n'


@pytest.mark.parametrize('name', KEPT)
def test_all_are_imported_where_none_is_kept(name):
    with harness.Zygote(keep_stdlib=False) as zygote:
        assert run(zygote, IMPORTED.format(name=name)) == 'True True\n'


@pytest.mark.parametrize('before', [
    'import sys\nsys.meta_path.insert(0, type("Finder", (), {"find_spec": staticmethod(lambda *_: None)}))',
    'import sys\nsys.path.insert(0, "/nowhere")',
    'import sys\ndef hook(path): raise ImportError\nsys.path_hooks.insert(0, hook)',
    'open("unittest.py", "w").close()',
    'import builtins\noriginal = builtins.__import__\nbuiltins.__import__ = lambda *all: original(*all)',
    'import sys, re\ndel sys.modules["re"]\nimport re',
], ids=['finder', 'path', 'path hook', 'own module', 'own __import__', 'removed'])
def test_is_imported_where_the_interpreter_may_find_another(keeping, before):
    assert run(keeping, before + '\n' + IMPORTED.format(name='string')).startswith('True')


def test_paths_at_the_end_change_nothing(keeping):
    assert run(keeping, 'import sys\nsys.path.append("/nowhere")\n' + IMPORTED.format(name='json')) == 'False True\n'


def test_each_program_has_its_own_random_numbers(keeping):
    drawn = [run(keeping, 'import random\nprint(random.random(), random.gauss(0, 1))\n') for _ in range(8)]
    assert len(set(drawn)) == len(drawn)
    seeded = [run(keeping, 'import random\nrandom.seed(1)\nprint(random.random(), random.gauss(0, 1))\n') for _ in range(2)]
    assert seeded[0] == seeded[1]


def test_what_a_program_does_to_one_no_other_sees(keeping):
    run(keeping, 'import json\njson.marker = 1\njson.loads = None\n')
    assert run(keeping, 'import json\nprint(hasattr(json, "marker"), json.loads("[1]"))\n') == 'False [1]\n'


THROWN_AWAY = '''import gc, sys
for name in {names}:
    __import__(name)
kept = [sys.modules.pop(name) for name in {names}]
for module in kept:
    vars(module).clear()
del kept, module
gc.collect()
class Last:
    def __del__(self): print('gone')
last = [Last(), len([{{}} for _ in range(100_000)])]
last.append(last)
print(last[1])
'''


@pytest.mark.parametrize('flatten', [False, True])
def test_their_objects_can_be_freed(flatten):
    """The collector does not know them; an end that is the interpreter's own comes after it."""
    with harness.Zygote(flatten=flatten) as zygote:
        assert run(zygote, THROWN_AWAY.format(names=KEPT)) == '100000\ngone\n'


def test_what_a_program_gives_them_ends_with_it(keeping):
    code = 'import json, unittest\nclass Last:\n    def __del__(self): print("gone")\njson.last = Last()\n'
    assert run(keeping, code) == 'gone\n'


def test_none_is_where_their_import_changes_what_nobody_knows():
    with packages(**{counting.MODULE: counting.SOURCE}) as folder:
        with harness.Zygote(preload=counting.MODULE, python_path=folder) as zygote:
            assert (zygote.kept_modules, zygote.kept_error) == (0, counting.WHY_NOT_KEPT)
            assert run(zygote, IMPORTED.format(name='json')) == 'True True\n'


def test_how_many_is_told(keeping):
    assert (keeping.kept_modules > len(KEPT), keeping.kept_error) == (True, '')
    with harness.Zygote(keep_stdlib=False) as zygote:
        assert (zygote.kept_modules, zygote.kept_error) == (0, '')


def test_preloaded_ones_stay_in_sight():
    with harness.Zygote(preload='json') as zygote:
        assert run(zygote, 'import sys\nprint("json" in sys.modules, "typing" in sys.modules)\n') == 'True False\n'
        assert run(zygote, IMPORTED.format(name='typing')) == 'False True\n'
