"""What tests of several topics share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from support.client import Client
from support.playground import Playground


@pytest.fixture
def client(server: Playground) -> Iterator[Client]:
    """A connection to the backend of the module's own `server`."""
    with Client(server.backend) as opened:
        yield opened
