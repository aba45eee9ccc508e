"""The certificates of `support.certificates` for tests of the real server, and both sides' contexts."""

from __future__ import annotations

import ssl
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from support import certificates


@pytest.fixture(scope="module")
def files() -> Iterator[Path]:
    """A folder with all certificates."""
    with tempfile.TemporaryDirectory(prefix="playground-tls-") as folder:
        certificates.make(Path(folder))
        yield Path(folder)


def client_context(files: Path) -> ssl.SSLContext:
    """Trusts the test authority and nobody else."""
    return ssl.create_default_context(cafile=str(files / "ca.pem"))


def server_context(files: Path, name: str) -> ssl.SSLContext:
    """Shows the certificate of that name."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(files / f"{name}.pem", files / f"{name}.key")
    return context


def options_of(files: Path, name: str = "good") -> dict[str, str]:
    """The environment of a server that shows the certificate of that name."""
    return {"PLAYGROUND_TLS_CERT": str(files / f"{name}.pem"),
            "PLAYGROUND_TLS_KEY": str(files / f"{name}.key")}
