"""The yardstick itself: programs are deterministic, folders are stripped, differences are told."""

import pytest

import reference
from ahead import started
from compare import difference
from outcome import Outcome
from program import Program, load, load_all


@pytest.fixture(scope="module")
def differences():
    """How two runs of the reference differ, by program."""
    with started(lambda program: difference(reference.run(program), reference.run(program)), load_all()) as told:
        yield told


@pytest.mark.parametrize("name", [program.name for program in load_all()])
def test_program_is_deterministic(differences, name: str):
    assert differences[name].result() == ""


def test_there_are_at_least_300_programs():
    assert len(load_all()) >= 300


def test_directives_are_read_from_the_header_only(tmp_path):
    path = tmp_path / "echo.py"
    path.write_text('# A topic.\n# stdin: "a\\n"\n# args: ["x", "y z"]\nprint()\n# stdin: "late"\n')
    program = load(path)
    assert (program.stdin, program.args) == ("a\n", ("x", "y z"))


def outcome(stdout="", stderr="", status="ok", exit_code=0, signal=None) -> Outcome:
    return Outcome(status, stdout, stderr, exit_code, signal)


def test_folder_of_main_is_stripped_wherever_it_stands():
    seen = outcome("/dev/shm/x-1/w/main.py /dev/shm/x-1/w/data\n",
                   'File "/dev/shm/x-1/w/main.py", line 1')
    assert seen.stripped() == outcome("main.py data\n", 'File "main.py", line 1')


def test_folder_of_the_interpreters_own_main_stays():
    text = 'File "/usr/lib/python3.11/unittest/main.py", line 1'
    assert outcome(stderr=text).stripped().stderr == text


def test_addresses_are_stripped_and_other_numbers_stay():
    seen = outcome("<f at 0x7f3ca45d87c0> at 0x10 0x7f3ca45d87c0\n", "<A object at 0x00007f3ca45d87c0>")
    assert seen.stripped() == outcome("<f at 0x…> at 0x10 0x7f3ca45d87c0\n", "<A object at 0x…>")


@pytest.mark.parametrize("actual, told", [
    (outcome("a"), "⏎ missing"),
    (outcome("a\r\n"), "+a\\r"),
    (outcome("a\n", "b"), "stderr got"),
    (outcome("a\n", exit_code=1), "exit_code: expected 0, got 1"),
    (outcome("a\n", exit_code=None, signal="SIGKILL"), "signal: expected None, got 'SIGKILL'"),
    (outcome("a\n", status="timeout"), "status: expected 'ok', got 'timeout'"),
])
def test_difference_is_told(actual: Outcome, told: str):
    assert told in difference(outcome("a\n"), actual)


def test_equal_outcomes_differ_in_nothing():
    assert difference(outcome("a\n"), outcome("a\n")) == ""


def test_reference_reports_a_signal():
    killed = reference.run(Program("killed", b"import os\nos.kill(os.getpid(), 9)\n"))
    assert (killed.status, killed.exit_code, killed.signal) == ("signal", None, "SIGKILL")
