"""A worker says that its program is over before its process is, where it was asked to."""

import pytest

import harness

TOLD = 'ended: status 0'  # protocol.h, kEndedName


def name_at_the_end(zygote, code, **options):
    """Its name once nobody can write to its stdout any more, what it printed, and how it ended."""
    with zygote.spawn() as worker:
        worker.pump(harness.frame(code, **options))
        with open(f'/proc/{worker.pid}/comm') as file:  # also of a process that nobody has reaped
            name = file.read().rstrip('\n')
        return name, bytes(worker.out[1:]), worker.wait()


@pytest.mark.parametrize('code', ["print('x')", "import sys; print('x'); sys.exit()", "print('x', end='\\n')\nraise SystemExit(0)",
                                  "import atexit; atexit.register(print, 'x')"])
def test_a_program_that_ended_well_is_over(zygote, code):
    assert name_at_the_end(zygote, code, tells_end=True) == (TOLD, b'x\n', 0)


@pytest.mark.parametrize(('code', 'status'), [("print('x'); 1 / 0", 1), ("print('x'); import sys; sys.exit(3)", 3),
                                              ("print('x', flush=True); import os; os._exit(0)", 0)])
def test_what_else_there_is_to_know_is_waited_for(zygote, code, status):
    name, printed, ended = name_at_the_end(zygote, code, tells_end=True)
    assert name != TOLD and (printed, ended) == (b'x\n', status)


def test_one_that_leaves_something_behind_is_over_when_that_has_had_its_end(zygote):
    code = "class A:\n  def __del__(self): print('x')\na = A()"
    name, printed, ended = name_at_the_end(zygote, code, tells_end=True)
    assert name != TOLD and (printed, ended) == (b'x\n', 0)


def test_nothing_is_said_unasked(zygote):
    name, printed, ended = name_at_the_end(zygote, "print('x')")
    assert name != TOLD and (printed, ended) == (b'x\n', 0)
