"""Every program of `programs/` does through the server, ui and backend, what it does by itself."""

import pytest

import reference
from compare import difference, evaluate
from program import Program, load_all
from support.client import PYTHON_PATH, Client
from support.playground import Playground


@pytest.fixture(scope="module")
def server():
    """A server whose pool holds the reference's own interpreter."""
    environment = {"PLAYGROUND_PYTHON": reference.interpreter()}
    with Playground("all", environment=environment) as started:
        yield started


@pytest.mark.parametrize("program", load_all(), ids=lambda program: program.name)
def test_program_behaves_as_under_the_interpreter_itself(server: Playground, program: Program):
    with Client(server.ui) as client:
        actual = evaluate(client, PYTHON_PATH, program)
    told = difference(reference.run(program), actual)
    assert not told, f"{program.name}\n{told}"
