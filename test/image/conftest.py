"""The tests' containers share a network of their own: the loopback of a namespace that ends with pytest."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).resolve().parent)]

import podman  # noqa: E402  (finds the folders below)
import kernel  # noqa: E402

sys.path[:0] = [str(podman.ROOT / "test" / "kube")]


def pytest_sessionstart(session: pytest.Session) -> None:
    if os.geteuid() != 0:
        pytest.exit("test/image needs root: podman's containers join a network namespace that is made for them", 2)
    kernel.unshare(kernel.CLONE_NEWNET)
    kernel.set_up_loopback()
    for image in (podman.SLIM, podman.FULL):
        if podman.podman("image", "inspect", podman.tagged(image), check=False).returncode != 0:
            pytest.exit(f"no image {podman.tagged(image)}: make image builds it", 2)
