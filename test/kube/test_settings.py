"""The real server takes the settings of the ConfigMaps, and serves with them."""

from __future__ import annotations

from pathlib import Path

import pytest
from rendering import manifests
from support.playground import Playground, evaluate, get

# What the pod gives and this machine does not: its ports, its volume, its image's modules, its memory.
OF_THE_POD = {"PLAYGROUND_BACKEND_LISTEN", "PLAYGROUND_UI_LISTEN", "PLAYGROUND_ADMIN_LISTEN", "PLAYGROUND_PRELOAD",
              "PLAYGROUND_SCRATCH_DIR"}
SMALL = ("--max-running", "2", "--pool-size", "1")


def settings(overlay: str, role: str) -> dict[str, str]:
    given = manifests(overlay)
    (_, _, container), = given.with_role(role)
    return {name: value for name, value in given.environment(container).items() if name not in OF_THE_POD}


@pytest.mark.parametrize("overlay", ["gke", "azure", "eks", "minikube"])
def test_a_backend_runs_with_them(overlay: str, scratch_dir: Path) -> None:
    environment = settings(overlay, "backend") | {"PLAYGROUND_SCRATCH_DIR": str(scratch_dir)}
    with Playground("backend", *SMALL, environment=environment) as server:
        assert evaluate(server.backend, "print(1)")["stdout"] == "1\n"
        assert get(server.backend, "/healthz").status == 200
        assert [event for event in server.events("configuration") if event.get("level") != "info"] == []


@pytest.mark.parametrize("overlay", ["gke", "eks", "minikube"])
def test_a_ui_runs_with_them(overlay: str) -> None:
    with Playground("ui", environment=settings(overlay, "ui")) as server:
        assert get(server.ui, "/readyz").status == get(server.ui, "/healthz").status == 200
        assert [event for event in server.events("configuration") if event.get("level") != "info"] == []
