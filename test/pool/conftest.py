import os
import sys

import pytest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import harness  # noqa: E402


@pytest.fixture(scope='session')
def zygote():
    """One zygote for all tests: that it outlives every program is part of what is tested."""
    with harness.Zygote() as zygote:
        yield zygote
        assert zygote.stderr() == ''
