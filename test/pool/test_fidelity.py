"""A program behaves, and above all ends, as under `python3 main.py`: byte for byte.

Each case runs in a worker and in the reference, the real interpreter with the same environment.
"""

import pytest

import endings
import harness
import interference
import sources
import surroundings

ENDINGS = endings.CASES | interference.CASES


def assert_same(zygote, code, **options):
    ours, real = zygote.run(code, **options), harness.reference(code, **options)
    assert ours.stripped() == real.stripped()


@pytest.mark.parametrize('name', ENDINGS)
def test_ends_as_the_reference(zygote, name):
    assert_same(zygote, ENDINGS[name], stdin=b'one\ntwo\n', args=['a', 'b c', 'é'])


@pytest.mark.parametrize('name', surroundings.CASES)
def test_finds_what_the_reference_finds(zygote, name):
    assert_same(zygote, surroundings.CASES[name], stdin=b'one\ntwo\nthree')


@pytest.mark.parametrize('name', sources.CASES)
def test_source_is_read_as_from_a_file(zygote, name):
    assert_same(zygote, sources.CASES[name])


@pytest.mark.parametrize('name', ['hello', 'uncaught', 'functions and classes', 'standard library'])
def test_quick_ending_is_taken(zygote, name):
    """A full finalization writes to all of the heap, which shows in the page faults."""
    code = endings.CASES[name]
    quick, full = zygote.run(code), zygote.run('g = (i for i in ())\n' + code)
    assert quick.page_faults + 100 < full.page_faults
