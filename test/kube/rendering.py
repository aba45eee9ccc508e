"""Overlays and combinations of components, rendered by kubectl; and the schemas that they are held to."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KUBE = ROOT / "kube"
OVERLAYS = sorted(path.name for path in (KUBE / "overlays").iterdir())

sys.path.insert(0, str(KUBE))

from lint.manifests import Manifests  # noqa: E402

# Components over overlays as an operator would combine them.
COMBINATIONS = {
    "gke+gvisor": ("gke", "gvisor"),
    "gke-secure+gvisor": ("gke-secure", "gvisor"),
    "gke+user-namespaces": ("gke", "user-namespaces"),
    "gke+istio": ("gke", "istio/backend", "istio/ui"),
    "azure+kata": ("azure", "kata"),
    "azure-secure+kata+user-namespaces": ("azure-secure", "kata", "user-namespaces"),
    "azure+istio": ("azure", "istio/backend"),
    "eks+monitoring": ("eks", "monitoring/backend", "monitoring/ui", "monitoring/dashboard"),
}


@cache
def kubectl() -> str:
    """The kubectl of package.json, whatever is in PATH."""
    return subprocess.run([ROOT / "tools" / "kubectl-path"], check=True, capture_output=True, text=True).stdout.strip()


def kustomize(folder: Path) -> str:
    """What `kubectl kustomize` prints. Raises AssertionError with its message."""
    done = subprocess.run([kubectl(), "kustomize", str(folder)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@cache
def rendered(name: str) -> str:
    """An overlay or one of COMBINATIONS."""
    if name in OVERLAYS:
        return kustomize(KUBE / "overlays" / name)
    overlay, *components = COMBINATIONS[name]
    with tempfile.TemporaryDirectory() as folder:
        # Bases are named relative to the folder, by its real path.
        where = os.path.realpath(folder)
        lines = ["resources:", f"- {os.path.relpath(KUBE / 'overlays' / overlay, where)}", "components:"]
        lines += [f"- {os.path.relpath(KUBE / 'components' / component, where)}" for component in components]
        Path(where, "kustomization.yaml").write_text("\n".join(lines) + "\n")
        return kustomize(Path(where))


def manifests(name: str) -> Manifests:
    """A fresh copy, which a test may break."""
    return Manifests.parse(rendered(name))


def schema_problems(named: dict[str, Manifests]) -> list[str]:
    """What the schemas have against any of these, a line each."""
    request = json.dumps([{"name": name, "objects": given.objects} for name, given in named.items()])
    done = subprocess.run(["node", str(Path(__file__).with_name("schemas.mjs"))], input=request, capture_output=True,
                          text=True)
    assert done.returncode == 0, done.stderr
    return [f"{found['name']}: {found['object']}: {found['message']}" for found in json.loads(done.stdout)]
