"""The standard library's own tests come out through the service as they do under the interpreter itself."""

import importlib.util

import pytest

import reference
import stdlib
from ahead import started
from support.playground import Playground

MODULES = [module for module in stdlib.read_list(stdlib.LIST) if not module.slow]
INSTALLED = importlib.util.find_spec("test.test_abc") is not None

pytestmark = pytest.mark.skipif(not INSTALLED, reason="no libpython3.11-testsuite: tools/deps fidelity")


@pytest.fixture(scope="module")
def comparisons():
    environment = stdlib.ENVIRONMENT | {"PLAYGROUND_PYTHON": reference.interpreter()}
    with Playground("backend", environment=environment) as server:
        with started(lambda module: stdlib.compare_module(module, server.backend), MODULES) as compared:
            yield compared


@pytest.mark.parametrize("name", [module.name for module in MODULES])
def test_module_comes_out_as_under_the_interpreter_itself(comparisons, name: str):
    tests, told = comparisons[name].result()
    assert not told, f"{name}\n{told}"
    assert tests > 0


def test_there_are_at_least_80_modules():
    assert len(MODULES) >= 80


@pytest.mark.parametrize("word", ["timeout=301", "timeout=0", "memory=-1", "memory", "disk=1", "fast"])
def test_wrong_line_of_the_list_is_named(tmp_path, word: str):
    path = tmp_path / "list.txt"
    path.write_text(f"# a comment\ntest_abc memory=300 slow # why\ntest_x {word}\n")
    with pytest.raises(ValueError, match=f"list.txt:3: .*'{word}' is neither slow nor a limit, 1 to "):
        stdlib.read_list(path)


def test_unknown_module_is_named():
    with pytest.raises(ValueError, match="not in stdlib_modules.txt: test_nothing"):
        stdlib.choose(MODULES, ["test_nothing"])
