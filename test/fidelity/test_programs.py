"""Every program of `programs/` does through the server, ui and backend, what it does by itself."""

import pytest

import reference
from ahead import started
from compare import difference, evaluate
from program import Program, load_all
from support.client import PYTHON_PATH, Client
from support.playground import Playground


@pytest.fixture(scope="module")
def differences():
    """What a server whose pool holds the reference's own interpreter does differently, by program."""
    with Playground("all", environment={"PLAYGROUND_PYTHON": reference.interpreter()}) as server:

        def compare(program: Program) -> str:
            with Client(server.ui) as client:
                return difference(reference.run(program), evaluate(client, PYTHON_PATH, program))

        with started(compare, load_all()) as told:
            yield told


@pytest.mark.parametrize("name", [program.name for program in load_all()])
def test_program_behaves_as_under_the_interpreter_itself(differences, name: str):
    told = differences[name].result()
    assert not told, f"{name}\n{told}"
