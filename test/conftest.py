"""Fixtures of all Python tests. This folder is on sys.path through this file: `from support…`."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.playground import Playground


@pytest.fixture(scope="session")
def playground() -> Iterator[Playground]:
    """One server of role `all` for the whole session, for tests that leave it as they found it.

    Its end is part of the test: exit code 0, no process left.
    """
    with Playground("all") as server:
        yield server


@pytest.fixture
def scratch_dir() -> Iterator[Path]:
    """An empty folder for PLAYGROUND_SCRATCH_DIR. pytest's own are closed to other users, and interpreters of
    a server that is root run as another."""
    yield from open_folder()


@pytest.fixture(scope="module")
def module_scratch_dir() -> Iterator[Path]:
    """The same for a whole module."""
    yield from open_folder()


def open_folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="scratch-", dir="/dev/shm"))
    os.chmod(folder, 0o755)
    yield folder
    shutil.rmtree(folder)
