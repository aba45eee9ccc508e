"""Two clusters, and a machine that they are operated from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from operator_site import Site
from stub_api import StubApi


@pytest.fixture
def gke() -> Iterator[StubApi]:
    with StubApi("192.0.2.1") as api:
        yield api


@pytest.fixture
def azure() -> Iterator[StubApi]:
    with StubApi("192.0.2.2") as api:
        yield api


@pytest.fixture
def site(tmp_path: Path, gke: StubApi, azure: StubApi) -> Site:
    return Site(tmp_path, {"playground-gke": gke, "playground-azure": azure})
