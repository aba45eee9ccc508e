"""Fixtures of all Python tests. This folder is on sys.path through this file: `from support…`."""

from collections.abc import Iterator

import pytest

from support.playground import Playground


@pytest.fixture(scope="session")
def playground() -> Iterator[Playground]:
    """One server of role `all` for the whole session, for tests that leave it as they found it.

    Its end is part of the test: exit code 0, no process left.
    """
    with Playground("all") as server:
        yield server
