"""The Deployments of the overlays, run by podman with the built images; `make smoke` is content with them."""

from __future__ import annotations

import os
import subprocess
from contextlib import ExitStack
from pathlib import Path

import pytest
from kube_play import Played, local
from podman import ROOT, SECONDS, podman, wait_until
from rendering import rendered
from support.client import get

# What each case runs: overlays by the name that the ui has for their backends. The first has the ui.
SITES = {"gke and azure": {"gcp": "gke", "azure": "azure"}, "eks": {"eks": "eks"}, "minikube": {"local": "minikube"}}


@pytest.mark.parametrize("site", SITES)
def test_smoke_is_content_with_the_deployments(site: str, tmp_path: Path) -> None:
    overlays = SITES[site]
    backends = {name: f"127.0.0.{11 + 10 * number}" for number, name in enumerate(overlays)}
    ui = "127.0.0.12"
    urls = ",".join(f"{name}=http://{host}:6000" for name, host in backends.items())
    with ExitStack() as stack:
        for name, overlay in overlays.items():
            (folder := tmp_path / name).mkdir()
            documents = local(rendered(overlay), f"pg-{os.getpid()}-{name}-", {"backend": backends[name], "ui": ui},
                              {"PLAYGROUND_BACKENDS": urls})
            stack.enter_context(Played(documents, folder))
        for address in (*(f"{host}:6000" for host in backends.values()), f"{ui}:5000"):
            wait_until(lambda: is_ready(address), SECONDS, f"{address} is ready")
        smoke = subprocess.run(["make", "--no-print-directory", "-C", str(ROOT), "smoke", f"UI=http://{ui}:5000", f"BACKENDS={urls}"],
                               capture_output=True, text=True, timeout=SECONDS)
        assert smoke.returncode == 0, smoke.stdout + smoke.stderr
        assert smoke.stdout.endswith("smoke: all as expected\n")
        tiers = {get(f"{host}:9090", "/debug/state").json()["backend"]["sandbox"]["tier"] for host in backends.values()}
        assert tiers == {"T0"}
    assert f"pg-{os.getpid()}-" not in podman("ps", "--all", "--format", "{{.Names}}").stdout


def is_ready(address: str) -> bool:
    try:
        return get(address, "/readyz", timeout=5.0).status == 200
    except OSError:
        return False
